package web

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
)

// withMedia is a notice with a picture, sounds, films and texts of an episode, none of which
// stands in its text, but for what that loads itself.
func withMedia(publisher string) Notice {
	return Notice{Article: feeds.Article{
		Story: "media", Key: "media", Publisher: publisher, Source: "secure", Language: "en", Title: "The harbour in pictures", Summary: "What you can see and hear.",
		Content: `<p>See <img src="http://pictures.example/far.png" alt="A &#34;far&#34; picture"> and <a href="https://city.example/a"><img src="http://pictures.example/in.png" alt="a map"></a>` +
			` and <img src="http://city.example/near.png" alt="near"> and <img src="http://pictures.example/none.png" alt="">.</p>` +
			`<audio controls="controls" src="https://city.example/text.mp3"></audio><video controls="controls" poster="http://pictures.example/p.png"><source src="http://pictures.example/far.mp4">no film</video>`,
		Images: []feeds.Image{{URL: "http://CITY.example/lead.jpg", Alt: "The “old” harbour", Credit: "Photo: A. & B.", Width: 800, Height: 600}},
		Enclosures: []feeds.Enclosure{
			{URL: "https://city.example/7.mp3", Type: "audio/mpeg", Title: "Episode 7", Duration: 3723},
			{URL: "https://city.example/f.mp4", Type: "video/mp4"},
			{URL: "http://pictures.example/8.mp3", Type: "audio/mpeg", Title: "Far away"},
			{URL: "https://city.example/plan.pdf", Type: "application/pdf", Title: "Plan", Length: 1_234_567},
			{URL: "https://city.example/text.mp3", Type: "audio/mpeg", Title: "In the text"},
			{URL: "http://CITY.example/lead.jpg", Type: "image/jpeg", Title: "The picture as a file"},
		},
		Episode:   feeds.Episode{Transcripts: []feeds.Transcript{{URL: "https://city.example/7.vtt", Type: "text/vtt", Language: "ja"}}},
		Published: anyTime, FirstSeen: anyTime, Categories: []string{"culture"},
	}}
}

func bodyOf(t *testing.T, h http.Handler, path string) string {
	t.Helper()
	answer := get(h, path)
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s %v", path, answer.Status, err)
	}
	return string(body)
}

func TestMediaOfAnArticle(t *testing.T) {
	c := newCity(t)
	c.settings.Site.SecureHosts = feeds.SecureHosts([]feeds.Source{{ID: "secure", URL: "https://City.example/feed"}, {ID: "plain", URL: "http://pictures.example/feed"}, {ID: "folder", Path: "x"}})
	c.add(withMedia("sample-city"))
	h := c.public()
	page := bodyOf(t, h, "/en/n/"+c.slug("media", "en"))
	for _, want := range []string{
		`src="https://CITY.example/lead.jpg" alt="The “old” harbour" width="800" height="600" fetchpriority="high">`,
		`<figcaption>Photo: A. &amp; B.</figcaption>`,
		`<meta property="og:image" content="https://CITY.example/lead.jpg">`,
		`<a href="http://pictures.example/far.png">A &#34;far&#34; picture</a>`,
		`<a href="https://city.example/a">a map</a>`,
		`<img loading="lazy" decoding="async" src="https://city.example/near.png" alt="near">`,
		`<a href="http://pictures.example/none.png">Picture</a>`,
		`<audio preload="none" controls="controls" src="https://city.example/text.mp3"></audio><a href="http://pictures.example/far.mp4">far.mp4</a>`,
		`<audio controls preload="none" src="https://city.example/7.mp3"></audio>`,
		`<bdi lang="en">Episode 7</bdi></a> <span class="duration" dir="ltr">1:02:03</span>`,
		`<video controls preload="none" src="https://city.example/f.mp4" poster="https://CITY.example/lead.jpg"></video>`, `<bdi lang="en">f.mp4</bdi>`,
		`<a href="http://pictures.example/8.mp3" type="audio/mpeg">`, `<a href="https://city.example/plan.pdf" type="application/pdf"><bdi lang="en">Plan</bdi></a> <small>PDF, 1.2 MB</small>`, `<a href="https://city.example/text.mp3" type="audio/mpeg">`,
		`<a href="https://city.example/7.vtt" type="text/vtt" hreflang="ja">Transcript (<bdi lang="ja" dir="ltr">日本語</bdi>)</a>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("there is no %s", want)
		}
	}
	for _, unwanted := range []string{`src="http:`, `poster="http:`, "as a file", "no film"} {
		if strings.Contains(page, unwanted) {
			t.Errorf("there is %s", unwanted)
		}
	}
	if t.Failed() {
		t.Log(page)
	}
	if list := bodyOf(t, h, "/en/culture"); !strings.Contains(list, `<img class="thumb" src="https://CITY.example/lead.jpg" alt="The “old” harbour" lang="en" width="180" height="120" loading="lazy" decoding="async">`) {
		t.Errorf("the card has no picture:\n%s", list)
	}
	if policy := get(h, "/en/").Header.Get("Content-Security-Policy"); !strings.Contains(policy, "media-src 'self' https:;") {
		t.Errorf("nothing may be played: %s", policy)
	}
}

// A picture of a host that is not known to answer by https is linked, and on no card.
func TestPictureThatCanOnlyBeLinked(t *testing.T) {
	c := newCity(t)
	n := withMedia("sample-city")
	n.Article.Enclosures = nil
	c.add(n)
	h := c.public()
	if page := bodyOf(t, h, "/en/n/"+c.slug("media", "en")); !strings.Contains(page, `<a href="http://CITY.example/lead.jpg">The “old” harbour</a>`) || strings.Contains(page, `src="http:`) {
		t.Errorf("the picture is not linked:\n%s", page)
	}
	if list := bodyOf(t, h, "/en/culture"); strings.Contains(list, `class="thumb"`) {
		t.Error("there is a picture on its card")
	}
}

