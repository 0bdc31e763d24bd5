package ledger

import (
	"slices"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

func files(all ...feeds.Enclosure) func(*feeds.Article) {
	return func(a *feeds.Article) { a.Enclosures = all }
}

func TestWhatIsNoChange(t *testing.T) {
	pdf := func(url string) feeds.Enclosure { return feeds.Enclosure{URL: url, Type: "application/pdf"} }
	sized := func(url string, n int64) feeds.Enclosure {
		return feeds.Enclosure{URL: url, Type: "application/pdf", Length: n}
	}
	const plan = "https://city.example/files/plan.pdf"
	for _, test := range []struct {
		says    string
		stored  feeds.Article
		came    feeds.Article
		becomes string
	}{
		{"another address", notice(1), notice(1, link("https://city.example/moved")), "1 refiled relocated"},
		{"another address and another title", notice(1), notice(1, link("https://city.example/moved"), title("Other")), "1 changed revised"},
		{"another address and another date, under one GUID", notice(1), notice(1, link("https://city.example/moved"), later(24*time.Hour)), "1 changed revised"},
		{"another address of an attachment", notice(1, files(pdf(plan))), notice(1, files(pdf("https://files.example/2026/plan.pdf?v=7"))), "1 refiled relocated"},
		{"of one that a program sends, by its size", notice(1, files(sized("https://city.example/get.php?id=1&t=a", 17))), notice(1, files(sized("https://city.example/get.php?id=1&t=b", 17))), "1 refiled relocated"},
		{"another file", notice(1, files(pdf(plan))), notice(1, files(pdf("https://city.example/files/plan2.pdf"))), "1 changed revised"},
		{"another file of a program", notice(1, files(pdf("https://city.example/get.php?id=1"))), notice(1, files(pdf("https://city.example/get.php?id=2"))), "1 changed revised"},
		{"another file of the same name", notice(1, files(sized(plan, 17))), notice(1, files(sized("https://city.example/new/plan.pdf", 18))), "1 changed revised"},
		{"one more file", notice(1, files(pdf(plan))), notice(1, files(pdf(plan), pdf("https://city.example/files/map.pdf"))), "1 changed revised"},
		{"another number, of a source that is not noisy", notice(1, content("<p>3 shelters</p>")), notice(1, content("<p>4 shelters</p>")), "1 changed revised"},
	} {
		t.Run(test.says, func(t *testing.T) {
			town := at(test.stored)
			p := town.part(t, brings(Windowed, test.came))
			if got := p.MetAnew(); !slices.Equal(got, []int64{1}) {
				t.Fatalf("it asks for %v", got)
			}
			p.Compare(map[string]feeds.StoredArticle{town.known[0].UID: {Article: newItem(&test.stored).article}})
			if got := fates(p.matches); got != test.becomes {
				t.Errorf("it becomes %q, want %q", got, test.becomes)
			}
		})
	}
}

func TestADateAlone(t *testing.T) {
	town := at(notices(1, 4)[3], notices(1, 4)[2], notices(1, 4)[1], notices(1, 4)[0])
	town.facts.Read = noon.Add(47 * time.Hour)
	for _, test := range []struct {
		says    string
		shift   []time.Duration // of the notices from 1
		becomes string
	}{
		{"a date that was mended", []time.Duration{-365 * 24 * time.Hour}, "1 refiled reread, 2 same, 3 same, 4 same"},
		{"be it a later one", []time.Duration{time.Hour}, "2 same, 3 same, 4 same, 1 refiled reread"},
		{"two of four", []time.Duration{time.Minute, -24 * time.Hour}, "2 refiled reread, 1 refiled reread, 3 same, 4 same"},
		{"most of a document", []time.Duration{time.Second, 2 * time.Second, 3 * time.Second}, "1 same, 2 same, 3 same, 4 same"},
		{"the date of the document", []time.Duration{48*time.Hour - 2*time.Minute}, "2 same, 3 same, 4 same, 1 same"},
	} {
		t.Run(test.says, func(t *testing.T) {
			comes := notices(1, 4)
			for i, shift := range test.shift {
				comes[3-i].Published = comes[3-i].Published.Add(shift)
			}
			_, l := town.look(t, brings(Windowed, comes...))
			if got := fates(l.matches); got != test.becomes {
				t.Errorf("they become %q, want %q", got, test.becomes)
			}
		})
	}
}

func TestCounters(t *testing.T) {
	for _, test := range []struct {
		says          string
		before, after string
		want          []place
	}{
		{"views", "<p>The bridge is closed (123 views)</p>", "<p>The bridge is closed (1,124 views)</p>", []place{{"sed(…", "…view"}}},
		{"in Japanese", "<p>橋は通行止め 閲覧数：123</p>", "<p>橋は通行止め 閲覧数：124</p>", []place{{"閲覧数：…", ""}}},
		{"minutes ago", "<p>Closed. 3 minutes ago</p>", "<p>Closed. 1 hour ago</p>", []place{{"sed.…", "…ago"}}},
		{"minutes ago in Japanese", "<p>橋 3分前</p>", "<p>橋 1時間前</p>", []place{{"橋…", "…前"}}},
		{"minutes ago in German", "<p>Gesperrt, vor 3 Minuten</p>", "<p>Gesperrt, vor 1 Stunde</p>", []place{{",vor…", ""}}},
		{"numbers of another script", "<p>٣ مشاهدة</p>", "<p>٤ مشاهدة</p>", []place{{"", "…مشاه"}}},
		{"two of them, with another ending", "<p>1 like, 2 views</p>", "<p>2 likes, 2 views</p>", []place{{"", "…like"}}},
		{"an ending in Russian", "<p>Мост. 21 просмотр</p><p>Все новости</p>", "<p>Мост. 25 просмотров</p><p>Все новости</p>", []place{{"ост.…", "…прос"}}},
		{"an ending behind a number that stays", "<p>5 view</p>", "<p>5 views</p>", nil},
		{"another month", "<p>On 3 June</p>", "<p>On 4 July</p>", nil},
		{"another word of the same beginning", "<p>3 streets</p>", "<p>4 stretches</p>", nil},
		{"a heart", "<p>Closed. ♥ 3</p>", "<p>Closed. ♥ 4</p>", []place{{"♥…", ""}}},
		{"an eye behind it", "<p>3 👁</p>", "<p>4 👁</p>", []place{{"", "…👁"}}},
		{"a time", "<p>Made at 10:23:05</p>", "<p>Made at 10:24:11</p>", []place{{"deat…", ""}, {"deat…", ""}}},
		{"another word", "<p>3 shelters</p>", "<p>4 halls</p>", nil},
		{"a number that was not there", "<p>shelters</p>", "<p>4 shelters</p>", nil},
		{"nothing", "<p>3 shelters</p>", "<p>3 shelters</p>", nil},
	} {
		t.Run(test.says, func(t *testing.T) {
			before, after := notice(1, content(test.before)), notice(1, content(test.after))
			if got := countedIn(&before, &after); !slices.Equal(got, test.want) {
				t.Errorf("the places are %q, want %q", got, test.want)
			}
			after.Title = "Other"
			if got := countedIn(&before, &after); got != nil {
				t.Errorf("under another title they are %q", got)
			}
		})
	}
}

func TestNoise(t *testing.T) {
	views, route := place{"sed(…", "…view"}, place{"", "…Rout"}
	doc := brings(Windowed, notices(1, 4)...)
	run := func(n int, places ...place) [][]place { return slices.Repeat([][]place{places}, n) }
	for _, test := range []struct {
		says string
		runs [][][]place
		of   []place
		want bool
	}{
		{"three runs show it", [][][]place{run(3, views), run(4, views), run(3, views)}, []place{views}, true},
		{"two do not", [][][]place{run(3, views), run(4, views)}, []place{views}, false},
		{"nor do three in which few items differ", [][][]place{run(2, views), run(2, views), run(2, views)}, []place{views}, false},
		{"nor three in which other places do", [][][]place{run(3, views), run(3, route), run(3, views)}, []place{views}, false},
		{"a quiet run between them is no matter", [][][]place{run(3, views), nil, run(3, views), run(3, views)}, []place{views}, true},
		{"another place counts", [][][]place{run(3, views), run(3, views), run(3, views)}, []place{route}, false},
		{"also beside it", [][][]place{run(3, views), run(3, views), run(3, views)}, []place{views, route}, false},
		{"two quiet runs do not end it", [][][]place{run(3, views), run(3, views), run(3, views), nil, nil}, []place{views}, true},
		{"three do", [][][]place{run(3, views), run(3, views), run(3, views), nil, nil, nil}, []place{views}, false},
	} {
		t.Run(test.says, func(t *testing.T) {
			var n Noise
			for _, counted := range test.runs {
				n = n.after(counted, &doc)
			}
			if got := n.covers(test.of); got != test.want {
				t.Errorf("%v, want %v, as %s", got, test.want, n)
			}
		})
	}
	if Noise("{").covers([]place{views}) {
		t.Error("what can't be read covers a place")
	}
}

func TestWhatANoisySourceTells(t *testing.T) {
	stored := notice(1, content("<p>Closed. 3 views</p>"))
	counts := content("<p>Closed. 9 views</p>")
	for _, test := range []struct {
		says    string
		came    feeds.Article
		urgent  bool
		becomes string
	}{
		{"a number that counts is no news", notice(1, counts), false, "1 refiled reread"},
		{"it is in an urgent category", notice(1, counts), true, "1 changed revised"},
		{"a new title is", notice(1, counts, title("Other")), false, "1 changed revised"},
		{"a later date is", notice(1, counts, later(time.Hour)), false, "1 changed revised"},
		{"another text is", notice(1, content("<p>Open. 9 views</p>")), false, "1 changed revised"},
		{"another number is", notice(1, content("<p>Closed. 3 views, 2 bridges</p>")), false, "1 changed revised"},
	} {
		t.Run(test.says, func(t *testing.T) {
			town := at(stored)
			town.facts.Noise = `{"runs":3,"places":["…view"]}`
			b := brings(Windowed, test.came)
			b.Urgent = func([]string) bool { return test.urgent }
			p := town.part(t, b)
			p.Compare(map[string]feeds.StoredArticle{town.known[0].UID: {Article: newItem(&stored).article}})
			if got := fates(p.matches); got != test.becomes {
				t.Errorf("it becomes %q, want %q", got, test.becomes)
			}
		})
	}
}
