package parse

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	xhtml "golang.org/x/net/html"

	"github.com/kairan-news/kairan/feeds"
)

// checkHTML holds that content is harmless by the letter: only elements and
// attributes that we know, only addresses that lead away safely, and all closed.
func checkHTML(t *testing.T, content string) {
	t.Helper()
	allowed := []string{"dir", "lang", "title", "href", "hreflang", "cite", "src", "alt", "width", "height", "poster", "controls", "type",
		"start", "value", "colspan", "rowspan", "span", "scope", "datetime"}
	var open []string
	z := xhtml.NewTokenizer(strings.NewReader(content))
	for {
		kind := z.Next()
		if kind == xhtml.ErrorToken {
			break
		}
		token := z.Token()
		switch kind {
		case xhtml.CommentToken, xhtml.DoctypeToken:
			t.Errorf("content has a comment or declaration: %q", content)
		case xhtml.StartTagToken, xhtml.SelfClosingTagToken:
			if !isKept(token.Data) && token.Data != "img" {
				t.Errorf("content has <%s>: %q", token.Data, content)
			}
			for _, a := range token.Attr {
				if !slices.Contains(allowed, a.Key) {
					t.Errorf("content has the attribute %s: %q", a.Key, content)
				}
				if a.Key == "href" || a.Key == "src" || a.Key == "cite" || a.Key == "poster" {
					u, err := url.Parse(a.Val)
					if err != nil || !slices.Contains([]string{"http", "https", "mailto", "tel"}, u.Scheme) {
						t.Errorf("content has the address %q: %q", a.Val, content)
					}
				}
			}
			if !isVoid(token.Data) {
				open = append(open, token.Data)
			}
		case xhtml.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				t.Errorf("content closes <%s> where %v is open: %q", token.Data, open, content)
				return
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("content leaves %v open: %q", open, content)
	}
}

// checkArticle holds what is promised of every article.
func checkArticle(t *testing.T, a feeds.Article) {
	t.Helper()
	for name, s := range map[string]string{"title": a.Title, "summary": a.Summary, "content": a.Content, "link": a.Link, "rights": a.Rights} {
		if !utf8.ValidString(s) {
			t.Errorf("%s %q is not UTF-8", name, s)
		}
		for _, r := range s {
			if !isXMLChar(r) {
				t.Errorf("%s %q holds a character that XML forbids", name, s)
				break
			}
		}
	}
	if a.Title != strings.TrimSpace(a.Title) || strings.ContainsAny(a.Title, "\n\t") {
		t.Errorf("title %q is not one line", a.Title)
	}
	if utf8.RuneCountInString(a.Summary) > summaryLength {
		t.Errorf("summary has %d characters", utf8.RuneCountInString(a.Summary))
	}
	if a.Link != "" && !strings.HasPrefix(strings.ToLower(a.Link), "http") {
		t.Errorf("link %q is no web address", a.Link)
	}
	if a.Language == "" || a.Language != Undetermined && Language(a.Language) != a.Language {
		t.Errorf("language %q is not normalized", a.Language)
	}
	checkHTML(t, a.Content)
	if a.Published.IsZero() != (a.PublishedFrom == feeds.DateFirstSeen) {
		t.Errorf("published %v from %q", a.Published, a.PublishedFrom)
	}
}
