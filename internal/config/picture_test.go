package config

import (
	"bytes"
	"errors"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
)

// drawer holds files by their names.
type drawer map[string][]byte

func (d drawer) ReadDir(string) ([]fs.DirEntry, error) { return nil, fs.ErrNotExist }

func (d drawer) ReadFile(name string) ([]byte, error) {
	body, ok := d[name]
	switch {
	case !ok:
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	case body == nil:
		return nil, &fs.PathError{Op: "open", Path: name, Err: os.ErrPermission}
	}
	return body, nil
}

func pictures(t *testing.T) drawer {
	t.Helper()
	draw := func(width, height int, encode func(*bytes.Buffer, image.Image) error) []byte {
		var b bytes.Buffer
		if err := encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	asPNG := func(b *bytes.Buffer, i image.Image) error { return png.Encode(b, i) }
	return drawer{
		"city/icon.png":   draw(192, 192, asPNG),
		"city/wide.png":   draw(120, 60, asPNG),
		"city/logo.gif":   draw(88, 31, func(b *bytes.Buffer, i image.Image) error { return gif.Encode(b, i, nil) }),
		"city/photo.jpeg": draw(40, 30, func(b *bytes.Buffer, i image.Image) error { return jpeg.Encode(b, i, nil) }),
		"city/arms.svg":   []byte("<?xml version=\"1.0\"?>\n<!-- arms --><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>"),
		"city/page.svg":   []byte("<html><svg xmlns=\"http://www.w3.org/2000/svg\"/></html>"),
		"city/icon.ico":   {0, 0, 1, 0, 1, 0},
		"city/empty.png":  {},
		"city/large.png":  bytes.Repeat([]byte{0}, maxPictureBytes+1),
		"city/secret.png": nil,
		"/srv/icon.png":   draw(16, 16, asPNG),
	}
}

func TestTheSitesPictures(t *testing.T) {
	files := pictures(t)
	for _, tt := range []struct {
		key, given string
		want       feeds.Picture // without its body and the digest in its path
		fault      string
	}{
		{key: "icon", given: "icon.png", want: feeds.Picture{Path: "icon-.png", Type: "image/png", Width: 192, Height: 192}},
		{key: "icon", given: "/srv/icon.png", want: feeds.Picture{Path: "icon-.png", Type: "image/png", Width: 16, Height: 16}},
		{key: "icon", given: "arms.svg", want: feeds.Picture{Path: "icon-.svg", Type: "image/svg+xml"}},
		{key: "icon", given: "https://city.example/icon", want: feeds.Picture{URL: "https://city.example/icon"}},
		{key: "logo", given: "wide.png", want: feeds.Picture{Path: "logo-.png", Type: "image/png", Width: 120, Height: 60}},
		{key: "logo", given: "logo.gif", want: feeds.Picture{Path: "logo-.gif", Type: "image/gif", Width: 88, Height: 31}},
		{key: "logo", given: "photo.jpeg", want: feeds.Picture{Path: "logo-.jpg", Type: "image/jpeg", Width: 40, Height: 30}},

		{key: "icon", given: "none.png", fault: `city/kairan.yaml:3:9: site.icon "none.png" is not there; a path is relative to the file`},
		{key: "icon", given: "secret.png", fault: "can't be read; let this process read it"},
		{key: "icon", given: "wide.png", fault: "has 120 × 60 pixels, and an icon is square; cut it, or name it as site.logo"},
		{key: "icon", given: "icon.ico", fault: "is no picture that every browser shows; name a PNG"},
		{key: "logo", given: "page.svg", fault: "is no picture"},
		{key: "logo", given: "empty.png", fault: "is no picture"},
		{key: "logo", given: "large.png", fault: "has more than 1 MiB; make it smaller"},
		{key: "logo", given: "http://city.example/logo.png", fault: "pages show no picture by http; write its https address"},
		{key: "logo", given: "ftp://city.example/logo.png", fault: "not an http or https address"},
	} {
		c, err := Read("city/kairan.yaml", []byte(`site:
  {id: port, url: "https://news.example", title: Port,
  `+tt.key+`: "`+tt.given+`"}
publishers: [{key: port, time_zone: UTC, language: en}]
sources: [{id: news, publisher: port, kind: folder, path: notices}]
`), files).Check(nil)
		if tt.fault != "" {
			if err == nil || !strings.Contains(err.Error(), tt.fault) {
				t.Errorf("%s: %s: %v, want %q", tt.key, tt.given, err, tt.fault)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %s: %v", tt.key, tt.given, err)
			continue
		}
		got, other := c.Site.Icon, c.Site.Logo
		if tt.key == "logo" {
			got, other = other, got
		}
		if other.IsSet() {
			t.Errorf("%s: %s is also another picture", tt.key, tt.given)
		}
		if got.URL == "" {
			name := "city/" + tt.given
			if strings.HasPrefix(tt.given, "/") {
				name = tt.given
			}
			if !bytes.Equal(got.Body, files[name]) {
				t.Errorf("%s: %s: %d bytes of it are kept", tt.key, tt.given, len(got.Body))
			}
			first, rest, _ := strings.Cut(got.Path, "-")
			digest, extension, _ := strings.Cut(rest, ".")
			if len(digest) != 12 {
				t.Errorf("%s: %s: the path is %s", tt.key, tt.given, got.Path)
			}
			got.Path = first + "-." + extension
		}
		got.Body = nil
		if got.URL != tt.want.URL || got.Path != tt.want.Path || got.Type != tt.want.Type || got.Width != tt.want.Width || got.Height != tt.want.Height {
			t.Errorf("%s: %s: %+v, want %+v", tt.key, tt.given, got, tt.want)
		}
	}
	// Another content has another address, and without files there is no picture.
	read := func(files Files) (*Config, error) {
		return Read("city/kairan.yaml", []byte(`site: {id: port, url: "https://news.example", icon: icon.png}
publishers: [{key: port, time_zone: UTC, language: en}]
sources: [{id: news, publisher: port, kind: folder, path: notices}]
`), files).Check(nil)
	}
	before, err := read(files)
	files["city/icon.png"] = files["/srv/icon.png"]
	after, err2 := read(files)
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	if before.Site.Icon.Path == after.Site.Icon.Path {
		t.Error("another icon stands at the same address")
	}
	if _, err := read(nil); err == nil || !strings.Contains(err.Error(), "no file can be read here") {
		t.Errorf("without files: %v", err)
	}
}
