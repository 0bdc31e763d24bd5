package publish

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/store"
)

// TestAYear is a year of a site, with all that befalls one: bursts of 300 articles,
// corrections, late translations, withdrawals and returns, a source with another
// name, a site with another address, and a database that is restored from
// yesterday's copy. A reader asks each channel every hour in which something happens,
// and in others. It proves that the reader misses nothing, that no id changes, and
// that walking the archives finds every record once, in each format, the old archives
// as they were, and that who holds any state and asks for what is new since gets that.
// With -short there are fewer and smaller bursts, fewer hours are read, and the archives in one format.
func TestAYear(t *testing.T) {
	t.Parallel()
	hours, bursts, burst, months, walked := 30, []int{40, 170, 300}, 300, 2, feeds.Formats()
	if testing.Short() {
		hours, bursts, burst, months, walked = 3, []int{40, 300}, 150, 11, []feeds.Format{feeds.Atom}
	}
	y := newYear(t)
	day := func(n int) time.Time { return y.began.AddDate(0, 0, n) }
	type event struct {
		at time.Time
		do func()
	}
	var events []event
	on := func(at time.Time, do func()) { events = append(events, event{at, do}) }
	for range hours { // ordinary ones
		on(y.began.Add(time.Duration(y.r.IntN(365*24))*time.Hour), y.ordinary)
	}
	for _, n := range bursts {
		on(day(n), func() { y.write(burst) })
	}
	on(day(100), func() { y.post(30) })
	on(day(110), func() {
		for range 20 {
			y.withdraw()
		}
	})
	on(day(120), func() { y.source = "press" })
	on(day(150), y.relabel)
	on(day(230), y.grow)
	on(day(320), y.forbid)
	on(day(200), func() { y.move("https://kairan.city.example/news") })
	on(day(260), y.copyDatabase)
	on(day(260).Add(5*time.Hour), func() { y.write(120) })
	// News alone: a correction that its source lists no more is lost with the day.
	on(day(260).Add(9*time.Hour), func() { y.write(7) })
	on(day(261), y.restore)
	for month := 2; month <= 12; month += months { // walks through the archives
		formats := []feeds.Format{walked[month/2%len(walked)]}
		on(y.began.AddDate(0, month, 0), func() { y.walkAll(formats...) })
	}
	slices.SortStableFunc(events, func(a, b event) int { return a.at.Compare(b.at) })

	w := y.newWitness()
	for i, e := range events {
		y.now = e.at
		e.do()
		y.collect()
		y.publish()
		y.now = y.now.Add(time.Hour)
		y.readAll()
		w.look(i%10 == 9)
		if i%10 == 5 {
			y.selects()
		}
	}
	y.walkAll(walked...)
	w.look(true)
	y.settle()
	if y.archives == 0 || y.met == 0 {
		t.Error("nothing was read")
	}
	if n := y.followed(); n == 0 {
		t.Error("what two publishers published was never withdrawn by the first")
	}
	if w.deltas == 0 || w.wholes == 0 || w.unchanged == 0 {
		t.Errorf("%d deltas, %d whole documents, %d times nothing new", w.deltas, w.wholes, w.unchanged)
	}
	t.Logf("%d deltas, %d whole documents, %d times nothing new", w.deltas, w.wholes, w.unchanged)
	t.Logf("%d records, %d archives in %d walks, %d documents read, %d entries met", y.lastSeq(), y.archives, y.walks, y.changes, y.met)
}

// year is a site, what its publisher has, and who reads it.
type year struct {
	testing.TB
	db        *store.DB
	file      string
	publisher *Publisher
	words     int // how often the configuration changed
	began     time.Time
	now       time.Time
	r         *rand.Rand

	source   string // of the news
	articles []feeds.Article
	feed     int             // how many of the newest articles the source lists
	extra    []feeds.Article // older ones that it lists again
	folder   map[string]feeds.Article
	removed  []feeds.Article
	written  int
	// shared is what another publisher has too, by the keys there.
	shared    map[string]feeds.Article
	sharedIDs map[string]bool
	listed    map[string]bool // of these, what the first publisher had before

	readers map[string]*reader
	ids     map[string]string // the id of each article of the publisher, by what it is to them
	kept    map[feeds.DocumentKey]document
	made    map[madeKey]feeds.Document
	read    map[string]document // what was read before, by its bytes' tag and its key

	archives, walks, changes, met int
}

// reader knows what it has met in one channel.
type reader struct {
	etag string
	seq  int64
	met  map[string]bool
	has  map[string]string // id → title, of what stands
}

