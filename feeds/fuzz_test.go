package feeds_test

import (
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/check"
	"github.com/kairan-news/kairan/feeds/internal/sample"
	"github.com/kairan-news/kairan/feeds/internal/value"
)

// FuzzRender looks for a text that, in whatever field it stands, makes a document
// which does not pass. There must be none: one bad article would hold up its channels.
func FuzzRender(f *testing.F) {
	for _, seed := range []string{
		"", " ", "]]>", "&amp;", "<b>", "\x00", "\uFFFE", "\xff", "a\r\nb", "\u2028", "\u00a0", "\u3000", "https://例え.example/回", "javascript:alert(1)", "https://a.example/ä b%", "https://:80", "http://[::1", "https://a.example/\uFFFD",
		"mailto:a@b.example", "a@b.example", "a\"b@c", "en", "zh-Hant", "und", "x-", "en-", "EN", "art-lojban", "i-klingon", "text/html; charset=utf-8", "a/b;c", "urn:uuid:x", "tag:a,2026:b", "ltr",
	} {
		f.Add(seed, int64(0), 1)
		f.Add(seed, int64(-1)<<40, -1)
	}
	f.Fuzz(func(t *testing.T, s string, seconds int64, n int) {
		at := time.Unix(seconds%(1<<36), 0)
		content := s
		if check.Content(value.Legal(content)) != nil {
			content = ""
		}
		feed := sample.Empty()
		feed.Title, feed.Description, feed.SiteTitle, feed.Rights, feed.Direction = s, s, s, s, s
		feed.IconURL, feed.LogoURL, feed.Updated, feed.TTL = s, s, at, time.Duration(seconds)
		feed.LastSeq = int64(n & 0xffff)
		feed.Locales = []feeds.FeedLocale{{Language: "ja", URL: map[feeds.Format]string{feeds.RSS: s, feeds.Atom: s, feeds.JSONFeed: s}}}
		feed.Gone = []feeds.Tombstone{{ID: "gone:" + s, When: at}}
		feed.Entries = []feeds.Entry{{
			Article: feeds.Article{
				ID: s, Language: s, Title: s, Summary: s, Content: content, Link: s, Story: s, Publisher: s, Revision: n & 0xff,
				Authors: []feeds.Person{{Name: s, Email: s, URL: s}}, Published: at, Corrected: at, Rights: s,
				Terms: []feeds.Term{{Term: s, Scheme: s, Label: s}}, Images: []feeds.Image{{URL: s, Type: s, Alt: s, Width: n, Height: n}},
				Enclosures: []feeds.Enclosure{{URL: s, Type: s, Length: seconds, Title: s}},
			},
			Record: feeds.Record{Seq: int64(n & 0xffff)}, URL: s, Title: s, Direction: s, LanguageNote: s, CorrectedNote: s, Changed: at,
			Categories: []feeds.Label{{Term: s, Label: s, URL: s}}, Versions: []feeds.Version{{ID: s, Language: s, Title: s, URL: s, Link: s}, {ID: "v" + s, Language: s, URL: s}},
			Replaces: s, PublisherName: s, PublisherURL: s, Source: feeds.EntrySource{ID: s, Title: s, URL: s}, Attribution: s, LicenseURL: s,
			Related: []feeds.RelatedLink{{Title: s, URL: s, Language: s, Date: at, DateText: s}},
		}}
		for _, format := range feeds.Formats() {
			doc, err := feeds.Render(feed, format)
			if err != nil {
				t.Fatal(err)
			}
			if err := check.Document(format, doc); err != nil {
				t.Errorf("%s of %q: %v", format, s, err)
			}
		}
	})
}
