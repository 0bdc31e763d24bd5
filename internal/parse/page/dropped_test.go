package page

import (
	"maps"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
)

// What stands beside a notice is none of it; a drawing in it is, and so is what its text loses.
func TestWhatGoesOfAPageIsCounted(t *testing.T) {
	const text = `<p>The harbour bridge is closed to cars until Friday, since its railing is being painted again.</p><p>Buses go by way of the quay, every ten minutes.</p>`
	for _, test := range []struct {
		body   string
		want   feeds.Dropped
		remark string
	}{
		{`<main><h1>Bridge</h1>` + text + `<p><svg viewBox="0 0 640 480"><path d="M0 0h9"/></svg></p></main>`, feeds.Dropped{feeds.DroppedDrawing: 1}, "a drawing in the text"},
		{`<main><svg viewBox="0 0 640 480"><path d="M0 0h9"/></svg><h1>Bridge</h1>` + text + `<p><svg viewBox="0 0 24 24"><path d="M0 0h9"/></svg> Call us</p></main>`, nil, "a mark before the heading, and an icon"},
		{`<main><h1>Bridge</h1>` + text + `<canvas id="chart"></canvas></main>`, feeds.Dropped{feeds.DroppedCanvas: 1}, "a chart"},
		{`<main><h1>Bridge</h1>` + text + `<form role="search"><input name="q"><button>Search</button></form></main>`, nil, "a form beside the text"},
		{`<main><h1>Bridge</h1>` + text + `<p><img alt="The railing"></p></main>`, feeds.Dropped{feeds.DroppedPicture: 1}, "a picture without an address"},
	} {
		a, err := ParseArticle([]byte("<!DOCTYPE html><title>Bridge</title><body>"+test.body), parse.Options{BaseURL: "https://city.example/bridge"}, feeds.Selectors{})
		if err != nil || !maps.Equal(a.Article.Dropped, test.want) {
			t.Errorf("%s: dropped %v, %v; want %v\n%s", test.remark, a.Article.Dropped, err, test.want, a.Article.Content)
		}
	}
}
