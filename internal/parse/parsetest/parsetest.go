package parsetest

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	xhtml "golang.org/x/net/html"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/entity"
	"github.com/kairan-news/kairan/internal/parse/language"
	"github.com/kairan-news/kairan/internal/plain"
)

// elements are those that content may have, empty those of them that have no content, and
// attributes what they may have.
var (
	elements = strings.Fields("a em strong b i u s small sub sup mark abbr cite dfn kbd samp var code span q time del ins " +
		"ruby rt rp rb rtc bdi bdo wbr br audio video source col td th img p hr div section article aside header footer main " +
		"h1 h2 h3 h4 h5 h6 pre address ul ol li dl dt dd table caption colgroup thead tbody tfoot tr " +
		"figure figcaption details summary blockquote")
	empty      = strings.Fields("br hr img wbr col source")
	attributes = strings.Fields("dir lang title href hreflang cite src alt width height poster controls type start value colspan rowspan span scope datetime")
)

// CheckHTML holds that content is harmless by the letter: only elements and
// attributes that we know, only addresses that lead away safely, and all closed.
func CheckHTML(t *testing.T, content string) {
	t.Helper()
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
			if !slices.Contains(elements, token.Data) {
				t.Errorf("content has <%s>: %q", token.Data, content)
			}
			for _, a := range token.Attr {
				checkAttribute(t, a, content)
			}
			if !slices.Contains(empty, token.Data) {
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

func checkAttribute(t *testing.T, a xhtml.Attribute, content string) {
	t.Helper()
	if !slices.Contains(attributes, a.Key) {
		t.Errorf("content has the attribute %s: %q", a.Key, content)
	}
	switch a.Key {
	case "href", "src", "cite", "poster":
		u, err := url.Parse(a.Val)
		if err != nil || !slices.Contains([]string{"http", "https", "mailto", "tel"}, u.Scheme) {
			t.Errorf("content has the address %q: %q", a.Val, content)
		}
	}
}

// CheckArticle holds what is promised of every article.
func CheckArticle(t *testing.T, a feeds.Article) {
	t.Helper()
	for name, s := range map[string]string{"title": a.Title, "summary": a.Summary, "content": a.Content, "link": a.Link, "rights": a.Rights} {
		if !utf8.ValidString(s) {
			t.Errorf("%s %q is not UTF-8", name, s)
		}
		for _, r := range s {
			if !entity.IsChar(r) {
				t.Errorf("%s %q holds a character that XML forbids", name, s)
				break
			}
		}
	}
	if a.Title != strings.TrimSpace(a.Title) || strings.ContainsAny(a.Title, "\n\t") {
		t.Errorf("title %q is not one line", a.Title)
	}
	if utf8.RuneCountInString(a.Summary) > plain.SummaryLength {
		t.Errorf("summary has %d characters", utf8.RuneCountInString(a.Summary))
	}
	if a.Link != "" && !strings.HasPrefix(strings.ToLower(a.Link), "http") {
		t.Errorf("link %q is no web address", a.Link)
	}
	if a.Language == "" || a.Language != feeds.Undetermined && language.Tag(a.Language) != a.Language {
		t.Errorf("language %q is not normalized", a.Language)
	}
	CheckHTML(t, a.Content)
	if a.Published.IsZero() != (a.PublishedFrom == feeds.DateFirstSeen) {
		t.Errorf("published %v from %q", a.Published, a.PublishedFrom)
	}
}

// Content is a notice's text of about a kilobyte, as content systems write it.
func Content(i int) string {
	return fmt.Sprintf(`<p>The city opens %d shelters in the harbour districts from <strong>Wednesday</strong> at 13:00. Staff who speak English, Chinese and Korean are at the <a href="/halls/%d?utm_source=rss&amp;utm_medium=feed">Central Community Hall</a>.</p><p><img src="/img/%d.jpg" alt="The hall" width="640" height="480" loading="lazy"></p><ul><li>Bring medicine and something to sleep on.</li><li>Pets are welcome in a carrier.</li></ul><p class="note" style="color:red">Evacuation orders are announced by loudspeaker, on this page and in these feeds. Do not wait for an order if you feel unsafe; the wind will be strong along the bay, and trams stop at five in the afternoon. Those who live below the slopes of the mountain should decide today where they would go and with whom. %s</p>`,
		i, i, i, strings.Repeat("Further notices follow tomorrow. ", 4))
}

// Zone returns the time zone of that name.
func Zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// HasProblem reports whether one of the problems has that code.
func HasProblem(problems []parse.Problem, code string) bool {
	for _, p := range problems {
		if p.Code == code {
			return true
		}
	}
	return false
}
