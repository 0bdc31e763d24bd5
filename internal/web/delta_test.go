package web

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/check"
)

// diary is a channel to which things happen, one record after the other.
type diary struct {
	t       *testing.T
	city    *city
	channel feeds.Channel
	seq     int64
	since   int64
	entries []feeds.Entry // the newest first
	gone    []feeds.Tombstone
	title   string
	states  map[feeds.Format][]feeds.Document
}

func newDiary(t *testing.T) *diary {
	c := newCity(t)
	clear(c.documents)
	clear(c.states)
	return &diary{t: t, city: c, channel: feeds.Channel{Locale: "en", Kind: feeds.ChannelAll}, title: "All", states: map[feeds.Format][]feeds.Document{}}
}

func (d *diary) record(reason feeds.Reason) feeds.Record {
	d.seq++
	return feeds.Record{Seq: d.seq, Time: anyTime.Add(time.Duration(d.seq) * time.Minute), Reason: reason}
}

// add brings an article in, in the place of another one if that is named.
func (d *diary) add(id, replaces string) {
	d.entries = slices.DeleteFunc(d.entries, func(e feeds.Entry) bool { return e.Article.ID == replaces || e.Article.ID == id })
	r := d.record(feeds.ReasonNew)
	d.gone = slices.DeleteFunc(d.gone, func(t feeds.Tombstone) bool { return t.ID == id })
	d.entries = slices.Insert(d.entries, 0, feeds.Entry{
		Article: feeds.Article{
			ID: id, Slug: feeds.Slug(id), Story: "story", Revision: 1, Publisher: "sample-city", Language: "en",
			Title: fmt.Sprint("Notice ", r.Seq), Content: fmt.Sprintf("<p>As of record %d.</p>", r.Seq), Published: r.Time,
		},
		Record: r, Title: fmt.Sprint("Notice ", r.Seq), URL: "https://news.city.example/en/n/" + feeds.Slug(id), Direction: "ltr",
		Changed: r.Time, Replaces: replaces, PublisherName: "Kazemori",
	})
}

func (d *diary) withdraw(i int) {
	id := d.entries[i].Article.ID
	r := d.record(feeds.ReasonWithdrawal)
	d.entries = slices.Delete(d.entries, i, i+1)
	d.gone = slices.Insert(d.gone, 0, feeds.Tombstone{ID: id, Slug: feeds.Slug(id), When: r.Time, Seq: r.Seq})
}

// cut closes an archive over all but the newest entries.
func (d *diary) cut(leave int) {
	if len(d.entries) <= leave {
		return
	}
	d.since = d.entries[leave].Record.Seq
	d.entries = d.entries[:leave]
	d.gone = slices.DeleteFunc(d.gone, func(t feeds.Tombstone) bool { return t.Seq <= d.since })
}

// publish puts the channel's documents in the place of the last ones.
func (d *diary) publish() {
	d.t.Helper()
	urls := map[feeds.Format]string{}
	for _, f := range feeds.Formats() {
		urls[f] = "https://news.city.example/en/all." + string(f)
	}
	feed := feeds.Feed{
		Channel: d.channel, ID: feeds.ChannelID("test", d.channel), Language: "en", Direction: "ltr", Title: d.title, Description: "All notices.",
		SiteTitle: "News", HomeURL: "https://news.city.example/en/", URL: urls, TaxonomyURL: feeds.TaxonomyID("test"),
		Updated: anyTime.Add(time.Duration(d.seq) * time.Minute), LastSeq: d.seq, Since: d.since, Entries: d.entries, Gone: d.gone,
	}
	for _, f := range feeds.Formats() {
		body, err := feeds.Render(feed, f)
		if err == nil {
			err = check.Document(f, body)
		}
		if err != nil {
			d.t.Fatal(err)
		}
		key := feeds.DocumentKey{Channel: d.channel, Format: f}
		d.city.put(key, body, len(d.entries))
		doc := d.city.documents[key]
		doc.ETag = feeds.ETag(0, d.seq, body)
		d.city.documents[key] = doc
		d.states[f] = append(d.states[f], doc)
	}
}

// shown is what a reader knows of a document: the text of each entry by its id, and
// the records of those.
type shown struct {
	entries map[string]string
	seqs    map[string]int64
	gone    map[string]bool
}

func read(t *testing.T, format feeds.Format, body []byte, before *shown) *shown {
	t.Helper()
	parts, err := feeds.TakeApart(format, body)
	if err != nil {
		t.Fatal(err)
	}
	s := &shown{map[string]string{}, map[string]int64{}, map[string]bool{}}
	if before != nil {
		for id := range before.entries {
			s.entries[id], s.seqs[id] = before.entries[id], before.seqs[id]
		}
		for id := range before.gone {
			s.gone[id] = true
		}
	}
	for _, p := range parts.All {
		if p.Gone {
			delete(s.entries, p.ID)
			s.gone[p.ID] = true
			continue
		}
		delete(s.entries, p.Replaces)
		delete(s.gone, p.ID)
		s.entries[p.ID], s.seqs[p.ID] = string(p.Bytes(body)), p.Seq
	}
	return s
}

