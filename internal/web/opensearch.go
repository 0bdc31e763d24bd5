package web

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"net/http"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/plain"
)

const openSearchType = "application/opensearchdescription+xml"

// openSearch describes a search for browsers and other programs, which offer it then
// (OpenSearch 1.1, draft 6).
type openSearch struct {
	XMLName xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	// ShortName "must contain 16 or fewer characters of plain text" (§4.2.1), LongName 48
	// or fewer, Description 1024.
	ShortName   string
	LongName    string
	Description string
	URLs        []openSearchURL `xml:"Url"`
	Image       string          `xml:",omitempty"`
	Language    string
	Input       string `xml:"InputEncoding"`
	Output      string `xml:"OutputEncoding"`
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Template string `xml:"template,attr"`
}

const (
	shortName = 16
	longName  = 48
)

func (s *public) serveOpenSearch(w http.ResponseWriter, r *http.Request, g *guise) {
	locale := r.PathValue("locale")
	if !s.speaks(w, r, g, locale) {
		return
	}
	s.serveMade(w, r, g, stamp{settings: g.Settings}, openSearchType, func(context.Context) ([]byte, error) {
		return g.openSearch(locale)
	})
}

func (g *guise) openSearch(locale string) ([]byte, error) {
	speech := g.speech[locale]
	title := speech.SiteTitle()
	at := g.absolute(g.path(locale + "/search"))
	d := openSearch{
		ShortName: plain.Shorten(title, shortName), LongName: plain.Shorten(title, longName), Description: speech.Text("search.text", nil),
		Language: locale, Input: "UTF-8", Output: "UTF-8", Image: g.Site.IconURL(),
		URLs: []openSearchURL{{"text/html", at + "?q={searchTerms}"}},
	}
	for _, f := range []feeds.Format{feeds.Atom, feeds.RSS} {
		d.URLs = append(d.URLs, openSearchURL{mediaTypeOf(f), at + "." + string(f) + "?q={searchTerms}"})
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(d); err != nil {
		return nil, fmt.Errorf("describe the search in %s: %w", locale, err)
	}
	return b.Bytes(), nil
}
