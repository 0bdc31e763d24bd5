package parse

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"github.com/kairan-news/kairan/feeds"
)

const (
	// maxListing bounds the entries of a listing.
	maxListing = 300
	// maxLinks is how many links of a page are looked at.
	maxLinks = 5000
)

// Listing is a page that lists articles.
type Listing struct {
	// Title is the page's own title, plain text.
	Title string
	// Language is what the page says of itself, normalized; "" if it says nothing.
	Language string
	// Entries are in the order of the page, each address once.
	Entries  []Entry
	Problems []Problem
}

// ParseListing reads the links to articles from an HTML page: those that the
// selectors find, or, without selectors for items and links, those that look like
// articles. The error says that the document is no page, or that a selector can't
// be read; a page without articles is none.
func ParseListing(data []byte, o Options, s feeds.Selectors) (*Listing, error) {
	p, problems, err := openPage(data, o)
	if err != nil {
		return nil, err
	}
	out := &Listing{Title: p.plainTitle(), Language: Language(p.said), Problems: problems}
	if s.Item != "" || s.Link != "" {
		err = p.selected(out, s)
	} else {
		p.guessed(out)
	}
	if err != nil {
		return nil, fmt.Errorf("parse listing %s: %w", o.BaseURL, err)
	}
	if len(out.Entries) > maxListing {
		out.Problems = append(out.Problems, Problem{"listing-size", fmt.Sprintf("the page has %d entries; the first %d were read", len(out.Entries), maxListing)})
		out.Entries = out.Entries[:maxListing]
	}
	return out, nil
}

// plainTitle returns the title of the page.
func (p *page) plainTitle() string {
	return firstOf(collapse(p.doc.Find("head title").First().Text()), collapse(p.doc.Find("title").First().Text()))
}

// selected reads what the selectors of the configuration find.
func (p *page) selected(out *Listing, s feeds.Selectors) error {
	compiled := map[string]goquery.Matcher{}
	for name, text := range map[string]string{"item": s.Item, "link": s.Link, "title": s.Title, "date": s.Date, "summary": s.Summary} {
		if text == "" {
			continue
		}
		m, err := selector(name, text)
		if err != nil {
			return err
		}
		compiled[name] = m
	}
	find := func(in *goquery.Selection, name string) *goquery.Selection {
		m, ok := compiled[name]
		if !ok {
			return in.Slice(0, 0)
		}
		return in.FindMatcher(m).AddSelection(in.FilterMatcher(m)).First()
	}

	var items *goquery.Selection
	if s.Item != "" {
		items = p.doc.FindMatcher(compiled["item"])
	} else {
		items = p.doc.FindMatcher(compiled["link"])
	}
	items = items.Slice(0, min(items.Length(), 4*maxListing))
	if items.Length() == 0 {
		out.Problems = append(out.Problems, Problem{"selector", fmt.Sprintf("the selector %q finds nothing; has the page been redesigned?", firstOf(s.Item, s.Link))})
	}
	without, dateless := 0, 0
	items.Each(func(_ int, item *goquery.Selection) {
		a := find(item, "link")
		if s.Link == "" {
			a = item.Filter("a[href]").AddSelection(item.Find("a[href]")).First()
		} else if _, ok := a.Attr("href"); !ok {
			a = a.Find("a[href]").First()
		}
		link := p.link(a.AttrOr("href", ""))
		if link == "" {
			without++
			return
		}
		e := Entry{Link: link, Language: linkLanguage(a), Summary: summarize(textOf(find(item, "summary")))}
		if e.Title = textOf(find(item, "title")); e.Title == "" {
			e.Title = linkTitle(a)
		}
		if s.Date != "" {
			if e.Published = p.dateIn(find(item, "date")); e.Published.IsZero() {
				dateless++
			}
		} else if s.Item != "" {
			e.Published = p.itemDate(item)
		}
		out.add(e)
	})
	if without > 0 {
		out.Problems = append(out.Problems, Problem{"selector", fmt.Sprintf("%d of %d items have no link", without, items.Length())})
	}
	if dateless > 0 {
		out.Problems = append(out.Problems, Problem{"date-unreadable", fmt.Sprintf("the selector %q gives no date that can be read for %d of %d items", s.Date, dateless, items.Length())})
	}
	return nil
}

