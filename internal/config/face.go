package config

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/face"
)

func readersContactShape() *shape {
	return &shape{
		noun: "an https or mailto address", format: "uri", reads: checkReadersContact, pattern: regexp.MustCompile(`^(https://|mailto:)`),
		doc: "Where readers tell of a fault; it stands on the pages that say who runs the site, and how programs read it. Without it, nowhere.",
	}
}

func themeShape() *shape {
	shade := func(doc string) *shape {
		return &shape{noun: "a colour, such as \"#1f3a5f\"", reads: checkColor, pattern: regexp.MustCompile(`^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$`), doc: doc}
	}
	color := func(doc string) *shape {
		return &shape{form: eitherForm, doc: doc + " One colour, or one for light and one for dark pages.", choices: []*shape{
			shade(""),
			{form: recordForm, noun: "a colour", doc: doc, fields: []field{
				{name: "light", also: []string{"day"}, shape: shade("On light pages.")},
				{name: "dark", also: []string{"night"}, shape: shade("On dark pages, which readers have who asked their device for them.")},
			}},
		}}
	}
	return &shape{
		form: recordForm, noun: "the theme", doc: "The colours of the pages. What can't be read by everybody is refused, with the nearest that can (WCAG 2.2, 1.4.3 and 1.4.11). A colour that is given once is that of light pages; dark ones have it where it can be read there, and else the nearest that can.",
		fields: []field{
			{name: "brand", also: []string{"primary", "color", "colour"}, shape: color("Behind the head of every page and behind buttons. What stands on it is white or black by itself.")},
			{name: "accent", also: []string{"secondary", "focus"}, shape: color("Lines, and the frame of what has the focus of the keyboard.")},
			{name: "link", also: []string{"links"}, shape: color("Links.")},
			{name: "paper", also: []string{"background"}, shape: color("Behind everything. Given once, it is that of light pages alone.")},
		},
	}
}

func stylesheetShape() *shape {
	return &shape{
		noun: "the path of a CSS file", reads: checkNoAddress,
		doc: "A file of CSS, 256 KiB at most, relative to this file. It stands behind the program's own style sheet and the theme. It can't have @import, nor addresses of other hosts: pages ask no other server for their furniture.",
	}
}

func linksShape(doc string) *shape {
	return &shape{form: listForm, doc: doc, of: &shape{
		form: recordForm, noun: "a link", doc: doc,
		fields: []field{
			{name: "to", also: []string{"url", "href", "link", "address", "page"}, required: true, example: "https://www.my-city.example/imprint", shape: &shape{
				noun: "an https or mailto address, the name of a page of the site, or a path that begins with a slash", reads: checkLinkTarget,
				doc: "Where it leads: an https, mailto or tel address; the name of one of the pages below, or about, partners or subscribe, in the reader's language; or a path below the site's address that begins with a slash.",
			}},
			{name: "text", also: []string{"title", "label", "name"}, shape: localized("What it says: one text, or one for each language. Without it, the message that text_id names, else the title of the page.")},
			{name: "text_id", also: []string{"message", "text_message"}, shape: &shape{
				noun: "the id of a message, such as footer.imprint", pattern: regexp.MustCompile(`^[a-z][a-z0-9.-]*$`),
				doc: "The message of the bundles that holds its text.",
			}},
		},
	}}
}

func pagesShape() *shape {
	file := &shape{
		noun: "the path of a Markdown file, such as pages/about.en.md", reads: checkNoAddress,
		doc: "A Markdown file, relative to this file.",
	}
	return &shape{
		form: tableForm, keys: &shape{noun: idNoun, pattern: regexp.MustCompile(idPattern)},
		doc: "Pages of the site's own, in Markdown: a name, which stands in the address, to the file of each language, or to a pattern of files that name their language before the extension, as pages/about.*.md does about.ja.md. A file that names none is in default_locale. The first heading is the title. about stands at /LOCALE/about in the place of the program's own, the others at /LOCALE/page/NAME. Readers whose language has no file are shown the best of those that they accept. 1 MiB at most each; read again at each reload.",
		of: &shape{form: eitherForm, doc: "The files of a page.", choices: []*shape{
			{noun: "a pattern of Markdown files, such as pages/about.*.md", reads: checkPagePattern, doc: "A pattern of Markdown files, or the path of one."},
			{form: tableForm, filled: true, keys: languageShape("The language of the file."), of: file, doc: "The file of each language."},
		}},
	}
}

// maxPageBytes bounds the file of a page.
const maxPageBytes = 1 << 20

func checkColor(s string) *fault {
	if _, ok := face.ParseColor(s); !ok {
		return &fault{"this is no colour", `write # and six digits from 0 to f between quotes, such as "#1f3a5f"`}
	}
	return nil
}

// checkReadersContact wants an address that pages may link.
func checkReadersContact(s string) *fault {
	if f := checkContact(s); f != nil {
		return &fault{f.what, "write an https address, or mailto:news@my-city.example"}
	}
	if strings.HasPrefix(s, "http://") {
		return &fault{"readers would write to it unprotected", "write its https address, or mailto:news@my-city.example"}
	}
	return nil
}

func checkNoAddress(s string) *fault {
	if isAddress(s) {
		return &fault{"this is an address, and a file is wanted", "save it beside this file"}
	}
	return nil
}

