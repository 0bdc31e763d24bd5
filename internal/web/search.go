package web

import (
	"cmp"
	"context"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/plain"
	"github.com/kairan-news/kairan/internal/search"
	"github.com/kairan-news/kairan/internal/wording"
)

// findsAtOnce is how many finds stand on a page.
const findsAtOnce = 20

// errNoSuchPage says that so many finds there are not.
var errNoSuchPage = errors.New("there are not so many finds")

// question is what the address of a search page asks.
type question struct {
	feeds.Sought
	// typed are the words as the reader wrote them; Words of Sought are what becomes of them.
	typed string
	page  int // from 1
}

// query returns the question as the query of its address: without what is not asked.
func (q *question) query(page int) string {
	parts := []string{"q=" + url.QueryEscape(q.typed)}
	rest := q.Selection
	rest.Words = ""
	if text := rest.Query(); text != "" {
		parts = append(parts, text)
	}
	add := func(name, value string) {
		if value != "" {
			parts = append(parts, name+"="+value)
		}
	}
	add("lang", q.Language)
	add("since", dayText(q.Since))
	add("until", dayText(q.Until))
	if !q.Best {
		add("order", "newest")
	}
	if page > 1 {
		add("page", strconv.Itoa(page))
	}
	return strings.Join(parts, "&")
}

// isNarrowed reports whether more than words is asked.
func (q *question) isNarrowed() bool {
	return len(q.Topics)+len(q.Cities) > 0 || q.Language != "" || !q.Since.IsZero() || !q.Until.IsZero()
}

// dayText writes a day as forms do; "" for none.
func dayText(day time.Time) string {
	if day.IsZero() {
		return ""
	}
	return day.Format(time.DateOnly)
}

// questionOf reads the rest of a question. It returns the value that can't be read, if one
// can't.
func (g *guise) questionOf(query url.Values) (q *question, wrong string) {
	q = &question{page: 1}
	day := func(name string, to *time.Time) {
		if v := query.Get(name); v != "" {
			at, err := time.Parse(time.DateOnly, v)
			if err != nil {
				wrong = cmp.Or(wrong, v)
			}
			*to = at
		}
	}
	day("since", &q.Since)
	day("until", &q.Until)
	if q.Language = query.Get("lang"); q.Language != "" && !slices.Contains(g.tags, q.Language) {
		wrong = cmp.Or(wrong, q.Language)
	}
	switch v := query.Get("order"); v {
	case "", "best":
		q.Best = true
	case "newest":
	default:
		wrong = cmp.Or(wrong, v)
	}
	if v := query.Get("page"); v != "" {
		n, err := strconv.Atoi(v)
		if q.page = n; err != nil || n < 1 || n > mostPages {
			wrong = cmp.Or(wrong, v)
		}
	}
	q.Skip, q.Most = (q.page-1)*findsAtOnce, findsAtOnce
	return q, wrong
}

// mostPages is more than there ever are.
const mostPages = 1000

// serveSearch answers the search page.
func (s *public) serveSearch(w http.ResponseWriter, r *http.Request, g *guise) {
	locale := r.PathValue("locale")
	if !s.speaks(w, r, g, locale) {
		return
	}
	query := r.URL.Query()
	asked := picksOf(query)
	q, wrong := g.questionOf(query)
	if wrong != "" {
		s.refuse(w, r, g, http.StatusBadRequest, "search.error-filter", "Value", plain.Shorten(strings.ToValidUTF8(wrong, "?"), mostShown))
		return
	}
	var ok bool
	if q.Selection, ok = s.pick(w, r, g, locale, asked); !ok {
		return
	}
	q.typed = asked.words
	switch {
	case q.typed == "" && len(q.Topics)+len(q.Cities) > 0:
		s.lead(w, g.path(q.PagePath()), http.StatusMovedPermanently)
		return
	case q.typed == "" && r.URL.RawQuery != "":
		s.lead(w, g.path(locale+"/search"), http.StatusMovedPermanently)
		return
	case q.typed == "":
		s.servePage(w, r, g, s.emptyStamp(g, locale), htmlType, func(context.Context) ([]byte, error) {
			return s.searchPage(g, locale, q, nil).render(searchTemplate)
		})
		return
	case !isQuery(r.URL.RawQuery, q.query(q.page)):
		s.lead(w, g.path(locale+"/search?"+q.query(q.page)), http.StatusMovedPermanently)
		return
	case q.Words == "": // signs alone, in which there is no word
		s.serveOnce(w, r, s.searchPage(g, locale, q, &feeds.Finds{}), searchTemplate, http.StatusOK)
		return
	}
	s.serveSelectionPage(w, r, g, q.Selection, "/"+locale+"/search?"+q.query(q.page), func(ctx context.Context) ([]byte, error) {
		found, err := s.Selections.Find(ctx, q.Sought)
		if err != nil {
			return nil, err
		}
		if q.page > 1 && q.Skip >= found.Count {
			return nil, errNoSuchPage
		}
		return s.searchPage(g, locale, q, &found).render(searchTemplate)
	})
}

