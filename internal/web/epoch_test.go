package web

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/backup"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/publish"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/storetest"
)

// Two months of a city's notices, a backup, a day that partners read, a restore and five days
// more. Each partner, by whatever it goes, ends with what is live, and with nothing of the
// lost day that is not.
func TestPartnersOfADatabaseThatWasRestored(t *testing.T) {
	l := newLife(t)
	asking, counting, following := &deltas{}, &cursor{}, &follower{}
	partners := []partner{&poller{}, asking, counting, following}
	visit := func() {
		t.Helper()
		for _, p := range partners {
			p.visit(l)
		}
	}
	for day := range 60 {
		l.day(3)
		if day%7 == 0 {
			visit()
		}
	}
	visit()
	copied := filepath.Join(t.TempDir(), "kairan.db.zst")
	if _, err := backup.Write(t.Context(), l.db, backup.Writing{File: copied}); err != nil {
		t.Fatal(err)
	}
	saved := l.clone()

	// The lost day: so much that archives are closed in it.
	l.day(70)
	visit()
	l.withdraw(2)
	l.change("notice-100", "notice-170") // one stands in archives, one in the live document
	l.takeBack("notice-101", "notice-171")
	l.day(4)
	visit()
	lost, lostNotices := l.live(), maps.Clone(l.held)
	lostArchives := l.archives()

	path := strings.TrimPrefix(l.address, "sqlite:")
	l.db.Close()
	out, err := backup.Restore(t.Context(), backup.Restoring{From: copied, To: path, Who: "test", Reason: "test", Now: l.now})
	if err != nil {
		t.Fatal(err)
	}
	if out.Epoch.Since != 1_000_000 || out.Epoch.Former != 0 || out.Epoch.From == 0 || out.Aside == "" {
		t.Errorf("restored is %+v", out)
	}
	l.restored(saved)
	l.open()
	l.refresh()
	visit() // before anything else happens

	// Of the lost day some come again, as their sources still have them.
	again := 0
	for _, key := range slices.Sorted(maps.Keys(lostNotices)) {
		if _, ok := l.held[key]; !ok && again < 20 {
			l.held[key], again = lostNotices[key], again+1
		}
	}
	for range 5 {
		l.day(30)
		visit()
	}
	l.withdraw(3)
	l.day(2)
	visit()

	want := l.live()
	for _, p := range partners {
		got := p.knows()
		for slug, title := range want {
			if got[slug] != title {
				t.Errorf("%T has %q for %s, want %q", p, got[slug], slug, title)
			}
		}
		for slug, title := range got {
			if _, ok := want[slug]; !ok {
				t.Errorf("%T has %q, which is not live", p, title)
			}
		}
	}
	if len(want) < 300 || len(lost) < 200 {
		t.Errorf("%d live notices, and %d of the lost day, prove little", len(want), len(lost))
	}
	if asking.told < 5 || counting.anew != 1 || following.fetched < 5 {
		t.Errorf("%d deltas, %d times anew and %d archives prove little", asking.told, counting.anew, following.fetched)
	}
	for _, n := range lostArchives {
		if slices.Contains(l.archives(), n) && !slices.Contains(saved.archivesThen, n) {
			t.Errorf("archive %d of the lost day is another one now", n)
		}
	}
	if len(lostArchives) == len(saved.archivesThen) || len(l.archives()) == len(saved.archivesThen) {
		t.Errorf("archives %v, %v, %v prove little", saved.archivesThen, lostArchives, l.archives())
	}
}

// life is a city that publishes one channel from a real store.
type life struct {
	t       *testing.T
	city    *city
	address string
	db      *store.DB
	shelf   *Shelf
	site    http.Handler
	now     time.Time
	n       int
	held    map[string]feeds.Article // by key: what the source has
	order   []string

	archivesThen []int
}

var lifeChannel = feeds.Channel{Locale: "en", Kind: feeds.ChannelEverything}

func newLife(t *testing.T) *life {
	l := &life{t: t, city: newCity(t), address: storetest.SQLite(t), now: anyTime, held: map[string]feeds.Article{}}
	l.open()
	return l
}

