package web

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/wording"
	"github.com/kairan-news/kairan/locales"
)

//go:embed templates/*.html
var templateFiles embed.FS

// The pages' templates, parsed once: they are part of the program, so a fault in
// one is a fault of the build.
var (
	homeTemplate        = parsePage("home.html")
	channelTemplate     = parsePage("channel.html")
	articleTemplate     = parsePage("article.html")
	languagesTemplate   = parsePage("languages.html")
	failureTemplate     = parsePage("failure.html")
	searchTemplate      = parsePage("search.html")
	combinationTemplate = parsePage("combination.html")
	ownTemplate         = parsePage("own.html")
	aboutTemplate       = parsePage("about.html")
	partnersTemplate    = parsePage("partners.html")
	archiveTemplate     = parsePage("archive.html")
	subscribeTemplate   = parsePage("subscribe.html")
)

func parsePage(name string) *template.Template {
	return template.Must(template.New("layout.html").Funcs(template.FuncMap{"ruby": ruby, "title": title}).ParseFS(templateFiles, "templates/layout.html", "templates/parts.html", "templates/subscription.html", "templates/"+name))
}

const htmlType = "text/html; charset=utf-8"

// page is what the layout needs, and what every page's template may use.
type page struct {
	guise  *guise
	speech *wording.Speech

	Locale      string
	Title       string // of the window
	Description string
	// Canonical is the public address of the page; "" for one that has none.
	Canonical string
	// Languages are the page in the other languages, this one included.
	Languages []languageLink
	// Alternates tell search engines of the same content in other languages.
	Alternates []alternateLink
	// Feeds are advertised to programs that look for a feed (autodiscovery).
	Feeds []feedLink
	// Previous and Next are the pages beside this one in a row of pages; "" for none.
	Previous, Next string
	// Social is what OpenGraph and JSON-LD say of an article; nil on other pages, of which
	// they say what [page.Sharing] does.
	Social *social

	StylePath, ScriptPath string
	// Styles are the style sheets that are the city's own, which stand behind it.
	Styles []string
	// Header and Footer are the links at the head and the foot of every page.
	Header, Footer []pageLink
	// Face is the pictures by which readers know the site.
	Face *emblem
	// Lists are files of feeds for a reader program to import.
	Lists []listLink
	// HomePath, AllPath and SubscribePath are the site's own ways: its first page, the one of
	// all notices, and the one that says how to subscribe.
	HomePath, AllPath, SubscribePath string
	// SearchPath is where the site is searched, OpenSearchPath what tells programs of it, and
	// CombinePath where topics and cities are put together; "" of a site that has no such.
	SearchPath, OpenSearchPath, CombinePath string
	// Searching tells the search page, which has its own form.
	Searching bool
	// Trail is the way from the home page to this one, which is its last step and has no
	// address.
	Trail []pageLink

	// Home tells the first page, whose heading is the site's name already.
	Home bool
	// Body is what the page's own template shows.
	Body any
}

type languageLink struct {
	Tag, Dir, Name, Path string
	Current              bool
}

type alternateLink struct{ Tag, URL string }

// xDefault is the hreflang of what is for readers whose language none of the others is
// (https://developers.google.com/search/docs/specialty/international/localized-versions).
const xDefault = "x-default"

// listLink is a file of feeds as a page links it.
type listLink struct{ Label, Path string }

// feedLink is a feed as a page links it.
type feedLink struct {
	Format feeds.Format
	Name   string // "RSS"
	Type   string // the media type without parameters
	Title  string
	Path   string
}

// T returns a message in the page's language. Data come in pairs of name and
// value.
func (p *page) T(id string, data ...any) template.HTML { return ruby(p.text(id, data...)) }

// Spoken returns a message as what only screen readers read.
func (p *page) Spoken(id string, data ...any) string {
	return locales.WithoutReadings(p.text(id, data...))
}

// Count returns a message that depends on a number.
func (p *page) Count(id string, n int) template.HTML { return ruby(p.speech.Count(id, n, nil)) }

// isolated keeps a name of Latin letters whole among words of the other direction (Unicode
// Standard Annex 9, §2.4.2).
func (p *page) isolated(name string) string {
	if p.Dir() == "ltr" {
		return name
	}
	return "\u2066" + name + "\u2069"
}

