package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/check"
	"github.com/kairan-news/kairan/internal/pgtest"
	"github.com/kairan-news/kairan/internal/store"
)

func TestServeShowsTheSamplesWithoutANetwork(t *testing.T) {
	t.Parallel()
	p := start(t, "serve", "--offline", "--data", t.TempDir())
	p.await(p.site+"/en/all.atom", "filled", holds("<entry"))
	p.await(p.site+"/ja/all.rss", "filled", holds("<item>"))
	p.await(p.site+"/ar/government.json", "filled with Arabic", holds(`"language": "ar"`))
	for _, locale := range []string{"en", "ja", "zh-Hans", "zh-Hant", "ko", "nl", "fr", "th", "tr", "id", "fil", "ar", "ru"} {
		p.await(p.site+"/"+locale+"/", "a page in "+locale, holds(`<html lang="`+locale+`"`))
	}
	if a := p.get(p.site + "/zh-hant/all.rss"); a.status != http.StatusMovedPermanently || a.header.Get("Location") != "/zh-Hant/all.rss" {
		t.Errorf("another spelling of a locale: %d to %q", a.status, a.header.Get("Location"))
	}
	for path, want := range map[string]string{
		"/en/all.rss":              "<ttl>5</ttl>",
		"/ja/sports.rss":           "<copyright>各お知らせの権利は",
		"/en/from/sample-city.rss": "<copyright>Source: Kazemori (sample city), CC0 1.0</copyright>",
		"/ar/all.atom":             `<rights type="text">حقوق كل خبر`,
	} {
		p.await(p.site+path, "with "+want, holds(want))
	}
	for _, path := range []string{"/healthz", "/readyz", "/metrics", "/"} {
		p.await(p.admin+path, "well", func(a answer) bool { return a.status == http.StatusOK })
	}

	first := p.get(p.site + "/en/all.atom")
	if err := p.stop(); err != nil {
		t.Fatalf("ended with %v\n%s", err, p.output())
	}

	t.Run("the feeds are there at once after a restart, and the same to the byte", func(t *testing.T) {
		data := p.cmd.Args[len(p.cmd.Args)-5]
		again := start(t, "serve", "--offline", "--data", data)
		second := again.await(again.site+"/en/all.atom", "filled", holds("<entry"))
		// The built-in site's address is where it listens, which is another port.
		if strings.ReplaceAll(second.body, again.site, p.site) != first.body {
			t.Errorf("the document changed:\n%s\n%s", first.body, second.body)
		}
	})
}

func TestAReloadWithErrorsChangesNothing(t *testing.T) {
	t.Parallel()
	c := newCity(t, 1)
	c.put("/a", rss(0, "Bridge"))
	c.put("/b", rss(0, "Market"))
	config := filepath.Join(t.TempDir(), "kairan.yaml")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(urgentConfig(feedSource("a", c.hosts[0], "/a")))
	p := start(t, "serve", "--config", config, "--data", t.TempDir())
	p.await(p.site+"/en/all.rss", "with the first source", holds("Bridge"))

	write(testConfig("  - {id: a, publisher: nobody, kind: rsss, url: \"http://x.example/\"}\n"))
	p.signal(syscall.SIGHUP)
	eventually(t, func() bool { return strings.Contains(p.output(), "the configuration was not reloaded") }, p.output)
	for _, want := range []string{`unknown kind`, `did you mean`, `nobody`} {
		if !strings.Contains(p.output(), want) {
			t.Errorf("the log does not say %q:\n%s", want, p.output())
		}
	}
	if a := p.get(p.site + "/en/all.rss"); !holds("Bridge")(a) {
		t.Errorf("after a bad reload: %d\n%s", a.status, a.body)
	}

	write(urgentConfig(feedSource("a", c.hosts[0], "/a") + feedSource("b", c.hosts[0], "/b")))
	p.signal(syscall.SIGHUP)
	p.await(p.site+"/en/all.rss", "with the new source", holds("Market"))
}

