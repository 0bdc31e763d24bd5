package web

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"net/http"

	"github.com/kairan-news/kairan/feeds"
)

const opmlType = "text/x-opml; charset=utf-8"

// serveOPML lists a locale's channels for a feed reader to subscribe to at once.
func (s *public) serveOPML(w http.ResponseWriter, r *http.Request, e *edition) {
	locale := r.PathValue("locale")
	if _, ok := e.speech[locale]; !ok {
		s.fail(w, r, e, http.StatusNotFound)
		return
	}
	listed := s.listed(e, locale)
	w.Header()["Access-Control-Allow-Origin"] = anyOrigin
	s.servePage(w, r, e, s.channelsStamp(e, feeds.Channel{}, listed), opmlType, func(context.Context) ([]byte, error) {
		return e.opml(locale, listed)
	})
}

// outline is an element of OPML 2.0.
type outline struct {
	Text     string    `xml:"text,attr"`
	Title    string    `xml:"title,attr,omitempty"`
	Type     string    `xml:"type,attr,omitempty"`
	Language string    `xml:"language,attr,omitempty"`
	XMLURL   string    `xml:"xmlUrl,attr,omitempty"`
	HTMLURL  string    `xml:"htmlUrl,attr,omitempty"`
	Outlines []outline `xml:"outline"`
}

type opmlDocument struct {
	XMLName  xml.Name  `xml:"opml"`
	Version  string    `xml:"version,attr"`
	Title    string    `xml:"head>title"`
	Outlines []outline `xml:"body>outline"`
}

// opml groups the channels by category and by publisher. Each stands there once,
// as Atom, which loses the least; a program that prefers another format finds it
// through the channel's page.
func (e *edition) opml(locale string, listed []feeds.Channel) ([]byte, error) {
	speech := e.speech[locale]
	site := e.siteTitle(locale)
	document := opmlDocument{Version: "2.0", Title: site}
	categories := outline{Text: speech.Text("page.categories", nil)}
	publishers := outline{Text: speech.Text("page.publishers", nil)}
	for _, c := range listed {
		label := e.channelLabel(c)
		o := outline{
			Text: label, Title: label + " – " + site, Type: "rss", Language: locale,
			XMLURL: e.absolute(e.feedPath(c, feeds.Atom)), HTMLURL: e.absolute(e.pagePath(c)),
		}
		switch c.Kind {
		case feeds.ChannelCategory, feeds.ChannelOnly:
			categories.Outlines = append(categories.Outlines, o)
		case feeds.ChannelPublisher:
			publishers.Outlines = append(publishers.Outlines, o)
		default:
			document.Outlines = append(document.Outlines, o)
		}
	}
	for _, group := range []outline{categories, publishers} {
		if len(group.Outlines) > 0 {
			document.Outlines = append(document.Outlines, group)
		}
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	enc := xml.NewEncoder(&b)
	enc.Indent("", " ")
	if err := enc.Encode(document); err != nil {
		return nil, fmt.Errorf("write the OPML of %s: %w", locale, err)
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}
