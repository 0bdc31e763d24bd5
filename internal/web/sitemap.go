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
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/face"
)

// Where the sitemaps stand: the index of them all, that of pages, and the parts of that of
// articles.
const (
	sitemapPath      = "/sitemap.xml"
	pagesSitemapPath = "/sitemap-pages.xml"
)

func partSitemapPath(n int) string { return "/sitemap-" + strconv.Itoa(n) + ".xml" }

const xmlType = "application/xml; charset=utf-8"

// sitemapIndex names sitemaps (https://www.sitemaps.org/protocol.html#index).
type sitemapIndex struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Parts   []sitemapRef `xml:"sitemap"`
}

type sitemapRef struct {
	Location string `xml:"loc"`
	Modified string `xml:"lastmod,omitempty"`
}

// urlset is a sitemap, each page with its versions in other languages.
type urlset struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	XHTML   string       `xml:"xmlns:xhtml,attr,omitempty"`
	News    string       `xml:"xmlns:news,attr,omitempty"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Location   string        `xml:"loc"`
	Modified   string        `xml:"lastmod,omitempty"`
	News       *newsArticle  `xml:"news:news,omitempty"`
	Alternates []sitemapLink `xml:"xhtml:link"`
}

type sitemapLink struct {
	Rel      string `xml:"rel,attr"`
	Language string `xml:"hreflang,attr"`
	URL      string `xml:"href,attr"`
}

const xhtmlNamespace = "http://www.w3.org/1999/xhtml"

// writeSitemap writes an index or a sitemap.
func writeSitemap(of any) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	enc := xml.NewEncoder(&b)
	enc.Indent("", " ")
	if err := enc.Encode(of); err != nil {
		return nil, fmt.Errorf("write a sitemap: %w", err)
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// lastModified writes a time as lastmod has it (W3C Datetime).
func lastModified(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05Z")
}

// articlesStamp is the stamp of what lists articles of all languages: whatever happens to one
// changes this channel.
func (s *public) articlesStamp(g *guise) stamp {
	return s.channelsStamp(g, feeds.Channel{Locale: g.Site.DefaultLocale, Kind: feeds.ChannelEverything}, nil)
}

// hasHome reports whether texts in a language are for the readers of a locale: where none is,
// an article has no address of its own.
func (g *guise) hasHome(language string) bool {
	_, ok := g.Site.Home(language)
	return ok
}

// serveSitemap lists the sitemaps.
func (s *public) serveSitemap(w http.ResponseWriter, r *http.Request, g *guise) {
	s.servePage(w, r, g, s.articlesStamp(g), xmlType, func(ctx context.Context) ([]byte, error) {
		index := sitemapIndex{Parts: []sitemapRef{{Location: g.absolute(g.prefix + pagesSitemapPath)}}}
		parts, err := s.parts(ctx, g)
		if err != nil {
			return nil, err
		}
		for _, p := range parts {
			index.Parts = append(index.Parts, sitemapRef{g.absolute(g.prefix + partSitemapPath(p.N)), lastModified(p.Modified)})
		}
		return writeSitemap(index)
	})
}

func (s *public) parts(ctx context.Context, g *guise) ([]ListPart, error) {
	if s.Listing == nil {
		return nil, nil
	}
	return s.Listing.Parts(ctx, g.hasHome)
}

// sitemapBytes bounds the memory that sitemaps take, in bytes: a part of 2,500 articles in many
// languages is some 5 MB.
const sitemapBytes = 8 << 20

// isPartSitemap returns the number of the part of a sitemap's address; false of any other.
func isPartSitemap(path string) (n int, ok bool) {
	digits, ok := strings.CutPrefix(path, "/sitemap-")
	digits, xml := strings.CutSuffix(digits, ".xml")
	n, err := strconv.Atoi(digits)
	return n, ok && xml && err == nil && n > 0 && strconv.Itoa(n) == digits
}

// servePartSitemap answers the addresses of the parts of the sitemap, and leaves all else to
// other.
func (s *public) servePartSitemap(other func(http.ResponseWriter, *http.Request, *guise)) func(http.ResponseWriter, *http.Request, *guise) {
	return func(w http.ResponseWriter, r *http.Request, g *guise) {
		n, ok := isPartSitemap(r.URL.Path)
		if !ok || s.Listing == nil {
			other(w, r, g)
			return
		}
		classify(w, "page")
		r.SetPathValue("locale", "") // it is for all readers
		s.servePage(w, r, g, s.articlesStamp(g), xmlType, func(ctx context.Context) ([]byte, error) {
			listed, err := s.Listing.Part(ctx, n)
			if err != nil {
				return nil, err
			}
			set := urlset{XHTML: xhtmlNamespace}
			for _, l := range listed {
				if u, ok := g.sitemapArticle(l); ok {
					set.URLs = append(set.URLs, u)
				}
			}
			if len(set.URLs) == 0 {
				return nil, feeds.ErrNotPublished
			}
			return writeSitemap(set)
		})
	}
}

// sitemapArticle is an article at the address that is its own: in its language's locale. One
// whose language is no locale of the site is left out.
func (g *guise) sitemapArticle(l Listed) (sitemapURL, bool) {
	a := l.Article
	home, ok := g.Site.Home(a.Language)
	if !ok {
		return sitemapURL{}, false
	}
	u := sitemapURL{Location: g.absolute(g.articlePath(home, a.Slug)), Modified: lastModified(l.Modified)}
	if len(l.Versions) < 2 {
		return u, true
	}
	for _, alternate := range g.articleAlternates(a, l.Versions) {
		u.Alternates = append(u.Alternates, sitemapLink{"alternate", alternate.Tag, alternate.URL})
	}
	return u, true
}

// articleAlternates are the pages of an article's versions, each in the locale in whose
// language it is, and the one for all others.
func (g *guise) articleAlternates(a feeds.Article, versions []feeds.Article) (all []alternateLink) {
	for _, tag := range g.tags {
		v, ok := ofLocale(tag, versions)
		if home, has := g.Site.Home(v.Language); ok && has && home == tag { // elsewhere it is a copy of that page
			all = append(all, alternateLink{tag, g.absolute(g.articlePath(tag, v.Slug))})
		}
	}
	otherwise, ok := ofLocale(g.Site.DefaultLocale, versions)
	if !ok {
		otherwise = a
	}
	return append(all, alternateLink{xDefault, g.absolute(g.articlePath(g.Site.DefaultLocale, otherwise.Slug))})
}

// servePagesSitemap lists the home pages, the channels that hold something, and the pages
// beside them.
func (s *public) servePagesSitemap(w http.ResponseWriter, r *http.Request, g *guise) {
	var listed []feeds.Channel
	for _, tag := range g.tags {
		listed = append(listed, s.listed(g, tag)...)
	}
	s.serveMade(w, r, g, s.channelsStamp(g, feeds.Channel{}, listed), xmlType, func(context.Context) ([]byte, error) {
		return writeSitemap(g.pagesSitemap(listed))
	})
}

func (g *guise) pagesSitemap(listed []feeds.Channel) urlset {
	set := urlset{XHTML: xhtmlNamespace}
	add := func(links []sitemapLink, otherwise ...sitemapLink) {
		alternates := slices.Concat(links, otherwise)
		for _, l := range links {
			set.URLs = append(set.URLs, sitemapURL{Location: l.URL, Alternates: alternates})
		}
	}
	inAll := func(path func(locale string) string, otherwise string) {
		var links []sitemapLink
		for _, tag := range g.tags {
			links = append(links, sitemapLink{"alternate", tag, g.absolute(path(tag))})
		}
		add(links, sitemapLink{"alternate", xDefault, g.absolute(otherwise)})
	}
	// The home page leads everybody to their own.
	inAll(func(locale string) string { return g.prefix + "/" + locale + "/" }, g.prefix+"/")
	pages := map[feeds.Channel][]string{} // without its locale: the locales that list it
	var order []feeds.Channel
	for _, c := range listed {
		in := c.Locale
		c.Locale = ""
		if pages[c] == nil {
			order = append(order, c)
		}
		pages[c] = append(pages[c], in)
	}
	for _, c := range order {
		var links, otherwise []sitemapLink
		for _, tag := range pages[c] {
			of := c
			of.Locale = tag
			links = append(links, sitemapLink{"alternate", tag, g.absolute(g.listPath(of))})
			if tag == g.Site.DefaultLocale {
				otherwise = []sitemapLink{{"alternate", xDefault, g.absolute(g.listPath(of))}}
			}
		}
		add(links, otherwise...)
	}
	for _, name := range g.beside() {
		if own, ok := g.city.Page(name); ok {
			g.addOwn(own, add)
			continue
		}
		path := func(locale string) string { return g.ownPath(locale, name) }
		inAll(path, path(g.Site.DefaultLocale))
	}
	return set
}

// addOwn lists a page of the city's own in those locales in whose languages it is.
func (g *guise) addOwn(own face.Page, add func([]sitemapLink, ...sitemapLink)) {
	path := func(locale string) string { return g.ownPath(locale, own.Name) }
	var links, otherwise []sitemapLink
	for _, a := range g.ownAlternates(own, path) {
		if link := (sitemapLink{"alternate", a.Tag, a.URL}); a.Tag == xDefault {
			otherwise = append(otherwise, link)
		} else {
			links = append(links, link)
		}
	}
	if len(links) == 0 { // in no locale's language: it has one address all the same
		links = []sitemapLink{{"alternate", g.Site.DefaultLocale, g.absolute(path(g.Site.DefaultLocale))}}
	}
	add(links, otherwise...)
}

// beside are the names of the pages that are no channels, in every locale.
func (g *guise) beside() []string {
	names := []string{subscribePage, aboutPage}
	if g.hasPartners() {
		names = append(names, partnersPage)
	}
	for _, own := range g.city.Pages {
		if own.Name != aboutPage {
			names = append(names, own.Name)
		}
	}
	return names
}