func newYear(t testing.TB) *year {
	y := &year{
		TB: t, began: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), r: rand.New(rand.NewPCG(2027, 1)), source: "news",
		file: filepath.Join(t.TempDir(), "kairan.db"), feed: 40,
		folder: map[string]feeds.Article{}, shared: map[string]feeds.Article{}, sharedIDs: map[string]bool{}, readers: map[string]*reader{}, ids: map[string]string{}, kept: map[feeds.DocumentKey]document{}, made: map[madeKey]feeds.Document{}, read: map[string]document{},
	}
	y.now = y.began
	s := site()
	s.Locales = []feeds.Locale{{Tag: "en", Chain: []string{"en", "ja"}}, {Tag: "ja", Chain: []string{"ja", "en"}}, {Tag: "ar", Chain: []string{"ar", "en"}}}
	s.Categories = s.Categories[:2]
	y.publisher = &Publisher{Composer: &Composer{Site: s, Bundle: loadWords(t)}}
	y.open()
	t.Cleanup(func() { y.db.Close() })
	for _, c := range s.Channels() {
		y.readers[c.String()] = &reader{met: map[string]bool{}, has: map[string]string{}}
	}
	y.markAll()
	return y
}

func (y *year) check(err error) {
	y.Helper()
	if err != nil {
		y.Fatal(err)
	}
}

func (y *year) open() {
	db, err := store.Open(y.Context(), "sqlite:"+y.file)
	y.check(err)
	y.check(db.Migrate(y.Context()))
	y.db, y.publisher.Store, y.publisher.Composer.Read = db, db, At(db.Snapshot)
	y.adopt()
}

// adopt has documents made with the present words from now on, as whoever starts does.
func (y *year) adopt() {
	y.check(y.db.AdoptWords(y.Context(), fmt.Sprint("words ", y.words), y.now))
}

func (y *year) markAll() {
	y.check(y.db.Mark(y.Context(), y.publisher.Composer.Site.Channels(), store.Marking{}, y.now))
}

// ordinary is an hour of an ordinary day.
func (y *year) ordinary() {
	switch y.r.IntN(10) {
	case 0, 1:
		y.correct()
	case 2, 3:
		y.translate()
	case 4:
		y.withdraw()
	case 5:
		if len(y.removed) > 0 {
			a := y.removed[0]
			y.removed = y.removed[1:]
			y.folder[a.Key] = a
		}
	case 6, 7:
		y.write(1 + y.r.IntN(5))
		y.post(1 + y.r.IntN(3))
	default:
		y.write(1 + y.r.IntN(12))
	}
}

func (y *year) article(kind string) feeds.Article {
	y.written++
	key := fmt.Sprintf("%s-%d", kind, y.written)
	language := []string{"ja", "ja", "en", "ar", "th"}[y.r.IntN(5)]
	return feeds.Article{
		Publisher: "sample-city", Key: key, GUID: key, StoryHint: key, Language: language,
		Title: fmt.Sprintf("#%s.%s", key, language), Content: "<p>What it says.</p>", Link: linkOf(key, language),
		Published: y.now, PublishedFrom: feeds.DateDeclared,
		Categories: []string{[]string{"government", "sports"}[y.r.IntN(2)]},
	}
}

func linkOf(key, language string) string { return "https://city.example/" + key + "." + language }

// write brings news; post brings notices in the folder.
func (y *year) write(n int) {
	for range n {
		y.articles = append(y.articles, y.article("news"))
	}
	y.feed = max(40, n)
}

func (y *year) post(n int) {
	for range n {
		a := y.article("notice")
		y.folder[a.Key] = a
	}
}

// correct changes an article, however old, and says so.
func (y *year) correct() {
	if len(y.articles) == 0 {
		return
	}
	a := &y.articles[y.r.IntN(len(y.articles))]
	a.Title = strings.TrimSuffix(a.Title, ", corrected") + fmt.Sprintf(" %d, corrected", y.written)
	a.Corrected, a.Updated = y.now, y.now
	y.extra = append(y.extra, *a)
}

// translate brings another language of an article, however old.
func (y *year) translate() {
	if len(y.articles) == 0 {
		return
	}
	a := y.articles[y.r.IntN(len(y.articles))]
	for _, language := range []string{"en", "ja", "ar"} {
		have := slices.ContainsFunc(y.articles, func(b feeds.Article) bool { return b.Key == a.Key && b.Language == language })
		if !have {
			a.Language, a.Title, a.Corrected, a.Link = language, fmt.Sprintf("#%s.%s", a.Key, language), time.Time{}, linkOf(a.Key, language)
			y.articles = append(y.articles, a)
			return
		}
	}
}

