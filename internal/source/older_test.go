package source_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/source"
)

// What is older is asked of a real server as the feed is, but without validators.
func TestOlderPartsOfAFeed(t *testing.T) {
	var asked []*http.Request
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"version":"https://jsonfeed.org/version/1.1","title":"Other","items":[]}`)
	}))
	t.Cleanup(elsewhere.Close)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r)
		item := func(n int) string {
			return fmt.Sprintf(`<item><title>Ferry %d</title><guid>f%d</guid></item>`, n, n)
		}
		switch r.URL.RequestURI() {
		case "/feed/?paged=2":
			fmt.Fprintf(w, `<rss version="2.0"><channel><title>Port</title><generator>https://wordpress.org/?v=6.5</generator>%s</channel></rss>`, item(2))
		case "/feed/?paged=3":
			fmt.Fprintf(w, `<feed xmlns="http://www.w3.org/2005/Atom"><title>Port</title><link rel="next" href="?paged=3"/><entry><title>Ferry 3</title><id>f3</id></entry></feed>`)
		case "/feed/?paged=4":
			fmt.Fprintf(w, `{"version":"https://jsonfeed.org/version/1.1","title":"Port","next_url":"%s/5","items":[{"id":"f4","title":"Ferry 4"}]}`, elsewhere.URL)
		case "/feed/?paged=5":
			http.Redirect(w, r, elsewhere.URL, http.StatusFound)
		case "/feed/?paged=6":
			fmt.Fprint(w, `<!doctype html><html><body>No feed</body></html>`)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	c := &source.Collector{Client: fetch.New(fetch.Config{}), Secret: func(string) (string, error) { return "sesame", nil }}
	in := source.Input{Source: feeds.Source{ID: "port", Kind: feeds.KindFeed, URL: server.URL + "/feed/", AllowPrivate: true,
		Credentials: feeds.Credentials{Bearer: "TOKEN"}}, State: source.State{ETag: `"1"`, LastModified: "x", Digest: "y"}}
	for _, test := range []struct {
		page  int
		title string // "" where it can't be had
		next  string
	}{
		{2, "Ferry 2", "/feed/?paged=3"},
		{3, "Ferry 3", ""}, // it names itself
		{4, "Ferry 4", ""}, // another host
		{5, "", ""},
		{6, "", ""},
		{7, "", ""},
	} {
		got, err := c.Older(t.Context(), in, fmt.Sprintf("%s/feed/?paged=%d", server.URL, test.page))
		switch {
		case test.title == "":
			if err == nil {
				t.Errorf("page %d brings %+v", test.page, got)
			}
		case err != nil:
			t.Errorf("page %d: %v", test.page, err)
		case len(got.Articles) != 1 || got.Articles[0].Title != test.title || strings.TrimPrefix(got.Next, server.URL) != test.next:
			t.Errorf("page %d brings %+v and goes on at %q", test.page, got.Articles, got.Next)
		}
	}
	for _, r := range asked {
		if r.Header.Get("If-None-Match")+r.Header.Get("If-Modified-Since") != "" || r.Header.Get("Authorization") != "Bearer sesame" {
			t.Errorf("%s is asked with %v", r.URL, r.Header)
		}
	}
}
