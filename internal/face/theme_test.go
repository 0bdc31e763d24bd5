package face

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"
)

func TestColors(t *testing.T) {
	for text, want := range map[string]Color{"#000": {}, "#fff": {255, 255, 255}, "#1F3a5f": {0x1f, 0x3a, 0x5f}, "#abc": {0xaa, 0xbb, 0xcc}} {
		if got, ok := ParseColor(text); !ok || got != want {
			t.Errorf("%s is %v, %t", text, got, ok)
		}
	}
	for _, text := range []string{"", "#", "fff", "#ff", "#ffff", "#12345g", "#+12345", "red", "#1234567"} {
		if got, ok := ParseColor(text); ok {
			t.Errorf("%q is taken for %v", text, got)
		}
	}
}

// The ratios are those that WCAG's own examples and WebAIM's checker have.
func TestContrast(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want float64
	}{
		{"#000", "#fff", 21}, {"#fff", "#fff", 1}, {"#777", "#fff", 4.48}, {"#767676", "#fff", 4.54}, {"#f00", "#fff", 4.0}, {"#00f", "#fff", 8.59},
	} {
		a, _ := ParseColor(tt.a)
		b, _ := ParseColor(tt.b)
		if got := Contrast(a, b); math.Abs(got-tt.want) > 0.005 || got != Contrast(b, a) {
			t.Errorf("%s on %s is %.3f:1, want %.2f:1", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestOfWhiteAndBlackOneIsReadOnEveryColor(t *testing.T) {
	for r := 0; r < 256; r += 5 {
		for g := 0; g < 256; g += 5 {
			for b := 0; b < 256; b += 5 {
				c := Color{uint8(r), uint8(g), uint8(b)}
				if ratio := Contrast(over(c), c); ratio < textContrast {
					t.Fatalf("%v on %v is %.2f:1", over(c), c, ratio)
				}
			}
		}
	}
}

func TestTheProgramsOwnColorsHold(t *testing.T) {
	for name, colors := range map[string]palette{"light": ownLight, "dark": ownDark} {
		for _, p := range pairs {
			if !p.holds(colors) {
				t.Errorf("%s pages: %s on %s is %.2f:1", name, p.front, p.back, p.ratio(colors))
			}
		}
	}
}

// What is judged here is what the program's own style sheet says.
func TestTheOwnColorsAreThoseOfTheStyleSheet(t *testing.T) {
	sheet, err := os.ReadFile("../web/static/style.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark, ok := strings.Cut(string(sheet), "@media (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("it has no dark colours")
	}
	for css, own := range map[string]palette{light: ownLight, dark: ownDark} {
		for name, c := range own {
			_, rest, _ := strings.Cut(css, "--"+name+":")
			value, _, _ := strings.Cut(rest, ";")
			if got, ok := ParseColor(strings.TrimSpace(value)); !ok || got != c {
				t.Errorf("--%s is %q, and %v is judged", name, value, c)
			}
		}
	}
}

func TestAThemeIsJudged(t *testing.T) {
	for _, tt := range []struct {
		name  string
		theme Theme
		want  []string // color, pages, what and hint of the faults, in parts
	}{
		{"nothing", Theme{}, nil},
		{"any brand", Theme{Brand: Shades{Light: "#ffdd00"}}, nil},
		{"a link that is too light", Theme{Link: Shades{Light: "#7fb2ff"}}, []string{
			"link light: on light pages links (#7fb2ff) have a contrast of 1.89:1 on urgent notices (#fdeceb), and need 4.5:1 (WCAG 2.2); the nearest that will do is \"#4f6e9d\""}},
		{"a dark one of its own", Theme{Link: Shades{Light: "#1d4f91", Dark: "#1d4f91"}}, []string{"link dark: on dark pages links (#1d4f91) have a contrast of 1.73:1 on what is pointed at (#222c3a)"}},
		{"one for both, which is made lighter in the dark", Theme{Link: Shades{Light: "#8a0000"}}, nil},
		{"a paper on which nothing is read", Theme{Paper: Shades{Light: "#808080"}}, []string{"paper light: on light pages"}},
		{"a faint accent", Theme{Accent: Shades{Light: "#ffe680"}}, []string{"accent light: on light pages frames of what has the focus (#ffe680)", "need 3.0:1"}},
		{"link and paper, of which the link has the fault", Theme{Link: Shades{Light: "#cc4400"}, Paper: Shades{Light: "#ffe9d6"}}, []string{"link light"}},
	} {
		var told []string
		for _, f := range tt.theme.Check() {
			pages := "light"
			if f.Dark {
				pages = "dark"
			}
			told = append(told, fmt.Sprintf("%s %s: %s; %s", f.Color, pages, f.What, f.Hint))
		}
		all := strings.Join(told, "\n")
		if len(tt.want) == 0 && all != "" {
			t.Errorf("%s: %s", tt.name, all)
		}
		for _, want := range tt.want {
			if !strings.Contains(all, want) {
				t.Errorf("%s: %q, want %q", tt.name, all, want)
			}
		}
	}
}

// A theme is either refused or read by everybody: whatever colours are given, what goes out
// holds in each pair, or a fault names a colour with which the theme is refused less.
func TestEveryThemeIsRefusedOrReadByAll(t *testing.T) {
	rounds := 600
	if testing.Short() {
		rounds = 100
	}
	random := rand.New(rand.NewPCG(1, 2))
	color := func() string {
		if random.IntN(3) == 0 {
			return ""
		}
		// Near black and white there are more that pass.
		at := func() uint8 { return uint8(255 * math.Pow(random.Float64(), []float64{0.2, 1, 5}[random.IntN(3)])) }
		return Color{at(), at(), at()}.String()
	}
	shades := func() Shades { return Shades{color(), color()} }
	passed := 0
	for range rounds {
		theme := Theme{shades(), shades(), shades(), shades()}
		for changes := 0; ; changes++ {
			faults := theme.Check()
			if len(faults) == 0 {
				break
			}
			if changes > 20 {
				t.Fatalf("%+v is refused however often what is proposed is done: %+v", theme, faults)
			}
			f := faults[0]
			_, proposed, ok := strings.Cut(f.Hint, `"`)
			if !ok { // the other one of the pair has to be changed
				theme.Paper = Shades{}
				continue
			}
			of := map[string]*Shades{"brand": &theme.Brand, "accent": &theme.Accent, "link": &theme.Link, "paper": &theme.Paper}[f.Color]
			if proposed = strings.TrimSuffix(proposed, `"`); f.Dark {
				of.Dark = proposed
			} else {
				of.Light = proposed
			}
		}
		passed++
		light, dark := published(t, theme)
		for name, colors := range map[string]palette{"light": light, "dark": dark} {
			for _, p := range pairs {
				if !p.holds(colors) {
					t.Errorf("%s: of %+v goes out %s (%v) on %s (%v): %.2f:1", name, theme, p.front, colors[p.front], p.back, colors[p.back], p.ratio(colors))
				}
			}
			if on, ok := colors["on-brand"]; ok && Contrast(on, colors["brand"]) < textContrast {
				t.Errorf("%s: of %+v %v goes out on %v", name, theme, on, colors["brand"])
			}
		}
	}
	if passed != rounds {
		t.Errorf("%d of %d themes", passed, rounds)
	}
}

var property = regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6});`)

// published are the colours of light and of dark pages after the theme's own style sheet.
func published(t *testing.T, theme Theme) (light, dark palette) {
	t.Helper()
	first, second, _ := strings.Cut(theme.Stylesheet(), "@media")
	light, dark = ownLight.with(Theme{}, Shades.lightOnly), ownDark.with(Theme{}, Shades.lightOnly)
	for css, colors := range map[string]palette{first: light, second: dark} {
		for _, m := range property.FindAllStringSubmatch(css, -1) {
			c, ok := ParseColor(m[2])
			if !ok {
				t.Fatalf("%s is no colour", m[2])
			}
			colors[m[1]] = c
		}
	}
	// What stands in :root for light pages stands there in the dark, too, if it isn't said anew.
	for _, m := range property.FindAllStringSubmatch(first, -1) {
		if !strings.Contains(second, "--"+m[1]+":") && m[1] != "paper" {
			t.Errorf("dark pages have %s of light ones", m[0])
		}
	}
	return light, dark
}
