package opml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/charset"
	"github.com/kairan-news/kairan/internal/parse/html"
	"github.com/kairan-news/kairan/internal/parse/language"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

// ErrNotOPML is the cause of an error where a document is no OPML.
var ErrNotOPML = errors.New("it is no OPML; export the subscriptions of a feed reader as OPML")

// maxOutlines bounds a list of subscriptions.
const maxOutlines = 10_000

// Outline is one subscription of an OPML document.
type Outline struct {
	// Title is plain text.
	Title string
	// URL is the feed's address; "" where it is not http or https, as given in Raw.
	URL string
	// Raw is the address as it is written.
	Raw string
	// HomePage is the address of the feed's page; "" if none is given.
	HomePage string
	// Type is "rss" most often, whatever the feed's format.
	Type string
	// Language is normalized; "" if none is given.
	Language string
	// Groups are the titles of the outlines around it, the outermost first.
	Groups []string
}

// Document is a list of subscriptions.
type Document struct {
	Title    string
	Outlines []Outline
	Problems []parse.Problem
}

// Parse reads the subscriptions of an OPML 1.0 or 2.0 document, however deep they
// are grouped. Attributes are read without regard to case.
func Parse(data []byte, o parse.Options) (*Document, error) {
	text, problems := charset.Decode(data, o.ContentType, o.Language, o.PublisherLanguage)
	out := &Document{Problems: problems}
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimLeft(text, " \t\r\n\uFEFF")))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is UTF-8 by now

	found := false
	r := reader{o: o, out: out}
	for {
		token, err := d.Token()
		if err != nil {
			if !found {
				return nil, fmt.Errorf("parse OPML: %w", ErrNotOPML)
			}
			if !errors.Is(err, io.EOF) {
				out.Problems = append(out.Problems, parse.Problem{Code: "not-well-formed", Detail: fmt.Sprintf("the document is broken and was read up to there: %v", err)})
			}
			return out, nil
		}
		switch t := token.(type) {
		case xml.StartElement:
			name := strings.ToLower(t.Name.Local)
			if len(r.path) == 0 && name != "opml" {
				return nil, fmt.Errorf("parse OPML: %w", ErrNotOPML)
			}
			found = true
			if name == "outline" && len(out.Outlines) >= maxOutlines {
				out.Problems = append(out.Problems, parse.Problem{Code: "opml-size", Detail: fmt.Sprintf("there are more than %d subscriptions; the rest was left out", maxOutlines)})
				return out, nil
			}
			r.start(name, t)
		case xml.EndElement:
			r.end()
		case xml.CharData:
			r.text(t)
		}
	}
}

// reader reads the elements of a document.
type reader struct {
	o      parse.Options
	out    *Document
	path   []string // of all open elements
	groups []string // of the open outlines; "" for one without a title
	// comments is how many of the open outlines are within one that is commented out, that
	// one included.
	comments int
}

func (r *reader) start(name string, t xml.StartElement) {
	r.path = append(r.path, name)
	if name != "outline" {
		return
	}
	if r.comments > 0 || isComment(t) {
		r.comments++
		return
	}
	outline := readOutline(t, r.o)
	if outline.Raw != "" {
		for _, g := range r.groups {
			if g != "" {
				outline.Groups = append(outline.Groups, g)
			}
		}
		r.out.Outlines = append(r.out.Outlines, outline)
	}
	r.groups = append(r.groups, outline.Title)
}

func (r *reader) end() {
	n := len(r.path)
	if n == 0 {
		return
	}
	switch {
	case r.path[n-1] != "outline":
	case r.comments > 0:
		r.comments--
	default:
		r.groups = r.groups[:len(r.groups)-1]
	}
	r.path = r.path[:n-1]
}

func (r *reader) text(t xml.CharData) {
	if len(r.path) == 3 && r.path[1] == "head" && r.path[2] == "title" {
		r.out.Title = prose.Collapse(r.out.Title + string(t))
	}
}

// isComment reports whether an outline is commented out, and all that stands within it (OPML
// 2.0, "isComment").
func isComment(t xml.StartElement) bool {
	return slices.ContainsFunc(t.Attr, func(a xml.Attr) bool {
		return strings.EqualFold(a.Name.Local, "isComment") && strings.EqualFold(strings.TrimSpace(a.Value), "true")
	})
}

func readOutline(t xml.StartElement, o parse.Options) Outline {
	at := map[string]string{}
	for _, a := range t.Attr {
		at[strings.ToLower(a.Name.Local)] = strings.TrimSpace(a.Value)
	}
	raw := at["xmlurl"]
	if raw == "" && at["type"] != "" {
		raw = at["url"] // of type "link" or "include" (Document 2.0), and of some old readers
	}
	raw = address.Feed(raw)
	return Outline{
		Title:    html.Title(prose.FirstOf(at["title"], at["text"])),
		Raw:      raw,
		URL:      address.Web(o.BaseURL, raw),
		HomePage: address.Web(o.BaseURL, at["htmlurl"]),
		Type:     strings.ToLower(at["type"]),
		Language: language.Tag(at["language"]),
	}
}