// mostShown is how much is shown of a value that can't be used, in characters.
const mostShown = 40

// emptyStamp is the state of a page that has a locale's topics and cities, and no notices.
func (s *public) emptyStamp(g *guise, locale string) stamp {
	return s.channelsStamp(g, feeds.Channel{}, s.listed(g, locale))
}

// serveSelectionPage answers with the page of a selection.
func (s *public) serveSelectionPage(w http.ResponseWriter, r *http.Request, g *guise, picked feeds.Selection, key string, compose func(context.Context) ([]byte, error)) {
	c, err := s.selectContent(r, g, picked, key, htmlType, compose)
	if c == nil || errors.Is(err, errNoSuchPage) {
		s.failSelection(w, r, g, err)
		return
	}
	h := w.Header()
	h["Vary"] = varyPage
	h["Cache-Control"] = s.pageCache
	speakTo(h, picked.Locale)
	c.serve(w, r, nil, nil)
}

// searchBody is what the search page shows.
type searchBody struct {
	Typed          string
	Topics, Cities []choice
	// ManyTopics and ManyCities tell that several are picked.
	ManyTopics, ManyCities bool
	Tongues                []choice
	Since, Until           string
	Newest                 bool
	Narrowed               bool

	Asked    bool // there are words
	Notices  []item
	Found    string // how many, in words
	Limits   string // that there may be more; "" if there are not
	Page     string // which it is; "" of the first
	Building bool
	// Subscribe says how to subscribe to the search; nil where there is none.
	Subscribe *subscription
	// Without is the path of the same search with nothing that narrows it, and Elsewhere are
	// the searches in languages that have finds, where there are none.
	Without   string
	Elsewhere []languageLink
}

// choice is what can be picked from a list.
type choice struct {
	Value, Label string
	Picked       bool
}

// searchPage is the page of a question; of none with the form alone, where nothing was found
// nil.
func (s *public) searchPage(g *guise, locale string, q *question, found *feeds.Finds) *page {
	p := s.newPage(g, locale, func(other string) string {
		if q.typed == "" {
			return g.path(other + "/search")
		}
		return g.path(other + "/search?" + q.query(1))
	})
	label := p.text("search.label")
	if q.typed != "" {
		label = p.text("search.words", "Words", q.typed)
	}
	p.Title = p.text("page.title", "Page", label, "Site", p.Site())
	p.Searching = true
	b := &searchBody{
		Typed: q.typed, Since: dayText(q.Since), Until: dayText(q.Until), Newest: !q.Best, Narrowed: q.isNarrowed() || !q.Best, Asked: q.typed != "",
		Topics: s.topicChoices(g, p, q.Topics), Cities: s.cityChoices(g, p, q.Cities),
		ManyTopics: len(q.Topics) > 1, ManyCities: len(q.Cities) > 1,
	}
	for _, l := range p.Languages {
		b.Tongues = append(b.Tongues, choice{l.Tag, l.Name, l.Tag == q.Language})
	}
	p.Body = b
	if found == nil {
		return p
	}
	if q.Words != "" {
		p.Feeds = g.selectionFeeds(q.Selection)
		b.Subscribe = g.subscription(p, p.Feeds)
		for i, f := range feeds.Formats() {
			if f == feeds.Atom { // which tells of withdrawals elsewhere; no search does
				b.Subscribe.Formats[i].Text = p.text(formatText(feeds.RSS))
			}
		}
	}
	b.fill(g, p, q, found)
	return p
}