func (l *life) open() {
	l.t.Helper()
	db, err := store.Open(l.t.Context(), l.address)
	if err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(func() { db.Close() })
	if err := db.Migrate(l.t.Context()); err != nil {
		l.t.Fatal(err)
	}
	l.db = db
	if l.shelf == nil {
		l.shelf = NewShelf(ShelfConfig{Documents: lifeDocuments{l}, Settings: l.city.now, Log: discard()})
		l.site = Public(Config{Settings: l.city.now, Shelf: l.shelf, Channels: l.city, Articles: l.city, Log: discard()})
	}
}

func (l *life) publisher() *publish.Publisher {
	return &publish.Publisher{Composer: &publish.Composer{Site: l.city.settings.Site, Bundle: l.city.settings.Bundle, Read: publish.At(l.db.Snapshot)}, Store: l.db}
}

// day brings so many new notices, in runs of ten at most.
func (l *life) day(notices int) {
	l.t.Helper()
	for notices > 0 {
		l.now = l.now.Add(24 * time.Hour / 8)
		for range min(10, notices) {
			l.n++
			key := fmt.Sprint("notice-", l.n)
			l.held[key] = feeds.Article{
				Publisher: "sample-city", Source: "news", Key: key, GUID: key, StoryHint: key, Language: "en",
				Title: "Notice " + fmt.Sprint(l.n), Content: "<p>Text.</p>", Published: l.now, PublishedFrom: feeds.DateDeclared,
			}
			l.order = append(l.order, key)
		}
		notices -= 10
		l.collect()
	}
	l.now = l.now.Add(12 * time.Hour)
}

// withdraw takes so many of the newest notices back.
func (l *life) withdraw(n int) {
	for range n {
		for i, key := range slices.Backward(l.order) {
			if _, ok := l.held[key]; ok {
				delete(l.held, key)
				l.order = slices.Delete(l.order, i, i+1)
				break
			}
		}
	}
	l.collect()
}

// change corrects notices.
func (l *life) change(keys ...string) {
	l.now = l.now.Add(time.Hour)
	for _, key := range keys {
		a := l.held[key]
		a.Title, a.Updated = a.Title+", corrected", l.now
		l.held[key] = a
	}
	l.collect()
}

// takeBack withdraws notices.
func (l *life) takeBack(keys ...string) {
	for _, key := range keys {
		delete(l.held, key)
		l.order = slices.DeleteFunc(l.order, func(k string) bool { return k == key })
	}
	l.collect()
}

func (l *life) collect() {
	l.t.Helper()
	articles := make([]feeds.Article, 0, len(l.held))
	for _, key := range slices.Sorted(maps.Keys(l.held)) {
		articles = append(articles, l.held[key])
	}
	if _, err := l.db.Collect(l.t.Context(), store.Collected{
		Run: store.Run{Source: "news", Started: l.now}, Touched: l.city.settings.Site.Touched,
		Brought: ledger.Brought{Articles: articles, Extent: ledger.Whole, Now: l.now, Release: true},
	}); err != nil {
		l.t.Fatal(err)
	}
	if _, err := l.publisher().Publish(l.t.Context(), lifeChannel, 0, l.now); err != nil {
		l.t.Fatal(err)
	}
	l.refresh()
}

func (l *life) refresh() {
	l.t.Helper()
	if err := l.shelf.Refresh(l.t.Context()); err != nil {
		l.t.Fatal(err)
	}
}

// clone is what the source had.
func (l *life) clone() *life {
	return &life{held: maps.Clone(l.held), order: slices.Clone(l.order), archivesThen: l.archives()}
}

// restored has the source be as it was: what it brought since is published no more there.
func (l *life) restored(then *life) {
	l.held, l.order = maps.Clone(then.held), slices.Clone(then.order)
	l.n += 1000
}

// live returns the titles of what is live, by slugs.
func (l *life) live() map[string]string {
	l.t.Helper()
	all := map[string]string{}
	if err := l.db.ListArticles(l.t.Context(), func(a store.ListedArticle) error {
		if a.Withdrawn.IsZero() || a.Withdrawn.UnixMilli() == 0 {
			all[a.Slug] = ""
		}
		return nil
	}); err != nil {
		l.t.Fatal(err)
	}
	for _, a := range l.held {
		all[feeds.Slug(feeds.MintID(a.Publisher, a.Key, a.Language))] = a.Title
	}
	return all
}

