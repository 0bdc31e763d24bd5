package probe

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/flow"
)

func all(locale string) feeds.Channel { return feeds.Channel{Locale: locale, Kind: feeds.ChannelAll} }

func TestTheFormatsSayTheSame(t *testing.T) {
	c := newCity("ja")
	c.notices = 3
	var first Document
	for _, format := range feeds.Formats() {
		d, err := Read(format, c.document(t, feeds.DocumentKey{Channel: all("ja"), Format: format}))
		if err != nil {
			t.Fatal(err)
		}
		if first.ID == "" {
			first = d
		}
		if d.ID != c.site.ChannelID(all("ja")) || d.Seq != 3 || len(d.Entries) != 3 || !slices.Equal(d.Entries, first.Entries) {
			t.Errorf("%s: %+v, want %+v", format, d, first)
		}
	}
	want := Entry{ID: feeds.MintID("harbour", "notice 3", "ja"), Link: "https://harbour.example/ja/3", Language: "ja", Published: day.Add(3 * time.Hour).Unix()}
	if first.Entries[0] != want {
		t.Errorf("the first entry is %+v, want %+v", first.Entries[0], want)
	}
}

func TestWhatIsWrongWithAnAnswer(t *testing.T) {
	now := day.Add(24 * time.Hour)
	c := newCity("en")
	c.notices = 5
	other := newCity("en")
	other.site.ID, other.notices = "mountain", 5
	renumbered := c.as(5)
	renumbered.suffix = " again"
	hole := c.as(5)
	hole.gone[4] = true
	withdrawn := c.as(5)
	withdrawn.gone[5] = true

	for _, format := range feeds.Formats() {
		key := feeds.DocumentKey{Channel: all("en"), Format: format}
		whole := c.document(t, key)
		read, err := Read(format, whole)
		if err != nil {
			t.Fatal(err)
		}
		known := Known{}.learned(read)
		for _, test := range []struct {
			remark string
			change func(*Answer, *Expectation)
			want   flow.ProbeReason
			says   string
		}{
			{"what is to be", func(*Answer, *Expectation) {}, "", ""},
			{"nothing known yet", func(_ *Answer, e *Expectation) { e.Known, e.Must = Known{}, Rung{} }, "", ""},
			{"nobody answers", func(a *Answer, _ *Expectation) {
				a.Response, a.Err = nil, &fetch.Error{Kind: fetch.KindRefused, What: "the connection was refused"}
			}, flow.ProbeUnreachable, "refused"},
			{"an error that nobody knows", func(a *Answer, _ *Expectation) { a.Response, a.Err = nil, errors.New("odd") }, flow.ProbeUnreachable, "odd"},
			{"a dead upstream", func(a *Answer, _ *Expectation) {
				a.Response.Status, a.Err = 502, &fetch.Error{Kind: fetch.KindHTTPStatus, Status: 502, What: "the server answered 502 Bad Gateway"}
			}, flow.ProbeStatus, "502"},
			{"a page of another site", func(a *Answer, _ *Expectation) {
				a.Response.ContentType, a.Response.Body = "text/html", []byte("<!DOCTYPE html><title>It works!</title>")
			}, flow.ProbeInvalid, `"text/html" in the place of a feed`},
			{"a page that says it is a feed", func(a *Answer, _ *Expectation) { a.Response.Body = []byte("<!DOCTYPE html><title>It works!</title>") }, flow.ProbeInvalid, "no valid feed"},
			{"a feed without its end", func(a *Answer, _ *Expectation) { a.Response.Body = whole[:len(whole)*2/3] }, flow.ProbeInvalid, "no valid feed"},
			{"the feed of another site", func(a *Answer, _ *Expectation) { a.Response.Body = other.document(t, key) }, flow.ProbeInvalid, "another feed"},
			{"an old document", func(a *Answer, _ *Expectation) { a.Response.Body = c.as(4).document(t, key) }, flow.ProbeStale, "ends at record 4 and lacks urn:uuid:"},
			{"an old document that may be", func(a *Answer, e *Expectation) {
				a.Response.Body, e.Must.Seq = c.as(4).document(t, key), 4
			}, "", ""},
			{"a document of before a withdrawal", func(a *Answer, e *Expectation) {
				a.Response.Body = c.as(4).document(t, key)
				e.Feed, _ = withdrawn.Compose(t.Context(), all("en"))
			}, flow.ProbeStale, "record 5 was published"},
			{"a newer document than our word", func(a *Answer, e *Expectation) {
				a.Response.Body = c.as(7).document(t, key)
			}, "", ""},
			{"a notice is left out", func(a *Answer, _ *Expectation) { a.Response.Body = hole.document(t, key) }, flow.ProbeMissing, feeds.MintID("harbour", "notice 4", "en")},
			{"a cache that keeps for too long what is up to date", func(a *Answer, _ *Expectation) { a.Response.Age = 7 * time.Minute }, flow.ProbeStale, "7m0s"},
			{"a cache that keeps for as long as it may", func(a *Answer, _ *Expectation) { a.Response.Age = 6 * time.Minute }, "", ""},
			{"entries have other ids", func(a *Answer, e *Expectation) {
				a.Response.Body = renumbered.document(t, key)
				e.Feed, _ = renumbered.Compose(t.Context(), all("en"))
			}, flow.ProbeIDsChanged, "another id"},
			{"the feed has another id", func(_ *Answer, e *Expectation) { e.Known.Feed = "urn:uuid:98d0e0f8-f011-4b26-9d03-f3145c03fd6f" }, flow.ProbeIDsChanged, "another id"},
		} {
			f, err := c.Compose(t.Context(), all("en"))
			if err != nil {
				t.Fatal(err)
			}
			a := Answer{URL: "https://news.harbour.example/" + key.Path(), Response: &fetch.Response{Status: 200, ContentType: format.MediaType(), Body: whole}}
			e := Expectation{Format: format, Feed: f, Must: Rung{At: day, Seq: 5}, MaxAge: time.Minute, Known: known, Now: now}
			test.change(&a, &e)
			if v := Check(a, e); v.Reason != test.want || !strings.Contains(v.What, test.says) {
				t.Errorf("%s, %s: %q, %s; want %q, %s", format, test.remark, v.Reason, v.What, test.want, test.says)
			}
		}
	}
}

