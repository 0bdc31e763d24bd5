package page

import (
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
)

// What a page's words say of themselves is read as in feeds.
func TestWordsOfAPage(t *testing.T) {
	const japanese = "城址公園で開きます。どなたでもお越しください。雨の日は市民会館で行います。"
	for _, test := range []struct {
		says, lang, title, text     string
		publisher                   string
		wantTitle, want, wantTongue string
	}{
		{"a template's English", "en", "梅まつりのお知らせ", japanese, "", "梅まつりのお知らせ", japanese, "ja"},
		{"no language", "", "梅まつり　城址公園", japanese, "", "梅まつり　城址公園", japanese, "ja"},
		{"Han alone", "", "防災訓練実施", strings.Repeat("市民会館集合。", 8), "ja", "防災訓練実施", strings.Repeat("市民会館集合。", 8), "und"},
		{"halves of a character", "en", "Fair &#55356;&#57174;", "Welcome to the fair &#xD83C;&#xDF56; on Sunday.", "", "Fair 🍖", "Welcome to the fair 🍖 on Sunday.", "en"},
		{"raw controls", "en", "The city\u0092s fair", "The \u0093fair\u0094 is on Sunday.", "", "The city’s fair", "The “fair” is on Sunday.", "en"},
		{"a long title", "en", strings.Repeat("Fair ", 400), "The fair is on Sunday.", "", strings.TrimSpace(strings.Repeat("Fair ", 200)) + "…", "The fair is on Sunday.", "en"},
	} {
		page := `<html lang="` + test.lang + `"><head><meta charset="utf-8"><title>` + test.title + `</title></head><body><main><h1>` + test.title + `</h1><p>` + test.text + `</p></main></body></html>`
		a, err := ParseArticle([]byte(page), parse.Options{BaseURL: "https://city.example/1", PublisherLanguage: test.publisher}, feeds.Selectors{Content: "main p"})
		if err != nil {
			t.Errorf("%s: %v", test.says, err)
			continue
		}
		if a.Article.Title != test.wantTitle || a.Article.Summary != test.want || a.Article.Language != test.wantTongue {
			t.Errorf("%s: %q, %q in %q; want %q, %q in %q", test.says, a.Article.Title, a.Article.Summary, a.Article.Language, test.wantTitle, test.want, test.wantTongue)
		}
	}
}
