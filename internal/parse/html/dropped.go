package html

import (
	"slices"
	"strings"

	xhtml "golang.org/x/net/html"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

// What has to go of a text is counted, where a reader of the original has it. That is not so
// of scripts and styles, of what is hidden or counts visitors, of icons, and of what is for
// whom no script runs, which mostly says again what a script shows. References to files
// beside a notice that can't be published are told by who publishes them.

// drop counts something of a kind that goes.
func (c *cleaner) drop(kind feeds.DroppedKind) {
	if c.dropped == nil {
		c.dropped = feeds.Dropped{}
	}
	c.dropped[kind]++
}

// dropElement counts an element that goes with all that is in it, by its start tag.
func (c *cleaner) dropElement(name string, attrs []xhtml.Attribute) {
	switch name {
	case "svg":
		if IsDrawing(attrs) {
			c.drop(feeds.DroppedDrawing)
		}
	case "canvas":
		if !isUnseen(attrs) {
			c.drop(feeds.DroppedCanvas)
		}
	case "input", "select", "textarea", "button", "keygen", "progress", "meter", "output":
		c.control(name, attrs)
	}
}

// dropWithin counts what goes with the element that is left out, once, where something of
// this name stands in it; "" for text.
func (c *cleaner) dropWithin(name string, attrs []xhtml.Attribute) {
	switch {
	case c.told:
	case isPassage(c.skipped):
		c.told = true
		c.drop(feeds.DroppedPassage)
	case c.skipped == "map" && name == "area" && c.leads(Attr(attrs, "href")):
		c.told = true
		c.drop(feeds.DroppedMap)
	}
}

// isPassage reports whether an element goes with a text that is to be read.
func isPassage(name string) bool {
	switch name {
	case "dialog", "marquee", "xmp", "listing", "plaintext":
		return true
	}
	return false
}

// isUnseen reports whether an element is not shown.
func isUnseen(attrs []xhtml.Attribute) bool {
	return isHidden(attrs) || strings.EqualFold(Attr(attrs, "aria-hidden"), "true") ||
		slices.ContainsFunc(attrs, func(a xhtml.Attribute) bool { return a.Key == "hidden" })
}

// control counts a field or a button: those of one form together.
func (c *cleaner) control(name string, attrs []xhtml.Attribute) {
	switch kind := strings.ToLower(Attr(attrs, "type")); {
	case name == "input" && kind == "hidden", isUnseen(attrs):
	case !c.inForm:
		c.drop(feeds.DroppedControl)
	case !c.formTold:
		c.formTold = true
		c.drop(feeds.DroppedForm)
	}
}

// IsDrawing reports whether an SVG with these attributes is something to look at, and no
// icon of a page.
func IsDrawing(attrs []xhtml.Attribute) bool {
	role := strings.ToLower(Attr(attrs, "role"))
	if isUnseen(attrs) || role == "presentation" || role == "none" {
		return false
	}
	width, height := Pixels(Attr(attrs, "width")), Pixels(Attr(attrs, "height"))
	if box := strings.Fields(strings.ReplaceAll(boxOf(attrs), ",", " ")); width == 0 && height == 0 && len(box) == 4 {
		width, height = Pixels(box[2]), Pixels(box[3])
	}
	return width == 0 && height == 0 || max(width, height) > iconSize
}

// iconSize is how large the icons of a page are at most, in pixels.
const iconSize = 48

// boxOf returns the part of the world that an SVG shows; its attribute is in small letters
// where it was read as a token.
func boxOf(attrs []xhtml.Attribute) string {
	return prose.FirstOf(Attr(attrs, "viewbox"), Attr(attrs, "viewBox"))
}

// dropPicture counts a picture of that source which can't be shown.
func (c *cleaner) dropPicture(source string, attrs []xhtml.Attribute) {
	inText := strings.TrimSpace(Attr(attrs, "src"))
	isData := source == "" && strings.HasPrefix(strings.ToLower(inText), "data:")
	switch {
	case isUnseen(attrs) || c.isToldBeside(source):
	case isData && strings.HasPrefix(inText, emptyPicture) && strings.TrimSpace(Attr(attrs, "alt")) == "":
	case isData:
		c.drop(feeds.DroppedData)
	case source != "" || strings.TrimSpace(Attr(attrs, "alt")) != "" || hasData(attrs):
		c.drop(feeds.DroppedPicture)
	}
}

// emptyPicture is how a picture of one dot begins that only takes up space.
const emptyPicture = "data:image/gif;base64,R0lGODlhAQABA"

// hasData reports whether an element has something for a script.
func hasData(attrs []xhtml.Attribute) bool {
	return slices.ContainsFunc(attrs, func(a xhtml.Attribute) bool { return strings.HasPrefix(a.Key, "data-") })
}

// dropLink counts a link that leads nowhere that may be stored.
func (c *cleaner) dropLink(attrs []xhtml.Attribute) {
	if c.leads(Attr(attrs, "href")) {
		c.drop(feeds.DroppedLink)
	}
}

// leads reports whether an address is meant to lead anywhere: not where it only has a script
// run, and not where it is empty.
func (c *cleaner) leads(ref string) bool {
	ref = strings.TrimSpace(ref)
	script, isScript := strings.CutPrefix(strings.ToLower(ref), "javascript:")
	if isScript {
		script = strings.Trim(script, "; ")
		return script != "" && !strings.HasPrefix(script, "void")
	}
	return ref != "" && !strings.HasPrefix(ref, "#") && !c.isToldBeside(ref)
}

// isToldBeside reports whether a reference is to a file beside the text, so that who
// publishes these tells of it.
func (c *cleaner) isToldBeside(ref string) bool {
	if c.file == nil || ref == "" || strings.HasPrefix(ref, "/") || strings.HasPrefix(ref, "#") {
		return false
	}
	before, _, hasScheme := strings.Cut(ref, ":")
	return !hasScheme || strings.ContainsAny(before, "/?#")
}

// dropFrame counts an embedded page or object in whose place nothing can stand. What stands
// in an object is for who can't show that.
func (c *cleaner) dropFrame(name string, attrs []xhtml.Attribute) {
	switch {
	case isUnseen(attrs):
	case name == "iframe", name == "portal", name == "frame":
		c.drop(feeds.DroppedFrame)
	case (name == "embed" || name == "applet") && !slices.ContainsFunc(c.hollows, func(h hollow) bool { return h.name == "object" }):
		c.drop(feeds.DroppedEmbed)
	}
}

// hollow is an open element that is not kept, and may turn out to have nothing in it.
type hollow struct {
	name string
	kind feeds.DroppedKind // what goes with it then; "" for nothing
	from int               // where in what is written its content begins
}

// openHollow notes the start of an element that is told if nothing stands in it.
func (c *cleaner) openHollow(name string, kind feeds.DroppedKind) {
	if len(c.hollows) < maxNesting {
		c.hollows = append(c.hollows, hollow{name, kind, len(c.out)})
	}
}

// closeHollow counts an element that ends, if it is hollow.
func (c *cleaner) closeHollow(name string) {
	for i := len(c.hollows) - 1; i >= 0; i-- {
		if c.hollows[i].name == name {
			c.closeHollows(i)
			return
		}
	}
}

// closeHollows counts those of the open elements from that one on that are hollow.
func (c *cleaner) closeHollows(i int) {
	for len(c.hollows) > i {
		h := c.hollows[len(c.hollows)-1]
		c.hollows = c.hollows[:len(c.hollows)-1]
		if h.kind != "" && strings.TrimSpace(string(c.out[min(h.from, len(c.out)):])) == "" {
			c.drop(h.kind)
		}
	}
}

// dropRecording counts a sound or a film that ends, of which no address is known.
func (c *cleaner) dropRecording() {
	if !c.playable {
		c.drop(feeds.DroppedRecording)
	}
}

// mayPlay reports whether a sound, a film or a source of one needs no telling: it can be
// played, or it is told of elsewhere.
func (c *cleaner) mayPlay(attrs []xhtml.Attribute) bool {
	src := strings.TrimSpace(Attr(attrs, "src"))
	return c.source(src) != "" || c.isToldBeside(src)
}

// isOwnElement reports whether an element is one of a script's own (HTML, custom elements)
// that shows something: not what counts readers or shows them advertisements.
func isOwnElement(name string) bool {
	if !strings.Contains(name, "-") || strings.Contains(name, ":") {
		return false
	}
	switch name {
	case "amp-analytics", "amp-pixel", "amp-ad", "amp-auto-ads", "amp-sticky-ad", "amp-consent":
		return false
	}
	return !strings.HasSuffix(name, "-icon") && !strings.HasPrefix(name, "annotation-") &&
		name != "font-face" && name != "color-profile" && name != "missing-glyph"
}
