package main

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/internal/browsertest"
	"github.com/kairan-news/kairan/internal/builtin"
	"github.com/kairan-news/kairan/internal/config"
	"github.com/kairan-news/kairan/locales"
)

// mostPictureBytes is what a picture in docs/images may take.
const mostPictureBytes = 120 << 10

// The pictures of the public pages in docs/images are made by "make screenshots", of the
// built-in site with its sample notices at an address as a city would have.
func TestScreenshots(t *testing.T) {
	folder := os.Getenv("KAIRAN_DOCS_IMAGES")
	if folder == "" {
		t.Skip("KAIRAN_DOCS_IMAGES names no folder for pictures of the pages")
	}
	p := start(t, "serve", "--config", asACityHasIt(t), "--offline", "--data", t.TempDir())
	b := browsertest.Open(t)
	for locale, word := range map[string]string{"ja": "市民", "ar": "المدينة", "en": "city"} {
		at := p.site + "/" + locale
		for _, topic := range config.DefaultCategories() {
			p.await(at+"/"+topic.Term+".json", "filled", holds("date_modified"))
		}
		p.await(at+"/from/sample-city.json", "filled", holds("date_modified"))
		p.await(at+"/search?q="+url.QueryEscape(word), "with finds", holds("<mark>"))
		for width, height := range map[int64]int64{1280: 900, 390: 844} {
			b := b.Tab(t)
			b.Size(width, height)
			picture := func(name string) {
				b.Until(`[...document.images].every(i => i.naturalWidth > 0 || i.getBoundingClientRect().top > innerHeight)`)
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
			b.Visit(at + "/from/sample-city")
			picture("channel")
			b.Follow(fmt.Sprintf("main .notice h3[lang=%q] a", locale))
			picture("article")
			b.Visit(at + "/search?q=" + url.QueryEscape(word))
			picture("search")
		}
	}
}

// asACityHasIt writes the built-in configuration with an address of its own, and returns where
// it is. Its title is said, since that of the messages is the built-in site's alone.
func asACityHasIt(t *testing.T) string {
	t.Helper()
	bundle, err := locales.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	own := "  url: https://news.tokyo.example\n"
	for key, id := range map[string]string{"title": "site.title", "tagline": "site.tagline"} {
		own += "  " + key + ":\n"
		for _, tag := range []string{"en", "ja", "ar"} {
			own += fmt.Sprintf("    %s: %q\n", tag, bundle.Localizer(tag).Text(id, nil))
		}
	}
	text := strings.Replace(string(builtin.Config()), "  url: http://localhost:8080\n", own, 1)
	file := filepath.Join(t.TempDir(), "kairan.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