// Where the licence allows no full text, no picture and no file is shown.
func TestMediaThatMayNotBeShown(t *testing.T) {
	c := newCity(t)
	c.add(withMedia("riyadh"))
	page := bodyOf(t, c.public(), "/en/n/"+c.slug("media", "en"))
	for _, unwanted := range []string{"lead.jpg", "7.mp3", "f.mp4", "7.vtt", "<audio", "og:image"} {
		if strings.Contains(page, unwanted) {
			t.Errorf("there is %s", unwanted)
		}
	}
}

func TestPlayedAs(t *testing.T) {
	for e, want := range map[feeds.Enclosure]string{
		{URL: "https://a.example/1", Type: "audio/mpeg"}:                         "audio",
		{URL: "https://a.example/1", Type: "video/mp4"}:                          "video",
		{URL: "https://a.example/1.mp3?x=1"}:                                     "audio",
		{URL: "https://a.example/1.webm", Type: "application/octet-stream"}:      "video",
		{URL: "https://a.example/1.wmv", Type: "video/x-ms-wmv"}:                 "",
		{URL: "https://a.example/1.pdf", Type: "application/pdf"}:                "",
		{URL: "https://a.example/1", Type: "application/octet-stream"}:           "",
		{URL: "https://a.example/1.m3u8", Type: "application/vnd.apple.mpegurl"}: "",
	} {
		if got := playedAs(e); got != want {
			t.Errorf("%+v is played as %q, want %q", e, got, want)
		}
	}
	for seconds, want := range map[int]string{0: "", -1: "", 5: "0:05", 754: "12:34", 3723: "1:02:03"} {
		if got := clock(seconds); got != want {
			t.Errorf("%d seconds are %q, want %q", seconds, got, want)
		}
	}
}

// A host that was seen to answer by https is trusted with everybody's pictures, and with no
// others' on another port.
func TestPicturesOfHostsThatAnswerByHTTPS(t *testing.T) {
	c := newCity(t)
	c.settings.Site.SeenSecure = map[string]bool{"pictures.example": true}
	c.add(withMedia("sample-city"))
	page := bodyOf(t, c.public(), "/en/n/"+c.slug("media", "en"))
	for _, want := range []string{
		`src="https://pictures.example/far.png" alt="A &#34;far&#34; picture">`,
		`<source src="https://pictures.example/far.mp4">`,
		`<a href="http://city.example/near.png">near</a>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("there is no %s in\n%s", want, page)
		}
	}
}

// A reader who has the site at another address than the configured one sees its pictures, too;
// others are told where they are.
func TestOwnFilesAreLoadedFromWhereThePageIs(t *testing.T) {
	c := newCity(t)
	c.settings.Site.BaseURL += "/p"
	c.add(pictured(c.settings.Site.BaseURL))
	page := bodyOf(t, c.public(), "/p/en/n/"+c.slug("media", "en"))
	for _, want := range []string{
		`<img src="/p` + aPicture + `" alt="The “old” harbour"`,
		`<meta property="og:image" content="https://news.city.example/p` + aPicture + `">`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("there is no %s in\n%s", want, page)
		}
	}
}