// List writes texts one after the other, as the page's language does.
func (p *page) List(texts []string) string { return p.speech.List(texts...) }

// text returns a message as plain text.
func (p *page) text(id string, data ...any) string { return p.speech.Text(id, pairs(data)) }

// ruby is a text of the site's own, with the readings of its characters where it has any.
func ruby(text string) template.HTML { return template.HTML(locales.Ruby(text)) }

// easyJapanese has readings in brackets in its texts, whoever writes them.
const easyJapanese = "ja-simple"

// title is a text of an article in a language.
func title(language, text string) template.HTML {
	if feeds.FitOf(easyJapanese, language) == feeds.FitExact {
		return ruby(text)
	}
	return template.HTML(template.HTMLEscapeString(text))
}

// unread is the text of an article in a language, or of the site's own in a locale, without
// the readings that only pages set above their characters.
func unread(language, text string) string {
	if feeds.FitOf(easyJapanese, language) == feeds.FitExact {
		return locales.WithoutReadings(text)
	}
	return text
}

// field is an address that a reader can copy.
type field struct {
	ID      string // of its element
	Label   template.HTML
	Address string
	// Copy is what the button says, and Done what it says when it was pressed.
	Copy, Done string
}

// Field is an address as it stands in a page.
func (p *page) Field(id string, label template.HTML, address string) field {
	return field{id, label, address, p.Spoken("pages.copy"), p.Spoken("pages.copied")}
}

// both is a part of a page together with the page.
type both struct {
	Page         *page
	Subscription *subscription
}

// Both is for templates that speak in the page's words of a part of it.
func (p *page) Both(s *subscription) both { return both{p, s} }

// Dir is the page's direction.
func (p *page) Dir() string { return p.speech.Dir() }

// Site is the site's title in the page's language.
func (p *page) Site() string { return p.speech.SiteTitle() }

func pairs(data []any) map[string]any {
	m := make(map[string]any, len(data)/2)
	for i := 0; i+1 < len(data); i += 2 {
		m[fmt.Sprint(data[i])] = data[i+1]
	}
	return m
}

// newPage returns a page in a locale of the site. path gives the page's path in
// each locale, for the switch of languages.
func (s *public) newPage(g *guise, locale string, path func(locale string) string) *page {
	p := &page{
		guise:         g,
		speech:        g.speech[locale],
		Locale:        locale,
		StylePath:     g.prefix + g.assets.stylePath,
		ScriptPath:    g.prefix + g.assets.scriptPath,
		Face:          g.emblem,
		HomePath:      g.homePath(locale),
		AllPath:       g.listPath(feeds.Channel{Locale: locale, Kind: feeds.ChannelAll}),
		SubscribePath: g.subscribePath(locale),
		Styles:        g.styles,
	}
	if s.Selections != nil {
		p.SearchPath, p.OpenSearchPath, p.CombinePath = g.path(locale+"/search"), g.path(locale+"/opensearch.xml"), g.path(locale+"/feed")
	}
	p.Header, p.Footer = g.pageLinks(p)
	for _, l := range opmlLists() {
		if l.link != "" {
			p.Lists = append(p.Lists, listLink{p.text(l.link), l.path(g, locale)})
		}
	}
	for _, tag := range g.tags {
		p.Languages = append(p.Languages, languageLink{
			Tag: tag, Dir: locales.Direction(tag), Name: p.speech.Endonym(tag), Path: path(tag), Current: tag == locale,
		})
	}
	p.Languages = wording.Ordered(p.speech, p.Languages, func(l languageLink) string { return l.Name })
	return p
}

// alternates are the same page in every locale, and the address for readers whose
// language none of them is.
func (g *guise) alternates(path func(locale string) string, otherwise string) []alternateLink {
	var all []alternateLink
	for _, tag := range g.tags {
		all = append(all, alternateLink{tag, g.absolute(path(tag))})
	}
	return append(all, alternateLink{xDefault, g.absolute(otherwise)})
}

// feedLinks are a channel's formats.
func (g *guise) feedLinks(c feeds.Channel) []feedLink {
	var all []feedLink
	speech := g.speech[c.Locale]
	channel := speech.ChannelTitle(c)
	for _, f := range feeds.Formats() {
		all = append(all, newFeedLink(speech, channel, f, g.documentPath(feeds.DocumentKey{Channel: c, Format: f})))
	}
	return all
}

