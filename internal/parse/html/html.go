package html

import (
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	xhtml "golang.org/x/net/html"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/entity"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

// policy is what may stand in an article's content: bluemonday lets nothing else
// through. The cleaner before it only does what bluemonday can't: it makes
// addresses absolute, finds lazily loaded images, drops trackers and closes what is
// open. So even a mistake in the cleaner lets no script through.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.RequireParseableURLs(true)
	p.AllowRelativeURLs(true) // to places of the same text and to files: see the attributes
	p.AllowElements("p", "br", "hr", "div", "span", "section", "article", "aside", "header", "footer", "main",
		"h1", "h2", "h3", "h4", "h5", "h6", "pre", "code", "em", "strong", "b", "i", "u", "s", "small", "sub", "sup",
		"mark", "abbr", "cite", "dfn", "kbd", "samp", "var", "address", "ul", "dl", "dt", "dd", "table", "caption",
		"thead", "tbody", "tfoot", "tr", "colgroup", "figure", "figcaption", "ruby", "rt", "rp", "rb", "rtc", "bdi", "bdo",
		"wbr", "details", "summary", "blockquote", "q", "ol", "li", "th", "td", "col", "time", "del", "ins", "a")
	p.AllowNoAttrs().OnElements("span", "a", "bdo", "audio", "video")
	p.AllowAttrs("dir").Matching(regexp.MustCompile(`^(ltr|rtl|auto)$`)).Globally()
	p.AllowAttrs("lang").Matching(regexp.MustCompile(`^[A-Za-z0-9-]{1,35}$`)).Globally()
	p.AllowAttrs("title").Globally()
	p.AllowAttrs("href").Matching(regexp.MustCompile(`^(#[A-Za-z0-9._-]+|/f/[0-9a-f]{32}/[^/]+|(?i:https?|mailto|tel):.*)$`)).OnElements("a")
	p.AllowAttrs("id").Matching(regexp.MustCompile(`^[A-Za-z0-9._-]+$`)).Globally()
	p.AllowAttrs("hreflang").Matching(regexp.MustCompile(`^[A-Za-z0-9-]{1,35}$`)).OnElements("a")
	web := regexp.MustCompile(`^(/f/[0-9a-f]{32}/[^/]+|(?i:https?):.*)$`)
	p.AllowAttrs("cite").Matching(regexp.MustCompile(`^(?i:https?):.*$`)).OnElements("blockquote", "q", "del", "ins")
	p.AllowAttrs("src").Matching(web).OnElements("img", "audio", "video", "source")
	p.AllowAttrs("alt").OnElements("img")
	p.AllowAttrs("width", "height").Matching(bluemonday.Integer).OnElements("img", "video")
	p.AllowAttrs("poster").Matching(web).OnElements("video")
	p.AllowAttrs("controls").OnElements("audio", "video")
	p.AllowAttrs("type").Matching(regexp.MustCompile(`^[a-z]+/[a-z0-9.+-]+$`)).OnElements("source")
	p.AllowAttrs("start", "value").Matching(regexp.MustCompile(`^-?[0-9]{1,9}$`)).OnElements("ol", "li")
	p.AllowAttrs("colspan", "rowspan", "span").Matching(bluemonday.Integer).OnElements("td", "th", "col", "colgroup")
	p.AllowAttrs("scope").Matching(regexp.MustCompile(`^(row|col|rowgroup|colgroup)$`)).OnElements("th")
	p.AllowAttrs("datetime").OnElements("time", "del", "ins")
	return p
})

// Clean returns the HTML that may be stored and shown, its addresses absolute but for links
// to places of the same text, its pictures, and what had to go of it. The base is what
// relative addresses are resolved against; it is the address of the text.
func Clean(source, base string) (string, []feeds.Image, feeds.Dropped) {
	return CleanEntry(source, base, base)
}

// CleanEntry is [Clean] for a text that has another base than its own address, which is the
// page; "" if it has none.
func CleanEntry(source, base, page string) (string, []feeds.Image, feeds.Dropped) {
	return clean(source, cleaner{base: base, page: page})
}

