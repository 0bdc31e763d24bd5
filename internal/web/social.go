package web

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/kairan-news/kairan/feeds"
)

// social is what OpenGraph (https://ogp.me) and schema.org say of a page.
type social struct {
	Type   string // "website" or "article"
	URL    string
	Locale string // of the page or of its article, as OpenGraph writes it: "zh_TW"
	// Others are those of its other versions.
	Others             []string
	Title, Description string
	Image              *shared
	// Card is how large a preview with the image is: "summary" or "summary_large_image".
	Card string
	// Published, Modified and Section are an article's.
	Published, Modified, Section string
	// LinkedData are things of schema.org, each by itself.
	LinkedData []map[string]any
}

// shared is a picture that stands for a page elsewhere. Width and Height are 0 where nobody
// knows them.
type shared struct {
	URL, Alt      string
	Width, Height int
}

// large is how wide a picture is at least, in pixels, that stands above a preview's words and
// not beside them.
const large = 600

func (i *shared) card() string {
	if i != nil && i.Width >= large {
		return "summary_large_image"
	}
	return "summary"
}

// Sharing returns what is told of the page where it is shared; nil of one that says nothing of
// itself, as that of an error.
func (p *page) Sharing() *social {
	if p.Social != nil {
		return p.Social
	}
	if p.Canonical == "" && p.Description == "" {
		return nil
	}
	s := &social{Type: "website", URL: p.Canonical, Title: p.Title, Description: p.Description, Locale: openGraphLocale(p.Locale), Image: p.guise.sitePicture()}
	s.Card = s.Image.card()
	for _, l := range p.Languages {
		if other := openGraphLocale(l.Tag); other != "" && other != s.Locale && !slices.Contains(s.Others, other) {
			s.Others = append(s.Others, other)
		}
	}
	switch {
	case p.Home:
		s.LinkedData = append(s.LinkedData, p.website())
	case len(p.Trail) > 0:
		s.LinkedData = append(s.LinkedData, p.breadcrumb())
	}
	return s
}

// sitePicture is the picture that stands for the site: its logo, else its icon; nil where it
// has none but the program's.
func (g *guise) sitePicture() *shared {
	for _, picture := range []feeds.Picture{g.Site.Logo, g.Site.Icon} {
		if picture.IsSet() && picture.Type != "image/svg+xml" { // which previews don't show
			return g.sharedPicture(picture)
		}
	}
	return nil
}

func (g *guise) sharedPicture(p feeds.Picture) *shared {
	address := p.URL
	if p.Path != "" {
		address = g.Site.BaseURL + "/" + p.Path
	}
	return &shared{URL: address, Width: p.Width, Height: p.Height}
}

const schemaOrg = "https://schema.org"

// website is the site as a schema.org WebSite.
func (p *page) website() map[string]any {
	site := map[string]any{
		"@context": schemaOrg, "@type": "WebSite", "name": p.Site(), "url": p.Canonical, "inLanguage": p.Locale,
	}
	if p.SearchPath != "" {
		site["potentialAction"] = map[string]any{
			"@type": "SearchAction", "query-input": "required name=search_term_string",
			"target": map[string]any{"@type": "EntryPoint", "urlTemplate": p.guise.absolute(p.SearchPath) + "?q={search_term_string}"},
		}
	}
	return site
}

// breadcrumb is the way to the page as a schema.org BreadcrumbList.
func (p *page) breadcrumb() map[string]any {
	var items []map[string]any
	for i, step := range slices.Concat([]pageLink{{Text: p.Site(), URL: p.HomePath}}, p.Trail) {
		item := map[string]any{"@type": "ListItem", "position": i + 1, "name": step.Text}
		if step.URL != "" { // the last one is the page itself
			item["item"] = p.guise.absolute(step.URL)
		}
		items = append(items, item)
	}
	return map[string]any{"@context": schemaOrg, "@type": "BreadcrumbList", "itemListElement": items}
}

