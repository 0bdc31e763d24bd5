package feeds_test

import (
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/check"
	"github.com/kairan-news/kairan/feeds/internal/sample"
)

func TestShowsPicture(t *testing.T) {
	tests := []struct {
		lead, shown string
		want        bool
		remark      string
	}{
		{"https://a.example/p/fire.jpg", "https://a.example/p/fire.jpg", true, "the same address"},
		{"https://a.example/p/fire.jpg", "http://www.a.example/p/fire.jpg", true, "another scheme"},
		{"https://a.example/p/fire.jpg?w=600&amp;h=400", "https://a.example/p/fire.jpg?w=1200", true, "a size in the query"},
		{"https://a.example/2024/05/fire-300x200.jpg", "https://a.example/2024/05/fire.jpg", true, "WordPress's variants"},
		{"https://a.example/2024/05/fire-scaled.jpg", "https://a.example/2024/05/fire-1024x768.jpg.webp", true, "WordPress's variants, converted"},
		{"https://i0.wp.com/a.example/2024/05/fire.jpg?fit=600%2C400&amp;ssl=1", "https://a.example/2024/05/fire.jpg", true, "WordPress's service"},
		{"https://b.example/img/s72-c/fire.jpg", "https://b.example/img/s320/fire.jpg", true, "Blogger's folders"},
		{"https://res.example/image/upload/w_300,h_200,c_fill/fire.jpg", "https://res.example/image/upload/fire.jpg", true, "a service's folder"},
		{"https://a.example/_next/image?url=%2Fp%2Ffire.jpg&amp;w=640&amp;q=75", "https://a.example/p/fire.jpg", true, "an address in the query"},
		{"https://i.ytimg.com/vi/aqz-KE-bpKQ/maxresdefault.jpg", "https://i.ytimg.com/vi/aqz-KE-bpKQ/hqdefault.jpg", true, "a film's"},
		{"https://i.ytimg.com/vi/aqz-KE-bpKQ/hqdefault.jpg", "https://i.ytimg.com/vi/aqz-KE-bpKR/hqdefault.jpg", false, "another film's"},
		{"https://a.example/p/fire.jpg", "https://a.example/p/flood.jpg", false, "another name"},
		{"https://a.example/2024/05/1.jpg", "https://a.example/2024/06/1.jpg", false, "the first of another month"},
		{"https://a.example/p/fire-2.jpg", "https://a.example/p/fire-1.jpg", false, "the next one"},
		{"https://a.example/image.php?id=1", "https://a.example/image.php?id=2", false, "which one stands in the query"},
		{"https://a.example/image.php?id=1&amp;w=200", "https://a.example/image.php?id=1", true, "which one, and its size"},
		{"https://a.example/large.jpg", "https://a.example/small.jpg", false, "names that are sizes alone"},
		{"https://a.example/%zz", "https://a.example/%zz", true, "no address"},
	}
	for _, tt := range tests {
		content := `<p>Before.</p><figure><img alt="x" src="` + tt.shown + `" width="1"></figure>`
		if got := feeds.ShowsPicture(content, strings.ReplaceAll(tt.lead, "&amp;", "&")); got != tt.want {
			t.Errorf("%s: %s beside %s: %v", tt.remark, tt.lead, tt.shown, got)
		}
	}
	if feeds.ShowsPicture(`<p>src="https://a.example/1.jpg</p>`, "https://a.example/1.jpg") {
		t.Error("a text is taken for a picture")
	}
	if !feeds.ShowsPicture(`<video controls="controls" poster="https://a.example/1.jpg"></video>`, "https://a.example/1.jpg") {
		t.Error("a film's picture is not seen")
	}
}

