package publish

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

func publisher(t testing.TB, m *memory) *Publisher {
	return &Publisher{Composer: composer(t, m), Store: m}
}

func publish(t testing.TB, m *memory, path string, now time.Time) Result {
	t.Helper()
	res, err := publisher(t, m).Publish(t.Context(), channel(t, path), m.counter, now)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func (m *memory) document(path string, format feeds.Format) feeds.Document {
	return m.documents[feeds.DocumentKey{Channel: path, Format: format}]
}

func TestPublish(t *testing.T) {
	m := newMemory()
	m.put("s", feeds.Article{Language: "ja", Title: "お知らせ", Content: "<p>本文</p>"})
	now := time.Date(2026, 2, 2, 0, 0, 0, 700e6, time.UTC)

	res := publish(t, m, "en/all", now)
	if res.Changed != 3 || !res.Cleared || res.Rejected != nil || res.Entries != 1 {
		t.Errorf("the first time: %+v", res)
	}
	for _, format := range feeds.Formats() {
		d := m.document("en/all", format)
		if err := feeds.Check(format, d.Body); err != nil {
			t.Errorf("%s: %v", format, err)
		}
		if d.Entries != 1 || d.LastSeq != 1 || !d.Modified.Equal(now.Truncate(time.Second)) || !strings.HasPrefix(d.ETag, `"1-`) {
			t.Errorf("%s: %d entries, last %d, modified %v, etag %s", format, d.Entries, d.LastSeq, d.Modified, d.ETag)
		}
	}

	// What did not change is not stored, and its date does not move.
	if res := publish(t, m, "en/all", now.Add(time.Hour)); res.Changed != 0 || !res.Cleared {
		t.Errorf("the second time: %+v", res)
	}
	if d := m.document("en/all", feeds.RSS); d.Revision != 1 || !d.Modified.Equal(now.Truncate(time.Second)) {
		t.Errorf("revision %d, modified %v", d.Revision, d.Modified)
	}

	// Two changes within a second have two dates, also by a clock that was set back.
	before := m.document("en/all", feeds.Atom)
	m.put("s", feeds.Article{Language: "ja", Title: "お知らせ（訂正）"})
	publish(t, m, "en/all", now)
	after := m.document("en/all", feeds.Atom)
	if !after.Modified.After(before.Modified) || after.ETag == before.ETag || after.Revision != 2 {
		t.Errorf("modified %v after %v, etag %s after %s", after.Modified, before.Modified, after.ETag, before.ETag)
	}

	// A mark that was raised meanwhile stays.
	res, err := publisher(t, m).Publish(t.Context(), channel(t, "en/all"), m.counter-1, now)
	if err != nil || res.Cleared {
		t.Errorf("with an old counter: %+v, %v", res, err)
	}
}

func TestAnEmptyChannelIsPublished(t *testing.T) {
	m := newMemory()
	if res := publish(t, m, "th/zoo", start); res.Changed != 3 || res.Rejected != nil {
		t.Errorf("%+v", res)
	}
}

// TestTheLastGoodDocumentStays proves that a document which does not pass the check
// replaces nothing, and that the formats beside it are published.
func TestTheLastGoodDocumentStays(t *testing.T) {
	m := newMemory()
	m.put("s", feeds.Article{Language: "en", Title: "good"})
	publish(t, m, "en/all", start)
	good := m.document("en/all", feeds.RSS)

	m.put("t", feeds.Article{Language: "en", Title: "better"})
	p := publisher(t, m)
	broken := *p.Composer.Site
	broken.BaseURL = "not an address"
	p.Composer.Site = &broken
	res, err := p.Publish(t.Context(), channel(t, "en/all"), m.counter, start)
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Rejected) != 3 || res.Changed != 0 || !res.Cleared {
		t.Errorf("%+v", res)
	}
	for _, reason := range res.Rejected {
		if !strings.Contains(reason, "en/all.") || !strings.Contains(reason, "self") {
			t.Errorf("the reason is %q", reason)
		}
	}
	if now := m.document("en/all", feeds.RSS); string(now.Body) != string(good.Body) || now.Revision != good.Revision {
		t.Error("the last good document is gone")
	}
}

