package locales

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

// What nothing shows is not translated. A message is shown where a source names it: whole,
// or put together from its beginning ("error."), its middle ("not-found") and perhaps its end
// (".title").
func TestEveryMessageIsShownSomewhere(t *testing.T) {
	named := namedInSources(t, os.DirFS(".."))
	for id := range bundleMessages(t)[reference] {
		if !named.has(id) && !strings.HasPrefix(id, "language.") && !strings.HasPrefix(id, "zone.") {
			t.Errorf("nothing shows %q: use it, or remove it from every bundle", id)
		}
	}
	for _, id := range []string{"page.hoem", "error.no-such-error.title", "channel.all.no-such-end", "category.no-such-category"} {
		if named.has(id) {
			t.Errorf("%q is taken for a message that is shown", id)
		}
	}
}

// words are strings that stand in sources.
type words map[string]bool

func (w words) has(id string) bool {
	if w[id] {
		return true
	}
	first, rest, _ := strings.Cut(id, ".")
	middle, last, more := strings.Cut(rest, ".")
	if !w[first+"."] && !w[first+"."+middle] || more && !w["."+last] {
		return false
	}
	return w[middle] || w[first+"."+middle] && more
}

var (
	quoted     = regexp.MustCompile(`"([a-z][a-z0-9.-]*|\.[a-z-]+)"`)
	configured = regexp.MustCompile(`(?:name_id:|term:|-) *([a-z][a-z0-9.-]*)`)
)

// namedInSources returns the strings of the program, without its tests, and the names of
// the built-in configuration.
func namedInSources(t *testing.T, root fs.FS) words {
	t.Helper()
	named := words{}
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || len(d.Name()) > 1 && d.Name()[0] == '.') {
			return fs.SkipDir
		}
		find := quoted
		switch ext := path.Ext(name); {
		case name == "internal/builtin/kairan.yaml":
			find = configured
		case ext == ".html" && path.Base(path.Dir(name)) == "templates":
		case ext == ".go" && !strings.HasSuffix(name, "_test.go") && (!strings.HasPrefix(name, "locales/") || name == "locales/writing.go"):
		default:
			return nil
		}
		data, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		for _, m := range find.FindAllStringSubmatch(string(data), -1) {
			named[m[1]] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return named
}
