package config

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/face"
)

// faceFiles are what lies beside the configuration.
func faceFiles(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"city/about.en.md":      "# About us\n\nWe are. [Write to us](page/contact)\n\n#### Who\n",
		"city/about.ja.md":      "\uFEFF# 私たちについて\n\nはい。\n",
		"city/contact.md":       "---\ntitle: Contact\n---\nWrite.\n",
		"city/contact.v2.md":    "# Contact again\n",
		"city/untitled.en.md":   "No heading.\n",
		"city/form.en.md":       "# Form\n\n<form><input></form>\n",
		"city/picture.en.md":    "# P\n\n![Arms](http://city.example/arms.png)\n",
		"city/text.en.txt":      "Text",
		"city/latin.en.md":      "# Caf\xe9",
		"city/large.en.md":      "# Large\n\n" + strings.Repeat("x", maxPageBytes),
		"city/own.css":          ".a {\r\n\fcolor: red }\r",
		"city/import.css":       "\n@import \"x.css\";",
		"city/elsewhere.css":    ".a { background: url(https://cdn.example/a.png) }",
		"city/large.css":        strings.Repeat(" ", face.MaxStylesheet+1),
		"city/more/cities.yaml": "publishers: [{key: other, name: Other, time_zone: UTC, language: en, logo: logo.png}]\n",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	drawn := pictures(t)
	files["city/more/logo.png"] = &fstest.MapFile{Data: drawn["city/wide.png"]}
	files["city/logo.png"] = &fstest.MapFile{Data: drawn["city/wide.png"]}
	return files
}

// withSite reads a configuration whose site has further keys.
func withSite(t *testing.T, keys string) (*Config, error) {
	t.Helper()
	return Read("city/kairan.yaml", []byte(`site:
  id: port
  url: https://news.example/p
  title: Port
  locales: [en, ja, ar]
`+keys+`
publishers: [{key: port, time_zone: UTC, language: en, name: Port}]
sources: [{id: news, publisher: port, kind: folder, path: notices}]
`), faceFiles(t)).Check(nil)
}

func TestTheSitesFace(t *testing.T) {
	c, err := withSite(t, `
  contact: mailto:news@city.example
  theme: {brand: "#F00", link: {light: "#0000AA", dark: "#aaccff"}}
  stylesheet: own.css
  header: [{to: "https://city.example/#top", text: {en: The City, ja: 市}}]
  footer:
    - to: about
    - {to: partners}
    - {to: /docs/imprint.pdf, text: Imprint}
    - {to: "mailto:a@b.example", text_id: page.home}
  pages:
    contact: contact.md
    about: about.*.md`)
	if err != nil {
		t.Fatal(err)
	}
	want := face.Face{
		Theme:      face.Theme{Brand: face.Shades{Light: "#ff0000"}, Link: face.Shades{Light: "#0000aa", Dark: "#aaccff"}},
		Stylesheet: ".a {\n\ncolor: red }\n",
		Header:     []face.Link{{URL: "https://city.example/#top", Texts: map[string]string{"en": "The City", "ja": "市"}}},
		Footer: []face.Link{
			{Page: "about"}, {Page: "partners"}, {Path: "/docs/imprint.pdf", Texts: map[string]string{"en": "Imprint", "ja": "Imprint", "ar": "Imprint"}},
			{URL: "mailto:a@b.example", TextID: "page.home"},
		},
		Pages: []face.Page{
			{Name: "about", Texts: []face.Text{
				{Language: "en", Title: "About us", Content: "<p>We are. <a href=\"https://news.example/p/en/page/contact\">Write to us</a></p>\n<h2>Who</h2>"},
				{Language: "ja", Title: "私たちについて", Content: "<p>はい。</p>"},
			}},
			{Name: "contact", Texts: []face.Text{{Language: "en", Title: "Contact", Content: "<p>Write.</p>"}}},
		},
		Contact: "mailto:news@city.example",
	}
	want.Header[0].Texts["ar"] = "The City" // the next of its chain
	if !reflect.DeepEqual(c.Face, want) {
		t.Errorf("the face is %+v\nwant %+v", c.Face, want)
	}
	for locale, title := range map[string]string{"en": "About us", "ja": "私たちについて", "ar": "About us"} {
		l, _ := c.Site.Locale(locale)
		if got := c.Face.Pages[0].Best(l.Chain, "en"); got.Title != title {
			t.Errorf("%s: %q", locale, got.Title)
		}
	}
	c, err = withSite(t, "  pages: {about: {ja: about.ja.md, en-GB: about.en.md}}")
	if err != nil || len(c.Face.Pages) != 1 || len(c.Face.Pages[0].Texts) != 2 || c.Face.Pages[0].Texts[1].Language != "en-GB" {
		t.Errorf("a file for each language: %+v, %v", c, err)
	}
	if got := c.Face.Pages[0].Best(feeds.Chain{"th"}, "en"); got.Title != "About us" {
		t.Errorf("who accepts no language of the page is shown %q", got.Title)
	}
}

