package feed

import (
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
)

// Values of other types than JSON Feed has them are what they must have been meant to be.
func TestJSONInOtherTypes(t *testing.T) {
	document := func(items string) string {
		return `{"version":"https://jsonfeed.org/version/1.1","title":"T","items":` + items + `}`
	}
	item := func(member string) string {
		return document(`[{"id":"1","url":"https://town.example/1","title":"Fair",` + member + `}]`)
	}
	for _, test := range []struct {
		says, document string
		want           func(a feeds.Article) bool
	}{
		{"a file that is an address", item(`"attachments":["https://town.example/1.pdf"]`), func(a feeds.Article) bool {
			return len(a.Enclosures) == 1 && a.Enclosures[0].URL == "https://town.example/1.pdf"
		}},
		{"a picture that is an object", item(`"image":{"url":"https://town.example/1.jpg"}`), func(a feeds.Article) bool {
			return len(a.Images) == 1 && a.Images[0].URL == "https://town.example/1.jpg"
		}},
		{"pictures in a list", item(`"image":[null,"https://town.example/1.jpg","https://town.example/2.jpg"]`), func(a feeds.Article) bool {
			return len(a.Images) == 1 && a.Images[0].URL == "https://town.example/1.jpg"
		}},
		{"languages in a list", item(`"language":["nl","en"]`), func(a feeds.Article) bool { return a.Language == "nl" }},
		{"terms by numbers", item(`"tags":{"10":"b","2":"a"}`), func(a feeds.Article) bool {
			return len(a.Terms) == 2 && a.Terms[0].Term == "a" && a.Terms[1].Term == "b"
		}},
		{"items by numbers", document(`{"0":{"id":"1","title":"Fair"},"3":{"id":"2","title":"Pool"}}`), func(a feeds.Article) bool { return a.Title == "Fair" }},
		{"an escape of JavaScript", item(`"content_text":"It\'s \x here"`), func(a feeds.Article) bool { return a.Summary == "It's x here" }},
		{"words of JavaScript", item(`"content_text":"NaN, undefined","a":NaN,"b":undefined,"c":-Infinity,"d":[true,false,null,1e5]`), func(a feeds.Article) bool { return a.Summary == "NaN, undefined" }},
	} {
		f, err := Parse([]byte(test.document), parse.Options{})
		if err != nil || len(f.Articles) == 0 {
			t.Errorf("%s: %v", test.says, err)
			continue
		}
		if a := f.Articles[0]; a.Title != "Fair" || !test.want(a) {
			t.Errorf("%s: %+v", test.says, a)
		}
		if f.Lost != 0 {
			t.Errorf("%s: %d are lost", test.says, f.Lost)
		}
	}
}
