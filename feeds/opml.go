package feeds

import (
	"bytes"
	"encoding/xml"
	"fmt"

	"github.com/kairan-news/kairan/feeds/internal/value"
)

// OPML is a list of channels for readers to import: OPML 2.0.
type OPML struct {
	Title string
	// Language is that of the title and of the groups' names.
	Language string
	// Owner names who publishes the channels, HomeURL is the page of the site.
	Owner   string
	HomeURL string
	Groups  []OPMLGroup
}

// OPMLGroup is a group of channels, such as those of categories. A group without a
// title stands on the list's first level.
type OPMLGroup struct {
	Title    string
	Channels []OPMLChannel
}

// OPMLChannel is one channel.
type OPMLChannel struct {
	Title       string
	Description string
	Language    string
	// URL is the feed's address and Format what it gives, HomeURL its page.
	URL     string
	Format  Format
	HomeURL string
	// Category is the term of the channel's category; "" if it has none.
	Category string
}

type opmlDocument struct {
	XMLName xml.Name      `xml:"opml"`
	Version string        `xml:"version,attr"`
	Lang    xmlLang       `xml:"xml:lang,attr"`
	Head    opmlHead      `xml:"head"`
	Body    []opmlOutline `xml:"body>outline"`
}

type opmlHead struct {
	Title   string `xml:"title"`
	Owner   string `xml:"ownerName,omitempty"`
	OwnerID string `xml:"ownerId,omitempty"`
	Docs    string `xml:"docs"`
}

// opmlOutline is a group or a channel. "text … is what is displayed when the OPML
// file is being viewed or edited"; importers read title.
type opmlOutline struct {
	Type        string        `xml:"type,attr,omitempty"`
	Text        string        `xml:"text,attr"`
	Title       string        `xml:"title,attr,omitempty"`
	XMLURL      string        `xml:"xmlUrl,attr,omitempty"`
	HTMLURL     string        `xml:"htmlUrl,attr,omitempty"`
	Description string        `xml:"description,attr,omitempty"`
	Language    string        `xml:"language,attr,omitempty"`
	Version     string        `xml:"version,attr,omitempty"`
	Category    string        `xml:"category,attr,omitempty"`
	Outlines    []opmlOutline `xml:"outline"`
}

// RenderOPML returns the list as an OPML 2.0 document. It bears no date, so that the
// same channels give the same bytes. Channels without an absolute address, and groups
// without channels, are left out.
func RenderOPML(o OPML) ([]byte, error) {
	d := opmlDocument{
		Version: "2.0",
		Lang:    xmlLang(value.LangTag(o.Language)),
		Head:    opmlHead{Title: value.Line(o.Title), Owner: value.Line(o.Owner), OwnerID: value.WebURI(o.HomeURL), Docs: "http://opml.org/spec2.opml"},
		Body:    []opmlOutline{},
	}
	for _, g := range o.Groups {
		var outlines []opmlOutline
		for _, c := range g.Channels {
			if x, ok := c.outline(); ok {
				outlines = append(outlines, x)
			}
		}
		switch title := value.Line(g.Title); {
		case len(outlines) == 0:
		case title == "":
			d.Body = append(d.Body, outlines...)
		default:
			d.Body = append(d.Body, opmlOutline{Text: title, Title: title, Outlines: outlines})
		}
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	enc := xml.NewEncoder(&b)
	enc.Indent("", "  ")
	if err := enc.Encode(d); err != nil {
		return nil, fmt.Errorf("render the OPML list %q: %w", o.Title, err)
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// outline returns the channel's outline. The type of a subscription is "rss" whatever the
// format, by OPML 2.0's "Subscription lists"; its version tells it, as far as there are
// words: "There are no known values for Atom feeds, but they certainly could be provided".
func (c *OPMLChannel) outline() (opmlOutline, bool) {
	u := value.WebURI(c.URL)
	if u == "" {
		return opmlOutline{}, false
	}
	title := value.Line(c.Title)
	if title == "" {
		title = u
	}
	x := opmlOutline{
		Type: "rss", Version: opmlVersion(c.Format), Text: title, Title: title, XMLURL: u, HTMLURL: value.WebURI(c.HomeURL),
		Description: value.Line(c.Description), Language: hreflang(c.Language),
	}
	if term := value.Line(c.Category); term != "" {
		x.Category = "/" + term
	}
	return x, true
}

// opmlVersion is what an outline calls a format; "" where that is not known.
func opmlVersion(f Format) string {
	switch f {
	case RSS:
		return "RSS2"
	case Atom:
		return "ATOM"
	case JSONFeed:
		return "JSON"
	}
	return ""
}