// For every state that a reader may hold, at every later state: what they held and
// the delta make what the live document shows.
func TestDeltaAndLiveDocumentAgree(t *testing.T) {
	seeds := uint64(3)
	if testing.Short() {
		seeds = 1
	}
	for seed := range seeds {
		d := newDiary(t)
		random := rand.New(rand.NewPCG(seed, 7))
		shelf := NewShelf(ShelfConfig{Documents: d.city, Settings: d.city.now, Log: discard()})
		h := Public(Config{Settings: func() Settings { return d.city.settings }, Shelf: shelf, Channels: d.city, Articles: d.city, Log: discard()})
		deltas, wholes, proven := map[feeds.Format]int{}, map[feeds.Format]int{}, map[feeds.Format]int{}
		for step := range 36 {
			happen(d, random, step)
			d.publish()
			if err := shelf.compare(t.Context()); err != nil {
				t.Fatal(err)
			}
			// A process that was just started knows none of the earlier states.
			restarted := NewShelf(ShelfConfig{Documents: d.city, Settings: d.city.now, Log: discard()})
			if err := restarted.compare(t.Context()); err != nil {
				t.Fatal(err)
			}
			again := Public(Config{Settings: func() Settings { return d.city.settings }, Shelf: restarted, Channels: d.city, Articles: d.city, Log: discard()})
			for _, f := range feeds.Formats() {
				live := d.states[f][len(d.states[f])-1]
				for n, held := range d.states[f] {
					if r := get(again, "/en/all."+string(f), "A-IM", "feed", "If-None-Match", held.ETag); r.StatusCode == http.StatusIMUsed {
						proven[f]++
						agree(t, f, held, live, []byte(body(t, r)))
					}
					r := get(h, "/en/all."+string(f), "A-IM", "feed", "If-None-Match", held.ETag)
					got := body(t, r)
					switch r.StatusCode {
					case http.StatusNotModified:
						if held.ETag != live.ETag {
							t.Fatalf("seed %d, %s, state %d at %d: 304", seed, f, n, step)
						}
					case http.StatusOK:
						wholes[f]++
						if held.ETag == live.ETag || got != string(live.Body) {
							t.Fatalf("seed %d, %s, state %d at %d: not the live document", seed, f, n, step)
						}
					case http.StatusIMUsed:
						deltas[f]++
						if err := check.Document(f, []byte(got)); err != nil {
							t.Fatalf("seed %d, %s, state %d at %d: %v\n%s", seed, f, n, step, err, got)
						}
						agree(t, f, held, live, []byte(got))
					default:
						t.Fatalf("status %d", r.StatusCode)
					}
					if t.Failed() {
						t.Fatalf("seed %d, %s, state %d at %d", seed, f, n, step)
					}
				}
			}
		}
		if deltas[feeds.Atom] < 50 || deltas[feeds.JSONFeed] < 50 || deltas[feeds.RSS] < 10 {
			t.Errorf("seed %d: deltas %v, whole documents %v", seed, deltas, wholes)
		}
		if proven[feeds.Atom] < 10 || proven[feeds.JSONFeed] < 10 || proven[feeds.RSS] < 10 {
			t.Errorf("seed %d: deltas after a restart %v", seed, proven)
		}
	}
}

func agree(t *testing.T, f feeds.Format, held, live feeds.Document, delta []byte) {
	t.Helper()
	reader := read(t, f, delta, read(t, f, held.Body, nil))
	truth := read(t, f, live.Body, nil)
	whole, err := feeds.TakeApart(f, live.Body)
	if err != nil {
		t.Fatal(err)
	}
	for id, text := range truth.entries {
		if reader.entries[id] != text {
			t.Errorf("the reader has of %s:\n%s\nwant\n%s", id, reader.entries[id], text)
		}
	}
	for id := range truth.gone {
		if !reader.gone[id] {
			t.Errorf("the reader was not told that %s is gone", id)
		}
	}
	for id := range reader.entries {
		if truth.entries[id] == "" && reader.seqs[id] > whole.Since {
			t.Errorf("the reader still has %s", id)
		}
	}
	cut, err := feeds.TakeApart(f, delta)
	if err != nil {
		t.Fatal(err)
	}
	_, base, _ := feeds.ParseETag(held.ETag)
	for _, p := range cut.All {
		if !p.Gone && p.Seq <= base {
			t.Errorf("record %d is in a delta since %d", p.Seq, base)
		}
	}
}