// fill takes in what was found.
func (b *searchBody) fill(g *guise, p *page, q *question, found *feeds.Finds) {
	path := func(page int) string { return g.path(p.Locale + "/search?" + q.query(page)) }
	b.Found = p.speech.Count("search.found", found.Count, nil)
	if found.More {
		if found.Count > 0 {
			b.Found = p.text("search.found-more", "Count", found.Count)
		}
		b.Limits = p.text("search.limits", "Count", feeds.MostFound)
	}
	b.Building = found.Building
	if q.page > 1 {
		b.Page, p.Previous = p.text("search.page", "Page", q.page), path(q.page-1)
	}
	if q.Skip+findsAtOnce < found.Count {
		p.Next = path(q.page + 1)
	}
	terms := search.Parse(q.typed)
	for _, entry := range found.Feed.Entries {
		b.Notices = append(b.Notices, g.entryItem(p, entry).marked(terms, entry.Article.Content))
	}
	if found.Count > 0 {
		return
	}
	if q.isNarrowed() {
		bare := question{Sought: feeds.Sought{Best: true}, typed: q.typed}
		b.Without = g.path(p.Locale + "/search?" + bare.query(1))
	}
	for _, l := range p.Languages {
		if l.Tag != p.Locale && slices.ContainsFunc(found.Languages, func(of string) bool { home, ok := g.Site.Home(of); return ok && home == l.Tag }) {
			b.Elsewhere = append(b.Elsewhere, languageLink{Tag: l.Tag, Dir: l.Dir, Name: l.Name, Path: g.path(l.Tag + "/search?q=" + url.QueryEscape(q.typed))})
		}
	}
}

// topicChoices are the topics of a locale that hold something, and those that are picked.
func (s *public) topicChoices(g *guise, p *page, picked []string) (all []choice) {
	for _, c := range g.Site.Categories {
		is := slices.Contains(picked, c.Term)
		if is || s.Shelf.channel(feeds.Channel{Locale: p.Locale, Kind: feeds.ChannelCategory, Name: c.Term}).Entries > 0 {
			all = append(all, choice{c.Term, p.speech.Category(c.Term), is})
		}
	}
	return all
}

// cityChoices are the cities, likewise, in the order of their names.
func (s *public) cityChoices(g *guise, p *page, picked []string) (all []choice) {
	for _, c := range g.Site.Publishers {
		is := slices.Contains(picked, c.Key)
		if is || s.Shelf.channel(feeds.Channel{Locale: p.Locale, Kind: feeds.ChannelPublisher, Name: c.Key}).Entries > 0 {
			all = append(all, choice{c.Key, p.speech.Publisher(c.Key), is})
		}
	}
	return wording.Ordered(p.speech, all, func(c choice) string { return c.Label })
}

// selectionFeeds are a selection's formats.
func (g *guise) selectionFeeds(picked feeds.Selection) []feedLink {
	var all []feedLink
	speech := g.speech[picked.Locale]
	for _, f := range feeds.Formats() {
		all = append(all, newFeedLink(speech, speech.SelectionTitle(picked), f, g.path(picked.DocumentPath(f))))
	}
	return all
}

// marked returns the item with the words marked that it was found by, and, where its summary
// has none of them, with the first part of its text that has.
func (i item) marked(terms search.Terms, content string) item {
	i.terms = terms
	if len(terms.Spans(i.Summary)) > 0 {
		return i
	}
	text := plain.Text(content, 0)
	if spans := terms.Spans(text); len(spans) > 0 {
		i.Summary = plain.Shorten(from(text, spans[0].From), plain.Excerpt)
	}
	return i
}

// before is how much of a text is shown before the words that were found, in characters.
const before = 40

// from returns a text from a little before a place on, from the beginning of a word where
// there is one.
func from(text string, at int) string {
	start := at
	for n := 0; n < before && start > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:start])
		start -= size
	}
	if start == 0 {
		return text
	}
	if space := strings.IndexByte(text[start:at], ' '); space >= 0 {
		start += space + 1
	}
	return "…" + strings.TrimLeft(text[start:], " ")
}

// Heading is the notice's title, with the words marked by which it was found.
func (i item) Heading() template.HTML { return markedText(i.Lang, i.Title, i.terms) }

// Excerpt is the notice's summary, likewise.
func (i item) Excerpt() template.HTML { return markedText(i.Lang, i.Summary, i.terms) }

// markedText is a text of an article in a language, with terms marked. Where readings stand
// above characters nothing is marked.
func markedText(language, text string, terms search.Terms) template.HTML {
	spans := terms.Spans(text)
	if len(spans) == 0 || feeds.FitOf(easyJapanese, language) == feeds.FitExact {
		return title(language, text)
	}
	var b strings.Builder
	end := 0
	for _, s := range spans {
		b.WriteString(template.HTMLEscapeString(text[end:s.From]))
		b.WriteString("<mark>")
		b.WriteString(template.HTMLEscapeString(text[s.From:s.To]))
		b.WriteString("</mark>")
		end = s.To
	}
	b.WriteString(template.HTMLEscapeString(text[end:]))
	return template.HTML(b.String())
}
