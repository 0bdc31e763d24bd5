package main

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/config"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/web"
	"github.com/kairan-news/kairan/jobs"
)

// jsonLog is a log in memory.
type jsonLog struct{ bytes.Buffer }

func (l *jsonLog) at(level slog.Level) *slog.Logger {
	return slog.New(slog.NewJSONHandler(l, &slog.HandlerOptions{Level: level}))
}

// read returns what was written since the last time.
func (l *jsonLog) read(t *testing.T) (all []logged) {
	t.Helper()
	for line := range strings.Lines(l.String()) {
		var read logged
		if err := json.Unmarshal([]byte(line), &read); err != nil {
			t.Fatal(err)
		}
		all = append(all, read)
	}
	l.Reset()
	return all
}

func TestOfManyRequestsSomeAreWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var written jsonLog
		q := newRequests(written.at(slog.LevelInfo), false)
		request := httptest.NewRequest(http.MethodGet, "/en/all.rss?key=secret", nil)
		for _, c := range []struct {
			status, first, then int // of 10 seconds with 50 each: how many lines
			level               string
		}{
			{http.StatusOK, 1, 14, "INFO"},                 // the first of a second, and 4 of 490
			{http.StatusNotModified, 2, 15, "INFO"},        // counted on: the 500th to the 900th of both
			{http.StatusNotFound, 10, 104, "INFO"},         // ten of a second, and 4 of 400
			{http.StatusServiceUnavailable, 2, 7, "WARN"},  // two of all, and 5 of 500
			{http.StatusInternalServerError, 0, 5, "WARN"}, // the same spell
		} {
			lines, unwritten := 0, 0
			for second := range 10 {
				for range 50 {
					q.answered(request, web.Answer{Class: "feed", Status: c.status})
				}
				got := written.read(t)
				lines += len(got)
				for _, l := range got {
					if l["status"] != float64(c.status) || l["level"] != c.level || l["path"] != "/en/all.rss" {
						t.Errorf("a line is %v", l)
					}
					if n, ok := l["unwritten"].(float64); ok {
						unwritten += int(n)
					}
				}
				if second == 0 && len(got) != c.first {
					t.Errorf("%d: of a second %d lines come, want %d", c.status, len(got), c.first)
				}
				time.Sleep(time.Second)
			}
			if lines != c.then || unwritten > 500 || unwritten+lines < 400 {
				t.Errorf("%d: %d lines come and %d are told to be unwritten; want %d lines", c.status, lines, unwritten, c.then)
			}
		}
		time.Sleep(2 * time.Minute)
		if q.answered(request, web.Answer{Status: http.StatusBadGateway}); len(written.read(t)) != 1 {
			t.Error("the first failure of another spell is not written")
		}
	})
}

func TestALineOfARequest(t *testing.T) {
	var written jsonLog
	key := feeds.DocumentKey{Channel: feeds.Channel{Locale: "en", Kind: feeds.ChannelAll}, Format: feeds.RSS}
	request := httptest.NewRequest(http.MethodHead, "/en/"+strings.Repeat("x", 500), nil)
	request.Header.Set("User-Agent", "FreshRSS/1.2 (Linux)")
	newRequests(written.at(slog.LevelInfo), false).answered(request, web.Answer{
		Class: "feed", Status: 200, Bytes: 12, Took: 1500 * time.Microsecond, Document: key, Revision: 7, Seq: 3, First: true,
	})
	l := written.read(t)[0]
	for field, want := range map[string]any{
		"msg": "answered", "method": "HEAD", "class": "feed", "status": 200.0, "bytes": 12.0, "took_ms": 1.5, "reader": "FreshRSS",
		"channel": "en/all", "revision": 7.0, "seq": 3.0, "document": "made",
	} {
		if l[field] != want {
			t.Errorf("its %s is %v, want %v", field, l[field], want)
		}
	}
	if path := l["path"].(string); len(path) > mostPath+len("…") {
		t.Errorf("the path has %d bytes", len(path))
	}
}

