package web

import (
	"fmt"
	"net/http"
	"testing"
	"time"
)

func TestProgramsByTheirWord(t *testing.T) {
	for _, test := range []struct {
		agent string
		want  program
	}{
		{"Feedly/1.0 (+http://www.feedly.com/fetcher.html; 42 subscribers; like FeedFetcher-Google)", program{"Feedly", 42}},
		{"Mozilla/5.0 (compatible; inoreader.com-like FeedFetcher-Google; 7 subscribers)", program{"Inoreader", 7}},
		{"NewsBlur Feed Fetcher - 1 subscriber - https://www.newsblur.com/site/1 (Mozilla/5.0)", program{"NewsBlur", 1}},
		{"FreshRSS/1.24.0 (Linux; https://freshrss.org)", program{"FreshRSS", 0}},
		{"Newsboat/2.32 (Linux x86_64)", program{"Newsboat", 0}},
		{"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.0", program{"Thunderbird", 0}},
		{"Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0", program{"browsers", 0}},
		{"99999999999999999999 subscribers", program{"other", 999999999}},
		{"", program{"other", 0}},
	} {
		if got := programOf(test.agent); got != test.want {
			t.Errorf("%q: %+v, want %+v", test.agent, got, test.want)
		}
	}
}

// What is counted of those who read is told once, and what could not be stored again.
func TestReadersAreCounted(t *testing.T) {
	c := newCity(t)
	now := anyTime
	readers := &Readers{Now: func() time.Time { return now }}
	public := Public(Config{Settings: c.now, Shelf: c.shelf(time.Hour), Channels: c, Articles: c, Readers: readers, Log: discard()})
	tag := get(public, "/en/all.rss").Header.Get("ETag")
	readers.Take()

	get(public, "/en/all.rss", "User-Agent", "Feedly/1.0 (5 subscribers)")
	get(public, "/en/all.rss", "User-Agent", "Feedly/1.0 (7 subscribers)", "If-None-Match", tag)
	get(public, "/en/all.rss", "User-Agent", "Feedly/1.0 (7 subscribers)", "Sec-Fetch-Dest", "document") // leads to the page
	get(public, "/en/gossip.rss", "User-Agent", "Newsboat/2.3")                                          // is none
	get(public, "/en/", "User-Agent", "Newsboat/2.3")
	get(public, "/en/all.rss", "User-Agent", "Kairan probe/1.0 (+https://news.example)")
	for i := range 60 {
		get(public, "/en/all.atom", "User-Agent", "Newsboat/2.3", "X-Forwarded-For", fmt.Sprintf("192.0.2.%d, 10.0.0.1", i/2))
	}
	day := anyTime.Unix() / 86400
	got := readers.Take()
	if len(got) != 2 || got[1] != (ReaderDay{Channel: "en/all", Format: "rss", Reader: "Feedly", Day: day, Requests: 2, Subscribers: 7}) {
		t.Fatalf("counted were %+v", got)
	}
	if n := got[0]; n.Reader != "Newsboat" || n.Requests != 60 || n.Clients < 26 || n.Clients > 34 {
		t.Errorf("of 30 clients that asked twice was counted %+v", n)
	}
	if again := readers.Take(); len(again) != 0 {
		t.Errorf("told twice: %+v", again)
	}
	readers.GiveBack(got)
	if again := readers.Take(); fmt.Sprint(again) != fmt.Sprint(got) {
		t.Errorf("given back was %+v, told is %+v", got, again)
	}

	now = now.Add(24 * time.Hour)
	get(public, "/en/all.atom", "User-Agent", "Newsboat/2.3")
	if got := readers.Take(); len(got) != 1 || got[0].Day != day+1 || got[0].Clients != 1 {
		t.Errorf("on the next day: %+v", got)
	}
	readers.GiveBack(got) // of a day that is over by now
	if again := readers.Take(); fmt.Sprint(again) != fmt.Sprint(got) {
		t.Errorf("given back on the next day was %+v, told is %+v", got, again)
	}
	if len(readers.counted) != 1 {
		t.Errorf("%d counts are held of days that are told", len(readers.counted)-1)
	}
}

// Who invents names of programs gets one count for all of them.
func TestInventedReadersAreBounded(t *testing.T) {
	c := newCity(t)
	readers := &Readers{Now: func() time.Time { return anyTime }}
	public := Public(Config{Settings: c.now, Shelf: c.shelf(time.Hour), Channels: c, Articles: c, Readers: readers, Log: discard()})
	for i := range 2 * mostAgents {
		ask(public, http.MethodHead, "/en/all.rss", "User-Agent", fmt.Sprint("invention ", i))
	}
	if got := readers.Take(); len(got) != 1 || got[0].Requests != 2*mostAgents || len(readers.known) > mostAgents {
		t.Errorf("%d counts, %d programs known", len(got), len(readers.known))
	}
}
