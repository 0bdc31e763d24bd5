package page

import (
	"net/url"
	"strings"
	"unicode"

	"github.com/PuerkitoBio/goquery"
	xhtml "golang.org/x/net/html"

	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/date"
	"github.com/kairan-news/kairan/internal/parse/html"
)

const (
	// maxListing bounds the items of a listing.
	maxListing = 300
	// maxLinks is how many links of a page are looked at.
	maxLinks = 5000
)

// candidate is a link that may lead to an article.
type candidate struct {
	item    Item
	place   string  // where it stands: the elements around it
	form    string  // the shape of its address
	score   float64 // how much it looks like an article
	heading bool
}

// guessed finds the links that look like articles. On a page that lists articles,
// they stand in the same place of each item, and are the longest texts that do; the
// navigation's are short, and dates stand beside the articles' alone.
func (p *page) guessed() (found []Item) {
	var all []candidate
	p.doc.Find("body a[href]").EachWithBreak(func(i int, a *goquery.Selection) bool {
		if c, ok := p.candidate(a); ok {
			all = append(all, c)
		}
		return i < maxLinks && len(all) < 4*maxListing
	})
	chosen := choose(all)
	for _, c := range all {
		if chosen[c.place] && c.score > 0 {
			c.item.Place = c.place
			found = append(found, c.item)
		}
	}
	return found
}

// cluster are the candidates that stand in one place.
type cluster struct {
	place  string
	score  float64
	dated  int
	size   int
	shapes map[string]int // of addresses
}

// choose returns the places that the articles stand in: the best, and those that are
// much like it.
func choose(all []candidate) map[string]bool {
	clusters := clustered(all)
	// What stands alone may be a lead story, or anything: alone it convinces nobody.
	best := (*cluster)(nil)
	for _, k := range clusters {
		if (k.size >= 2 || k.dated > 0) && k.score >= 1 && (best == nil || k.score > best.score) {
			best = k
		}
	}
	if best == nil {
		return nil
	}
	chosen := map[string]bool{}
	for _, k := range clusters {
		chosen[k.place] = k == best || k.isLike(best)
	}
	return chosen
}

// clustered sorts the candidates by where they stand, in the order of the page.
func clustered(all []candidate) (clusters []*cluster) {
	byPlace := map[string]*cluster{}
	for _, c := range all {
		k := byPlace[c.place]
		if k == nil {
			k = &cluster{place: c.place, shapes: map[string]int{}}
			byPlace[c.place] = k
			clusters = append(clusters, k)
		}
		k.score += c.score
		k.size++
		k.shapes[c.form]++
		if !c.item.Published.IsZero() {
			k.dated++
		}
	}
	return clusters
}

// isLike reports whether a place looks as if articles stood in it, too, as they do in
// the best one: half as good at least, and alike in dates or addresses.
func (k *cluster) isLike(best *cluster) bool {
	if k.score/float64(k.size) < best.score/float64(best.size)/2 {
		return false
	}
	alike := false
	for shape := range k.shapes {
		alike = alike || best.shapes[shape] > 0
	}
	dated := 2*k.dated >= k.size
	return alike && (dated || best.dated == 0) || dated && best.dated > 0
}

// candidate looks at a link.
func (p *page) candidate(a *goquery.Selection) (candidate, bool) {
	link := p.link(a.AttrOr("href", ""))
	link, _, _ = strings.Cut(link, "#")
	if link == "" || !address.SameSite(link, p.o.BaseURL) || address.IsFrontPage(link) || samePage(link, p.o.BaseURL) || address.IsMediaFile(link) {
		return candidate{}, false
	}
	if inFurniture(a.Nodes[0]) {
		return candidate{}, false
	}
	title := linkTitle(a)
	item := p.itemOf(a, link)
	c := candidate{form: addressForm(link), heading: item.Find("h1, h2, h3, h4").Length() > 0 && textOf(item.Find("h1, h2, h3, h4").First()) != ""}
	if isMoreLink(title) && c.heading {
		title = textOf(item.Find("h1, h2, h3, h4").First())
	}
	c.item = Item{Link: link, Former: former(p.base, a.AttrOr("href", ""), link), Title: title, Language: linkLanguage(a)}
	c.item.setPublished(p.dateAround(item))
	c.item.Title = withoutDate(c.item.Title, p.dating)
	c.place = placeOf(item)

	width := titleWidth(c.item.Title)
	if width < 8 || isMoreLink(c.item.Title) {
		return c, true
	}
	c.score = min(float64(width), 60) / 40
	if !c.item.Published.IsZero() {
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

// hasOtherLink reports whether a node holds a link that leads elsewhere.
func (p *page) hasOtherLink(n *xhtml.Node, link string) bool {
	if n.Type == xhtml.ElementNode && n.Data == "a" {
		other, _, _ := strings.Cut(p.link(html.Attr(n.Attr, "href")), "#")
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
func (p *page) dateAround(item *goquery.Selection) date.Date {
	if t := p.itemDate(item); !t.IsZero() {
		return t
	}
	before := item.Prev()
	if before.Length() == 0 || textWithin(before, 80) == "" || before.Find("a[href]").Length() > 0 {
		return date.Date{}
	}
	return p.dateIn(before)
}

// withoutDate drops a date that stands before or behind a title in the same link.
func withoutDate(title string, o parse.Options) string {
	t, at := date.Find(title, o)
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

// startsInSentence reports whether what follows a date goes on with it, as in
// "2026年4月1日から".
func startsInSentence(rest string) bool {
	c := []rune(rest)
	return len(c) > 0 && (unicode.IsLetter(c[0]) && !unicode.IsUpper(c[0]) && c[0] < 0x3000 || unicode.In(c[0], unicode.Hiragana))
}

// placeOf returns where an element stands: the elements around it, with the classes
// that items share.
func placeOf(item *goquery.Selection) string {
	var parts []string
	for n, depth := item.Nodes[0], 0; n != nil && n.Type == xhtml.ElementNode && n.Data != "body" && depth < 6; n, depth = n.Parent, depth+1 {
		part := n.Data
		if depth < 3 {
			for class := range strings.FieldsSeq(html.Attr(n.Attr, "class")) {
				if isSharedClass(class) {
					part += "." + class
				}
			}
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "<")
}

// isSharedClass reports whether a class is one of all items and not of a single one,
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

// samePage reports whether two addresses differ in their fragments or in the number of
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
