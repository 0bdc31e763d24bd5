package parse

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// ErrNotOPML is the cause of an error where a document is no OPML.
var ErrNotOPML = errors.New("it is no OPML; export the subscriptions of a feed reader as OPML")

// opmlMaxOutlines bounds a list of subscriptions.
const opmlMaxOutlines = 10_000

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

// OPML is a list of subscriptions.
type OPML struct {
	Title    string
	Outlines []Outline
	Problems []Problem
}

// ParseOPML reads the subscriptions of an OPML 1.0 or 2.0 document, however deep they
// are grouped. Attributes are read without regard to case.
func ParseOPML(data []byte, o Options) (*OPML, error) {
	text, problems := decode(data, o.ContentType)
	out := &OPML{Problems: problems}
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
				out.Problems = append(out.Problems, Problem{"not-well-formed", fmt.Sprintf("the document is broken and was read up to there: %v", err)})
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
			if len(out.Outlines) >= opmlMaxOutlines {
				out.Problems = append(out.Problems, Problem{"opml-size", fmt.Sprintf("there are more than %d subscriptions; the rest was left out", opmlMaxOutlines)})
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
				out.Title = collapse(out.Title + string(t))
			}
		}
	}
}

func readOutline(t xml.StartElement, o Options) Outline {
	at := map[string]string{}
	for _, a := range t.Attr {
		at[strings.ToLower(a.Name.Local)] = strings.TrimSpace(a.Value)
	}
	raw := at["xmlurl"]
	if raw == "" && at["type"] != "" {
		raw = at["url"] // of type "link" or "include" (OPML 2.0), and of some old readers
	}
	if rest, ok := strings.CutPrefix(raw, "feed://"); ok {
		raw = "https://" + rest
	}
	return Outline{
		Title:    titleText(firstOf(at["title"], at["text"])),
		Raw:      raw,
		URL:      webLink(o.BaseURL, raw),
		HomePage: webLink(o.BaseURL, at["htmlurl"]),
		Type:     strings.ToLower(at["type"]),
		Language: Language(at["language"]),
	}
}