func TestFaultsOfTheSitesFace(t *testing.T) {
	for _, tt := range []struct{ keys, fault string }{
		{`  theme: {link: "#7fb2ff"}`, `kairan.yaml:6:17: site.theme.link: on light pages links (#7fb2ff) have a contrast of 1.89:1 on urgent notices (#fdeceb), and need 4.5:1 (WCAG 2.2); the nearest that will do is "#4f6e9d"`},
		{`  theme: {link: {light: "#00a", dark: "#00a"}}`, `kairan.yaml:6:39: site.theme.link: on dark pages`},
		{`  theme: {link: blue}`, `kairan.yaml:6:17: link "blue": this is no colour; write # and six digits`},
		{`  theme: {links: "#00a"}`, `unknown key "links" in theme; did you mean "link"?`},
		{`  stylesheet: none.css`, `kairan.yaml:6:15: site.stylesheet "none.css" is not there; a path is relative to this file`},
		{`  stylesheet: import.css`, `site.stylesheet "import.css" has on line 2: @import would ask for another file; write what it has into this one`},
		{`  stylesheet: elsewhere.css`, `has on line 1: "https://cdn.example/a.png" is no address of this site`},
		{`  stylesheet: large.css`, `has more than 256 KiB`},
		{`  stylesheet: https://cdn.example/a.css`, `this is an address, and a file is wanted`},
		{`  footer: [{to: imprint}]`, `kairan.yaml:6:17: unknown page "imprint"; choose one of about, partners, subscribe`},
		{`  footer: [{to: abuot}]`, `unknown page "abuot"; did you mean "about"?`},
		{`  footer: [{to: "https://city.example"}]`, `the link to "https://city.example" has no text in en, ja, ar; add its text`},
		{`  footer: [{to: "http://city.example", text: A}]`, `this is not an https address`},
		{`  footer: [{to: "javascript:alert(1)", text: A}]`, `this is neither an address, nor a page, nor a path`},
		{`  footer: [{to: "//city.example", text: A}]`, `this is not a path`},
		{`  footer: [{text: A}]`, `a link has no "to"`},
		{`  contact: news@city.example`, `kairan.yaml:6:12: contact: this is not an http or https address; write an https address, or mailto:`},
		{`  contact: http://city.example`, `readers would write to it unprotected`},
		{`  pages: {about: about.md}`, `the page city/about.md is not there`},
		{`  pages: {about: none.*.md}`, `kairan.yaml:6:18: site.pages "none.*.md" matches no file; write one such as about.en.md, or remove the page`},
		{`  pages: {contact: contact*.md}`, `city/contact.md and city/contact.v2.md are the same page in the same language, en`},
		{`  pages: {a: untitled.*.md}`, `the page city/untitled.en.md has no heading, which would be its title; write one into its first line`},
		{`  pages: {a: picture.*.md}`, `has a picture of an http address`},
		{`  pages: {a: {en: text.en.txt}}`, `is no Markdown file`},
		{`  pages: {a: latin.en.md}`, `is not UTF-8`},
		{`  pages: {a: large.en.md}`, `has more than 1 MiB`},
		{`  pages: {About: contact.md}`, `"About"`},
		{`  pages: {a: }`, `has no file`},
		{`  pages: {a: {xx-yy-zz: contact.md}}`, `xx-yy-zz`},
	} {
		_, err := withSite(t, tt.keys)
		if err == nil || !strings.Contains(err.Error(), tt.fault) {
			t.Errorf("%s:\n\t%v\nwant\n\t%s", tt.keys, err, tt.fault)
		}
	}
	c, err := withSite(t, "  pages: {a: form.en.md}")
	if err != nil || len(c.Warnings) != 1 || !strings.Contains(c.Warnings.Error(), "the page city/form.en.md is shown without what can't stand on a page: 1 form") {
		t.Errorf("a form: %v, %v", c.Warnings, err)
	}
	if _, err := Read("kairan.yaml", []byte(`site: {id: port, url: "https://news.example", title: Port, stylesheet: a.css, pages: {a: "*.md"}}
publishers: [{key: port, time_zone: UTC, language: en}]
sources: [{id: news, publisher: port, kind: folder, path: notices}]
`), nil).Check(nil); err == nil || strings.Count(err.Error(), "no file can be read here") != 2 {
		t.Errorf("without files: %v", err)
	}
}

