package feed

import (
	"strconv"
	"strings"
	"time"

	ext "github.com/mmcdole/gofeed/extensions"

	"github.com/kairan-news/kairan/internal/parse/html"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

// extensions are gofeed's extension elements by namespace prefix and name.
type extensions map[string]map[string][]ext.Extension

// first returns the first text of an element, its references decoded.
func (x extensions) first(prefix, name string) string {
	if prefix == "atom" {
		for _, e := range x.atom(name) {
			return e.Value
		}
		return ""
	}
	for _, e := range x[prefix][name] {
		if v := strings.TrimSpace(unwrapped(e.Value)); v != "" {
			return v
		}
	}
	return ""
}

// all returns the texts of an element.
func (x extensions) all(prefix, name string) []string {
	var texts []string
	for _, e := range x[prefix][name] {
		texts = append(texts, unwrapped(e.Value))
	}
	return texts
}

// atom returns the elements of Atom in RSS.
func (x extensions) atom(name string) []ext.Extension {
	for _, prefix := range []string{"atom", "atom10", "atom03"} {
		if e := x[prefix][name]; len(e) > 0 {
			return e
		}
	}
	return nil
}

// atomLink returns the address of the first Atom link with that relation and
// without a language.
func (x extensions) atomLink(rel string) string {
	for _, l := range x.atom("link") {
		if relation(l.Attrs["rel"]) == rel && l.Attrs["hreflang"] == "" {
			return prose.FirstOf(l.Attrs["href"], l.Value)
		}
	}
	return ""
}

// relation returns what a link's rel means: registered relations have no case (RFC 8288
// §2.1.1) and may be written as addresses (RFC 4287 §4.2.7.2). Without one it is the
// article itself.
func relation(rel string) string {
	rel = strings.ToLower(strings.TrimSpace(rel))
	rel = strings.TrimPrefix(rel, "http://www.iana.org/assignments/relation/")
	if rel == "" {
		return "alternate"
	}
	return rel
}

// original returns the address that an article has where the feed's link is that of a
// service which counts readers; "" if none is told.
func (x extensions) original() string {
	return prose.FirstOf(x.first("feedburner", "origLink"), x.first("pheedo", "origLink"))
}

// mediaTexts takes the texts of Media RSS where an entry has none of its own: those of its
// groups, else of its files. Beside a text of its own that of a file is but a caption.
func (d *draft) mediaTexts(x extensions) {
	if prose.FirstOf(d.summary, d.content) != "" {
		return
	}
	d.summary, d.summaryPlain = prose.FirstOf(x.mediaText("description", false), x.mediaText("description", true)), false
	if d.title == "" {
		d.title = html.Title(x.mediaText("title", true))
	}
}

// mediaText returns the first text of that name in Media RSS: of the entry, else of its
// groups, and of its files if they are asked too.
func (x extensions) mediaText(name string, ofFiles bool) string {
	kinds := []string{"group"}
	if ofFiles {
		kinds = append(kinds, "content")
	}
	return mediaTextIn(x["media"], name, kinds, 0)
}

// mediaTextIn is mediaText among elements at that depth, and in those of these kinds. Plain text of several lines
// comes as HTML, as all others do.
func mediaTextIn(elements map[string][]ext.Extension, name string, kinds []string, depth int) string {
	for _, e := range elements[name] {
		text := strings.TrimSpace(unwrapped(e.Value))
		if text == "" {
			continue
		}
		if strings.IndexByte(text, '\n') >= 0 && e.Attrs["type"] != "html" && !looksLikeHTML(text) {
			return html.Paragraphs(text)
		}
		return text
	}
	if depth == maxMediaDepth {
		return ""
	}
	for _, inner := range kinds {
		for _, e := range elements[inner] {
			if text := mediaTextIn(e.Children, name, kinds, depth+1); text != "" {
				return text
			}
		}
	}
	return ""
}

func childValue(e ext.Extension, name string) string {
	for _, c := range e.Children[name] {
		return strings.TrimSpace(c.Value)
	}
	return ""
}

// updateEvery returns the interval of RSS 1.0's syndication module: so many times
// in the period.
func updateEvery(period, frequency string) time.Duration {
	const day = 24 * time.Hour
	var every time.Duration
	switch strings.ToLower(strings.TrimSpace(period)) {
	case "hourly":
		every = time.Hour
	case "daily":
		every = day
	case "weekly":
		every = 7 * day
	case "monthly":
		every = 30 * day
	case "yearly":
		every = 365 * day
	case "":
		if strings.TrimSpace(frequency) == "" {
			return 0
		}
		every = day // the module's default
	default:
		return 0
	}
	if n, err := strconv.Atoi(strings.TrimSpace(frequency)); err == nil && n > 0 {
		every /= time.Duration(n)
	}
	return every
}