// add adds an entry whose address is not there yet; of two the longer title counts.
func (l *Listing) add(e Entry) {
	for i := range l.Entries {
		known := &l.Entries[i]
		if known.Link != e.Link {
			continue
		}
		if len(e.Title) > len(known.Title) {
			known.Title = e.Title
		}
		if known.Published.IsZero() {
			known.Published = e.Published
		}
		known.Summary = firstOf(known.Summary, e.Summary)
		return
	}
	l.Entries = append(l.Entries, e)
}

// linkTitle returns the text of a link: a heading within it, else all of it, else
// what stands for it where it is a picture.
func linkTitle(a *goquery.Selection) string {
	heading := textOf(a.Find("h1, h2, h3, h4, h5, h6, [class*='title'], [class*='headline']").First())
	return firstOf(heading, textOf(a), collapse(a.AttrOr("title", "")), collapse(a.AttrOr("aria-label", "")), collapse(a.Find("img[alt]").AttrOr("alt", "")))
}

// linkLanguage returns the language that a link or what is around it says, within a
// few elements.
func linkLanguage(a *goquery.Selection) string {
	if tag := Language(a.AttrOr("hreflang", "")); tag != "" {
		return tag
	}
	for i := 0; i < 4 && a.Length() > 0 && !a.Is("body"); i++ {
		if tag := Language(a.AttrOr("lang", "")); tag != "" {
			return tag
		}
		a = a.Parent()
	}
	return ""
}

// itemDate returns the date in an item of a listing.
func (p *page) itemDate(item *goquery.Selection) time.Time {
	for _, s := range []string{"time", "[datetime]", "[itemprop='datePublished']", "[class*='date' i], [class*='time' i], [class*='day' i]"} {
		if t := p.dateIn(item.Find(s).First()); !t.IsZero() {
			return t
		}
	}
	t, _ := findDate(textOf(item), p.o)
	return t
}

// candidate is a link that may lead to an article.
type candidate struct {
	entry   Entry
	a       *html.Node
	place   string  // where it stands: the elements around it
	form    string  // the shape of its address
	score   float64 // how much it looks like an article
	heading bool
}

// guessed finds the links that look like articles. On a page that lists articles,
// they stand in the same place of each item, and are the longest texts that do; the
// navigation's are short, and dates stand beside the articles' alone.
func (p *page) guessed(out *Listing) {
	var all []candidate
	p.doc.Find("body a[href]").EachWithBreak(func(i int, a *goquery.Selection) bool {
		if c, ok := p.candidate(a); ok {
			all = append(all, c)
		}
		return i < maxLinks && len(all) < 4*maxListing
	})
	type cluster struct {
		place  string
		score  float64
		dated  int
		size   int
		first  int
		shapes map[string]int
	}
	byPlace := map[string]*cluster{}
	var clusters []*cluster
	for i, c := range all {
		k := byPlace[c.place]
		if k == nil {
			k = &cluster{place: c.place, first: i, shapes: map[string]int{}}
			byPlace[c.place] = k
			clusters = append(clusters, k)
		}
		k.score += c.score
		k.size++
		k.shapes[c.form]++
		if !c.entry.Published.IsZero() {
			k.dated++
		}
	}
	// What stands alone may be a lead story, or anything: alone it convinces nobody.
	best := (*cluster)(nil)
	for _, k := range clusters {
		if (k.size >= 2 || k.dated > 0) && k.score >= 1 && (best == nil || k.score > best.score) {
			best = k
		}
	}
	if best == nil {
		return
	}
	mean := best.score / float64(best.size)
	chosen := map[string]bool{}
	for _, k := range clusters {
		alike := false
		for shape := range k.shapes {
			alike = alike || best.shapes[shape] > 0
		}
		dated := 2*k.dated >= k.size
		good := k.score/float64(k.size) >= mean/2
		chosen[k.place] = k == best || good && (alike && (dated || best.dated == 0) || dated && best.dated > 0)
	}
	for _, c := range all {
		if chosen[c.place] && c.score > 0 {
			out.add(c.entry)
		}
	}
}

