package face

import (
	"cmp"
	"fmt"
	"strings"
)

// Theme is the site's colours. The zero value has the program's own.
type Theme struct {
	// Brand is behind the head of every page and behind buttons.
	Brand Shades `json:"brand,omitzero"`
	// Accent marks lines and what has the focus of the keyboard.
	Accent Shades `json:"accent,omitzero"`
	// Link is of links.
	Link Shades `json:"link,omitzero"`
	// Paper is behind everything.
	Paper Shades `json:"paper,omitzero"`
}

// Shades are a colour on light and on dark pages, each as "#rrggbb"; "" where it is not given.
type Shades struct {
	Light string `json:"light,omitempty"`
	Dark  string `json:"dark,omitempty"`
}

// The contrast that WCAG 2.2 wants at least: of text (1.4.3), and of what else must be seen
// to use a page (1.4.11).
const (
	textContrast    = 4.5
	graphicContrast = 3.0
)

// palette is the colours of light or of dark pages, by the names of their CSS properties.
type palette map[string]Color

// The program's own colours, as its style sheet has them.
var (
	ownLight = palette{
		"brand": {0x1f, 0x3a, 0x5f}, "accent": {0xb0, 0x8a, 0x1a}, "link": {0x1d, 0x4f, 0x91}, "paper": {0xfb, 0xf9, 0xf4},
		"sheet": {0xff, 0xff, 0xff}, "ink": {0x1c, 0x24, 0x30}, "soft": {0x5a, 0x64, 0x72}, "stamp": {0xb3, 0x26, 0x1e},
		"tint": {0xee, 0xf2, 0xf8}, "stamp-paper": {0xfd, 0xec, 0xeb},
	}
	ownDark = palette{
		"brand": {0x0d, 0x1b, 0x2e}, "accent": {0xd9, 0xb6, 0x4a}, "link": {0x9c, 0xc2, 0xf5}, "paper": {0x12, 0x16, 0x1c},
		"sheet": {0x1a, 0x20, 0x29}, "ink": {0xe8, 0xea, 0xed}, "soft": {0xa3, 0xad, 0xba}, "stamp": {0xff, 0x9d, 0x94},
		"tint": {0x22, 0x2c, 0x3a}, "stamp-paper": {0x3a, 0x1d, 0x1c},
	}
)

// pair is a colour that stands on another.
type pair struct {
	front, back string
	least       float64
	what, on    string // both in words
}

// pairs are all that stand on pages, but for what stands on the brand; see [over].
var pairs = []pair{
	{"ink", "paper", textContrast, "text", "the paper"},
	{"soft", "paper", textContrast, "dates and descriptions", "the paper"},
	{"stamp", "paper", textContrast, "the marks of urgent notices", "the paper"},
	{"link", "paper", textContrast, "links", "the paper"},
	{"link", "sheet", textContrast, "links", "the foot of pages and in boxes"},
	{"link", "tint", textContrast, "links", "what is pointed at"},
	{"link", "stamp-paper", textContrast, "links", "urgent notices"},
	{"accent", "paper", graphicContrast, "frames of what has the focus", "the paper"},
	{"accent", "sheet", graphicContrast, "frames of what has the focus", "the foot of pages and in boxes"},
}

func (p pair) ratio(colors palette) float64 { return Contrast(colors[p.front], colors[p.back]) }

func (p pair) holds(colors palette) bool { return p.ratio(colors) >= p.least }

// named is a colour of a theme with its name.
type named struct {
	name string
	of   Shades
}

func (t Theme) colors() []named {
	return []named{{"brand", t.Brand}, {"accent", t.Accent}, {"link", t.Link}, {"paper", t.Paper}}
}

// light is the palette of light pages.
func (t Theme) light() palette {
	return ownLight.with(t, func(s Shades) string { return s.Light })
}

// dark is the palette of dark pages. What is given once is taken for these where it can be
// read there, and else the nearest that can; a paper given once is that of light pages.
func (t Theme) dark() palette {
	colors := ownDark.with(t, func(s Shades) string { return s.Dark })
	for _, c := range t.colors() {
		once, ok := ParseColor(c.of.Light)
		if !ok || c.of.Dark != "" || c.name == "paper" {
			continue
		}
		if near, ok := nearest(once, func(near Color) bool { return len(colors.without(c.name, near)) == 0 }); ok {
			colors[c.name] = near
		}
	}
	return colors
}