func TestPublishersLogos(t *testing.T) {
	c, err := Read("city/kairan.yaml", []byte(`site: {id: port, url: "https://news.example", title: Port}
include: more/*.yaml
publishers:
  - {key: port, name: Port, time_zone: UTC, language: en, logo: "https://city.example/logo.svg"}
  - {key: harbour, name: Harbour, time_zone: UTC, language: en, logo: logo.png}
  - {key: lake, name: Lake, time_zone: UTC, language: en}
sources: [{id: news, publisher: port, kind: folder, path: notices}]
`), faceFiles(t)).Check(nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range c.Site.Publishers {
		path, _, _ := strings.Cut(p.Logo.Path, "-")
		got = append(got, fmt.Sprint(p.Key, " ", p.Logo.URL, path, " ", p.Logo.Width, "×", p.Logo.Height))
	}
	if want := []string{"port https://city.example/logo.svg 0×0", "harbour logo 120×60", "lake  0×0", "other logo 120×60"}; !reflect.DeepEqual(got, want) {
		t.Errorf("logos: %q, want %q", got, want)
	}
	_, err = Read("city/kairan.yaml", []byte(`site: {id: port, url: "https://news.example", title: Port}
publishers: [{key: port, name: Port, time_zone: UTC, language: en, logo: own.css}]
sources: [{id: news, publisher: port, kind: folder, path: notices}]
`), faceFiles(t)).Check(nil)
	if err == nil || !strings.Contains(err.Error(), `city/kairan.yaml:2:74: the logo "own.css" is no picture that every browser shows; name a PNG`) {
		t.Errorf("a logo that is none: %v", err)
	}
}

// A site that is older than the page for partners keeps what stands at its address.
func TestACategoryCalledPartners(t *testing.T) {
	c, err := Read("kairan.yaml", []byte(`site: {id: port, url: "https://news.example", title: Port}
categories: [{term: partners, labels: Partners}]
publishers: [{key: port, name: Port, time_zone: UTC, language: en}]
sources: [{id: news, publisher: port, kind: folder, path: notices}]
`), nil).Check(nil)
	if err != nil || len(c.Warnings) != 1 || !strings.Contains(c.Warnings[0].Error(), `kairan.yaml:2:21: the category "partners" stands at the address of the page for partners`) {
		t.Errorf("%v, %v", c.Warnings, errors.Join(err))
	}
}