// social is what is told of an article.
func (g *guise) social(p *page, a feeds.Article, b *articleBody) *social {
	publisher, _ := g.Site.Publisher(a.Publisher)
	s := &social{
		Type: "article", URL: p.Canonical, Title: a.Title, Description: b.Summary,
		Locale: openGraphLocale(b.Lang), Published: b.Published.Machine, Image: g.sitePicture(),
	}
	by := organization(b.Publisher, publisher.HomePage)
	if publisher.Logo.IsSet() {
		by["logo"] = imageObject(g.sharedPicture(publisher.Logo))
	}
	authors := []map[string]any{by}
	if len(b.Authors) > 0 {
		authors = nil
		for _, author := range b.Authors { // a department, nearly always, and of a person the same holds
			of := organization(author.Name, "")
			of["parentOrganization"] = organization(b.Publisher, publisher.HomePage)
			authors = append(authors, of)
		}
	}
	data := map[string]any{
		"@context": schemaOrg, "@type": "NewsArticle", "headline": a.Title, "description": b.Summary,
		"url": p.Canonical, "mainEntityOfPage": p.Canonical, "datePublished": s.Published,
		"publisher": by, "author": authors, "isAccessibleForFree": true,
	}
	if b.Lang != "" {
		data["inLanguage"] = b.Lang
	}
	for _, v := range b.Versions {
		if other := openGraphLocale(v.Lang); other != "" && other != s.Locale && !slices.Contains(s.Others, other) {
			s.Others = append(s.Others, other)
		}
	}
	s.Modified = cmp.Or(b.modified, s.Published)
	data["dateModified"] = s.Modified
	if b.Original != "" {
		data["isBasedOn"] = b.Original
	}
	if b.LicenseURL != "" {
		data["license"] = b.LicenseURL
	}
	if len(b.Categories) > 0 {
		s.Section = b.Categories[0].Label
		var all []string
		for _, c := range b.Categories {
			all = append(all, c.Label)
		}
		data["articleSection"] = all
	}
	if publisher.License.FullText {
		if lead := g.picture(a); lead != nil {
			s.Image = &shared{g.elsewhere(lead.URL), lead.Alt, lead.Width, lead.Height}
		}
		if images := g.images(a); len(images) > 0 {
			data["image"] = images
		}
	}
	s.Card = s.Image.card()
	s.LinkedData = []map[string]any{data, p.breadcrumb()}
	return s
}

// elsewhere is the address for other sites of what a page of this one loads.
func (g *guise) elsewhere(address string) string {
	if strings.HasPrefix(address, "/") {
		return g.absolute(address)
	}
	return address
}

// images are an article's pictures as schema.org ImageObjects, what stands for it first.
func (g *guise) images(a feeds.Article) (all []map[string]any) {
	add := func(i feeds.Image) {
		address, _ := g.loadable(a.Source, i.URL)
		address = g.elsewhere(address)
		if i.URL == "" || slices.ContainsFunc(all, func(o map[string]any) bool { return o["url"] == address }) {
			return
		}
		image := imageObject(&shared{address, i.Alt, i.Width, i.Height})
		if i.Credit != "" {
			image["creditText"] = i.Credit
		}
		all = append(all, image)
	}
	if lead, ok := a.Lead(); ok {
		add(lead)
	}
	for _, i := range a.Images {
		add(i)
	}
	return all
}

func imageObject(i *shared) map[string]any {
	o := map[string]any{"@type": "ImageObject", "url": i.URL}
	if i.Width > 0 && i.Height > 0 {
		o["width"], o["height"] = i.Width, i.Height
	}
	if i.Alt != "" {
		o["caption"] = i.Alt
	}
	return o
}

func organization(name, url string) map[string]any {
	o := map[string]any{"@type": "Organization", "name": name}
	if url != "" {
		o["url"] = url
	}
	return o
}

// openGraphLocale writes a language as OpenGraph does: "language_TERRITORY", with the likely
// territory of what names none (https://ogp.me/#optional). It is "" where nobody knows one.
func openGraphLocale(tag string) string {
	t, err := language.Parse(tag)
	if err != nil || tag == "" {
		return ""
	}
	base, _, _ := t.Raw()
	region, confidence := t.Region()
	if base.String() == "und" || confidence == language.No || !region.IsCountry() {
		return ""
	}
	return base.String() + "_" + region.String()
}