// candidate looks at a link.
func (p *page) candidate(a *goquery.Selection) (candidate, bool) {
	link := p.link(a.AttrOr("href", ""))
	link, _, _ = strings.Cut(link, "#")
	if link == "" || !SameSite(link, p.o.BaseURL) || IsFrontPage(link) || samePage(link, p.o.BaseURL) || strings.HasSuffix(documentType(link), "/*") {
		return candidate{}, false
	}
	node := a.Nodes[0]
	if inFurniture(node) {
		return candidate{}, false
	}
	title := linkTitle(a)
	item := p.itemOf(a, link)
	c := candidate{a: node, form: addressForm(link), heading: item.Find("h1, h2, h3, h4").Length() > 0 && textOf(item.Find("h1, h2, h3, h4").First()) != ""}
	if isMoreLink(title) && c.heading {
		title = textOf(item.Find("h1, h2, h3, h4").First())
	}
	c.entry = Entry{Link: link, Title: title, Language: linkLanguage(a), Published: p.dateAround(item)}
	c.entry.Title = withoutDate(c.entry.Title, p.o)
	c.place = placeOf(item)

	width := titleWidth(c.entry.Title)
	if width < 8 || isMoreLink(c.entry.Title) {
		return c, true
	}
	c.score = min(float64(width), 60) / 40
	if !c.entry.Published.IsZero() {
		c.score++
	}
	if c.heading {
		c.score += 0.3
	}
	if item.Closest("main, article, [role='main'], #main, #content, #contents").Length() > 0 {
		c.score *= 1.3
	}
	return c, true
}

// itemOf returns the element around a link that holds no other link: the item of the
// list that it stands in.
func (p *page) itemOf(a *goquery.Selection, link string) *goquery.Selection {
	item := a
	for range 8 {
		up := item.Parent()
		if up.Length() == 0 || up.Is("body, main, ul, ol, dl, table, tbody") {
			break
		}
		if p.hasOtherLink(up.Nodes[0], link) {
			break
		}
		item = up
	}
	return item
}

// hasOtherLink tells whether a node holds a link that leads elsewhere.
func (p *page) hasOtherLink(n *html.Node, link string) bool {
	if n.Type == html.ElementNode && n.Data == "a" {
		other, _, _ := strings.Cut(p.link(attrOf(n.Attr, "href")), "#")
		return other != "" && other != link
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if p.hasOtherLink(c, link) {
			return true
		}
	}
	return false
}

// dateAround returns the date of an item: within it, or in the element before it, as
// in <dt>date</dt><dd><a>title</a></dd>.
func (p *page) dateAround(item *goquery.Selection) time.Time {
	if t := p.itemDate(item); !t.IsZero() {
		return t
	}
	before := item.Prev()
	if before.Length() == 0 || shortText(before, 80) == "" || before.Find("a[href]").Length() > 0 {
		return time.Time{}
	}
	return p.dateIn(before)
}

// withoutDate drops a date that stands before or behind a title in the same link.
func withoutDate(title string, o Options) string {
	t, at := findDate(title, o)
	if t.IsZero() || len(at) >= len(title) {
		return title
	}
	trim := func(s string) string { return strings.Trim(s, "\u3000\u00a0 ()（）[]【】|｜:：・-–—,、.") }
	if rest, ok := strings.CutPrefix(title, at); ok && titleWidth(trim(rest)) >= 8 && !startsInSentence(rest) {
		return trim(rest)
	}
	if rest, ok := strings.CutSuffix(title, at); ok && titleWidth(trim(rest)) >= 8 && strings.HasSuffix(rest, " ") && strings.ContainsAny(at, "/.-年년") {
		return trim(rest)
	}
	return title
}

// startsInSentence tells whether what follows a date goes on with it, as in
// "2026年4月1日から".
func startsInSentence(rest string) bool {
	c := []rune(rest)
	return len(c) > 0 && (unicode.IsLetter(c[0]) && !unicode.IsUpper(c[0]) && c[0] < 0x3000 || unicode.In(c[0], unicode.Hiragana))
}

// titleWidth counts the letters of a title, those that stand for a syllable or a word
// as two and a half.
func titleWidth(s string) int {
	n := 0
	for _, c := range s {
		switch {
		case unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
			n += 5
		case unicode.IsLetter(c) || unicode.IsNumber(c) || unicode.Is(unicode.Mn, c):
			n += 2
		case unicode.IsSpace(c):
			n++
		}
	}
	return n / 2
}