// newFeedLink is a feed of that title in a format, as a page in some language links it.
func newFeedLink(speech *wording.Speech, title string, f feeds.Format, path string) feedLink {
	name := map[feeds.Format]string{feeds.RSS: "RSS", feeds.Atom: "Atom", feeds.JSONFeed: "JSON Feed"}[f]
	return feedLink{
		Format: f, Name: name, Type: mediaTypeOf(f), Path: path,
		Title: speech.Text("channel.link", map[string]any{"Channel": title, "Format": name}),
	}
}

// mediaTypeOf is a format's media type without its charset.
func mediaTypeOf(f feeds.Format) string {
	media, _, _ := strings.Cut(f.MediaType(), ";")
	return media
}

// listed returns the channels of a locale that are worth a link: those that hold
// something.
func (s *public) listed(g *guise, locale string) []feeds.Channel {
	var all []feeds.Channel
	for _, c := range g.Site.Channels() {
		if c.Locale == locale && s.Shelf.channel(c).Entries > 0 {
			all = append(all, c)
		}
	}
	return all
}

func (p *page) render(t *template.Template) ([]byte, error) {
	var b bytes.Buffer
	if err := t.Execute(&b, p); err != nil {
		return nil, fmt.Errorf("render a page in %s: %w", p.Locale, err)
	}
	return b.Bytes(), nil
}

// errGone says that an article was withdrawn.
var errGone = errors.New("withdrawn")

// servePage answers with a page that is composed once for each stamp. A page that
// can't be composed now is served in its last state.
func (s *public) servePage(w http.ResponseWriter, r *http.Request, g *guise, now stamp, mediaType string, compose func(context.Context) ([]byte, error)) {
	s.serveMade(w, r, g, now, mediaType, func(ctx context.Context) ([]byte, error) {
		if s.Shelf.failing.Load() != nil {
			return nil, errNoAnswer // at once: one that hangs would keep each reader waiting
		}
		body, err := compose(ctx)
		if !errors.Is(err, errGone) && !errors.Is(err, feeds.ErrNotPublished) {
			s.composing.Report(ctx, s.Log, err, "path", r.URL.Path)
		}
		return body, err
	})
}

// serveMade is [public.servePage] for what is made without the database: that it can be
// made says nothing of the others.
func (s *public) serveMade(w http.ResponseWriter, r *http.Request, g *guise, now stamp, mediaType string, compose func(context.Context) ([]byte, error)) {
	pages := s.pages
	if mediaType == xmlType {
		pages = s.sitemaps
	}
	content, err := pages.get(r.Context(), r.URL.Path, now, mediaType, compose)
	switch {
	case errors.Is(err, errGone):
		pages.forget(r.URL.Path)
		s.fail(w, r, g, http.StatusGone)
		return
	case errors.Is(err, feeds.ErrNotPublished):
		pages.forget(r.URL.Path)
		s.fail(w, r, g, http.StatusNotFound)
		return
	case content == nil:
		s.fail(w, r, g, http.StatusServiceUnavailable)
		return
	}
	h := w.Header()
	h["Vary"] = varyPage
	h["Cache-Control"] = s.pageCache
	speakTo(h, r.PathValue("locale"))
	content.serve(w, r, nil, nil)
}

// channelsStamp is the stamp of a page that lists channels.
func (s *public) channelsStamp(g *guise, c feeds.Channel, listed []feeds.Channel) stamp {
	var names strings.Builder
	for _, l := range listed {
		names.WriteString(l.String())
		names.WriteByte(' ')
	}
	state := s.Shelf.channel(c)
	return stamp{g.Settings, state.Revision, state.Past, names.String()}
}

// direction of a fragment in a language; "auto" where nobody knows the language.
func direction(language string) string {
	if language == "" || language == feeds.Undetermined {
		return "auto"
	}
	return locales.Direction(language)
}

// htmlLang is the lang attribute of a language: "" says that it is not known.
func htmlLang(language string) string {
	if language == feeds.Undetermined {
		return ""
	}
	return language
}