// clean cleans a text with what the cleaner is given.
func clean(source string, given cleaner) (string, []feeds.Image, feeds.Dropped) {
	source = strings.TrimSpace(source)
	if source == "" {
		return "", nil, nil
	}
	if strings.IndexByte(source, '<') < 0 {
		return html.EscapeString(prose.Clean(entity.DecodeString(source))), nil, nil
	}
	given.page, _, _ = strings.Cut(given.page, "#")
	given.anchors = anchorsOf(source, given.page)
	c := given
	c.out = make([]byte, 0, len(source)+len(source)/8)
	c.run(source)
	if len(c.anchored) < len(c.anchors) { // an anchor went with what may not stand
		given.anchors, given.out = c.anchored, c.out[:0]
		c = given
		c.run(source)
	}
	out := string(c.out)
	if !isSettled(out) {
		out = policy().Sanitize(out)
	}
	return strings.TrimSpace(out), c.images, c.dropped
}

// CleanNotice is [Clean] for a text beside which files are published: file returns the address
// of the one that a reference names, "" for one that is to be resolved against the base.
func CleanNotice(source, base string, file func(ref, base string) string) (string, []feeds.Image, feeds.Dropped) {
	return clean(source, cleaner{base: base, page: base, file: file})
}

// maxNesting is how many elements may stand inside each other in stored HTML.
const maxNesting = 64

// cleaner rewrites HTML for the policy.
type cleaner struct {
	base   string
	page   string                        // the address of the text; "" if it has none
	file   func(ref, base string) string // the address of a file beside it, "" for none; nil where there are none
	out    []byte
	open   []string
	images []feeds.Image
	// anchors are the places of the text that its own links lead to, anchored those that
	// were written.
	anchors, anchored map[string]bool
	// skipped is the element whose content is left out, and depth how many of it are open;
	// "" for none. told says that what goes with it is counted, or is nothing.
	skipped string
	depth   int
	told    bool
	// dropped is what had to go. inForm says that a form is open, and formTold that it is
	// counted; playable that the sound or film that is open needs no telling.
	dropped          feeds.Dropped
	inForm, formTold bool
	playable         bool
	hollows          []hollow
}

func (c *cleaner) run(source string) {
	var attrs [8]xhtml.Attribute
	for {
		t, size := plainToken(source, attrs[:0])
		if size == 0 {
			break
		}
		source = source[size:]
		switch t.Type {
		case xhtml.TextToken:
			c.text(t.Data)
		case xhtml.EndTagToken:
			c.endTag(t.Data)
		default:
			c.startTag(t)
		}
	}
	if source != "" {
		c.runRest(source)
	}
	c.closeTo(0)
	c.closeHollows(0)
}

// runRest takes the rest of HTML that is not plain.
func (c *cleaner) runRest(source string) {
	z := xhtml.NewTokenizer(strings.NewReader(source))
	for {
		kind := z.Next()
		if kind == xhtml.ErrorToken {
			break
		}
		raw := source[:len(z.Raw())] // tokens follow each other without a gap
		source = source[len(raw):]
		switch kind {
		case xhtml.TextToken:
			c.text(raw)
		case xhtml.StartTagToken, xhtml.SelfClosingTagToken:
			c.startTag(z.Token())
		case xhtml.EndTagToken:
			tag, _ := z.TagName()
			c.endTag(unprefixed(string(tag)))
		}
	}
}

// text takes a text as it is written.
func (c *cleaner) text(raw string) {
	switch {
	case c.skipped == "":
		c.write(escapeText(prose.Clean(unescapeHTML(raw))))
	case strings.TrimSpace(raw) != "":
		c.dropWithin("", nil)
	}
}

// startTag takes a start tag.
func (c *cleaner) startTag(t xhtml.Token) {
	for i := range t.Attr {
		t.Attr[i].Val = prose.Clean(t.Attr[i].Val)
	}
	name := unprefixed(t.Data)
	isEmpty := t.Type == xhtml.SelfClosingTagToken
	switch {
	case c.skipped != "":
		if name == c.skipped && !isEmpty {
			c.depth++
		}
		c.dropWithin(name, t.Attr)
	case isDangerous(name), name == "object" && c.isPlayer(t.Attr):
		c.embed(name, t.Attr)
		c.dropElement(name, t.Attr)
		if !isEmpty && !isVoid(name) {
			c.skipped, c.depth, c.told = name, 1, isUnseen(t.Attr)
		}
	case name == "math" && Attr(t.Attr, "alttext") != "" && !isEmpty:
		c.write(escapeText(prose.Collapse(Attr(t.Attr, "alttext"))))
		c.skipped, c.depth, c.told = name, 1, true
	case name == "object":
		c.object(t.Attr)
	case isEmpty && !isVoid(name) && t.Data != name:
		// An empty element of XHTML with a prefix.
	default:
		c.start(name, t.Attr)
		c.startForeign(name, t.Attr)
	}
}

