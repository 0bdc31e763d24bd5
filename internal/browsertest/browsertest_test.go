package browsertest

import (
	"fmt"
	"image"
	"image/color"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A page at a server, a script and a picture of it.
func shown(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, `<!doctype html><html lang="en"><title>Page</title><script src="/script.js" defer></script>
<style>@media print { h1 { display: none } } @media (forced-colors: active) { p { display: none } }</style>
<main><h1>Page</h1><a href="/" hidden>Again</a><p>text</p><button>Copy</button> <a href="/again">Again</a></main>`)
		case "/script.js":
			w.Header().Set("Content-Type", "text/javascript")
			fmt.Fprint(w, `document.querySelector('button').onclick = () => navigator.clipboard.writeText('copied'); document.cookie = 'kept=1'; document.title = 'Scripted' //`+strings.Repeat(" ", 5000))
		default:
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, `<!doctype html><html lang="en"><title>Again</title><main><h1>Again</h1><img src="/none.png"></main>`)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestBrowser(t *testing.T) {
	site := shown(t)
	first := Open(t)
	value := func(b *Browser, script string) (v string) {
		b.Eval(`String(`+script+`)`, &v)
		return v
	}
	t.Run("what is copied can be read", func(t *testing.T) {
		b := first.Tab(t)
		b.Visit(site + "/")
		b.Click("button")
		if got := b.Clipboard(); got != "copied" {
			t.Errorf("copied was %q", got)
		}
	})
	t.Run("requests are weighed", func(t *testing.T) {
		b := first.Tab(t)
		b.Visit(site + "/")
		all := b.Requests()
		if got := Weight(all); got < 5000 || Weight(all, "Script") >= got-5000 {
			t.Errorf("%d bytes, and %d without the script, of %+v", got, Weight(all, "Script"), all)
		}
		if again := b.Requests(); len(again) > 0 {
			t.Errorf("then came %+v", again)
		}
	})
	t.Run("a link that can be seen is followed", func(t *testing.T) {
		b := first.Tab(t)
		b.Visit(site + "/")
		if got, want := b.Follow("a"), site+"/again"; got != want {
			t.Errorf("led to %s; want %s", got, want)
		}
	})
	t.Run("without scripts", func(t *testing.T) {
		b := first.Tab(t)
		b.Scripts(false)
		b.Visit(site + "/")
		if got := value(b, "document.title"); got != "Page" {
			t.Errorf("a script has run: %s", got)
		}
	})
	t.Run("a tab knows nothing of another", func(t *testing.T) {
		b := first.Tab(t)
		b.Scripts(false)
		b.Visit(site + "/")
		if got := value(b, "document.cookie"); got != "" {
			t.Errorf("it has %q", got)
		}
	})
	t.Run("media", func(t *testing.T) {
		b := first.Tab(t)
		b.Visit(site + "/")
		for name, m := range map[string]Medium{"screen": {}, "print": {Print: true}, "few": {ForcedColors: true}, "dark still": {Dark: true, Still: true}} {
			b.Show(m)
			got := value(b, `['h1', 'p'].map(s => document.querySelector(s).checkVisibility()).concat(matchMedia('(prefers-color-scheme: dark)').matches, matchMedia('(prefers-reduced-motion)').matches)`)
			if want := fmt.Sprintf("%v,%v,%v,%v", !m.Print, !m.ForcedColors, m.Dark, m.Still); got != want {
				t.Errorf("%s: %s; want %s", name, got, want)
			}
		}
	})
	t.Run("barriers are found", func(t *testing.T) {
		b := first.Tab(t)
		b.Visit(site + "/again")
		if got := strings.Join(b.Barriers(), "\n"); !strings.HasPrefix(got, "image-alt: ") {
			t.Errorf("found is %q", got)
		}
		if got := b.Barriers("color-contrast"); len(got) > 0 {
			t.Errorf("of another rule are %q", got)
		}
	})
}

// A picture of few colours keeps them, and one of many has the nearest.
func TestFewColours(t *testing.T) {
	few, many := image.NewRGBA(image.Rect(0, 0, 64, 64)), image.NewRGBA(image.Rect(0, 0, 64, 64))
	for y := range 64 {
		for x := range 64 {
			few.Set(x, y, color.RGBA{uint8(x / 16 * 50), 200, uint8(y / 16 * 50), 255})
			many.Set(x, y, color.RGBA{uint8(x * 4), 0, uint8(y * 4), 255})
		}
	}
	for name, tt := range map[string]struct {
		picture *image.RGBA
		off     int // at most, in each channel
	}{"few": {few, 0}, "many": {many, 16}} {
		got := fewColours(tt.picture)
		if len(got.Palette) > mostColours {
			t.Errorf("%s: there are %d colours", name, len(got.Palette))
		}
		for y := range 64 {
			for x := range 64 {
				a, b := tt.picture.RGBAAt(x, y), got.At(x, y).(color.RGBA)
				for _, off := range []int{int(a.R) - int(b.R), int(a.G) - int(b.G), int(a.B) - int(b.B)} {
					if max(off, -off) > tt.off {
						t.Fatalf("%s: at %d, %d it is %v; want %v", name, x, y, b, a)
					}
				}
			}
		}
	}
}
