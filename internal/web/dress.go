package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"github.com/kairan-news/kairan/internal/face"
)

// pageLink is a link of every page. Lang is set where its text is in another language than
// the page.
type pageLink struct{ Text, URL, Lang string }

// dress takes in what pages have of the city's own: style sheets, the publishers' logos, and
// what all that is called.
func (g *guise) dress() {
	for _, sheet := range []struct{ name, css string }{
		{"theme", g.city.Theme.Stylesheet()}, {"site", g.city.Stylesheet},
	} {
		if sheet.css == "" {
			continue
		}
		sum := sha256.Sum256([]byte(sheet.css))
		path := "/" + sheet.name + "-" + hex.EncodeToString(sum[:6]) + ".css"
		g.emblem.files[path] = newContent([]byte(sheet.css), bodyTag([]byte(sheet.css)), "text/css; charset=utf-8", newCompressor())
		g.styles = append(g.styles, g.prefix+path)
	}
	hash := sha256.New()
	for _, p := range g.Site.Publishers {
		if logo := p.Logo; logo.Path != "" {
			g.emblem.files["/"+logo.Path] = newContent(logo.Body, bodyTag(logo.Body), logo.Type, newCompressor())
		}
		hash.Write([]byte(p.Key + " " + p.Logo.Path + p.Logo.URL + "\n"))
	}
	for path, schema := range g.assets.schemas {
		g.emblem.files[path] = schema
	}
	look, err := json.Marshal(g.city)
	if err != nil {
		panic("web: texts and lists are always JSON: " + err.Error())
	}
	hash.Write(look)
	g.look = hex.EncodeToString(hash.Sum(nil)[:8])
}

// pageLinks are the links at the head and at the foot of every page: what the city wants, and
// at the foot first what the program has itself.
func (g *guise) pageLinks(p *page) (header, footer []pageLink) {
	for _, l := range g.city.Header {
		header = append(header, g.pageLink(p, l))
	}
	for _, name := range []string{aboutPage, partnersPage} {
		if !g.links(name) && (name == aboutPage || g.hasPartners()) {
			footer = append(footer, g.pageLink(p, face.Link{Page: name}))
		}
	}
	for _, l := range g.city.Footer {
		footer = append(footer, g.pageLink(p, l))
	}
	return header, footer
}

// links reports whether the city links a page itself.
func (g *guise) links(name string) bool {
	return slices.ContainsFunc(slices.Concat(g.city.Header, g.city.Footer), func(l face.Link) bool { return l.Page == name })
}

// pageLink is a link that the city has configured, for the readers of a page.
func (g *guise) pageLink(p *page, l face.Link) pageLink {
	link := pageLink{Text: l.Texts[p.Locale], URL: l.URL}
	switch {
	case l.Path != "":
		link.URL = g.prefix + l.Path
	case l.Page != "":
		link.URL = g.ownPath(p.Locale, l.Page)
	}
	switch {
	case link.Text != "":
	case l.TextID != "":
		link.Text = p.text(l.TextID)
	default:
		title := g.ownTitle(p, l.Page)
		link.Text, link.Lang = title.Text, title.Lang
	}
	return link
}
