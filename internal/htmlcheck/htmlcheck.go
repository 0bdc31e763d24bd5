// Package htmlcheck has the Nu HTML Checker read pages, so that tests see what is wrong with
// them by the letter of the HTML standard, which browsers forgive in silence.
//
// The checker (https://github.com/validator/validator) is a program in Java. Its version is
// pinned in vnu.pin, with the SHA-256 of npm's package, since each release knows other faults.
// "make parts" puts it into the user's cache. Where it or Java is missing the test is skipped,
// and says so; on a machine that builds (CI is set) that is a failure, since there nobody would
// notice.
package htmlcheck

import (
	"bytes"
	"cmp"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

//go:embed vnu.pin
var pin string

// Check has the checker read pages, by their names, and returns what it says of each: all
// errors and warnings, a line each, with where they are. It is one run for all, since starting
// takes most of its time.
func Check(t testing.TB, pages map[string][]byte) (complaints map[string][]string) {
	t.Helper()
	jar, err := find()
	if err != nil {
		const missing = "there is no HTML checker: \"make parts\" fetches it, and Java where that is missing on Debian and its kin; else install Java 11 or newer"
		if os.Getenv("CI") != "" {
			t.Fatalf("%s (%v)", missing, err)
		}
		t.Skipf("SKIPPED, AND NOTHING READ: %s (%v)", missing, err)
	}
	folder := t.TempDir()
	names := map[string]string{} // of pages, by their files
	for name, page := range pages {
		file := fmt.Sprintf("%04d.html", len(names))
		names[file] = name
		if err := os.WriteFile(filepath.Join(folder, file), page, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	messages, err := run(jar, folder)
	if err != nil {
		t.Fatal(err)
	}
	complaints = map[string][]string{}
	for _, m := range messages {
		if m.Type == "info" && m.SubType != "warning" {
			continue
		}
		name, known := names[path.Base(m.URL)]
		if !known {
			t.Fatalf("the HTML checker speaks of %q, which is none of the pages: %s", m.URL, m.Message)
		}
		complaints[name] = append(complaints[name], m.String())
	}
	return complaints
}

// find returns where the checker is.
func find() (jar string, err error) {
	version, _, _ := strings.Cut(strings.TrimSpace(pin), " ")
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	if _, err := exec.LookPath("java"); err != nil {
		return "", err
	}
	jar = filepath.Join(cache, "kairan", "vnu-"+version+".jar")
	_, err = os.Stat(jar)
	return jar, err
}

// message is what the checker says of a page
// (https://github.com/validator/validator/wiki/Output-»-JSON).
type message struct {
	Type, SubType string
	URL           string
	LastLine      int
	LastColumn    int
	Message       string
	Extract       string
}

func (m message) String() string {
	return fmt.Sprintf("%s, %d:%d: %s: %s", cmp.Or(m.SubType, m.Type), m.LastLine, m.LastColumn, m.Message, strings.Join(strings.Fields(m.Extract), " "))
}

// run has the checker read all files of a folder.
func run(jar, folder string) ([]message, error) {
	// It is over in seconds: without the optimizing compiler and with one thread of the
	// collector it takes less of a machine that other tests share. Its schema needs a deep stack.
	command := exec.Command("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", folder)
	out, err := command.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			return nil, fmt.Errorf("the HTML checker: %w\n%s", err, exit.Stderr)
		}
		return nil, fmt.Errorf("the HTML checker: %w", err)
	}
	var said struct{ Messages []message }
	if err := json.NewDecoder(bytes.NewReader(out)).Decode(&said); err != nil {
		return nil, fmt.Errorf("read what the HTML checker said: %w\n%s", err, out)
	}
	slices.SortStableFunc(said.Messages, func(a, b message) int {
		return cmp.Or(cmp.Compare(a.URL, b.URL), cmp.Compare(a.LastLine, b.LastLine), cmp.Compare(a.LastColumn, b.LastColumn))
	})
	return said.Messages, nil
}
