package feeds

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Dropped counts by its kind what had to go of an article's text, though a reader of the
// original has it. It is nil for nothing, and is told to operators; nothing of it is stored
// with the article.
type Dropped map[DroppedKind]int

// DroppedKind is a kind of what no stored text may have.
type DroppedKind string

// The kinds of what is dropped.
const (
	DroppedForm      DroppedKind = "form"      // with fields or buttons; the words in it may stay
	DroppedControl   DroppedKind = "control"   // a field or button outside of a form
	DroppedDrawing   DroppedKind = "drawing"   // SVG that stands in the text
	DroppedCanvas    DroppedKind = "canvas"    // what only a script draws
	DroppedWidget    DroppedKind = "widget"    // an element of a script's own, in which nothing stands
	DroppedFrame     DroppedKind = "frame"     // a page in the page, without a web address
	DroppedEmbed     DroppedKind = "embed"     // what a plug-in showed
	DroppedPicture   DroppedKind = "picture"   // without an address, or with one that isn't of the web
	DroppedData      DroppedKind = "data"      // a picture that stands in the text (data:)
	DroppedLink      DroppedKind = "link"      // with an address that isn't of the web; its words stay
	DroppedRecording DroppedKind = "recording" // a sound or film without an address of the web
	DroppedMap       DroppedKind = "map"       // a picture's links
	DroppedPassage   DroppedKind = "passage"   // a text in an element that is not kept
	DroppedEnd       DroppedKind = "end"       // of a text that is longer than an article may be
)

// droppedWords are the words for one and for more of each kind, in the order in which they
// are told.
var droppedWords = []struct {
	kind      DroppedKind
	one, more string
}{
	{DroppedForm, "form", "forms"},
	{DroppedControl, "button or field", "buttons or fields"},
	{DroppedDrawing, "inline drawing", "inline drawings"},
	{DroppedCanvas, "drawing by a script", "drawings by a script"},
	{DroppedWidget, "element that a script fills", "elements that a script fills"},
	{DroppedFrame, "frame without an address", "frames without an address"},
	{DroppedEmbed, "embedded object", "embedded objects"},
	{DroppedPicture, "picture without a web address", "pictures without a web address"},
	{DroppedData, "picture within the text (data:)", "pictures within the text (data:)"},
	{DroppedLink, "link without a web address", "links without a web address"},
	{DroppedRecording, "sound or film without a web address", "sounds or films without a web address"},
	{DroppedMap, "picture's links", "pictures' links"},
	{DroppedPassage, "passage in a dialog or the like", "passages in dialogs or the like"},
	{DroppedEnd, "end of too long a text", "ends of too long texts"},
}

// String says what was dropped, as "3 forms, 1 inline drawing"; "" for nothing.
func (d Dropped) String() string {
	var parts []string
	for _, w := range droppedWords {
		switch n := d[w.kind]; {
		case n == 1:
			parts = append(parts, "1 "+w.one)
		case n > 1:
			parts = append(parts, fmt.Sprintf("%d %s", n, w.more))
		}
	}
	return strings.Join(parts, ", ")
}

// Plus returns what was dropped in all. It changes neither.
func (d Dropped) Plus(other Dropped) Dropped {
	if len(other) == 0 {
		return d
	}
	sum := maps.Clone(d)
	if sum == nil {
		sum = Dropped{}
	}
	for kind, n := range other {
		sum[kind] += n
	}
	return sum
}

// DroppedOf is what was dropped of one article.
type DroppedOf struct {
	// Where is the article's link, else the place of its file, else its key.
	Where   string  `json:"where"`
	Dropped Dropped `json:"dropped"`
}

// DroppedIn returns what was dropped of an article that was collected.
func DroppedIn(a *Article) DroppedOf {
	return DroppedOf{Where: cmp.Or(a.Link, a.StoryHint, a.Key), Dropped: a.Dropped}
}

// TellDropped says what was dropped of articles, of which and what to do, in one sentence;
// "" where it is nothing.
func TellDropped(of []DroppedOf) string {
	of = slices.DeleteFunc(slices.Clone(of), func(o DroppedOf) bool { return o.Dropped.String() == "" })
	if len(of) == 0 {
		return ""
	}
	var all Dropped
	for _, o := range of {
		all = all.Plus(o.Dropped)
	}
	where := "1 article, " + of[0].Where
	if len(of) > 1 {
		where = fmt.Sprintf("%d articles, first in %s", len(of), of[0].Where)
	}
	return fmt.Sprintf("%s in %s: no text may have that, and readers don't get it; ask for a picture, a file or a link in its place", all, where)
}