func (y *year) withdraw() {
	for _, key := range slices.Sorted(maps.Keys(y.folder)) {
		if y.r.IntN(3) == 0 {
			y.removed = append(y.removed, y.folder[key])
			delete(y.folder, key)
			return
		}
	}
}

// move gives the site another address.
func (y *year) move(base string) {
	y.reload(func(s *feeds.Site) { s.BaseURL = base })
}

// reload has the site published by another configuration from now on.
func (y *year) reload(change func(*feeds.Site)) {
	site := *y.publisher.Composer.Site
	site.Locales, site.Categories, site.Publishers = slices.Clone(site.Locales), slices.Clone(site.Categories), slices.Clone(site.Publishers)
	change(&site)
	composer := *y.publisher.Composer
	composer.Site = &site
	y.publisher = &Publisher{Composer: &composer, Store: y.db}
	y.words++
	y.markAll()
	y.adopt()
}

// grow has readers of Japanese accept Arabic as well.
func (y *year) grow() {
	y.reload(func(s *feeds.Site) { s.Locales[1].Chain = []string{"ja", "en", "ar"} })
}

// relabel calls a category otherwise.
func (y *year) relabel() {
	y.reload(func(s *feeds.Site) { s.Categories[1].Labels = map[string]string{"en": "Sport", "ja": "運動"} })
}

// forbid takes the right to the full text back.
func (y *year) forbid() {
	y.reload(func(s *feeds.Site) { s.Publishers[0].License.FullText = false })
}

func (y *year) copyDatabase() {
	y.check(y.db.Close())
	data, err := os.ReadFile(y.file)
	y.check(err)
	y.check(os.WriteFile(y.file+".copy", data, 0o600))
	y.open()
}

// restore puts yesterday's database in the place of today's. Its sources, which still
// list what they listed since, are then collected again, as after each event.
func (y *year) restore() {
	y.feed = 200
	y.check(y.db.Close())
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(y.file + suffix); err != nil && !os.IsNotExist(err) {
			y.Fatal(err)
		}
	}
	y.check(os.Rename(y.file+".copy", y.file))
	y.open()
	y.readAll() // the state of yesterday is published again
	for key := range y.kept {
		if _, ok, err := y.db.Cut(y.Context(), key.Channel, key.Archive); err != nil || !ok {
			delete(y.kept, key) // closed since the copy was made: will be closed anew
		}
	}
}

// collect brings the store what the sources list.
func (y *year) collect() {
	list := append(slices.Clone(y.articles[max(0, len(y.articles)-y.feed):]), y.extra...)
	slices.Reverse(list)
	y.extra = nil
	y.run(y.source, list, false)
	folder := slices.SortedFunc(maps.Values(y.folder), func(a, b feeds.Article) int { return strings.Compare(a.Key, b.Key) })
	y.run("folder", folder, true)
	y.share(slices.Concat(list, folder))
}

// share has another publisher bring a third of these, each as it was when that brought it
// first. Of what the folder has no longer it takes back all but the Japanese, the time after.
func (y *year) share(articles []feeds.Article) {
	listed := map[string]bool{}
	for _, a := range articles {
		key := "shared-" + a.Key + "." + a.Language
		_, number, _ := strings.Cut(a.Key, "-")
		if n, err := strconv.Atoi(number); err != nil || n%3 > 0 {
			continue
		}
		if listed[key] = true; y.shared[key].Key != "" {
			continue
		}
		a.Publisher, a.Key, a.GUID, a.StoryHint = "careful-city", key, key, "shared-"+a.Key
		y.shared[key] = a
		y.sharedIDs[feeds.MintID(a.Publisher, a.Key, a.Language)] = true
	}
	var all []feeds.Article
	for _, key := range slices.Sorted(maps.Keys(y.shared)) {
		if listed[key] || y.listed[key] || !strings.HasPrefix(key, "shared-notice-") || y.shared[key].Language == "ja" {
			all = append(all, y.shared[key])
		}
	}
	y.listed = listed
	y.run("shared", all, true)
}

func (y *year) run(source string, articles []feeds.Article, complete bool) {
	for i := range articles {
		articles[i].Source = source
	}
	extent := ledger.Some
	if complete {
		extent = ledger.Whole
	}
	_, err := y.db.Collect(y.Context(), store.Collected{
		Run: store.Run{Source: source, Started: y.now}, State: store.SourceState{ID: source, LastSuccess: y.now},
		Brought: ledger.Brought{Articles: articles, Extent: extent, Now: y.now, Release: true}, Touched: y.publisher.Composer.Site.Touched,
	})
	y.check(err)
}