func checkPagePattern(s string) *fault {
	if isAddress(s) {
		return checkNoAddress(s)
	}
	return checkPattern(s)
}

// checkLinkTarget wants an address, a name, or a path.
func checkLinkTarget(s string) *fault {
	switch scheme, rest, has := strings.Cut(s, ":"); {
	case has && scheme == "mailto":
		return checkContact(s)
	case has && scheme == "tel":
		if rest == "" || strings.Trim(rest, "+0123456789-.()") != "" {
			return &fault{"this is not a telephone number", "write it as tel:+81-3-5321-1111 (RFC 3966)"}
		}
		return nil
	case has && scheme == "http":
		return &fault{"this is not an https address", "write its https address"}
	case has && scheme == "https":
		// A place within a page is often what is meant.
		address, _, _ := strings.Cut(s, "#")
		return checkAddress(address)
	case strings.HasPrefix(s, "/"):
		if u, err := url.Parse(s); err != nil || strings.HasPrefix(s, "//") || strings.ContainsAny(s, " \t\r\n\\") || u.Host != "" {
			return &fault{"this is not a path", "write one such as /docs/imprint.pdf"}
		}
		return nil
	case regexp.MustCompile(idPattern).MatchString(s):
		return nil
	}
	return &fault{"this is neither an address, nor a page, nor a path", "write https://…, mailto:…, the name of a page such as about, or a path such as /docs/imprint.pdf"}
}

// readFace reads the files that the face of the site is made of.
func (u *Unchecked) readFace(from Files) {
	site := u.roots[0].get("site")
	if sheet := site.get("stylesheet"); sheet.string() != "" {
		u.readFile(from, sheet, resolve(u.name, sheet.text))
	}
	for _, page := range site.get("pages").table() {
		switch {
		case page.value == nil || page.value.bad:
		case page.value.form == textForm:
			u.readPage(from, page.value)
		default:
			for _, file := range page.value.table() {
				if name := file.value.string(); name != "" {
					u.readFile(from, file.value, resolve(u.name, name))
				}
			}
		}
	}
}

// readPage reads the files that match a page's pattern, in the order of their names.
func (u *Unchecked) readPage(from Files, v *value) {
	if from == nil {
		u.readFile(nil, v, v.text)
		return
	}
	if !strings.ContainsAny(v.text, `*?[\`) {
		u.readFile(from, v, resolve(u.name, v.text))
		return
	}
	in := includer{Unchecked: u, from: from}
	names, f := in.match(v.text)
	if f != nil {
		hint := f.hint
		if strings.Contains(hint, "sources: []") {
			hint = "write one such as about.en.md, or remove the page"
		}
		u.add(v.at, fmt.Sprintf("site.pages %q %s", v.text, f.what), hint)
		v.bad = true
		return
	}
	slices.Sort(names)
	for _, name := range names {
		u.readFile(from, v, in.opened(name))
	}
}

// face returns what pages have of the city's own.
func (b *builder) face(v *value, site *feeds.Site) face.Face {
	f := face.Face{
		Theme:      b.theme(v.get("theme")),
		Stylesheet: b.stylesheet(v.get("stylesheet")),
		Pages:      b.pages(v.get("pages"), site),
		Contact:    v.get("contact").string(),
	}
	f.Header = b.links(v.get("header"), &f)
	f.Footer = b.links(v.get("footer"), &f)
	return f
}

func (b *builder) theme(v *value) (t face.Theme) {
	places := map[string]position{}
	shades := func(name string) (s face.Shades) {
		given := v.get(name)
		light, dark := given, (*value)(nil)
		if given != nil && given.form == recordForm {
			light, dark = given.get("light"), given.get("dark")
		}
		s.Light, s.Dark = spelt(light), spelt(dark)
		if light != nil {
			places[name] = light.at
		}
		if dark != nil {
			places[name+" dark"] = dark.at
		}
		return s
	}
	t = face.Theme{Brand: shades("brand"), Accent: shades("accent"), Link: shades("link"), Paper: shades("paper")}
	for _, f := range t.Check() {
		place := f.Color
		if f.Dark {
			place += " dark"
		}
		b.add(places[place], fmt.Sprintf("site.theme.%s: %s", f.Color, f.What), f.Hint)
	}
	return t
}

// spelt is a colour in its one spelling; "" for none.
func spelt(v *value) string {
	if c, ok := face.ParseColor(v.string()); ok {
		return c.String()
	}
	return ""
}

func (b *builder) stylesheet(v *value) string {
	name := v.string()
	if name == "" {
		return ""
	}
	file := b.opened[v][0]
	f := file.unread("a path is relative to this file", "name a file of CSS")
	if f == nil && len(file.body) > face.MaxStylesheet {
		f = &fault{"has more than 256 KiB", "leave out what the pages don't use"}
	}
	css := strings.TrimPrefix(string(file.body), "\uFEFF")
	if f == nil && strings.ToValidUTF8(css, "") != css {
		f = &fault{"is not UTF-8", "save it in that encoding"}
	}
	if f == nil {
		css = face.Preprocessed(css) // what is served is what was checked
		if wrong := face.CheckStylesheet(css); wrong != nil {
			f = &fault{"has on " + wrong.Error(), wrong.Hint}
		}
	}
	if f != nil {
		b.add(v.at, fmt.Sprintf("site.stylesheet %q %s", name, f.what), f.hint)
		return ""
	}
	return css
}