// TestOneBadTextHoldsUpNothing proves that an entry whose text would not pass is shown
// without it, and reported.
func TestOneBadTextHoldsUpNothing(t *testing.T) {
	m := newMemory()
	m.put("bad", feeds.Article{Language: "en", Title: "bad", Summary: "its summary", Content: `<script>alert(1)</script>`})
	m.put("good", feeds.Article{Language: "en", Title: "good", Content: `<p>its text</p>`})
	res := publish(t, m, "en/all", start)
	if res.Changed != 3 || len(res.Rejected) != 1 || !strings.Contains(res.Rejected[0], "script") {
		t.Errorf("%+v", res)
	}
	body := string(m.document("en/all", feeds.JSONFeed).Body)
	if strings.Contains(body, "alert") || !strings.Contains(body, "its summary") || !strings.Contains(body, "its text") {
		t.Errorf("the document is %s", body)
	}
}

// TestHostileTextIsPublished proves that no text can break a document.
func TestHostileTextIsPublished(t *testing.T) {
	m := newMemory()
	for i, s := range []string{
		"]]>", "&amp;&lt;&nbsp;", "\x00\x01\x0b\x1f", "\uFFFE\uFFFF", "\xff\xfe", "a\r\nb\u2028c", "<b>not bold</b>",
		"\u202eright to left", "回覧板・お知らせ〜①", "إشعار عاجل: «السوق» — 123", "น้ำท่วมฉับพลัน ประกาศ", strings.Repeat("長い題名 ", 2_000), "", "  ", "👨‍👩‍👧‍👦",
	} {
		for _, language := range []string{"en", "ja", "ar", "th"} {
			m.put(fmt.Sprint(i, language), feeds.Article{
				Language: language, Title: s, Summary: s, Content: "<p>" + strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(s) + "</p>",
				Link: "https://city.example/" + s, Rights: s, Authors: []feeds.Person{{Name: s, Email: s, URL: s}},
				Terms: []feeds.Term{{Term: s}}, Related: []feeds.Related{{Title: s, Link: s}},
				Images: []feeds.Image{{URL: s, Alt: s}}, Enclosures: []feeds.Enclosure{{URL: s, Title: s}},
			})
		}
	}
	for _, path := range []string{"en/all", "ja/all", "ar/from/sample-city", "th/everything"} {
		if res := publish(t, m, path, start); res.Changed != 3 {
			t.Errorf("%s: %d documents of 3", path, res.Changed)
			for _, reason := range res.Rejected {
				t.Log(reason[:min(len(reason), 400)])
			}
		}
	}
}

type failingStore struct{ *memory }

var errAway = errors.New("the database is away")

func (failingStore) PutDocuments(_ context.Context, _ string, _ []feeds.Document, _ int64, _ time.Time) (bool, error) {
	return false, errAway
}

func TestAStoreThatFailsIsAnError(t *testing.T) {
	m := newMemory()
	p := publisher(t, m)
	p.Store = failingStore{m}
	if _, err := p.Publish(t.Context(), channel(t, "en/all"), 0, start); !errors.Is(err, errAway) || !strings.Contains(err.Error(), "en/all") {
		t.Errorf("the error is %v", err)
	}
}

// BenchmarkPublish is what it costs to publish a channel of 50 entries: to compose,
// render and check it.
func BenchmarkPublish(b *testing.B) {
	m := newMemory()
	m.pause = time.Hour
	text := strings.Repeat("<p>The <a href=\"https://city.example/\">city</a> &amp; 回覧板をまわす.</p>\n", 15)
	for i := range 200 {
		m.put(fmt.Sprint("story-", i), feeds.Article{Language: []string{"en", "ja"}[i%2], Title: fmt.Sprint("Notice ", i), Summary: "A summary.", Content: text, Categories: []string{"sports"}})
	}
	p := publisher(b, m)
	c := channel(b, "en/all")
	b.Run("compose", func(b *testing.B) {
		for b.Loop() {
			if _, err := p.Composer.Compose(b.Context(), c); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			clear(m.documents)
			if _, err := p.Publish(b.Context(), c, 0, start); err != nil {
				b.Fatal(err)
			}
		}
	})
}