func TestLead(t *testing.T) {
	tests := []struct {
		remark string
		images []feeds.Image
		want   string
	}{
		{"none", nil, ""},
		{"the first", []feeds.Image{{URL: "https://a.example/1.jpg"}, {URL: "https://a.example/2.jpg", Width: 900}}, "https://a.example/1.jpg"},
		{"not an author's portrait", []feeds.Image{{URL: "https://0.gravatar.com/avatar/x?s=96"}, {URL: "https://a.example/2.jpg"}}, "https://a.example/2.jpg"},
		{"no icon", []feeds.Image{{URL: "https://a.example/i.png", Width: 32, Height: 32}}, ""},
		{"the widest variant", []feeds.Image{{URL: "https://a.example/1.jpg?w=140", Width: 140}, {URL: "https://a.example/1.jpg?w=700", Width: 700}, {URL: "https://a.example/2.jpg", Width: 1000}}, "https://a.example/1.jpg?w=700"},
		{"no poster", []feeds.Image{{URL: "https://a.example/1.jpg?w=140", Width: 140}, {URL: "https://a.example/1.jpg?w=9000", Width: 9000}}, "https://a.example/1.jpg?w=140"},
	}
	for _, tt := range tests {
		a := feeds.Article{Images: tt.images}
		if got, ok := a.Lead(); got.URL != tt.want || ok != (tt.want != "") {
			t.Errorf("%s: %q, %v", tt.remark, got.URL, ok)
		}
	}
	a := feeds.Article{Images: []feeds.Image{{URL: "https://a.example/1.jpg?w=140", Width: 140, Alt: "Fire", Credit: "A. B."}, {URL: "https://a.example/1.jpg?w=700", Width: 700}}}
	if got, _ := a.Lead(); got.Alt != "Fire" || got.Credit != "A. B." {
		t.Errorf("a wider variant lost its words: %+v", got)
	}
}

// A lead picture stands in the content once, and in the words of each format.
func TestLeadPicture(t *testing.T) {
	f := sample.Feed()
	f.Entries = f.Entries[:1]
	shown := func(content string) map[feeds.Format]string {
		f.Entries[0].Article.Content = content
		documents := map[feeds.Format]string{}
		for _, format := range feeds.Formats() {
			document := sample.Render(t, f, format)
			if err := check.Document(format, document); err != nil {
				t.Errorf("%s: %v", format, err)
			}
			documents[format] = string(document)
		}
		return documents
	}
	for format, document := range shown("<p>No picture.</p>") {
		if n := strings.Count(document, "<figure>"); n != 1 {
			t.Errorf("%s: %d pictures before the text", format, n)
		}
	}
	for format, document := range shown(`<p><img src="https://city.example/1-300x200.jpg" alt=""></p>`) {
		if strings.Contains(document, "<figure>") {
			t.Errorf("%s: the picture stands there twice", format)
		}
		said := `<media:thumbnail url="https://city.example/1.jpg" width="640" height="480"/>`
		if format == feeds.JSONFeed {
			said = `"image": "https://city.example/1.jpg"`
		}
		if !strings.Contains(document, said) {
			t.Errorf("%s: there is no %s", format, said)
		}
	}
}

// What plays first says how long, in each format, and a picture that Apple doesn't know is
// no episode's.
func TestEpisode(t *testing.T) {
	f := sample.Feed()
	f.Entries = f.Entries[:1]
	a := &f.Entries[0].Article
	a.Enclosures = []feeds.Enclosure{{URL: "https://city.example/1.mp3", Type: "audio/mpeg", Length: 5, Duration: 3723}}
	a.Images = []feeds.Image{{URL: "https://city.example/1.webp"}}
	for format, said := range map[feeds.Format]string{
		feeds.RSS: "<itunes:duration>3723</itunes:duration>", feeds.Atom: "<itunes:duration>3723</itunes:duration>", feeds.JSONFeed: `"duration_in_seconds": 3723`,
	} {
		document := sample.Render(t, f, format)
		if err := check.Document(format, document); err != nil {
			t.Errorf("%s: %v", format, err)
		}
		if !strings.Contains(string(document), said) {
			t.Errorf("%s: there is no %s", format, said)
		}
		if strings.Contains(string(document), "itunes:image") {
			t.Errorf("%s: a WebP is an episode's picture", format)
		}
	}
}