func (y *year) publish() {
	marks, err := y.db.Marked(y.Context())
	y.check(err)
	for _, m := range marks {
		res, err := y.publisher.Publish(y.Context(), m.Channel, m.Counter, y.now)
		y.check(err)
		if !res.Cleared || res.Faults != nil {
			y.Fatalf("%s: %+v", m.Channel, res)
		}
	}
}

// readAll has each reader ask for its channel.
func (y *year) readAll() {
	for path, r := range y.readers {
		y.readOne(path, r)
	}
}

func (y *year) readOne(path string, r *reader) {
	d := y.get(y.publisher.Composer.Site.BaseURL + "/" + path + ".json")
	if d.ETag == r.etag {
		return // 304
	}
	r.etag = d.ETag
	y.changes++
	live := y.parse(d)
	documents := []document{live}
	if live.seq >= r.seq { // else the database was restored, and counts anew
		for first := live; first.since > r.seq; documents = append(documents, first) {
			if first.previous == "" {
				y.Fatalf("%s begins behind %d, %s has read up to %d, and there is nothing before", first.key.Path(), first.since, path, r.seq)
			}
			first = y.parse(y.get(first.previous))
		}
	}
	r.seq = live.seq
	for _, d := range slices.Backward(documents) {
		for _, id := range d.gone {
			delete(r.has, id)
		}
		for _, e := range slices.Backward(d.entries) {
			if !r.met[e.id] {
				r.met[e.id] = true
				y.met++
			}
			y.sameID(path, e)
			r.has[e.id] = e.title
			if e.replaces != "" {
				delete(r.has, e.replaces)
			}
		}
	}
}

// sameID proves that what the publisher knows as one article has one id, everywhere
// and always.
func (y *year) sameID(path string, e entry) {
	if y.sharedIDs[e.id] {
		return
	}
	_, name, _ := strings.Cut(e.title, "#")
	name, _, _ = strings.Cut(strings.TrimSuffix(name, "\u2069"), " ")
	if id, ok := y.ids[name]; ok && id != e.id {
		y.Errorf("%s: %s has the id %s, and had %s", path, name, e.id, id)
	}
	y.ids[name] = e.id
}

// get fetches an address, of whatever time: who moves leads on from the old one.
func (y *year) get(address string) feeds.Document {
	y.Helper()
	path := address
	for _, base := range []string{"https://news.example/", "https://kairan.city.example/news/"} {
		path = strings.TrimPrefix(path, base)
	}
	key, ok := feeds.ParseDocumentPath(path)
	if !ok {
		y.Fatalf("%s is no document's address", address)
	}
	return y.make(key)
}

// madeKey names what was made of a document's state.
type madeKey struct {
	feeds.DocumentKey
	state feeds.ChannelState
	site  *feeds.Site
}

// make makes a document as its channel's state has it, once.
func (y *year) make(key feeds.DocumentKey) feeds.Document {
	y.Helper()
	state, _, err := y.db.Channel(y.Context(), key.Channel)
	y.check(err)
	name := madeKey{key, state, y.publisher.Composer.Site}
	if key.Archive > 0 {
		name.state = feeds.ChannelState{Past: state.Past}
	}
	d, ok := y.made[name]
	if !ok {
		made, err := y.publisher.Composer.Make(y.Context(), key.Channel, key.Archive, key.Format)
		if err != nil || made.Documents[0].Fault != nil {
			y.Fatalf("%s: %v, %v", key.Path(), err, made.Documents)
		}
		d = made.Documents[0].Document
		y.made[name] = d
	}
	return d
}

// parse reads a document, and what it has read before not again.
func (y *year) parse(d feeds.Document) document {
	name := d.Path() + d.ETag
	read, ok := y.read[name]
	if !ok {
		read = parse(y, d)
		y.read[name] = read
	}
	return read
}

func (y *year) records() []feeds.Record {
	records, err := y.db.ChannelRecordsAfter(y.Context(), feeds.RecordFilter{}, 0, 1<<20)
	y.check(err)
	return records
}

func (y *year) lastSeq() int64 {
	records := y.records()
	return records[len(records)-1].Seq
}

// categories returns a function that tells the categories of stories.
func (y *year) categories() func(string) []string {
	known := map[string][]string{}
	for category := range map[string]bool{"government": true, "sports": true} {
		records, err := y.db.ChannelRecordsAfter(y.Context(), feeds.RecordFilter{Category: category}, 0, 1<<20)
		y.check(err)
		for _, r := range records {
			if !slices.Contains(known[r.Story], category) {
				known[r.Story] = append(known[r.Story], category)
			}
		}
	}
	return func(story string) []string { return known[story] }
}

