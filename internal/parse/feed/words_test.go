package feed

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/internal/parse"
)

// formats are documents of one entry in each format, given its title and its text as they
// are written in it, and the document's language.
var formats = map[string]func(title, text, language string) string{
	"RSS": func(title, text, language string) string {
		return fmt.Sprintf(`<rss version="2.0"><channel><title>City</title><language>%s</language><item><title>%s</title><guid>1</guid><description>%s</description></item></channel></rss>`, language, title, text)
	},
	"RDF": func(title, text, language string) string {
		return fmt.Sprintf(`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://city.example/"><title>City</title><dc:language>%s</dc:language></channel><item rdf:about="https://city.example/1"><title>%s</title><link>https://city.example/1</link><description>%s</description></item></rdf:RDF>`, language, title, text)
	},
	"Atom": func(title, text, language string) string {
		return fmt.Sprintf(`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="%s"><title>City</title><entry><id>urn:x:1</id><title type="html">%s</title><summary type="html">%s</summary></entry></feed>`, strings.ReplaceAll(language, `"`, "&quot;"), title, text)
	},
	"JSON": func(title, text, language string) string {
		quoted := func(s string) string {
			b, err := json.Marshal(s)
			if err != nil {
				panic(err)
			}
			return string(b)
		}
		return fmt.Sprintf(`{"version":"https://jsonfeed.org/version/1.1","title":"City","language":%s,"items":[{"id":"1","title":%s,"content_html":%s}]}`, quoted(language), quoted(title), quoted(text))
	},
}

// What texts say is the same in all formats.
func TestWordsInAllFormats(t *testing.T) {
	for _, test := range []struct{ says, title, text, language, wantTitle, wantSummary, wantLanguage string }{
		{"a full-width space", "椿まつり　城址公園", "梅の花が　　見ごろです。", "ja", "椿まつり　城址公園", "梅の花が　見ごろです。", "ja"},
		{"paragraphs of Japanese", "梅まつり", "&lt;p&gt;開きます。&lt;/p&gt;&lt;p&gt;お越しを。&lt;/p&gt;", "ja", "梅まつり", "開きます。お越しを。", "ja"},
		{"a title of nothing visible", "\u200b", "The fair opens on Sunday.", "en", "The fair opens on Sunday.", "The fair opens on Sunday.", "en"},
		{"a link to more", "The fair", "The fair opens on […]", "en", "The fair", "The fair opens on…", "en"},
		{"raw controls", "The city\u0092s fair", "\u0093Welcome\u0094", "en", "The city’s fair", "“Welcome”", "en"},
		{"a template's English", "梅まつりのお知らせ", "城址公園で開きます。", "en-US", "梅まつりのお知らせ", "城址公園で開きます。", "ja"},
		{"a template's mainland", "市政府發佈颱風警報", "請民眾注意安全。", "zh-CN", "市政府發佈颱風警報", "請民眾注意安全。", "zh-Hant"},
		{"Han alone", "防災訓練実施", "市民会館", "", "防災訓練実施", "市民会館", "und"},
		{"a tag in brackets", "Fair", "Welcome.", "[nl]", "Fair", "Welcome.", "nl"},
		{"a tag in quotes", "Fair", "Welcome.", `"nl"`, "Fair", "Welcome.", "nl"},
	} {
		for format, write := range formats {
			title, text := test.title, test.text
			if format == "JSON" {
				text = strings.NewReplacer("&lt;", "<", "&gt;", ">").Replace(text)
			}
			f, err := Parse([]byte(write(title, text, test.language)), parse.Options{})
			if err != nil || len(f.Articles) != 1 {
				t.Errorf("%s in %s: %v", test.says, format, err)
				continue
			}
			if a := f.Articles[0]; a.Title != test.wantTitle || a.Summary != test.wantSummary || a.Language != test.wantLanguage {
				t.Errorf("%s in %s: %q, %q in %q; want %q, %q in %q", test.says, format, a.Title, a.Summary, a.Language, test.wantTitle, test.wantSummary, test.wantLanguage)
			}
		}
	}
}

// What XML lets nobody write is read as it was meant.
func TestHalvesAndFormFeedsInXML(t *testing.T) {
	for _, format := range []string{"RSS", "RDF", "Atom"} {
		for says, test := range map[string]struct{ head, title, text, want, wantText string }{
			"halves":                     {"", "Fair &#55356;&#57174;", "&#xD83C;&#xDF56; and &amp;#55356;&amp;#57174;", "Fair 🍖", "🍖 and 🍖"},
			"halves beside own entities": {`<!DOCTYPE x [<!ENTITY city "Harbour">]>`, "&city; &#55356;&#57174;", "&city;", "Harbour 🍖", "Harbour"},
			"form feeds":                 {"", "Fair\fand market", "Stalls\fand music&#12;too", "Fair and market", "Stalls and music too"},
		} {
			f, err := Parse([]byte(test.head+formats[format](test.title, test.text, "en")), parse.Options{})
			if err != nil || len(f.Articles) != 1 {
				t.Errorf("%s in %s: %v", says, format, err)
				continue
			}
			if a := f.Articles[0]; a.Title != test.want || a.Summary != test.wantText {
				t.Errorf("%s in %s: %q, %q; want %q, %q", says, format, a.Title, a.Summary, test.want, test.wantText)
			}
		}
	}
}