// happen lets one to three things happen to a channel.
func happen(d *diary, random *rand.Rand, step int) {
	for range 1 + random.IntN(3) {
		any := func() int { return random.IntN(len(d.entries)) }
		switch n := random.IntN(40); {
		case n < 22 || len(d.entries) < 3:
			d.add(feeds.MintID("sample-city", fmt.Sprint("notice-", d.seq), "en"), "")
		case n < 27: // corrected
			e := d.entries[any()]
			d.add(e.Article.ID, e.Replaces)
		case n < 31: // a late translation
			d.add(feeds.MintID("sample-city", fmt.Sprint("better-", d.seq), "en"), d.entries[any()].Article.ID)
		case n < 34:
			d.withdraw(any())
		case n < 36: // a link to a translation, which has no record here
			e := &d.entries[any()]
			e.Versions = append(e.Versions, feeds.Version{ID: feeds.MintID("x", fmt.Sprint(step), "ja"), Language: "ja", URL: "https://news.city.example/ja/n/" + fmt.Sprint(step)})
		case n < 37: // filed elsewhere
			i := any()
			d.entries = slices.Delete(d.entries, i, i+1)
		case n < 38: // forgotten
			if len(d.gone) > 1 {
				d.gone = d.gone[:len(d.gone)-1]
			}
		case n < 39:
			d.title = fmt.Sprint("All, ", step)
		default:
			d.cut(5)
		}
	}
}