func TestReaderProgram(t *testing.T) {
	for agent, want := range map[string]string{
		"":                             "",
		"Newsboat/2.10 (Linux x86_64)": "Newsboat",
		"feedparser":                   "feedparser",
		"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0":                                                    "Firefox",
		"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.0":                                                "Thunderbird",
		"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36":                           "Chrome",
		"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0":                 "Edge",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/604.1": "Safari",
		"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)":                                                  "Googlebot",
		"Mozilla/5.0 (compatible; Miniflux/2.1)":                                                                                    "Miniflux",
		"Mozilla/5.0":                                                                                                               "Mozilla",
		strings.Repeat("x", 300) + "/1":                                                                                             strings.Repeat("x", 40),
		"\xff\xfe/1":                                                                                                                "",
	} {
		if got := readerProgram(agent); got != want {
			t.Errorf("%q is %q, want %q", agent, got, want)
		}
	}
}

func TestTheJournal(t *testing.T) {
	var written jsonLog
	s := &setup{config: &config.Config{Sources: []feeds.Source{{ID: "a", Publisher: "harbour"}}}}
	j := &journal{log: written.at(slog.LevelInfo), setup: func() *setup { return s }}
	const visit = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"
	for outcome, level := range map[string]string{
		store.RunOK: "INFO", store.RunPartial: "INFO", store.RunFailed: "WARN", store.RunHeld: "WARN", store.RunUnchanged: "", store.RunSkipped: "",
	} {
		j.visited(store.Run{Source: "a", Outcome: outcome, Visit: visit, New: 2, FirstSeq: 4, LastSeq: 5, Error: "it failed", Problems: []string{"first", "second"}})
		lines := written.read(t)
		if level == "" {
			if len(lines) != 0 {
				t.Errorf("%s has the lines %v", outcome, lines)
			}
			continue
		}
		for field, want := range map[string]any{
			"msg": "visited", "level": level, "source": "a", "publisher": "harbour", "outcome": outcome, "new": 2.0, "first_seq": 4.0, "last_seq": 5.0,
			"visit": "0af7651916cd43dd8448eb211c80319c", "error": "it failed", "problems": 2.0,
		} {
			if lines[0][field] != want {
				t.Errorf("%s: its %s is %v, want %v", outcome, field, lines[0][field], want)
			}
		}
	}
	j.published(jobs.Publication{Channel: feeds.Channel{Locale: "en", Kind: feeds.ChannelAll}, Revision: 8, Seq: 5})
	if lines := written.read(t); len(lines) != 0 {
		t.Errorf("a publication that no visit caused has the lines %v", lines)
	}
	j.sum()
	j.sum()
	if lines := written.read(t); len(lines) != 2 || lines[0]["unchanged"] != 1.0 || lines[0]["skipped"] != 1.0 || lines[1]["channels"] != 1.0 {
		t.Errorf("the visits without news are told by %v", lines)
	}
	j.published(jobs.Publication{Channel: feeds.Channel{Locale: "en", Kind: feeds.ChannelAll}, Revision: 9, Seq: 5, Visits: []string{visit}})
	l := written.read(t)[0]
	if visits, _ := l["visits"].([]any); l["channel"] != "en/all" || l["seq"] != 5.0 || len(visits) != 1 || visits[0] != "0af7651916cd43dd8448eb211c80319c" {
		t.Errorf("a publication is told by %v", l)
	}
}

func TestAPanicOfAnAnswerIsAnError(t *testing.T) {
	var written jsonLog
	to := serverLog(written.at(slog.LevelInfo))
	to.Print("http: TLS handshake error from 192.0.2.1: EOF")
	to.Print("http: panic serving 192.0.2.1:1: out of order\ngoroutine 1 [running]:\nmain.main()")
	lines := written.read(t)
	if len(lines) != 1 || lines[0]["level"] != "ERROR" || !strings.Contains(lines[0]["stack"].(string), "main.main") {
		t.Errorf("the log has %v", lines)
	}
}
