package main

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/kairan-news/kairan/internal/browsertest"
)

// mostPictureBytes is what a picture in docs/images may take.
const mostPictureBytes = 120 << 10

// The pictures of the public pages in docs/images are made by "make screenshots", of the
// built-in site with its sample notices.
func TestScreenshots(t *testing.T) {
	folder := os.Getenv("KAIRAN_DOCS_IMAGES")
	if folder == "" {
		t.Skip("KAIRAN_DOCS_IMAGES names no folder for pictures of the pages")
	}
	p := start(t, "serve", "--offline", "--data", t.TempDir())
	b := browsertest.Open(t)
	for locale, word := range map[string]string{"ja": "祭", "ar": "المدينة", "en": "festival"} {
		at := p.site + "/" + locale
		p.await(at+"/all.json", "filled", holds("date_modified"))
		p.await(at+"/culture.json", "filled", holds("date_modified"))
		for _, width := range []int64{1280, 390} {
			b := b.Tab(t)
			b.Size(width, map[int64]int64{1280: 900, 390: 844}[width])
			picture := func(name string) {
				b.Until(`[...document.images].every(i => i.complete || i.getBoundingClientRect().top > innerHeight)`)
				if complaints := b.Complaints(); len(complaints) > 0 {
					t.Errorf("%s in %s: the browser complains: %q", name, locale, complaints)
				}
				file := filepath.Join(folder, fmt.Sprintf("%s-%s-%d.png", name, locale, width))
				b.Picture(file)
				if info, err := os.Stat(file); err != nil || info.Size() > mostPictureBytes {
					t.Errorf("%s takes %d bytes; want %d at most (%v)", file, info.Size(), mostPictureBytes, err)
				}
			}
			b.Visit(at + "/")
			picture("home")
			b.Visit(at + "/culture")
			picture("channel")
			b.Follow("main .notice h3 a")
			picture("article")
			b.Visit(at + "/search?q=" + url.QueryEscape(word))
			picture("search")
		}
	}
}
