package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/web"
)

// What two configurations differ in their digests tell, but for what is no part of the work:
// where the file lies, what is said in remarks, and what stands there twice over.
func TestPlansAreToldApart(t *testing.T) {
	t.Parallel()
	const plain = `site: {id: test, url: https://news.example}
storage: postgres://kairan:one@db/kairan
publishers: [{key: tokyo, time_zone: Asia/Tokyo, language: ja}]
sources: [{id: news, publisher: tokyo, kind: feed, url: https://tokyo.example/feed}]
`
	digest := func(text string) string {
		t.Helper()
		file := filepath.Join(t.TempDir(), "kairan.yaml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := (&flags{config: file}).load(":8080")
		if err != nil {
			t.Fatal(err)
		}
		d, err := s.planDigest()
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	first := digest(plain)
	for what, text := range map[string]string{
		"another folder":   plain,
		"a remark":         "# the city's own\n" + plain,
		"another password": strings.Replace(plain, ":one@", ":two@", 1),
	} {
		if got := digest(text); got != first {
			t.Errorf("%s makes another plan of it", what)
		}
	}
	seen := map[string]string{first: "the first"}
	for what, change := range map[string][2]string{
		"the address of a source": {"tokyo.example/feed", "tokyo.example/rss"},
		"a schedule":              {"kind: feed,", `kind: feed, schedule: "@hourly",`},
		"a time zone":             {"Asia/Tokyo", "Asia/Seoul"},
		"an expectation":          {"kind: feed,", "kind: feed, expect: 7d,"},
		"a holiday":               {"language: ja}]", "language: ja, calendar: [--12-25]}]"},
		"a limit":                 {"sources:", "fetch: {timeout: 20s}\nsources:"},
		"a credential's variable": {"kind: feed,", "kind: feed, credentials: {bearer: \"${TOKEN}\"},"},
		"the site's address":      {"https://news.example", "https://news2.example"},
		"the site's colours":      {"https://news.example", "https://news.example, theme: {brand: \"#7a1f2b\"}"},
		"a link":                  {"https://news.example", "https://news.example, footer: [{to: about}]"},
		"a logo":                  {"language: ja}]", "language: ja, logo: \"https://tokyo.example/logo.png\"}]"},
	} {
		got := digest(strings.Replace(plain, change[0], change[1], 1))
		if other, same := seen[got]; same {
			t.Errorf("%s makes no other plan than %s", what, other)
		}
		seen[got] = what
	}
}

// What is of pages alone makes no other documents.
func TestAFaceMakesNoOtherDocuments(t *testing.T) {
	t.Parallel()
	const plain = `site: {id: test, url: "https://news.example"}
publishers: [{key: tokyo, time_zone: Asia/Tokyo, language: ja}]
sources: [{id: news, publisher: tokyo, kind: feed, url: "https://tokyo.example/feed"}]
`
	told := func(text string) (words, look string) {
		t.Helper()
		file := filepath.Join(t.TempDir(), "kairan.yaml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := (&flags{config: file}).load("")
		if err != nil {
			t.Fatal(err)
		}
		if words, err = s.fingerprint(); err != nil {
			t.Fatal(err)
		}
		return words, web.Look(settingsOf(s))
	}
	words, look := told(plain)
	for what, change := range map[string][2]string{
		"colours": {`example"}`, `example", theme: {brand: "#7a1f2b"}, footer: [{to: about}], contact: "mailto:a@b.example"}`},
		"a logo":  {"language: ja}]", `language: ja, logo: "https://tokyo.example/logo.png"}]`},
	} {
		w, l := told(strings.Replace(plain, change[0], change[1], 1))
		if w != words {
			t.Errorf("%s make other documents", what)
		}
		if l == look {
			t.Errorf("%s make no other pages", what)
		}
	}
}

func TestReloadsThatFailAreCounted(t *testing.T) {
	var r reloads
	start := time.Unix(1e9, 0)
	r.ended(errors.New("kairan.yaml:3:1: no such key"), start)
	r.ended(errors.New("kairan.yaml:4:1: no such key"), start.Add(time.Minute))
	if f := r.failed.Load(); f == nil || f.Count != 2 || !f.Since.Equal(start) || !strings.HasPrefix(f.Error, "kairan.yaml:4") {
		t.Errorf("two that failed are %+v", f)
	}
	if r.ended(nil, start.Add(time.Hour)); r.failed.Load() != nil {
		t.Error("one that went well is a failure")
	}
}

func TestProcessesHaveNamesOfTheirOwn(t *testing.T) {
	a, err := newProcess("work")
	if err != nil {
		t.Fatal(err)
	}
	b, err := newProcess("work")
	if err != nil {
		t.Fatal(err)
	}
	const mostOfTheJobEngine = 100
	if a.ID == b.ID || len(a.ID) > mostOfTheJobEngine || a.Version == "" || a.PID != os.Getpid() || !strings.Contains(a.ID, "work") {
		t.Errorf("processes are %+v and %+v", a, b)
	}
}