// startForeign takes note of an element that is not kept, for what it may take with it.
func (c *cleaner) startForeign(name string, attrs []xhtml.Attribute) {
	switch {
	case name == "form":
		c.inForm, c.formTold = true, false
	case isOwnElement(name) && !isUnseen(attrs):
		c.openHollow(name, feeds.DroppedWidget)
	}
}

// endTag takes an end tag.
func (c *cleaner) endTag(name string) {
	switch c.skipped {
	case "":
		c.end(name)
		c.closeHollow(name)
		c.inForm = c.inForm && name != "form"
	case name:
		if c.depth--; c.depth == 0 {
			c.skipped = ""
		}
	}
}

// object leaves a link to the file of an object, whose own text, for who can't show the
// file, follows.
func (c *cleaner) object(attrs []xhtml.Attribute) {
	data := Attr(attrs, "data")
	link := c.source(data)
	if link != "" && !isHidden(attrs) && !address.IsTracker(link) && !slices.Contains(c.open, "a") {
		name := prose.FirstOf(prose.Collapse(Attr(attrs, "title")), feeds.FileName(link), link)
		c.write(`<a href="`, html.EscapeString(link), `">`, escapeText(name), `</a> `)
	}
	kind := feeds.DroppedKind("")
	if link == "" && !isUnseen(attrs) && !c.isToldBeside(data) {
		kind = feeds.DroppedEmbed
	}
	c.openHollow("object", kind)
}

// start writes a start tag.
func (c *cleaner) start(name string, attrs []xhtml.Attribute) {
	name = modern(name)
	switch {
	case name == "img":
		c.image(attrs)
		return
	case !isKept(name):
		if IsBlock(name) {
			c.write(" ")
		}
		c.emptyAnchor(name, attrs)
		return
	}
	c.imply(name)
	before := len(c.out) // what it is cut to where the element is left out
	c.write("<", name)
	anchored := c.anchor(name, attrs)
	linked := c.attributes(attrs)
	switch name {
	case "a":
		if !linked {
			c.dropLink(attrs)
		}
		if !linked && !anchored {
			c.out = c.out[:before]
			c.push("")
			return
		}
	case "audio", "video":
		c.write(` controls="controls"`)
		c.playable = c.mayPlay(attrs)
	case "source":
		if !c.plays(attrs, linked) {
			c.out = c.out[:before]
			return
		}
	}
	c.write(">")
	if !isVoid(name) && !c.push(name) {
		c.out = c.out[:before]
	}
}

// plays reports whether a source stands in a sound or a film and has an address.
func (c *cleaner) plays(attrs []xhtml.Attribute, linked bool) bool {
	isOne := linked && (slices.Contains(c.open, "audio") || slices.Contains(c.open, "video"))
	c.playable = c.playable || isOne || c.mayPlay(attrs)
	return isOne
}

// modern returns the element that stands for one that HTML has no more.
func modern(name string) string {
	switch name {
	case "image":
		return "img"
	case "strike":
		return "s"
	case "acronym":
		return "abbr"
	case "tt":
		return "code"
	}
	return name
}

// attributes writes those attributes that are kept, and reports whether an address is
// among them.
func (c *cleaner) attributes(attrs []xhtml.Attribute) (linked bool) {
	for _, a := range attrs {
		key, value := strings.TrimPrefix(strings.ToLower(a.Key), "xml:"), a.Val
		switch key {
		case "href":
			value = c.link(value)
		case "cite": // "the source of the quotation", and no mailbox
			value = address.Web(c.base, value)
		case "src", "poster":
			value = c.source(value)
		case "dir":
			value = strings.ToLower(strings.TrimSpace(value))
		case "lang":
			value = strings.TrimSpace(value)
		case "title", "datetime", "start", "value", "colspan", "rowspan", "span", "scope", "hreflang", "width", "height", "type":
		default:
			continue
		}
		if isAddress := key == "href" || key == "cite" || key == "src" || key == "poster"; isAddress && value == "" {
			continue
		} else if isAddress {
			linked = true
		}
		c.write(" ", key, `="`, html.EscapeString(value), `"`)
	}
	return linked
}

// link returns where a link leads; "" if that is nowhere. What is no place of this text is
// one of the page that it was written for.
func (c *cleaner) link(ref string) string {
	if name := fragmentOf(ref, c.page); name != "" && c.anchors[name] {
		return "#" + name
	}
	if c.page != "" && strings.HasPrefix(strings.TrimSpace(ref), "#") {
		return address.Safe(c.page, ref)
	}
	if link := c.beside(ref); link != "" {
		return link
	}
	return address.Safe(c.base, ref)
}