// with returns the colours with those that a theme has in their places.
func (p palette) with(t Theme, shade func(Shades) string) palette {
	colors := palette{}
	for name, c := range p {
		colors[name] = c
	}
	for _, c := range t.colors() {
		if given, ok := ParseColor(shade(c.of)); ok {
			colors[c.name] = given
		}
	}
	return colors
}

// without returns the pairs in which a colour of that name would not hold.
func (p palette) without(name string, c Color) (failing []pair) {
	had := p[name]
	defer func() { p[name] = had }()
	p[name] = c
	for _, pair := range pairs {
		if (pair.front == name || pair.back == name) && !pair.holds(p) {
			failing = append(failing, pair)
		}
	}
	return failing
}

// Fault is a colour that can't be read.
type Fault struct {
	// Color is its name, and Dark tells that of dark pages.
	Color string
	Dark  bool
	// What is wrong, and what to do about it.
	What, Hint string
}

// Check returns what can't be read of a theme whose colours were given as "#rrggbb". What is
// given for light and for dark pages is looked at; the rest is made so that it holds.
func (t Theme) Check() (faults []Fault) {
	for _, c := range t.colors() {
		if _, ok := ParseColor(c.of.Light); ok {
			faults = append(faults, t.light().faults(c.name, t.has(Shades.lightOnly), false)...)
		}
		if _, ok := ParseColor(c.of.Dark); ok {
			faults = append(faults, t.dark().faults(c.name, t.has(Shades.darkOnly), true)...)
		}
	}
	return faults
}

func (s Shades) lightOnly() string { return s.Light }
func (s Shades) darkOnly() string  { return s.Dark }

// has tells which colours the theme itself has for light, or for dark pages.
func (t Theme) has(shade func(Shades) string) map[string]bool {
	has := map[string]bool{}
	for _, c := range t.colors() {
		has[c.name] = shade(c.of) != ""
	}
	return has
}

// faults returns the worst of what is wrong with a colour; none of a background where the
// front is the theme's own too, which has the fault then.
func (p palette) faults(name string, own map[string]bool, dark bool) []Fault {
	var worst pair
	for _, f := range p.without(name, p[name]) {
		if f.back == name && own[f.front] {
			continue
		}
		if worst.least == 0 || f.ratio(p)/f.least < worst.ratio(p)/worst.least {
			worst = f
		}
	}
	if worst.least == 0 {
		return nil
	}
	pages := "light"
	if dark {
		pages = "dark"
	}
	f := Fault{
		Color: name, Dark: dark,
		What: fmt.Sprintf("on %s pages %s (%s) have a contrast of %.2f:1 on %s (%s), and need %.1f:1 (WCAG 2.2)",
			pages, worst.what, p[worst.front], floor(worst.ratio(p)), worst.on, p[worst.back], worst.least),
		Hint: "choose another",
	}
	if near, ok := nearest(p[name], func(c Color) bool { return len(p.without(name, c)) == 0 }); ok {
		f.Hint = fmt.Sprintf("the nearest that will do is %q", near)
	}
	return []Fault{f}
}

// floor cuts a ratio behind its second digit, so that 4.499 is not told as 4.50.
func floor(ratio float64) float64 { return float64(int(ratio*100)) / 100 }

// Stylesheet returns the theme as custom properties of CSS, which stand over those of the
// program's own style sheet; "" where it has no colour.
func (t Theme) Stylesheet() string {
	if t == (Theme{}) {
		return ""
	}
	var b strings.Builder
	t.write(&b, t.light(), t.has(Shades.lightOnly))
	b.WriteString("@media (prefers-color-scheme: dark) {\n")
	t.write(&b, t.dark(), t.has(func(s Shades) string { return cmp.Or(s.Dark, s.Light) }))
	b.WriteString("}\n")
	return b.String()
}

// write writes the colours that the theme itself has.
func (t Theme) write(b *strings.Builder, colors palette, own map[string]bool) {
	b.WriteString(":root {\n")
	for _, c := range t.colors() {
		if !own[c.name] {
			continue
		}
		fmt.Fprintf(b, "  --%s: %s;\n", c.name, colors[c.name])
		if c.name == "brand" {
			on := over(colors["brand"])
			fmt.Fprintf(b, "  --brand-deep: %[1]s;\n  --button: %[1]s;\n  --on-brand: %[2]s;\n  --on-brand-soft: %[2]s;\n", colors["brand"], on)
		}
	}
	b.WriteString("}\n")
}
