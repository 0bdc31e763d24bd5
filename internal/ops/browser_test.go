package ops

import (
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/browsertest"
)

// manyOperations are those of a service with a thousand sources.
func manyOperations() *operations {
	o := someOperations()
	for i := range 995 {
		s := o.sources[0]
		s.Source.ID, s.Source.Publisher = fmt.Sprintf("city-%03d-notices", i), fmt.Sprintf("city-%d", i/4)
		s.Publisher, s.Host = fmt.Sprintf("City No. %d", i/4), fmt.Sprintf("city-%d.example:443", i/4)
		s.Due, s.New = anyTime.Add(time.Duration(i)*time.Second), anyTime.Add(-time.Duration(i)*time.Minute)
		switch i % 97 {
		case 13:
			s.State, s.Failures, s.Last = SourceFailing, 2, o.sources[1].Last
		case 51:
			s.State = SourcePartial
		}
		o.sources = append(o.sources, s)
	}
	return o
}

// served serves pages for a browser, and ends what is live when the test ends.
func served(t *testing.T, o *operations, more func(*Config)) string {
	ending := make(chan struct{})
	server := httptest.NewServer(o.handler(func(c *Config) {
		if c.Ending = ending; more != nil {
			more(c)
		}
	}))
	t.Cleanup(func() {
		close(ending)
		server.CloseClientConnections()
		server.Close()
	})
	return server.URL
}

// What an operator's browser makes of each page, on a phone and on a desk, in the light and in
// the dark, with few sources and with many. KAIRAN_SCREENSHOTS names a folder for pictures.
// With -short some are seen in a phone's window alone.
func TestInBrowser(t *testing.T) {
	few := served(t, someOperations(), func(c *Config) { c.Actor = &acting{may: true} })
	if testing.Short() {
		seeAll(t, "phone", few, []string{"/", "/source/tomsk", "/configuration"}, 360, false)
		return
	}
	many := served(t, manyOperations(), nil)
	seeAll(t, "phone", few, append(slices.Clone(allPages), "/source/tomsk"), 360, false)
	seeAll(t, "desk, dark", few, allPages, 1280, true)
	seeAll(t, "phone, dark, many", many, allPages, 360, true)
	seeAll(t, "desk, many", many, allPages, 1280, false)
}

func seeAll(t *testing.T, how, site string, paths []string, width int64, dark bool) {
	b := browsertest.Open(t)
	b.Size(width, 800)
	b.Dark(dark)
	pictures := os.Getenv("KAIRAN_SCREENSHOTS")
	for _, path := range paths {
		b.Visit(site + path)
		var seen struct{ Width, Overflow int }
		b.Eval(`({width: innerWidth, overflow: document.documentElement.scrollWidth})`, &seen)
		if seen.Width != int(width) || seen.Overflow > seen.Width {
			t.Errorf("%s, %s: the page is %d px wide in a window of %d px", how, path, seen.Overflow, seen.Width)
		}
		if barriers := b.Barriers(); len(barriers) > 0 {
			t.Errorf("%s, %s: barriers:\n%s", how, path, strings.Join(barriers, "\n"))
		}
		if complaints := b.Complaints(); len(complaints) > 0 {
			t.Errorf("%s, %s: the browser complains:\n%s", how, path, strings.Join(complaints, "\n"))
		}
		if pictures != "" {
			b.Screenshot(filepath.Join(pictures, strings.ReplaceAll(how+path, "/", "-")+".png"))
		}
	}
}

// Whoever has a keyboard alone reaches the content at once, and sees where they are.
func TestByKeyboard(t *testing.T) {
	b := browsertest.Open(t)
	server := served(t, someOperations(), nil)
	b.Size(1280, 800)
	b.Visit(server + "/sources")
	at := func() (text string) {
		b.Eval(`document.activeElement.textContent.trim()`, &text)
		return text
	}
	b.Press("\t")
	if got := at(); got != "Skip to the content" {
		t.Fatalf("first comes %q", got)
	}
	b.Press("\r")
	b.Press("\t")
	var seen struct {
		Inside  bool
		Outline float64
		Place   string
	}
	b.Eval(`(e => ({inside: document.querySelector('main').contains(e), outline: parseFloat(getComputedStyle(e).outlineWidth), place: e.outerHTML.slice(0, 80)}))(document.activeElement)`, &seen)
	if !seen.Inside || seen.Outline < 2 {
		t.Errorf("the next is %s, with a frame of %v px", seen.Place, seen.Outline)
	}
}

// An operator pauses a source with a reason, and comes back to its page.
func TestAnActionInBrowser(t *testing.T) {
	b := browsertest.Open(t)
	a := &acting{may: true}
	server := served(t, someOperations(), func(c *Config) { c.Actor = a })
	b.Visit(server + "/source/tokyo")
	var ignored any
	b.Eval(`(() => { const ask = document.querySelector('.ask'); ask.querySelector('summary').click(); ask.querySelector('input[name=reason]').focus(); return true })()`, &ignored)
	b.Press("they move\r")
	b.Until(`document.querySelector('.notice') !== null`)
	if want := []Action{{Name: "pause", Subject: "tokyo", Reason: "they move", For: "24h"}}; !slices.Equal(a.asked, want) {
		t.Errorf("asked for was %+v", a.asked)
	}
	b.Eval(`(document.querySelector('main a').click(), true)`, &ignored)
	b.Until(`document.querySelector('h1').textContent === 'tokyo'`)
	if complaints := b.Complaints(); len(complaints) > 0 {
		t.Errorf("the browser complains:\n%s", strings.Join(complaints, "\n"))
	}
}

// A page that is open shows what has changed, without being loaded again.
func TestLiveInBrowser(t *testing.T) {
	b := browsertest.Open(t)
	o := someOperations()
	now := anyTime
	changed := make(chan struct{})
	server := served(t, o, func(c *Config) {
		c.Now = func() time.Time {
			select {
			case <-changed:
				return now.Add(time.Minute)
			default:
				return now
			}
		}
	})
	b.Visit(server + "/")
	b.Until(`document.getElementById('live').textContent === 'live'`)
	var ignored any
	b.Eval(`(window.same = true)`, &ignored)
	close(changed) // the processes have not been heard of for a minute
	b.Until(`document.querySelector('footer time').textContent === '2026-11-02T01:31:00Z'`)
	b.Eval(`window.same`, &ignored)
	if ignored != true {
		t.Error("the page was loaded again")
	}
	if complaints := b.Complaints(); len(complaints) > 0 {
		t.Errorf("the browser complains:\n%s", strings.Join(complaints, "\n"))
	}
}

// The pictures in docs/images are made by "make screenshots".
func TestScreenshots(t *testing.T) {
	folder := os.Getenv("KAIRAN_DOCS_IMAGES")
	if folder == "" {
		t.Skip("KAIRAN_DOCS_IMAGES names no folder for pictures of the pages")
	}
	b := browsertest.Open(t)
	server := served(t, someOperations(), func(c *Config) { c.Actor = &acting{may: true} })
	for _, picture := range []struct{ name, path string }{{"ops-overview", "/"}, {"ops-source", "/source/beijing"}} {
		for _, width := range []int64{1280, 390} {
			b.Size(width, 844)
			b.Visit(server + picture.path)
			b.Until(`document.getElementById('live').textContent === 'live'`)
			b.Picture(filepath.Join(folder, fmt.Sprintf("%s-%d.png", picture.name, width)))
		}
	}
}
