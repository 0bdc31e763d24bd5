package web

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/png"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
)

func pngOf(t *testing.T, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// faceOf returns the pictures that a page of the city shows: its icons, that for home screens, and
// the picture before the site's name.
func faceOf(t *testing.T, h http.Handler, path string) (icons, touch, brand []string) {
	t.Helper()
	d := document(t, get(h, path))
	for i, link := range attributes(d, "link[rel=icon]", "href") {
		icons = append(icons, strings.TrimSpace(link+" "+attributes(d, "link[rel=icon]", "type")[i]+" "+attributes(d, "link[rel=icon]", "sizes")[i]))
	}
	img := d.Find(".brand img")
	brand = []string{img.AttrOr("src", ""), img.AttrOr("width", ""), img.AttrOr("height", "")}
	return icons, attributes(d, "link[rel=apple-touch-icon]", "href"), brand
}

func TestTheSitesFace(t *testing.T) {
	icon := feeds.Picture{Path: "icon-0123456789ab.png", Body: pngOf(t, 192, 192), Type: "image/png", Width: 192, Height: 192}
	small := feeds.Picture{Path: "icon-0000000000aa.png", Body: pngOf(t, 48, 48), Type: "image/png", Width: 48, Height: 48}
	large := feeds.Picture{Path: "icon-0000000000bb.png", Body: pngOf(t, 512, 512), Type: "image/png", Width: 512, Height: 512}
	arms := feeds.Picture{Path: "icon-ba9876543210.svg", Body: []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), Type: "image/svg+xml"}
	logo := feeds.Picture{Path: "logo-abcdefabcdef.png", Body: pngOf(t, 120, 60), Type: "image/png", Width: 120, Height: 60}
	wide := feeds.Picture{Path: "logo-000000000000.png", Body: pngOf(t, 400, 40), Type: "image/png", Width: 400, Height: 40}
	elsewhere := feeds.Picture{URL: "https://cdn.example/logo.png"}
	const none = 404
	for _, tt := range []struct {
		remark       string
		icon, logo   feeds.Picture
		icons, touch []string
		brand        []string
		svg, ico     int // what /favicon.svg and /favicon.ico answer
	}{
		{"nothing is given", feeds.Picture{}, feeds.Picture{}, []string{"/p/favicon.ico  32x32", "/p/favicon.svg image/svg+xml"}, nil, []string{"/p/favicon.svg", "36", "36"}, 200, 200},
		{"an icon", icon, feeds.Picture{}, []string{"/p/icon-0123456789ab.png image/png 192x192"}, []string{"/p/icon-0123456789ab.png"}, []string{"/p/icon-0123456789ab.png", "36", "36"}, none, 200},
		{"a small one", small, feeds.Picture{}, []string{"/p/icon-0000000000aa.png image/png 48x48"}, nil, []string{"/p/icon-0000000000aa.png", "36", "36"}, none, 200},
		{"a large one", large, feeds.Picture{}, []string{"/p/icon-0000000000bb.png image/png 512x512"}, []string{"/p/icon-0000000000bb.png"}, []string{"/p/icon-0000000000bb.png", "36", "36"}, none, none},
		{"one of lines", arms, feeds.Picture{}, []string{"/p/icon-ba9876543210.svg image/svg+xml"}, nil, []string{"/p/icon-ba9876543210.svg", "36", "36"}, 200, none},
		{"a logo", feeds.Picture{}, logo, []string{"/p/logo-abcdefabcdef.png image/png 120x60"}, nil, []string{"/p/logo-abcdefabcdef.png", "72", "36"}, none, none},
		{"both", icon, wide, []string{"/p/icon-0123456789ab.png image/png 192x192"}, []string{"/p/icon-0123456789ab.png"}, []string{"/p/logo-000000000000.png", "180", "18"}, none, 200},
		{"a logo elsewhere", arms, elsewhere, []string{"/p/icon-ba9876543210.svg image/svg+xml"}, nil, []string{"https://cdn.example/logo.png", "", "36"}, 200, none},
		{"only that", feeds.Picture{}, elsewhere, []string{"https://cdn.example/logo.png"}, nil, []string{"https://cdn.example/logo.png", "", "36"}, none, none},
	} {
		c := newCity(t)
		c.settings.Site.BaseURL += "/p"
		c.settings.Site.Icon, c.settings.Site.Logo = tt.icon, tt.logo
		h := c.public()
		icons, touch, brand := faceOf(t, h, "/en/")
		if !slices.Equal(icons, tt.icons) || !slices.Equal(touch, tt.touch) || !slices.Equal(brand, tt.brand) {
			t.Errorf("%s: icons %q, for home screens %q, before the name %q", tt.remark, icons, touch, brand)
		}
		for path, want := range map[string]int{"/favicon.svg": tt.svg, "/favicon.ico": tt.ico} {
			if r := get(h, path); r.StatusCode != want {
				t.Errorf("%s: %s answers %d, want %d", tt.remark, path, r.StatusCode, want)
			}
		}
		var listed []string
		for _, a := range Addresses(c.settings, c.shelf(0), nil) {
			if strings.Contains(a.Path, ".png") || strings.Contains(a.Path, ".svg") || strings.Contains(a.Path, ".ico") {
				listed = append(listed, a.Path)
			}
		}
		for _, p := range []feeds.Picture{tt.icon, tt.logo} {
			if p.Path == "" {
				continue
			}
			if !slices.Contains(listed, "/"+p.Path) {
				t.Errorf("%s: %s is not exported, but %q", tt.remark, p.Path, listed)
			}
			r := get(h, "/p/"+p.Path)
			fields(t, r, map[string]string{"Content-Type": p.Type, "Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"})
			if policy := r.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "script") {
				t.Errorf("%s: %s may run scripts: %s", tt.remark, p.Path, policy)
			}
			if got := body(t, r); got != string(p.Body) {
				t.Errorf("%s: %s has %d bytes, want %d", tt.remark, p.Path, len(got), len(p.Body))
			}
		}
	}
}

// A reload shows another face at once.
func TestAnotherFace(t *testing.T) {
	c := newCity(t)
	h := c.public()
	site := *c.settings.Site
	site.Icon = feeds.Picture{Path: "icon-0123456789ab.png", Body: pngOf(t, 16, 16), Type: "image/png", Width: 16, Height: 16}
	before := body(t, get(h, "/favicon.ico"))
	c.settings.Site = &site
	r := get(h, "/favicon.ico")
	fields(t, r, map[string]string{"Content-Type": "image/x-icon", "Cache-Control": "public, max-age=86400"})
	after := []byte(body(t, r))
	if string(after) == before {
		t.Fatal("the old icon is served")
	}
	// A directory of one entry, behind which the PNG begins.
	if from := binary.LittleEndian.Uint32(after[18:]); after[6] != 16 || binary.LittleEndian.Uint32(after[14:]) != uint32(len(site.Icon.Body)) || !bytes.Equal(after[from:], site.Icon.Body) {
		t.Errorf("no icon of 16 pixels: % x", after[:22])
	}
	if r := get(h, "/icon-ffffffffffff.png"); r.StatusCode != http.StatusNotFound {
		t.Errorf("an icon that is none answers %d", r.StatusCode)
	}
}