func TestIDsAreKnownByWhatReadersSee(t *testing.T) {
	entry := func(id, link string, hour int64) Entry {
		return Entry{ID: id, Link: link, Language: "en", Published: hour * 3600}
	}
	before := Document{ID: "feed", Entries: []Entry{entry("a", "/1", 1), entry("b", "/weather", 2), entry("c", "/twin", 3), entry("d", "/twin", 3)}}
	known := Known{}.learned(before)
	for _, test := range []struct {
		remark  string
		entries []Entry
		want    bool
	}{
		{"the same", before.Entries, false},
		{"a new notice under the address of an old one", []Entry{entry("e", "/weather", 9)}, false},
		{"the same notice in another language", []Entry{{ID: "f", Link: "/1", Language: "ja", Published: 3600}}, false},
		{"two that look alike", []Entry{entry("x", "/1", 1), entry("y", "/1", 1)}, false},
		{"one of two that looked alike", []Entry{entry("d", "/twin", 3)}, false},
		{"another id", []Entry{entry("z", "/1", 1)}, true},
	} {
		if _, _, got := known.changed(Document{ID: "feed", Entries: test.entries}); got != test.want {
			t.Errorf("%s: changed %v, want %v", test.remark, got, test.want)
		}
	}
}

func TestWhatIsKnownIsBoundedAndHasTheNewest(t *testing.T) {
	var known Known
	for n := range 20 {
		var d Document
		for i := range 50 {
			d.Entries = append([]Entry{{ID: "id", Link: "/", Published: int64(50*n + i)}}, d.Entries...)
		}
		known = known.learned(d)
	}
	if len(known.Entries) != mostKnown {
		t.Fatalf("%d are known", len(known.Entries))
	}
	newest := faceOf(Entry{ID: "id", Link: "/", Published: 999})
	if last := known.Entries[mostKnown-1]; last[0] != newest || last[1] != digest("id") {
		t.Errorf("the last is %v, want %s", last, newest)
	}
}

func TestChangedIDsAreToldForADay(t *testing.T) {
	old := Document{ID: "feed", Entries: []Entry{{ID: "a", Link: "/1", Published: 1}}}
	changed := Document{ID: "feed", Entries: []Entry{{ID: "b", Link: "/1", Published: 1}}}
	known := Known{}.learned(old)
	for _, hour := range []int{0, 1, 23} {
		known = known.sawChanged(changed, day.Add(time.Duration(hour)*time.Hour))
		if _, _, told := known.changed(changed); !told {
			t.Errorf("after %d hours it is told no more", hour)
		}
	}
	known = known.sawChanged(changed, day.Add(24*time.Hour))
	if _, _, told := known.changed(changed); told {
		t.Error("it is told for ever")
	}
}

func TestALadderTellsWhatWasPublishedBefore(t *testing.T) {
	var l Ladder
	at := func(minute int) time.Time { return day.Add(time.Duration(minute) * time.Minute) }
	for minute := range 60 { // a notice a minute
		l = l.climbed(Rung{at(minute), int64(minute)}, at(minute-6))
	}
	if got := l.at(at(53)); got.Seq != 53 {
		t.Errorf("six minutes ago it was %+v", got)
	}
	if len(l) > 8 {
		t.Errorf("it has %d rungs", len(l))
	}
	if got := l.at(at(-1)); got != (Rung{}) {
		t.Errorf("before the first it was %+v", got)
	}
	l = l.climbed(Rung{at(100), 59}, at(94)) // raised for new words alone
	if got := l.at(at(94)); got.Seq != 59 || !got.At.Equal(at(59)) {
		t.Errorf("what was published earlier counts as published at %+v", got)
	}
}
