package opml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
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
	text, problems := charset.Decode(data, o.ContentType)
	out := &Document{Problems: problems}
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimLeft(text, " \t\r\n\uFEFF")))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is UTF-8 by now

	found := false
	var path []string   // of all open elements
	var groups []string // of the open outlines; "" for one without a title
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
			if len(path) == 0 && name != "opml" {
				return nil, fmt.Errorf("parse OPML: %w", ErrNotOPML)
			}
			found = true
			path = append(path, name)
			if name != "outline" {
				continue
			}
			if len(out.Outlines) >= maxOutlines {
				out.Problems = append(out.Problems, parse.Problem{Code: "opml-size", Detail: fmt.Sprintf("there are more than %d subscriptions; the rest was left out", maxOutlines)})
				return out, nil
			}
			outline := readOutline(t, o)
			if outline.Raw != "" {
				for _, g := range groups {
					if g != "" {
						outline.Groups = append(outline.Groups, g)
					}
				}
				out.Outlines = append(out.Outlines, outline)
			}
			groups = append(groups, outline.Title)
		case xml.EndElement:
			if len(path) == 0 {
				continue
			}
			if path[len(path)-1] == "outline" {
				groups = groups[:len(groups)-1]
			}
			path = path[:len(path)-1]
		case xml.CharData:
			if n := len(path); n == 3 && path[1] == "head" && path[2] == "title" {
				out.Title = prose.Collapse(out.Title + string(t))
			}
		}
	}
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
	if rest, ok := strings.CutPrefix(raw, "feed://"); ok {
		raw = "https://" + rest
	}
	return Outline{
		Title:    html.Title(prose.FirstOf(at["title"], at["text"])),
		Raw:      raw,
		URL:      address.Web(o.BaseURL, raw),
		HomePage: address.Web(o.BaseURL, at["htmlurl"]),
		Type:     strings.ToLower(at["type"]),
		Language: language.Tag(at["language"]),
	}
}
