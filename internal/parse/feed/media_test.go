package feed

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
)

// one parses a document of one entry.
func one(t *testing.T, document string) feeds.Article {
	t.Helper()
	feed, err := Parse([]byte(document), parse.Options{BaseURL: "https://city.example/feed"})
	if err != nil {
		t.Fatal(err)
	}
	if len(feed.Articles) != 1 {
		t.Fatalf("%d articles of %s", len(feed.Articles), document)
	}
	return feed.Articles[0]
}

func TestPictures(t *testing.T) {
	const fire = "https://city.example/fire.jpg"
	tests := []struct {
		remark, document string
		want             []feeds.Image
	}{
		{"a file with its own description and credit", rssOf(`<title>A</title><media:content url="` + fire + `" medium="image" width="800" height="600">
			<media:title>IMG_1</media:title><media:description>Smoke over the market</media:description><media:credit role="photographer">A. Ito</media:credit></media:content>`),
			[]feeds.Image{{URL: fire, Alt: "Smoke over the market", Credit: "A. Ito", Width: 800, Height: 600}}},
		{"a title where there is no description", rssOf(`<title>A</title><media:content url="` + fire + `" medium="image"><media:title type="plain">Smoke</media:title></media:content>`),
			[]feeds.Image{{URL: fire, Alt: "Smoke"}}},
		{"what a group says", rssOf(`<title>A</title><description>A fire.</description><media:group><media:content url="` + fire + `" type="image/jpeg"/><media:description>Smoke</media:description><media:credit>B</media:credit></media:group>`),
			[]feeds.Image{{URL: fire, Type: "image/jpeg", Alt: "Smoke", Credit: "B"}}},
		{"a thumbnail alone", rssOf(`<title>A</title><media:thumbnail url="/t.png" width="90" height="60"/>`),
			[]feeds.Image{{URL: "https://city.example/t.png", Width: 90, Height: 60}}},
		{"an enclosure that Media RSS describes", rssOf(`<title>A</title><enclosure url="` + fire + `" type="image/jpeg" length="1"/><media:content url="` + fire + `" width="640" height="480"><media:description>Smoke</media:description><media:credit>C</media:credit></media:content>`),
			[]feeds.Image{{URL: fire, Type: "image/jpeg", Alt: "Smoke", Credit: "C", Width: 640, Height: 480}}},
		{"an episode's", rssOf(`<title>A</title><itunes:image href="` + fire + `"/>`), []feeds.Image{{URL: fire}}},
		{"the entry's summary is no picture's text", rssOf(`<title>A</title><media:description>What happened at the market</media:description><media:content url="` + fire + `" medium="image"/>`),
			[]feeds.Image{{URL: fire}}},
		{"the description of a film", atomOf(`<id>i</id><title>A</title><media:group><media:title>The film</media:title><media:thumbnail url="` + fire + `" width="480" height="360"/><media:description>` + strings.Repeat("Subscribe! ", 60) + `</media:description></media:group>`),
			[]feeds.Image{{URL: fire, Alt: "The film", Width: 480, Height: 360}}},
		{"JSON's banner behind its image", `{"version":"https://jsonfeed.org/version/1.1","title":"C","items":[{"id":"1","title":"A","content_text":"x","image":"` + fire + `","banner_image":"/b.jpg"}]}`,
			[]feeds.Image{{URL: fire}, {URL: "https://city.example/b.jpg"}}},
		{"scripts and huge numbers", rssOf(`<title>A</title><media:content url="javascript:alert(1)" medium="image"/><media:thumbnail url="data:image/png;base64,AAAA"/><media:content url="` + fire + `" medium="image" width="99999999999999999999" height="-5"><media:credit>&lt;script&gt;x&lt;/script&gt;&lt;b&gt;D&lt;/b&gt;</media:credit></media:content><itunes:image href="vbscript:x"/>`),
			[]feeds.Image{{URL: fire, Credit: "D"}}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, one(t, tt.document).Images); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.remark, diff)
		}
	}
}

func TestEpisodes(t *testing.T) {
	const podcast = ` xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"`
	said := `<title>A</title><itunes:duration>1:02:03</itunes:duration><itunes:explicit>clean</itunes:explicit><itunes:episodeType>Bonus</itunes:episodeType>
		<itunes:season>2</itunes:season><itunes:episode>7</itunes:episode>
		<podcast:transcript url="/7.vtt" type="text/vtt" language="EN-us" rel="captions"/><podcast:transcript url="javascript:x" type="text/vtt"/><podcast:transcript url="/7.txt"/>`
	want := feeds.Episode{Season: 2, Number: 7, Type: "bonus", Explicit: "false",
		Transcripts: []feeds.Transcript{{URL: "https://city.example/7.vtt", Type: "text/vtt", Language: "en", Captions: true}}}
	for name, document := range map[string]string{
		"RSS":  strings.Replace(rssOf(said+`<enclosure url="/plan.pdf" type="application/pdf" length="1"/><enclosure url="/7.mp3" type="audio/mpeg" length="9"/>`), "<rss", "<rss"+podcast[:strings.Index(podcast, " xmlns:itunes")], 1),
		"Atom": strings.Replace(atomOf("<id>i</id>"+said+`<link rel="enclosure" href="/plan.pdf" type="application/pdf"/><link rel="enclosure" href="/7.mp3" type="audio/mpeg" length="9"/>`), "<feed", "<feed"+podcast, 1),
	} {
		a := one(t, document)
		if diff := cmp.Diff(want, a.Episode); diff != "" {
			t.Errorf("%s: the episode (-want +got):\n%s", name, diff)
		}
		if len(a.Enclosures) != 2 || a.Enclosures[0].Duration != 0 || a.Enclosures[1].Duration != 3723 {
			t.Errorf("%s: the files are %+v", name, a.Enclosures)
		}
	}
	a := one(t, `{"version":"https://jsonfeed.org/version/1.1","title":"C","items":[{"id":"1","title":"A","content_text":"x","attachments":[{"url":"/7.mp3","mime_type":"audio/mpeg","duration_in_seconds":754},{"url":"/8.mp3","mime_type":"audio/mpeg","duration_in_seconds":-1}]}]}`)
	if len(a.Enclosures) != 2 || a.Enclosures[0].Duration != 754 || a.Enclosures[1].Duration != 0 {
		t.Errorf("JSON: the files are %+v", a.Enclosures)
	}
	a = one(t, rssOf(`<title>A</title><itunes:season>99999999999999999999</itunes:season><itunes:episode>-1</itunes:episode><itunes:explicit>perhaps</itunes:explicit><itunes:episodeType>x</itunes:episodeType>`))
	if !a.Episode.IsZero() {
		t.Errorf("of what is none it reads %+v", a.Episode)
	}
}

func TestDuration(t *testing.T) {
	for s, want := range map[string]int{
		"3723": 3723, "3723.6": 3724, "62:03": 3723, "1:02:03": 3723, " 01:02:03 ": 3723, "0:30": 30,
		"": 0, "0": 0, "-5": 0, "1:2:3:4": 0, "1:75": 0, "1h 2m": 0, "NaN": 0, "1e9": 0, ":": 0, "999999999999": 0,
	} {
		if got := durationOf(s); got != want {
			t.Errorf("%q plays %d seconds, want %d", s, got, want)
		}
	}
}
