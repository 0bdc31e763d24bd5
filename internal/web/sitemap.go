package web

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/kairan-news/kairan/feeds"
)

func (s *public) serveRobots(w http.ResponseWriter, r *http.Request, g *guise) {
	var rules strings.Builder
	rules.WriteString("User-agent: *\nAllow: /\n")
	if s.Selections != nil { // of these there is no end
		for _, tag := range g.tags {
			for _, end := range []string{"search?", "search.", "feed?", "feed."} {
				rules.WriteString("Disallow: " + g.path(tag+"/"+end) + "\n")
			}
		}
	}
	rules.WriteString("\nSitemap: " + g.absolute(g.prefix+"/sitemap.xml") + "\n")
	body := []byte(rules.String())
	h := w.Header()
	h["Cache-Control"] = s.pageCache
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}

// urlset is a sitemap (sitemaps.org), each page with its versions in other
// languages.
type urlset struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	XHTML   string       `xml:"xmlns:xhtml,attr"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Location   string        `xml:"loc"`
	Modified   string        `xml:"lastmod,omitempty"`
	Alternates []sitemapLink `xml:"xhtml:link"`
}

type sitemapLink struct {
	Rel      string `xml:"rel,attr"`
	Language string `xml:"hreflang,attr"`
	URL      string `xml:"href,attr"`
}

// serveSitemap lists the home pages, the channels that hold something, and the
// newest articles.
func (s *public) serveSitemap(w http.ResponseWriter, r *http.Request, g *guise) {
	var listed []feeds.Channel
	for _, tag := range g.tags {
		listed = append(listed, s.listed(g, tag)...)
	}
	everything := feeds.Channel{Locale: g.Site.DefaultLocale, Kind: feeds.ChannelEverything}
	s.servePage(w, r, g, s.channelsStamp(g, everything, listed), "application/xml; charset=utf-8", func(ctx context.Context) ([]byte, error) {
		newest, err := s.Channels.Compose(ctx, everything)
		if err != nil {
			return nil, err
		}
		return g.sitemap(listed, newest)
	})
}

func (g *guise) sitemap(listed []feeds.Channel, newest feeds.Feed) ([]byte, error) {
	set := urlset{XHTML: "http://www.w3.org/1999/xhtml"}
	pages := map[feeds.Channel][]string{} // without its locale: the locales that list it
	var order []feeds.Channel
	for _, tag := range g.tags {
		listed = append(listed, feeds.Channel{Locale: tag, Kind: feeds.ChannelAll})
	}
	for _, c := range listed {
		in := c.Locale
		c.Locale = ""
		if pages[c] == nil {
			order = append(order, c)
		}
		if !slices.Contains(pages[c], in) {
			pages[c] = append(pages[c], in)
		}
	}
	for _, c := range order {
		var links []sitemapLink
		for _, tag := range pages[c] {
			c.Locale = tag
			links = append(links, sitemapLink{"alternate", tag, g.absolute(g.pagePath(c))})
		}
		c.Locale = ""
		alternates := slices.Concat(links, g.otherwise(c, pages[c]))
		for _, l := range links {
			set.URLs = append(set.URLs, sitemapURL{Location: l.URL, Alternates: alternates})
		}
	}
	for _, entry := range newest.Entries {
		if u, ok := g.sitemapEntry(entry); ok {
			set.URLs = append(set.URLs, u)
		}
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	enc := xml.NewEncoder(&b)
	enc.Indent("", " ")
	if err := enc.Encode(set); err != nil {
		return nil, fmt.Errorf("write the sitemap: %w", err)
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// otherwise is a channel's page for readers whose language none of its locales is, as the
// page itself names it: that of the default locale, if this has the channel. The home page
// leads everybody to their own.
func (g *guise) otherwise(c feeds.Channel, in []string) []sitemapLink {
	path := g.prefix + "/"
	if c.Kind != feeds.ChannelAll {
		if c.Locale = g.Site.DefaultLocale; !slices.Contains(in, c.Locale) {
			return nil
		}
		path = g.pagePath(c)
	}
	return []sitemapLink{{"alternate", xDefault, g.absolute(path)}}
}

// sitemapEntry is an article at the address that is its own: in its language's
// locale. One whose language is no locale of the site is left out.
func (g *guise) sitemapEntry(entry feeds.Entry) (sitemapURL, bool) {
	a := entry.Article
	home, ok := g.Site.Home(a.Language)
	if !ok {
		return sitemapURL{}, false
	}
	u := sitemapURL{Location: g.absolute(g.articlePath(home, a.Slug)), Modified: entry.Changed.UTC().Format("2006-01-02T15:04:05Z")}
	if len(entry.Versions) == 0 {
		return u, true
	}
	u.Alternates = append(u.Alternates, sitemapLink{"alternate", a.Language, u.Location})
	otherwise := a.Slug
	for _, v := range entry.Versions {
		if home, ok := g.Site.Home(v.Language); ok && v.ID != a.ID {
			u.Alternates = append(u.Alternates, sitemapLink{"alternate", v.Language, g.absolute(g.articlePath(home, feeds.Slug(v.ID)))})
			if home == g.Site.DefaultLocale && a.Language != v.Language {
				otherwise = feeds.Slug(v.ID)
			}
		}
	}
	u.Alternates = append(u.Alternates, sitemapLink{"alternate", xDefault, g.absolute(g.articlePath(g.Site.DefaultLocale, otherwise))})
	return u, true
}