func TestFaultySourcesHarmNobodyElse(t *testing.T) {
	t.Parallel()
	c := newCity(t, 7)
	c.put("/good", rss(0, "Bridge"))
	c.put("/slow", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	c.put("/endless", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		w.Header().Set("Content-Length", fmt.Sprint(2<<30))
		chunk := []byte(strings.Repeat("<item><title>x</title></item>", 1000))
		for {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	})
	c.put("/page", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<!doctype html><title>Welcome</title><p>No feed here.")
	})
	c.put("/broken", func(w http.ResponseWriter, _ *http.Request) {
		text := rssDocument("Market", "Festival", "Harbour")
		w.Header().Set("Content-Length", fmt.Sprint(len(text)))
		fmt.Fprint(w, text[:len(text)-150])
	})
	sources := feedSource("good", c.hosts[0], "/good") +
		feedSource("dead", "127.0.0.1:1", "/") +
		feedSource("slow", c.hosts[1], "/slow") +
		feedSource("endless", c.hosts[2], "/endless") +
		feedSource("page", c.hosts[3], "/page") +
		feedSource("broken", c.hosts[4], "/broken") +
		feedSource("missing", c.hosts[5], "/nothing")
	config := filepath.Join(t.TempDir(), "kairan.yaml")
	if err := os.WriteFile(config, []byte(strings.Replace(testConfig(sources), "host_pause: 0", "host_pause: 0\n  first_byte_timeout: 2s", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	p := start(t, "serve", "--config", config, "--data", t.TempDir())
	p.await(p.site+"/en/all.rss", "with the good source", holds("Bridge"))
	p.await(p.site+"/en/all.rss", "with what could be read of the broken source", holds("Market"))

	for id, said := range map[string]string{
		"dead":    "refused",
		"slow":    "2s",
		"endless": "larger than",
		"page":    "feed",
		"broken":  "too early",
		"missing": "404",
	} {
		p.await(p.admin+"/source/"+id, "telling the error "+said, holds(said))
	}
	if a := p.get(p.site + "/en/"); a.status != http.StatusOK {
		t.Errorf("the service answers %d", a.status)
	}
}

func TestSeveralMachinesOnOnePostgreSQL(t *testing.T) {
	t.Parallel()
	database := pgtest.URL(t)
	const hosts, perHost = 12, 5
	c := newCity(t, hosts)
	var sources strings.Builder
	for h := range hosts {
		for f := range perHost {
			path := fmt.Sprintf("/h%d/f%d", h, f)
			c.put(path, rss(20*time.Millisecond, fmt.Sprintf("Notice-%d-%d", h, f)))
			sources.WriteString(feedSource(fmt.Sprintf("s%d-%d", h, f), c.hosts[h], path))
		}
	}
	config := filepath.Join(t.TempDir(), "kairan.yaml")
	text := strings.Replace(testConfig(sources.String()), "categories:", "storage: "+database+"\ncategories:", 1)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	web := start(t, "web", "--config", config)
	one := start(t, "work", "--config", config)
	two := start(t, "work", "--config", config)

	web.await(web.site+"/en/environment.json", "with every source", func(a answer) bool {
		var feed struct{ Items []struct{ Title string } }
		return json.Unmarshal([]byte(a.body), &feed) == nil && len(feed.Items) == hosts*perHost
	})
	if len(c.crowded) > 0 {
		t.Errorf("hosts were visited by two at once: %v", c.crowded)
	}
	for _, p := range []*process{one, two, web} {
		p.await(p.admin+"/readyz", "ready", func(a answer) bool { return a.status == http.StatusOK })
		if err := p.stop(); err != nil {
			t.Errorf("ended with %v\n%s", err, p.output())
		}
	}
}

// A server that takes no writes for a while, as while a standby becomes the primary, is
// read meanwhile, and written again by itself.
func TestAPostgreSQLThatTakesNoWrites(t *testing.T) {
	t.Parallel()
	database := pgtest.URL(t)
	c := newCity(t, 2)
	standby := make(chan struct{})
	c.put("/a", rss(0, "Bridge"))
	c.put("/b", func(w http.ResponseWriter, r *http.Request) {
		<-standby
		rss(0, "Market")(w, r)
	})
	config := write(t, "kairan.yaml", urgentConfig(feedSource("a", c.hosts[0], "/a")+feedSource("b", c.hosts[1], "/b")))
	p := start(t, "serve", "--config", config, "--storage", database)
	p.await(p.site+"/en/all.rss", "with the first notice", holds("Bridge"))

	db, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	conn, err := db.Writer().Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	sql := func(text string) {
		t.Helper()
		if _, err := conn.ExecContext(t.Context(), text); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
	setReadOnly := func(value string) {
		t.Helper()
		sql(`DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = ` + value + `', current_database()); END $$`)
	}
	setReadOnly("on")
	sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`)
	close(standby)
	p.await(p.admin+"/readyz", "saying what is wrong", func(a answer) bool {
		return a.status == http.StatusOK && strings.Contains(a.body, "PostgreSQL takes no writes")
	})
	p.await(p.admin+"/", "saying what is wrong", holds("PostgreSQL takes no writes"))
	p.await(p.site+"/en/all.rss", "as it was", holds("Bridge"))
	setReadOnly("off")
	p.await(p.site+"/en/all.rss", "with what came in vain at first", holds("Market"))
	p.await(p.admin+"/readyz", "ready alone", func(a answer) bool { return a.body == "ready\n" })
	if err := p.stop(); err != nil {
		t.Errorf("ended with %v\n%s", err, p.output())
	}
}

// TestKilledAtAnyMoment kills the program twenty times while it collects two hundred
// sources, and looks that nothing is lost, doubled or barred. With -short it is killed
// three times, and the machine stands still for a while before the last start.
func TestKilledAtAnyMoment(t *testing.T) {
	t.Parallel()
	hosts, perHost, kills := 40, 5, 20
	if testing.Short() {
		hosts, kills = 20, 3
	}
	c := newCity(t, hosts)
	var sources strings.Builder
	for h := range hosts {
		for f := range perHost {
			path := fmt.Sprintf("/h%d/f%d", h, f)
			c.put(path, rss(100*time.Millisecond, fmt.Sprintf("Notice-%d-%d", h, f)))
			sources.WriteString(feedSource(fmt.Sprintf("s%d-%d", h, f), c.hosts[h], path))
		}
	}
	config := filepath.Join(t.TempDir(), "kairan.yaml")
	text := strings.Replace(testConfig(sources.String()), "fetch:", "fetch:\n  timeout: 20s", 1)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	random := rand.New(rand.NewPCG(1, 2))
	for range kills {
		p := start(t, "serve", "--config", config, "--data", data)
		if a := p.get(p.site + "/en/environment.json"); a.status == http.StatusOK {
			if err := check.Document(feeds.JSONFeed, []byte(a.body)); err != nil {
				t.Errorf("the first answer: %v\n%s", err, a.body)
			}
		} else if a.status != http.StatusServiceUnavailable { // nothing was published yet
			t.Errorf("the first answer is %d", a.status)
		}
		<-time.After(time.Duration(random.Int64N(int64(1500 * time.Millisecond)))) // a moment, not a wait for anything
		p.kill()
	}
	if testing.Short() {
		standStill(t, data)
	}

	p := start(t, "serve", "--config", config, "--data", data)
	p.await(p.site+"/en/environment.json", "complete, each article once", func(a answer) bool {
		var feed struct{ Items []struct{ ID, Title string } }
		if json.Unmarshal([]byte(a.body), &feed) != nil {
			return false
		}
		ids, names := map[string]bool{}, map[string]bool{}
		for _, item := range feed.Items {
			ids[item.ID], names[item.Title] = true, true
		}
		if len(ids) != len(feed.Items) || len(names) != len(feed.Items) {
			t.Fatalf("an article is there twice:\n%s", a.body)
		}
		return len(feed.Items) == hosts*perHost
	})
	if len(c.crowded) > 0 {
		t.Logf("hosts on which a request of a killed process was still under way: %d", len(c.crowded))
	}
	// No host is barred: each source is visited once more when it is asked to be.
	visits := c.total()
	if err := p.stop(); err != nil {
		t.Errorf("ended with %v\n%s", err, p.output())
	}
	if status := run([]string{"collect", "--config", config, "--data", data, "--no-publish"}, strings.NewReader(""), &strings.Builder{}, os.Stderr); status != 0 {
		t.Errorf("collect ended with status %d", status)
	}
	if got := c.total() - visits; got != hosts*perHost {
		t.Errorf("%d of %d sources were visited", got, hosts*perHost)
	}
}

// standStill has the time pass after which another process takes up what a dead one held:
// its jobs began longer ago, and nobody leads.
func standStill(t *testing.T, data string) {
	t.Helper()
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(data, "kairan.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range []string{
		`UPDATE river_job SET attempted_at = strftime('%Y-%m-%d %H:%M:%f', attempted_at, '-10 minutes') WHERE state = 'running'`,
		`DELETE FROM river_leader`,
	} {
		if _, err := db.Writer().ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
}