func (l *life) archives() (numbers []int) {
	l.t.Helper()
	closed, err := l.db.ClosedArchives(l.t.Context())
	if err != nil {
		l.t.Fatal(err)
	}
	for _, a := range closed[lifeChannel] {
		numbers = append(numbers, a.N)
	}
	return numbers
}

func (l *life) get(path string, headers ...string) (*http.Response, sheet) {
	l.t.Helper()
	r := get(l.site, path, headers...)
	var p sheet
	if r.StatusCode == http.StatusOK || r.StatusCode == http.StatusIMUsed {
		if err := json.Unmarshal([]byte(body(l.t, r)), &p); err != nil {
			l.t.Fatal(err)
		}
	}
	return r, p
}

const lifePath = "/en/everything.json"

// read is what partners read of a document.
type sheet struct {
	Next   string `json:"next_url"`
	Kairan struct {
		Seq, Since int64
		Archive    int
		Epoch      struct{ Name, Former, From, Since int64 }
		Withdrawn  []struct {
			ID  string
			Seq int64
		}
	} `json:"_kairan"`
	Items []struct {
		ID, Title string
		Kairan    struct{ Seq int64 } `json:"_kairan"`
	}
}

func (p sheet) previous(t *testing.T) string {
	if p.Next == "" {
		return ""
	}
	u, err := url.Parse(p.Next)
	if err != nil {
		t.Fatal(err)
	}
	return u.Path
}

// event is what a partner learned from a document of one record.
type event struct {
	seq         int64
	slug, title string
	gone        bool
}

// events are those of the document after a record, in the order of the log.
func (p sheet) events(after int64) (all []event) {
	for _, i := range p.Items {
		if i.Kairan.Seq > after {
			all = append(all, event{i.Kairan.Seq, feeds.Slug(i.ID), i.Title, false})
		}
	}
	for _, w := range p.Kairan.Withdrawn {
		if w.Seq > after {
			all = append(all, event{w.Seq, feeds.Slug(w.ID), "", true})
		}
	}
	slices.SortFunc(all, func(a, b event) int { return int(a.seq - b.seq) })
	return all
}

// replay returns what is live after these events.
func replay(events []event) map[string]string {
	live := map[string]string{}
	for _, e := range events {
		if e.gone {
			delete(live, e.slug)
		} else {
			live[e.slug] = e.title
		}
	}
	return live
}

// partner reads the channel now and then.
type partner interface {
	visit(*life)
	knows() map[string]string
}

// behind returns what a document and the archives before it say after a record.
func (l *life) behind(p sheet, after int64) []event {
	events := p.events(after)
	for p.Kairan.Since > after {
		_, p = l.get(p.previous(l.t))
		events = append(p.events(after), events...)
	}
	return events
}

// poller keeps what is live alone. It reads everything anew where the epoch is another.
type poller struct {
	live  map[string]string
	seq   int64
	epoch int64
	tag   string
}

func (o *poller) visit(l *life) {
	r, p := l.get(lifePath, "If-None-Match", o.tag)
	o.take(l, r, p)
}

func (o *poller) take(l *life, r *http.Response, p sheet) {
	if r.StatusCode == http.StatusNotModified {
		return
	}
	o.tag = r.Header.Get("ETag")
	if p.Kairan.Epoch.Name != o.epoch || o.live == nil {
		o.live, o.seq, o.epoch = map[string]string{}, 0, p.Kairan.Epoch.Name
	}
	for _, e := range l.behind(p, o.seq) {
		if e.gone {
			delete(o.live, e.slug)
		} else {
			o.live[e.slug] = e.title
		}
	}
	o.seq = max(o.seq, p.Kairan.Seq)
}

func (o *poller) knows() map[string]string { return o.live }

// deltas asks for what it lacks alone (RFC 3229).
type deltas struct {
	poller
	told int
}

func (o *deltas) visit(l *life) {
	r, p := l.get(lifePath, "If-None-Match", o.tag, "A-IM", "feed")
	if r.StatusCode == http.StatusIMUsed {
		o.told++
		p.Kairan.Since = 0 // it lacks nothing before
		if p.Kairan.Epoch.Name != o.epoch {
			l.t.Error("a delta leads from one epoch to another")
		}
	}
	o.take(l, r, p)
}