func TestDelta(t *testing.T) {
	d := newDiary(t)
	for i := range 30 {
		d.add(feeds.MintID("sample-city", fmt.Sprint("first-", i), "en"), "")
	}
	d.publish()
	shelf := NewShelf(ShelfConfig{Documents: d.city, Settings: d.city.now, Log: discard()})
	metrics := NewMetrics()
	h := Public(Config{Settings: func() Settings { return d.city.settings }, Shelf: shelf, Channels: d.city, Articles: d.city, Metrics: metrics, Log: discard()})
	follow := func() {
		t.Helper()
		if err := shelf.compare(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	follow()
	held := get(h, "/en/all.atom", "A-IM", "feed", "Accept-Encoding", "gzip")
	if held.StatusCode != http.StatusOK || held.Header.Get("Im") != "" {
		t.Errorf("without a validator: status %d", held.StatusCode)
	}
	tag := held.Header.Get("Etag") // of the gzip coding
	d.add("https://kazemori.example/new", "")
	d.publish()
	follow()
	plain := d.states[feeds.Atom][0].ETag
	if !strings.HasSuffix(tag, `-gz"`) {
		t.Errorf("tag %s", tag)
	}

	for _, test := range []struct {
		remark string
		fields []string
		want   int
	}{
		{"who asks", []string{"A-IM", "feed", "If-None-Match", plain}, 226},
		{"the tag of another coding", []string{"A-IM", "feed", "If-None-Match", tag}, 226},
		{"a weak tag", []string{"A-IM", "feed", "If-None-Match", "W/" + plain}, 226},
		{"among others", []string{"A-IM", "gzip, Feed;q=0.5", "If-None-Match", `"x", ` + plain}, 226},
		{"two fields", []string{"A-IM", "vcdiff", "A-IM", "feed", "If-None-Match", plain}, 226},
		{"who does not ask", []string{"If-None-Match", plain}, 200},
		{"who refuses", []string{"A-IM", "feed;q=0", "If-None-Match", plain}, 200},
		{"another manipulation", []string{"A-IM", "vcdiff", "If-None-Match", plain}, 200},
		{"no validator", []string{"A-IM", "feed"}, 200},
		{"a date alone", []string{"A-IM", "feed", "If-Modified-Since", anyTime.Format(http.TimeFormat)}, 200},
		{"another hash of the same record", []string{"A-IM", "feed", "If-None-Match", `"30-deadbeef"`}, 200},
		{"a record that is to come", []string{"A-IM", "feed", "If-None-Match", `"99-deadbeef"`}, 200},
		{"no sequence", []string{"A-IM", "feed", "If-None-Match", `"deadbeef"`}, 200},
		{"a broken tag", []string{"A-IM", "feed", "If-None-Match", `"30-`}, 200},
		{"what is current", []string{"A-IM", "feed", "If-None-Match", d.states[feeds.Atom][1].ETag}, 304},
		{"what is current, among others", []string{"A-IM", "feed", "If-None-Match", plain + ", " + d.states[feeds.Atom][1].ETag}, 304},
		{"any", []string{"A-IM", "feed", "If-None-Match", "*"}, 304},
	} {
		if r := get(h, "/en/all.atom", test.fields...); r.StatusCode != test.want {
			t.Errorf("%s: status %d, want %d", test.remark, r.StatusCode, test.want)
		}
	}
	if r := ask(h, http.MethodHead, "/en/all.atom", "A-IM", "feed", "If-None-Match", plain); r.StatusCode != http.StatusOK {
		t.Errorf("HEAD: status %d, want 200: a delta is an answer to GET", r.StatusCode)
	}

	r := get(h, "/en/all.atom", "A-IM", "feed", "If-None-Match", plain)
	got := body(t, r)
	fields(t, r, map[string]string{
		"Im": "feed", "Cache-Control": "no-store", "Etag": d.states[feeds.Atom][1].ETag, "Delta-Base": plain,
		"Vary": "Accept-Encoding, Sec-Fetch-Dest, A-IM, If-None-Match", "Content-Type": "application/atom+xml; charset=utf-8",
		"Content-Encoding": "", "Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff",
		"Last-Modified": anyTime.Add(3 * time.Second).Format(http.TimeFormat), // three formats changed, one after the other
	})
	if strings.Count(got, "<entry") != 1 || !strings.Contains(got, "https://kazemori.example/new") || !strings.Contains(strings.Join(r.Header["Link"], " "), `rel="self"`) {
		t.Errorf("the delta:\n%s", got)
	}
	small := get(h, "/en/all.atom", "A-IM", "feed", "If-None-Match", plain, "Accept-Encoding", "gzip")
	fields(t, small, map[string]string{"Content-Encoding": "gzip", "Etag": strings.TrimSuffix(d.states[feeds.Atom][1].ETag, `"`) + `-gz"`})

	// Another process, as after a restart, has not seen that state. The tag proves it as
	// long as entries came on top and nothing else happened.
	d.add("https://kazemori.example/newer", "")
	d.publish()
	other := NewShelf(ShelfConfig{Documents: d.city, Settings: d.city.now, Log: discard()})
	if err := other.compare(t.Context()); err != nil {
		t.Fatal(err)
	}
	h = Public(Config{Settings: func() Settings { return d.city.settings }, Shelf: other, Channels: d.city, Articles: d.city, Log: discard()})
	for _, tag := range []string{plain, tag} {
		r := get(h, "/en/all.atom", "A-IM", "feed", "If-None-Match", `"x", "31-deadbeef", W/`+tag)
		if got := body(t, r); r.StatusCode != http.StatusIMUsed || strings.Count(got, "<entry") != 2 {
			t.Errorf("a state that was not seen, by the tag %s: status %d\n%s", tag, r.StatusCode, got)
		}
	}
	d.withdraw(5)
	d.publish()
	other = NewShelf(ShelfConfig{Documents: d.city, Settings: d.city.now, Log: discard()})
	if err := other.compare(t.Context()); err != nil {
		t.Fatal(err)
	}
	h = Public(Config{Settings: func() Settings { return d.city.settings }, Shelf: other, Channels: d.city, Articles: d.city, Log: discard()})
	if r := get(h, "/en/all.atom", "A-IM", "feed", "If-None-Match", plain); r.StatusCode != http.StatusOK {
		t.Errorf("a state that can't be proven: status %d, want 200", r.StatusCode)
	}
}

func TestDeltasAreBounded(t *testing.T) {
	var c deltaCache
	big := &content{mediaType: []string{"text/plain"}}
	big.variants[identity].Store(newVariant(identity, make([]byte, 1<<20), `"1-x"`))
	for i := range 200 {
		c.keep(deltaName{since: int64(i)}, big)
	}
	if c.bytes > mostDeltaBytes || len(c.last) > mostDeltas || c.look(deltaName{since: 199}) == nil || c.look(deltaName{since: 1}) != nil {
		t.Errorf("%d deltas of %d bytes are kept", len(c.last), c.bytes)
	}

	d := newDiary(t)
	shelf := NewShelf(ShelfConfig{Documents: d.city, Settings: d.city.now, Log: discard()})
	for i := range mostBases + 20 {
		d.add(feeds.MintID("sample-city", fmt.Sprint(i), "en"), "")
		d.cut(20)
		d.entries = slices.Clone(d.entries)
		if d.seq%10 == 0 { // states of which each is known
			d.publish()
			if err := shelf.compare(t.Context()); err != nil {
				t.Fatal(err)
			}
			found(t, shelf, feeds.DocumentKey{Channel: channelNamed("en/all"), Format: feeds.Atom})
		}
	}
	if l := shelf.look(feeds.DocumentKey{Channel: channelNamed("en/all"), Format: feeds.Atom}).content.Load().lineage; len(l.bases) > 3 {
		t.Errorf("%d states are known of a document that goes back two", len(l.bases))
	}
}
