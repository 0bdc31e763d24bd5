package publish

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/check"
)

func publisher(t testing.TB, m *memory) *Publisher {
	return &Publisher{Composer: composer(t, m), Store: m}
}

// published is what became of a publication, and of the documents that were made then.
type published struct {
	Result
	Changed  int      // documents
	Rejected []string // what is wrong with them
}

func publish(t testing.TB, m *memory, path string, now time.Time) published {
	t.Helper()
	return publishBy(t, publisher(t, m), m, path, now)
}

// publishBy publishes a channel and makes its live documents, and the archives that are new.
func publishBy(t testing.TB, p *Publisher, m *memory, path string, now time.Time) (res published) {
	t.Helper()
	var err error
	if res.Result, err = p.Publish(t.Context(), channel(t, path), m.counter, now); err != nil {
		t.Fatal(err)
	}
	for archive := range m.states[channelNamed(path)].Archives + 1 {
		if _, made := m.documents[feeds.DocumentKey{Channel: channelNamed(path), Format: feeds.JSONFeed, Archive: archive}]; made && archive > 0 {
			continue
		}
		made, err := p.Composer.Make(t.Context(), channel(t, path), archive, feeds.Formats()...)
		if err != nil {
			t.Fatal(err)
		}
		res.Rejected = append(res.Rejected, made.Left...)
		for _, d := range made.Documents {
			if d.Fault != nil {
				res.Rejected = append(res.Rejected, d.Path()+": "+d.Fault.Error())
			} else if was, ok := m.documents[d.DocumentKey]; !ok || was.ETag != d.ETag {
				res.Changed++
				m.documents[d.DocumentKey] = d.Document
			}
		}
	}
	return res
}

func (m *memory) document(path string, format feeds.Format) feeds.Document {
	return m.documents[feeds.DocumentKey{Channel: channelNamed(path), Format: format}]
}

func TestPublish(t *testing.T) {
	m := newMemory()
	m.put("s", feeds.Article{Language: "ja", Title: "お知らせ", Content: "<p>本文</p>"})
	now := time.Date(2026, 2, 2, 0, 0, 0, 700e6, time.UTC)

	if _, err := composer(t, m).Make(t.Context(), channel(t, "en/all"), 0, feeds.RSS); !errors.Is(err, feeds.ErrNotPublished) {
		t.Errorf("before the first time: %v", err)
	}
	res := publish(t, m, "en/all", now)
	if res.Changed != 3 || !res.Cleared || res.Rejected != nil || res.Entries != 1 {
		t.Errorf("the first time: %+v", res)
	}
	for _, format := range feeds.Formats() {
		d := m.document("en/all", format)
		if err := check.Document(format, d.Body); err != nil {
			t.Errorf("%s: %v", format, err)
		}
		if d.Entries != 1 || d.LastSeq != 1 || !strings.HasPrefix(d.ETag, `"1-`) {
			t.Errorf("%s: %d entries, last %d, etag %s", format, d.Entries, d.LastSeq, d.ETag)
		}
	}

	// What did not change is the same to the byte.
	if res := publish(t, m, "en/all", now.Add(time.Hour)); res.Changed != 0 || !res.Cleared {
		t.Errorf("the second time: %+v", res)
	}

	// What comes is not shown before it is published.
	before := m.document("en/all", feeds.Atom)
	m.put("s", feeds.Article{Language: "ja", Title: "お知らせ（訂正）"})
	made, err := composer(t, m).Make(t.Context(), channel(t, "en/all"), 0, feeds.Atom)
	if err != nil || made.Documents[0].ETag != before.ETag {
		t.Errorf("before it is published: %s after %s, %v", made.Documents[0].ETag, before.ETag, err)
	}
	publish(t, m, "en/all", now)
	if after := m.document("en/all", feeds.Atom); after.ETag == before.ETag {
		t.Errorf("etag %s after %s", after.ETag, before.ETag)
	}

	// A mark that was raised meanwhile stays.
	if res, err := publisher(t, m).Publish(t.Context(), channel(t, "en/all"), m.counter-1, now); err != nil || res.Cleared {
		t.Errorf("with an old counter: %+v, %v", res, err)
	}
}

func TestAnEmptyChannelIsPublished(t *testing.T) {
	m := newMemory()
	if res := publish(t, m, "th/zoo", start); res.Changed != 3 || res.Rejected != nil {
		t.Errorf("%+v", res)
	}
}

