package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/builtin"
	"github.com/kairan-news/kairan/internal/config"
)

// execute runs a command with arguments and returns what it prints.
func execute(cmd *cobra.Command, args ...string) (string, error) {
	var out strings.Builder
	cmd.SetOut(&out)
	cmd.SetErr(&out)
	cmd.SetArgs(args)
	cmd.SilenceUsage, cmd.SilenceErrors = true, true
	err := cmd.Execute()
	return out.String(), err
}

// write makes a file in a new folder.
func write(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestCheckWithoutAFileChecksTheBuiltInConfiguration(t *testing.T) {
	out, err := execute(newCheckCommand())
	if err != nil {
		t.Fatal(err)
	}
	const want = "builtin:kairan.yaml has no fault.\n" +
		"16 publishers, 21 sources (5 disabled), 13 categories\n" +
		"527 channels in 17 locales, each in 3 formats\n"
	// The number of channels is the vocabulary's affair.
	if lines := strings.SplitAfter(want, "\n"); !strings.HasPrefix(out, lines[0]+lines[1]) || !strings.HasSuffix(out, " in 17 locales, each in 3 formats\n") {
		t.Errorf("got\n%s\nwant\n%s", out, want)
	}
}

func TestCheckPrintsEachFaultOnALine(t *testing.T) {
	file := write(t, "kairan.yaml", `site: {id: tokyo, url: https://news.example, messages: lost}
publishers: [{key: tokyo, time_zone: JST, language: ja}]
sources: [{id: news, publisher: tokyo, kind: rsss, url: https://a.example/}]
`)
	out, err := execute(newCheckCommand(), "--config", file)
	if err == nil || !strings.Contains(err.Error(), "3 faults") {
		t.Errorf("the error is %v, want one that counts 3 faults", err)
	}
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	for i, want := range []string{file + ": site.messages " + filepath.Join(filepath.Dir(file), "lost") + ": ", file + `:2:38: time_zone "JST"`, file + `:3:46: unknown kind "rsss"; did you mean "feed"?`} {
		if i >= len(lines) || !strings.Contains(lines[i], want) {
			t.Errorf("line %d of\n%s\nhas not %q", i+1, out, want)
		}
	}
}

func TestCheckReadsTheBundlesThatTheConfigurationNames(t *testing.T) {
	file := write(t, "kairan.yaml", `site: {id: tokyo, url: https://news.example, messages: messages, locales: [en]}
publishers: [{key: edo, name_id: publisher.edo, time_zone: Asia/Tokyo, language: ja}]
sources: []
`)
	folder := filepath.Join(filepath.Dir(file), "messages")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	bundle := filepath.Join(folder, "active.en.toml")
	if err := os.WriteFile(bundle, []byte("\"publisher.edo\" = \"Edo\"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := execute(newCheckCommand(), "--config", file); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	if err := os.WriteFile(bundle, []byte("\"publisher.edo\" = \n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := execute(newCheckCommand(), "--config", file); err == nil || !strings.Contains(out, "active.en.toml") {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestCheckSaysHowToGetAConfiguration(t *testing.T) {
	_, err := execute(newCheckCommand(), "--config", filepath.Join(t.TempDir(), "kairan.yaml"))
	if err == nil || !strings.Contains(err.Error(), "kairan init") {
		t.Errorf("got %v", err)
	}
}

func TestCheckPrintsTheSchema(t *testing.T) {
	out, err := execute(newCheckCommand(), "--schema")
	if err != nil || out != string(config.Schema()) {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestASiteWithoutATitleIsCalledByItsHost(t *testing.T) {
	const yaml = `site: {id: x, url: "https://news.harbour.example", default_locale: en, locales: [en, ja]%s}
publishers: [{key: h, name: H, time_zone: Asia/Tokyo, language: ja}]
sources: [{id: n, publisher: h, kind: feed, url: "https://www.harbour.example/feed"}]
`
	for extra, want := range map[string]string{"": "news.harbour.example", ", title: Harbour": "Harbour"} {
		c, _, faults := checkConfiguration("kairan.yaml", fmt.Appendf(nil, yaml, extra))
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		for _, locale := range []string{"en", "ja"} {
			if got := c.Site.Titles[locale]; got != want {
				t.Errorf("in %s the site is called %q; want %q", locale, got, want)
			}
		}
	}
	c, _, faults := checkConfiguration(builtinName, builtin.Config())
	if len(faults) > 0 || len(c.Site.Titles) > 0 {
		t.Errorf("the built-in site is called %q, not by the bundles (%v)", c.Site.Titles, faults)
	}
}