// cursor keeps every record, and counts by their numbers. It goes back to the last one that
// still stands.
type cursor struct {
	events []event
	epoch  int64
	anew   int
}

func (o *cursor) visit(l *life) {
	_, p := l.get(lifePath)
	if e := p.Kairan.Epoch; e.Name != o.epoch {
		if e.Former != o.epoch {
			l.t.Errorf("the epoch is %+v, and was %d", e, o.epoch)
		}
		o.events = slices.DeleteFunc(o.events, func(known event) bool { return known.seq > e.From })
		o.epoch, o.anew = e.Name, o.anew+1
	}
	last := int64(0)
	if n := len(o.events); n > 0 {
		last = o.events[n-1].seq
	}
	o.events = append(o.events, l.behind(p, last)...)
}

func (o *cursor) knows() map[string]string { return replay(o.events) }

// follower knows no epochs. It reads the chain of archives (RFC 5005 §4), and fetches none of
// which it knows the address.
type follower struct {
	archives map[string]sheet
	chain    []event
	fetched  int
}

func (o *follower) visit(l *life) {
	if o.archives == nil {
		o.archives = map[string]sheet{}
	}
	_, p := l.get(lifePath)
	o.chain = p.events(0)
	for path := p.previous(l.t); path != ""; path = p.previous(l.t) {
		known, ok := o.archives[path]
		if !ok {
			_, known = l.get(path)
			o.archives[path] = known
			o.fetched++
		}
		p = known
		o.chain = append(p.events(0), o.chain...)
	}
}

func (o *follower) knows() map[string]string { return replay(o.chain) }

// lifeDocuments are those of the city's present database.
type lifeDocuments struct{ *life }

func (d lifeDocuments) Published(ctx context.Context) (feeds.Published, error) {
	return d.db.Published(ctx)
}

func (d lifeDocuments) Make(ctx context.Context, c feeds.Channel, archive int, formats ...feeds.Format) (feeds.Made, error) {
	return d.publisher().Composer.Make(ctx, c, archive, formats...)
}

// What nothing shows is pruned, and no document changes by it, be it live or an archive.
func TestPruningChangesNoDocument(t *testing.T) {
	l := newLife(t)
	for day := range 50 {
		l.day(3)
		if day%3 == 0 && day > 0 { // corrected twice, before and after the next document ends
			l.change(fmt.Sprint("notice-", 3*day-1))
			l.change(fmt.Sprint("notice-", 3*day-1))
		}
	}
	documents := func() map[string]string {
		t.Helper()
		all := map[string]string{}
		for _, n := range append([]int{0}, l.archives()...) {
			for _, format := range feeds.Formats() {
				made, err := l.publisher().Composer.Make(t.Context(), lifeChannel, n, format)
				if err != nil {
					t.Fatal(err)
				}
				all[made.Documents[0].Path()] = string(made.Documents[0].Body)
			}
		}
		return all
	}
	before := documents()
	if found, err := l.db.SupersededBefore(t.Context(), anyTime); err != nil || found.Len() != 0 {
		t.Errorf("before anything happened: %+v, %v", found, err)
	}
	found, err := l.db.SupersededBefore(t.Context(), l.now)
	if err != nil || found.Len() < 10 || found.Bytes < int64(found.Len()) {
		t.Fatalf("found is %d, %v", found.Len(), err)
	}
	if err := l.db.ClearSuperseded(t.Context(), found, nil); err != nil {
		t.Fatal(err)
	}
	if again, err := l.db.SupersededBefore(t.Context(), l.now); err != nil || again.Len() != 0 {
		t.Errorf("left are %d, %v", again.Len(), err)
	}
	if after := documents(); !maps.Equal(before, after) || len(after) < 9 {
		t.Errorf("of %d documents some have changed", len(after))
	}
	// All else is shown somewhere: without any other text some document changes.
	if _, err := l.db.Writer().ExecContext(t.Context(), `UPDATE revisions SET content = ''`); err != nil {
		t.Fatal(err)
	}
	if after := documents(); maps.Equal(before, after) {
		t.Error("the documents show no texts, and prove nothing")
	}
}