// TestAFaultyDocumentSaysWhy proves that a document which does not pass the check comes
// with the reason, and that a publication finds it.
func TestAFaultyDocumentSaysWhy(t *testing.T) {
	m := newMemory()
	m.put("t", feeds.Article{Language: "en", Title: "better"})
	p := publisher(t, m)
	broken := *p.Composer.Site
	broken.BaseURL = "not an address"
	p.Composer.Site = &broken
	res, err := p.Publish(t.Context(), channel(t, "en/all"), m.counter, start)
	if err != nil || !res.Cleared || len(res.Faults) != 1 || !strings.Contains(res.Faults[0], "en/all.") || !strings.Contains(res.Faults[0], "self") {
		t.Errorf("%+v, %v", res, err)
	}
	made, err := p.Composer.Make(t.Context(), channel(t, "en/all"), 0, feeds.Formats()...)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range made.Documents {
		if d.Fault == nil || d.Body != nil || d.ETag != "" {
			t.Errorf("%s: %v, %.100q", d.Path(), d.Fault, d.Body)
		}
	}
}

// TestAnEntryThatDoesNotPassIsReduced proves that a document does without the texts that
// fail, and keeps all others.
func TestAnEntryThatDoesNotPassIsReduced(t *testing.T) {
	m := newMemory()
	for _, name := range []string{"first", "bad", "last"} {
		m.put(name, feeds.Article{Language: "en", Title: name, Summary: "summary of " + name, Content: "<p>text of " + name + "</p>"})
	}
	f := compose(t, m, "en/all")
	f.Entries[1].Article.Content = "<script>alert(1)</script>"
	for _, format := range feeds.Formats() {
		d := new(Composer).render(t.Context(), f, format)
		if d.Fault == nil {
			t.Errorf("%s passes: this proves nothing", format)
			continue
		}
		if err := check.Document(format, d.Body); err != nil || d.Entries != 3 {
			t.Errorf("%s: %v; %d entries", format, err, d.Entries)
		}
		for _, want := range []string{"text of first", "text of last", "summary of bad"} {
			if !strings.Contains(string(d.Body), want) {
				t.Errorf("%s has no %q", format, want)
			}
		}
	}
}

// TestOnePublicationInTenIsLookedAt proves that a fault is found that nobody has asked for.
func TestOnePublicationInTenIsLookedAt(t *testing.T) {
	m := newMemory()
	p := publisher(t, m)
	faults := 0
	for i := range 20 {
		m.put(fmt.Sprint(i), feeds.Article{Language: "en", Title: "bad", Content: `<script>alert(1)</script>`})
		res, err := p.Publish(t.Context(), channel(t, "en/all"), m.counter, start)
		if err != nil {
			t.Fatal(err)
		}
		if len(res.Faults) > 0 {
			faults++
		}
	}
	if faults != 2 {
		t.Errorf("%d of 20 publications found the fault", faults)
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

func (failingStore) Raise(context.Context, feeds.Raise) (feeds.Raised, error) {
	return feeds.Raised{}, errAway
}

func TestAStoreThatFailsIsAnError(t *testing.T) {
	m := newMemory()
	p := publisher(t, m)
	p.Store = failingStore{m}
	if _, err := p.Publish(t.Context(), channel(t, "en/all"), 0, start); !errors.Is(err, errAway) || !strings.Contains(err.Error(), "en/all") {
		t.Errorf("the error is %v", err)
	}
}

// BenchmarkPublish is what it costs to make a channel of 50 entries: to compose, render and
// check it.
func BenchmarkPublish(b *testing.B) {
	m := newMemory()
	m.pause = time.Hour
	text := strings.Repeat("<p>The <a href=\"https://city.example/\">city</a> &amp; 回覧板をまわす.</p>\n", 15)
	for i := range 200 {
		m.put(fmt.Sprint("story-", i), feeds.Article{Language: []string{"en", "ja"}[i%2], Title: fmt.Sprint("Notice ", i), Summary: "A summary.", Content: text, Categories: []string{"sports"}})
	}
	p := publisher(b, m)
	publish(b, m, "en/all", start)
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
			if _, err := p.Composer.Make(b.Context(), c, 0, feeds.Formats()...); err != nil {
				b.Fatal(err)
			}
		}
	})
}
