package feeds

import (
	"fmt"
	"html"
	"strconv"
	"time"

	gorilla "github.com/gorilla/feeds"

	"github.com/kairan-news/kairan/feeds/internal/namespace"
	"github.com/kairan-news/kairan/feeds/internal/value"
)

// rssDocs is "a URL that points to the documentation for the format used in the
// RSS file" (RSS 2.0.11).
const rssDocs = "https://www.rssboard.org/rss-specification"

// rssRoot adds namespaces to gorilla's <rss>, and our own <channel>.
type rssRoot struct {
	gorilla.RssFeedXml
	AtomNS  string      `xml:"xmlns:atom,attr"`
	DCNS    string      `xml:"xmlns:dc,attr"`
	TermsNS string      `xml:"xmlns:dcterms,attr"`
	MediaNS string      `xml:"xmlns:media,attr"`
	AppleNS string      `xml:"xmlns:itunes,attr"`
	PodNS   string      `xml:"xmlns:podcast,attr"`
	OursNS  string      `xml:"xmlns:k,attr"`
	History string      `xml:"xmlns:fh,attr,omitempty"`
	Channel *rssChannel `xml:"channel"`
}

// rssChannel adds to gorilla's <channel> its links, its id and our items.
type rssChannel struct {
	gorilla.RssFeed
	Links []rssAtomLink `xml:"atom:link"`
	ID    string        `xml:"k:id"`
	feedExtension
	Archive *struct{} `xml:"fh:archive"`
	Items   []rssItem `xml:"item"`
}

// FeedXml implements [gorilla.XmlFeed]. Without it the promoted method would write
// the inner feed alone.
func (c *rssChannel) FeedXml() any {
	history := ""
	if c.Archive != nil {
		history = namespace.History
	}
	return &rssRoot{
		RssFeedXml: gorilla.RssFeedXml{Version: "2.0", ContentNamespace: namespace.Content},
		AtomNS:     namespace.Atom,
		DCNS:       namespace.DublinCore,
		TermsNS:    namespace.Terms,
		MediaNS:    namespace.Media,
		AppleNS:    namespace.ITunes,
		PodNS:      namespace.Podcast,
		OursNS:     Namespace,
		History:    history,
		Channel:    c,
	}
}

// rssItem adds to gorilla's <item> several categories with a domain, the source's
// address, names of authors without an address, the language and pictures.
type rssItem struct {
	gorilla.RssItem
	Base      string         `xml:"xml:base,attr,omitempty"`
	Category  []rssCategory  `xml:"category"`
	Source    *rssSource     `xml:"source"`
	Creators  []string       `xml:"dc:creator"`
	Publisher string         `xml:"dc:publisher,omitempty"`
	Language  string         `xml:"dc:language,omitempty"`
	Rights    string         `xml:"dc:rights,omitempty"`
	Media     []mediaContent `xml:"media:content"`
	Modified  string         `xml:"dcterms:modified,omitempty"`
	License   string         `xml:"dcterms:license,omitempty"`
	Terms     []extTerm      `xml:"k:category"`
	mediaExtension
	entryExtension
}

type rssAtomLink struct {
	Rel      string `xml:"rel,attr"`
	Type     string `xml:"type,attr,omitempty"`
	Hreflang string `xml:"hreflang,attr,omitempty"`
	Href     string `xml:"href,attr"`
}

type rssCategory struct {
	Domain string `xml:"domain,attr,omitempty"`
	Label  string `xml:",chardata"`
}

type rssSource struct {
	URL   string `xml:"url,attr"`
	Title string `xml:",chardata"`
}

func renderRSS(f *Feed) ([]byte, error) {
	c := &rssChannel{
		RssFeed: gorilla.RssFeed{
			Title:         f.title(),
			Link:          value.WebURI(f.HomeURL),
			Description:   f.description(),
			Language:      f.Language,
			Copyright:     value.Line(f.Rights),
			LastBuildDate: rfc822(f.updated()),
			Generator:     Generator + " (" + GeneratorURL + ")",
			Docs:          rssDocs,
			Ttl:           int(max(f.TTL, 0) / time.Minute),
		},
		ID:            f.ID,
		feedExtension: f.extension(),
		Archive:       f.history().Archive,
		Items:         make([]rssItem, len(f.Entries)),
	}
	if u := picture(f.LogoURL, f.IconURL); u != "" { // "a GIF, JPEG or PNG"
		// "title … should be the same as the channel's", and so the link.
		c.Image = &gorilla.RssImage{Url: u, Title: c.Title, Link: c.Link}
	}
	for _, l := range f.links(RSS) {
		c.Links = append(c.Links, rssAtomLink(l))
	}
	for i := range f.Entries {
		f.rssItem(&c.Items[i], &f.Entries[i])
	}

	doc, err := writeXML(c, f.size())
	if err != nil {
		return nil, fmt.Errorf("render %s as RSS: %w", f.path(), err)
	}
	return doc, nil
}

func (f *Feed) rssItem(x *rssItem, e *Entry) {
	id, link := e.id(), e.link()
	if link == "" {
		link = value.WebURI(f.HomeURL) // many readers show no item without one
	}
	x.Base = e.base()
	x.Title = e.title()
	x.Link = link
	// A description is HTML to every reader: plain text is escaped for it. It stands there
	// even where it is the whole text, since not every reader knows content:encoded.
	x.Description = html.EscapeString(value.Line(e.Article.Summary))
	if x.Description == "" {
		x.Description = html.EscapeString(x.Title)
	}
	x.Content = &gorilla.RssContent{Content: f.body(e)}
	// "If the guid element has an attribute named isPermaLink with a value of true,
	// the reader may assume that it is a permalink to the item" (RSS 2.0.11).
	x.Guid = &gorilla.RssGuid{Id: id, IsPermaLink: strconv.FormatBool(id == link)}
	x.PubDate = rfc822(e.published())
	x.Modified = rfc3339(e.modified())
	for _, l := range e.Categories {
		if term := value.Line(l.Term); term != "" {
			x.Category = append(x.Category, rssCategory{Domain: f.TaxonomyURL, Label: l.label()})
			x.Terms = append(x.Terms, extTerm{Term: term})
		}
	}
	if label := value.Line(e.Urgency); label != "" {
		x.Category = append(x.Category, rssCategory{Domain: UrgencyScheme, Label: label})
		x.Terms = append(x.Terms, extTerm{Term: Urgent, Scheme: UrgencyScheme})
	}
	if u := value.WebURI(e.Source.URL); u != "" {
		x.Source = &rssSource{URL: u, Title: e.sourceTitle()}
	}
	for _, p := range e.authors() {
		x.Creators = append(x.Creators, p.Name)
	}
	x.Publisher = value.Line(e.PublisherName)
	if l := value.LangTag(e.Article.Language); l != value.Undetermined {
		x.Language = l
	}
	x.Rights = value.Line(e.Article.Rights)
	x.License = value.WebURI(e.LicenseURL)
	// "Support for the enclosure element in RSS software varies … an item should
	// contain no more than one" (the Advisory Board's profile): the others are
	// Media RSS.
	files := e.enclosures()
	if len(files) > 0 {
		x.Enclosure = &gorilla.RssEnclosure{Url: files[0].URL, Type: files[0].Type, Length: strconv.FormatInt(files[0].Length, 10)}
		files = files[1:]
	}
	x.Media = e.media(files)
	x.mediaExtension = e.mediaExtension()
	x.entryExtension = f.entryExtension(e, e.versions())
}