// walkAll walks each channel, in these formats, from its live document to its first
// archive.
func (y *year) walkAll(formats ...feeds.Format) {
	y.collect()
	y.publish()
	records, categories := y.records(), y.categories()
	for path := range y.readers {
		y.chain(path, func(languages []string) []feeds.Step {
			return steps(languages, channel(y, path), records, categories)
		}, formats)
	}
}

// chain walks a channel. What an archive must tell is decided by the languages under which
// it was closed.
func (y *year) chain(path string, view func(languages []string) []feeds.Step, formats []feeds.Format) {
	now := y.publisher.Composer.Site.Accepted(channel(y, path)).Chain
	views := map[string][]feeds.Step{}
	under := func(languages []string) []feeds.Step {
		name := strings.Join(languages, " ")
		if _, ok := views[name]; !ok {
			views[name] = view(languages)
		}
		return views[name]
	}
	for _, format := range formats {
		y.walk(path, format, func(archive int) []feeds.Step {
			if archive == 0 {
				return under(now)
			}
			cut, ok, err := y.db.Cut(y.Context(), channelNamed(path), archive)
			if err != nil || !ok {
				y.Fatalf("archive %d of %s: %v, %v", archive, path, ok, err)
			}
			return under(cut.Languages)
		})
	}
}

func (y *year) walk(path string, format feeds.Format, view func(archive int) []feeds.Step) {
	y.walks++
	next := y.publisher.Composer.Site.BaseURL + "/" + path + "." + string(format)
	end := int64(endless)
	for next != "" {
		stored := y.get(next)
		d := y.parse(stored)
		if d.key.Archive > 0 {
			y.archives++
			if was, ok := y.kept[d.key]; ok && !was.says(d) {
				y.Errorf("%s says %+v, and said %+v", d.key.Path(), d, was)
			}
			y.kept[d.key] = d
			if d.seq != end {
				y.Fatalf("%s ends at %d; what is behind it begins at %d", d.key.Path(), d.seq, end)
			}
		}
		want := expect(view(d.key.Archive), d.since, end)
		got := map[string]int64{}
		for _, e := range d.entries {
			got[e.id] = e.seq
		}
		if !maps.Equal(got, want.entries) {
			y.Fatalf("%s tells %v; want %v", d.key.Path(), got, want.entries)
		}
		if gone := slices.Sorted(maps.Keys(want.gone)); format != feeds.RSS && !slices.Equal(slices.Sorted(slices.Values(d.gone)), gone) {
			y.Fatalf("%s tells that %v are gone; want %v", d.key.Path(), d.gone, gone)
		}
		end, next = d.since, d.previous
	}
	if end != 0 {
		y.Errorf("%s.%s was found down to record %d only", path, format, end)
	}
}

// followed returns how often an article of a publisher took the place of another's.
func (y *year) followed() (n int) {
	publishers := map[string]string{}
	all := steps(nil, channel(y, "en/everything"), y.records(), nil)
	for _, s := range all {
		publishers[s.Record.Article] = s.Record.Publisher
	}
	for _, s := range all {
		if s.Replaces != "" && publishers[s.Article] != publishers[s.Replaces] {
			n++
		}
	}
	return n
}

// settle proves that each reader holds what stands in its channel, and met all that
// ever did.
func (y *year) settle() {
	records, categories := y.records(), y.categories()
	for path, r := range y.readers {
		c := channel(y, path)
		all := steps(y.publisher.Composer.Site.Accepted(c).Chain, c, records, categories)
		if c.Locale == "ja" && c.Kind != feeds.ChannelOnly && c.Kind != feeds.ChannelEverything {
			continue // its languages have changed: what its readers met first, they would not meet now
		}
		stands := expect(all, 0, endless)
		for _, s := range all {
			if s.Article != "" && !r.met[s.Article] {
				y.Errorf("%s: the reader never met %s of record %d", path, s.Article, s.Record.Seq)
			}
		}
		if got, want := slices.Sorted(maps.Keys(r.has)), slices.Sorted(maps.Keys(stands.entries)); !slices.Equal(got, want) {
			y.Errorf("%s: the reader holds %d entries; %d stand there", path, len(got), len(want))
		}
		for id, title := range r.has {
			a, ok, err := y.db.ArticleBySlug(y.Context(), feeds.Slug(id))
			y.check(err)
			if !ok || !strings.HasSuffix(strings.TrimSuffix(title, "\u2069"), a.Title) {
				y.Errorf("%s: the reader has %q; its newest title is %q", path, title, a.Title)
			}
		}
	}
}