// source returns where a picture or a recording is; "" if that is nowhere.
func (c *cleaner) source(ref string) string {
	if link := c.beside(ref); link != "" {
		return link
	}
	return address.Web(c.base, ref)
}

// beside returns the address of a file beside the text; "" if the reference means none.
func (c *cleaner) beside(ref string) string {
	if c.file == nil {
		return ""
	}
	return c.file(ref, c.base)
}

// write adds to what has been written.
func (c *cleaner) write(parts ...string) {
	for _, part := range parts {
		c.out = append(c.out, part...)
	}
}

// push opens an element, and reports whether it may be opened; "" is an anchor without an
// address, which is not written.
func (c *cleaner) push(name string) bool {
	if len(c.open) >= maxNesting {
		return false
	}
	c.open = append(c.open, name)
	return true
}

// end closes an element and those inside it; an end without a beginning is dropped.
func (c *cleaner) end(name string) {
	if name = modern(name); name == "br" {
		c.write("<br>")
		return
	}
	for i := len(c.open) - 1; i >= 0; i-- {
		if c.open[i] == name || c.open[i] == "" && name == "a" {
			c.closeTo(i)
			return
		}
		if IsCell(c.open[i]) && !isTablePart(name) && !IsBlock(name) {
			return // it can't close what is around the cell
		}
	}
	if !isKept(name) && IsBlock(name) {
		c.write(" ")
	}
}

// closeTo closes the open elements down to that place.
func (c *cleaner) closeTo(i int) {
	for len(c.open) > i {
		top := c.open[len(c.open)-1]
		if top != "" {
			c.write("</", top, ">")
		}
		if top == "audio" || top == "video" {
			c.dropRecording()
		}
		c.open = c.open[:len(c.open)-1]
	}
}

// imply closes the elements whose end the start of another one implies (HTML,
// optional tags).
func (c *cleaner) imply(name string) {
	switch {
	case name == "li":
		c.closeFirst([]string{"li"}, []string{"ul", "ol"})
	case name == "dt" || name == "dd":
		c.closeFirst([]string{"dt", "dd"}, []string{"dl"})
	case name == "tr" || name == "tbody" || name == "thead" || name == "tfoot":
		c.closeFirst([]string{"tr"}, []string{"table"})
	case IsCell(name):
		c.closeFirst([]string{"td", "th"}, []string{"tr", "table"})
	case name == "rt" || name == "rp":
		c.closeFirst([]string{"rt", "rp"}, []string{"ruby"})
	case name == "a":
		c.closeFirst([]string{"a", ""}, []string{"td", "th"})
	case IsBlock(name):
		c.closeFirst([]string{"p"}, []string{"td", "th", "li", "blockquote", "div", "figure", "details", "dd", "section", "article", "aside"})
	}
}

// closeFirst closes the innermost open element that has one of the names, unless it stands
// beyond one of the scopes.
func (c *cleaner) closeFirst(names, scopes []string) {
	for i := len(c.open) - 1; i >= 0; i-- {
		if slices.Contains(names, c.open[i]) {
			c.closeTo(i)
			return
		}
		if slices.Contains(scopes, c.open[i]) {
			return
		}
	}
}

// image writes a picture with its true address, unless it is a tracker.
func (c *cleaner) image(attrs []xhtml.Attribute) {
	src := imageSource(attrs)
	link := c.source(src)
	if link == "" {
		c.dropPicture(src, attrs)
	}
	if link == "" || isHidden(attrs) || address.IsTracker(link) {
		c.emptyAnchor("img", attrs)
		return
	}
	img := feeds.Image{URL: link, Alt: prose.Collapse(Attr(attrs, "alt")), Width: Pixels(Attr(attrs, "width")), Height: Pixels(Attr(attrs, "height"))}
	c.write(`<img src="`, html.EscapeString(link), `" alt="`, html.EscapeString(img.Alt), `"`)
	if title := prose.Collapse(Attr(attrs, "title")); title != "" {
		c.write(` title="`, html.EscapeString(title), `"`)
	}
	if img.Width > 0 {
		c.write(` width="`, strconv.Itoa(img.Width), `"`)
	}
	if img.Height > 0 {
		c.write(` height="`, strconv.Itoa(img.Height), `"`)
	}
	c.anchor("img", attrs)
	c.write(">")
	c.images = append(c.images, img)
}