// isMoreLink tells whether a link's text is the same at every article.
func isMoreLink(title string) bool {
	switch strings.ToLower(strings.Trim(title, " .…>»→›[]（）()")) {
	case "", "read more", "more", "read more about", "continue reading", "details", "view details", "learn more", "full story", "click here",
		"続きを読む", "詳細", "詳しくはこちら", "もっと見る", "詳細を見る", "一覧", "查看更多", "更多", "阅读全文", "詳情", "详情", "閱讀更多", "더보기", "자세히", "자세히 보기",
		"lees meer", "lees verder", "meer", "lire la suite", "en savoir plus", "plus", "อ่านต่อ", "อ่านเพิ่มเติม", "devamı", "devamını oku", "detaylar",
		"selengkapnya", "baca selengkapnya", "basahin", "اقرأ المزيد", "المزيد", "подробнее", "читать далее", "далее":
		return true
	}
	return false
}

// placeOf returns where an element stands: the elements around it, with the classes
// that items share.
func placeOf(item *goquery.Selection) string {
	var parts []string
	for n, depth := item.Nodes[0], 0; n != nil && n.Type == html.ElementNode && n.Data != "body" && depth < 6; n, depth = n.Parent, depth+1 {
		part := n.Data
		if depth < 3 {
			for class := range strings.FieldsSeq(attrOf(n.Attr, "class")) {
				if isSharedClass(class) {
					part += "." + class
				}
			}
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "<")
}

// isSharedClass tells whether a class is one of all items and not of a single one,
// such as "odd" or "post-123".
func isSharedClass(class string) bool {
	if strings.ContainsFunc(class, unicode.IsDigit) {
		return false
	}
	for _, word := range []string{"odd", "even", "first", "last", "active", "new", "category", "tag", "status", "has-", "is-", "format"} {
		if strings.Contains(strings.ToLower(class), word) {
			return false
		}
	}
	return true
}

// addressForm returns the shape of an address: its host, the segments before the
// last, digits as 0, and the extension of the last.
func addressForm(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	dir, last := u.Path, ""
	if i := strings.LastIndexByte(strings.TrimSuffix(u.Path, "/"), '/'); i >= 0 {
		dir, last = u.Path[:i], u.Path[i+1:]
	}
	ext := ""
	if i := strings.LastIndexByte(last, '.'); i >= 0 {
		ext = last[i:]
	}
	var b strings.Builder
	digit := false
	for _, c := range dir {
		if c >= '0' && c <= '9' {
			if !digit {
				b.WriteByte('0')
			}
			digit = true
			continue
		}
		digit = false
		b.WriteRune(c)
	}
	return strings.ToLower(u.Host) + b.String() + "/*" + ext
}

// samePage tells whether two addresses differ in their fragments or in the number of
// a page of the listing at most.
func samePage(link, page string) bool {
	a, errA := url.Parse(link)
	b, errB := url.Parse(page)
	if errA != nil || errB != nil {
		return link == page
	}
	if !strings.EqualFold(a.Host, b.Host) || strings.TrimSuffix(a.Path, "/") != strings.TrimSuffix(b.Path, "/") {
		return false
	}
	qa, qb := a.Query(), b.Query()
	for _, key := range []string{"page", "paged", "pg", "p", "offset", "start", "sort", "order", "cpage"} {
		if key != "p" || a.Path == b.Path && strings.Trim(a.Path, "/") != "" {
			qa.Del(key)
			qb.Del(key)
		}
	}
	return qa.Encode() == qb.Encode()
}

// Found is a feed or a sitemap that a page leads to.
type Found struct {
	URL string
	// Title is what the page calls it; "" if it does not.
	Title string
	// Type is "feed" or "sitemap".
	Type string
	// Language is normalized; "" if the page does not say.
	Language string
	// By says how it was found.
	By FoundBy
}

// FoundBy says how a feed was found, the surest first.
type FoundBy int

// The ways to find a feed.
const (
	ByDeclaration FoundBy = iota // <link rel="alternate"> or rel="sitemap"
	ByLink                       // a link that looks like a feed's
	ByPath                       // nothing in the page: a path where many sites have one
)

// String returns the way in words.
func (b FoundBy) String() string {
	switch b {
	case ByDeclaration:
		return "declared"
	case ByLink:
		return "linked"
	default:
		return "well-known path"
	}
}

// Discover returns the feeds that stand behind a page, the surest first, and the
// paths at which many sites have one. Feeds of comments come last among equals.
func Discover(data []byte, o Options) ([]Found, error) {
	p, _, err := openPage(data, o)
	if err != nil {
		return nil, err
	}
	var out []Found
	add := func(f Found) {
		if f.URL != "" && len(out) < 100 && !slices.ContainsFunc(out, func(k Found) bool { return k.URL == f.URL }) {
			out = append(out, f)
		}
	}
	p.doc.Find("link[rel][href]").Each(func(_ int, s *goquery.Selection) {
		rel := strings.Fields(strings.ToLower(s.AttrOr("rel", "")))
		kind := strings.ToLower(strings.TrimSpace(s.AttrOr("type", "")))
		f := Found{URL: p.link(s.AttrOr("href", "")), Title: collapse(s.AttrOr("title", "")), Language: Language(s.AttrOr("hreflang", ""))}
		switch {
		case slices.Contains(rel, "sitemap"):
			f.Type = "sitemap"
		case slices.Contains(rel, "feed"), slices.Contains(rel, "alternate") && isFeedType(kind, f.URL):
			f.Type = "feed"
		default:
			return
		}
		add(f)
	})
	p.doc.Find("a[href]").Each(func(_ int, s *goquery.Selection) {
		link := p.link(s.AttrOr("href", ""))
		if SameSite(link, o.BaseURL) && looksLikeFeed(link, strings.ToLower(s.AttrOr("type", ""))) {
			add(Found{URL: link, Title: linkTitle(s), Type: "feed", Language: Language(s.AttrOr("hreflang", "")), By: ByLink})
		}
	})
	for _, path := range []string{"/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/index.rdf", "/rss/index.rdf", "/rss/", "/index.xml", "/feed.json"} {
		add(Found{URL: webLink(o.BaseURL, path), Type: "feed", By: ByPath})
	}
	add(Found{URL: webLink(o.BaseURL, "/sitemap.xml"), Type: "sitemap", By: ByPath})
	slices.SortStableFunc(out, func(a, b Found) int {
		return cmp.Or(cmp.Compare(a.By, b.By), cmp.Compare(commentRank(a), commentRank(b)))
	})
	return out, nil
}

func commentRank(f Found) int {
	if s := strings.ToLower(f.Title + " " + f.URL); strings.Contains(s, "comment") || strings.Contains(s, "コメント") || strings.Contains(s, "oembed") || strings.Contains(s, "wp-json") {
		return 1
	}
	return 0
}

// isFeedType tells whether a declared alternate is a feed.
func isFeedType(kind, link string) bool {
	kind, _, _ = strings.Cut(kind, ";")
	switch strings.TrimSpace(kind) {
	case "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "text/rss+xml", "text/rss", "application/rss", "application/atom":
		return true
	case "application/xml", "text/xml", "application/json":
		return looksLikeFeed(link, "")
	}
	return false
}

// looksLikeFeed tells whether an address is one that feeds have.
func looksLikeFeed(link, kind string) bool {
	if kind != "" && isFeedType(kind, "") {
		return true
	}
	u, err := url.Parse(strings.ToLower(link))
	if err != nil || u.Host == "" || strings.Contains(u.Path, "/wp-json/") {
		return false
	}
	path := strings.TrimSuffix(u.Path, "/")
	last := path[strings.LastIndexByte(path, '/')+1:]
	name, ext := last, ""
	if i := strings.LastIndexByte(last, '.'); i >= 0 {
		name, ext = last[:i], last[i:]
	}
	switch {
	case ext == ".rss" || ext == ".rdf" || ext == ".atom":
		return true
	case last == "feed" || last == "rss" || last == "atom" || last == "rss2" || last == "rdf":
		return true
	case ext == ".xml" || ext == ".json":
		return strings.Contains(name, "rss") || strings.Contains(name, "feed") || strings.Contains(name, "atom") || strings.Contains(path, "/rss/") || strings.Contains(path, "/feeds/")
	}
	q := u.Query()
	return q.Has("rss") || q.Get("format") == "rss" || q.Get("feed") == "rss2" || q.Get("format") == "feed" || q.Get("type") == "rss"
}
