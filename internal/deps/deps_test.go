package deps

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/kairan-news/kairan"

// allowed says which packages of ours each package may import, and why. A package
// that isn't listed may import none.
var allowed = map[string][]string{
	// The vocabulary and the formats are pure, so that the same data gives the same
	// bytes: they know nobody. A document is checked from outside, by what shares nothing
	// with what renders it but the names of namespaces and what a value may be. XML and JSON
	// are read in one place, for who checks documents and who takes them apart.
	"feeds":                    {"feeds/internal/namespace", "feeds/internal/syntax", "feeds/internal/value"},
	"feeds/check":              {"feeds", "feeds/internal/namespace", "feeds/internal/syntax", "feeds/internal/value"},
	"feeds/internal/namespace": {},
	"feeds/internal/syntax":    {"feeds/internal/namespace", "feeds/internal/value"},
	"feeds/internal/value":     {},

	// Words, documents and servers are known apart from each other, so that each
	// can be tested and replaced alone. They share the vocabulary.
	"locales":        {"feeds", "locales/cldr"},
	"internal/fetch": {"feeds", "internal/fetch/allow"},

	// What CLDR says is data; what makes it of CLDR's packages is no part of the program.
	"locales/cldr":     {},
	"locales/cldr/gen": {},

	// What may be reached is read by who configures it and by who reaches.
	"internal/fetch/allow": {},

	// Reading has a street for each craft, and they lead one way: from the words that all
	// share and what is known of any text, to the kinds of documents. Those, at the end,
	// don't know each other: what two of them need is a craft of its own.
	"internal/parse":          {}, // what is known of a document, and what was wrong with it
	"internal/parse/entity":   {},
	"internal/parse/prose":    {"internal/parse/entity", "internal/plain"},
	"internal/parse/charset":  {"internal/parse"},
	"internal/parse/language": {"feeds", "internal/parse", "internal/script"},
	"internal/parse/address":  {"internal/parse/language"}, // a front page's path may be a language
	"internal/parse/date":     {"internal/parse", "internal/plain"},
	"internal/parse/html":     {"feeds", "internal/parse/address", "internal/parse/entity", "internal/parse/prose"},
	"internal/parse/field":    {"feeds", "internal/parse/address", "internal/parse/entity", "internal/parse/html", "internal/parse/prose", "internal/plain"},
	"internal/parse/feed": {
		"feeds", "internal/parse", "internal/parse/address", "internal/parse/charset", "internal/parse/date", "internal/parse/entity",
		"internal/parse/field", "internal/parse/html", "internal/parse/language", "internal/parse/prose", "internal/plain",
	},
	"internal/parse/page": {
		"feeds", "internal/parse", "internal/parse/address", "internal/parse/charset", "internal/parse/date", "internal/parse/entity",
		"internal/parse/field", "internal/parse/html", "internal/parse/language", "internal/parse/prose", "internal/plain",
	},
	"internal/parse/notice": {
		"feeds", "internal/parse", "internal/parse/address", "internal/parse/charset", "internal/parse/date", "internal/parse/entity",
		"internal/parse/field", "internal/parse/html", "internal/parse/language", "internal/parse/prose", "internal/plain",
	},
	"internal/parse/opml": {
		"internal/parse", "internal/parse/address", "internal/parse/charset", "internal/parse/html", "internal/parse/language", "internal/parse/prose",
	},

	// What a text is written in is asked by who reads it and by who places it.
	"internal/script": {},

	// The configuration becomes vocabulary, and checks that messages are there.
	"internal/config": {
		"feeds", "internal/face", "internal/fetch/allow", "internal/normalize", "internal/parse/address", // what is chosen; an address may be under feed:
		"internal/parse/notice", // pages of the site are written as notices are
	},
	"internal/builtin": {},

	// What a city makes of its pages is judged by who reads it, and shown by who serves.
	"internal/face": {"feeds"},

	// A kind of source fetches and parses; it doesn't know where articles go.
	"internal/source": {
		"feeds", "internal/fetch", "internal/parse", "internal/parse/address", "internal/parse/feed",
		"internal/parse/language", "internal/parse/notice", "internal/parse/page",
		"internal/plain", // of an entry and its page, the one is taken that says more; a template says nothing of a page
	},
	"internal/normalize": {"feeds", "internal/plain", "internal/script"},

	// What a run does to what is known is decided on plain values.
	"internal/ledger": {"feeds", "internal/parse/address"}, // a front page tells no notice from another

	// The store carries out what the ledger decides. It knows what an article is, not
	// where it comes from or goes to.
	"internal/store": {
		"feeds", "internal/flow", "internal/ledger", // what is wrong is remembered as it was found
		"internal/search", // an index is part of what is stored
	},

	// What is wrong with what is judged on plain values, for all who tell it.
	"internal/flow": {},

	// A machine tells of itself in the words by which that is judged. A process that watches
	// gathers what is judged, of what the jobs have learned and the store has kept.
	"internal/machine": {"internal/flow"},
	"internal/watch":   {"feeds", "internal/flow", "internal/probe", "internal/store", "jobs"},

	// What operators do is set down in the store, for whichever process works.
	"internal/operate": {"feeds", "internal/flow", "internal/ledger", "internal/store"},

	// Copies of the database are made and put back beside the program at work.
	"internal/backup": {"feeds", "internal/store"},

	// People are told of incidents, each receiver once, which the store remembers.
	"internal/notify": {"internal/flow", "internal/store"},

	// Trouble is told when it begins and when it ends, wherever it is met.
	"internal/trouble": {},

	// Programs of operators ask what pages are asked, and have done what can be done.
	"internal/api": {"internal/flow", "internal/gate", "internal/operate"},

	// Who may come in is asked before anybody knows what they want.
	"internal/gate":     {},
	"internal/backroom": {}, // the job engine is handed to it as a handler
	// What readers meet at the public address is asked from outside, as they ask; what they
	// must meet there it is told.
	"internal/probe": {"feeds", "feeds/check", "internal/fetch", "internal/flow"},

	// What is like what is a question of words alone, asked where channels are
	// composed.
	"internal/related": {"feeds", "internal/plain"},

	// What readers' words find is a question of words, too: of a text, of a query, and of
	// which tokens of the one fulfil the other. It knows no database.
	"internal/search": {"feeds", "internal/plain"},

	// A notice begins in the same way wherever its beginning is shown, and is cut by one
	// rule wherever it is read.
	"internal/plain": {},

	// What changed in a text is a question of its words alone.
	"internal/redline": {},

	// What things are called is one for feeds and for pages.
	"internal/wording": {"feeds", "locales"},

	// What notices suggest for a glossary is a question of names alone.
	"internal/glossary": {"locales"},

	// Publishing and serving declare what they need of the store themselves.
	// Both take a reader's words apart as the index does: the one to find, the other to tell
	// what was found.
	"internal/publish": {"feeds", "feeds/check", "internal/plain", "internal/related", "internal/search", "internal/wording", "locales"},
	"internal/web":     {"feeds", "internal/compress", "internal/face", "internal/plain", "internal/redline", "internal/search", "internal/trouble", "internal/wording", "locales"},

	// Where time goes is told by who does the work, and by the program around the rest.
	"internal/tracing": {},

	// What operators see is asked of the program as plain values: the pages know neither
	// the store nor the jobs nor the site.
	"internal/ops": {"feeds", "internal/flow"},

	// An export copies what the site answers, whatever that is.
	"internal/export":   {"internal/compress"},
	"internal/compress": {},

	// Jobs tie the stages together and see the whole but for the pages: serving
	// must not depend on working.
	"jobs": {
		"feeds",
		"internal/fetch", "internal/flow", "internal/ledger", "internal/normalize", "internal/parse", "internal/parse/language",
		"internal/probe", "internal/publish", "internal/source", "internal/store", "internal/tracing", "internal/trouble",
	},

	// Only the program reads flags, the environment and files of configuration.
	"cmd/kairan": {
		"feeds", "jobs", "locales",
		"internal/api", "internal/backroom", "internal/backup", "internal/builtin", "internal/config", "internal/export",
		"internal/fetch", "internal/flow", "internal/gate", "internal/glossary", "internal/ledger", "internal/machine",
		"internal/normalize", "internal/notify", "internal/operate", "internal/ops", "internal/parse", "internal/parse/address",
		"internal/parse/feed", "internal/parse/language", "internal/parse/opml", "internal/parse/page", "internal/probe",
		"internal/publish", "internal/source", "internal/store", "internal/tracing", "internal/trouble", "internal/watch",
		"internal/web",
	},

	// What publishing costs is measured from outside and on stores of its own.
	"internal/benchpublish": {"feeds", "internal/compress", "internal/ledger", "internal/publish", "internal/store", "locales"},
	"internal/figures":      {},

	// Helpers of tests start real parts and know nothing of the program but what they
	// hand out.
	"feeds/internal/sample":      {"feeds"},
	"internal/parse/parsetest":   {"feeds", "internal/parse", "internal/parse/entity", "internal/parse/language", "internal/parse/prose", "internal/plain"},
	"internal/pgtest":            {},
	"internal/storetest":         {"internal/store"},
	"internal/search/searchtest": {"feeds"}, // articles that mean nothing, for who measures an index
	"internal/browsertest":       {},
	"internal/htmlcheck":         {},
	"internal/readertest":        {},
	"internal/schematest":        {"feeds"},
	"internal/apitest":           {},
	"internal/deps":              {},
}

// apart says which libraries stay inside of which packages, so that each can be
// exchanged in one place.
var apart = map[string][]string{
	"github.com/riverqueue/river":        {"jobs", "internal/store"}, // the store runs its migrations
	"riverqueue.com/riverui":             {"jobs"},
	"github.com/riverqueue/rivercontrib": {"jobs"}, // stands in River's chain
	"go.opentelemetry.io":                {"internal/tracing"},
	"github.com/go-logr/logr":            {"internal/tracing"},
	"github.com/mmcdole/gofeed":          {"internal/parse/feed"},
	"github.com/gorilla/feeds":           {"feeds"},
	"github.com/nicksnyder/go-i18n":      {"locales"},
	"github.com/goccy/go-yaml":           {"internal/config", "internal/parse/notice"}, // front matter is YAML too
	"github.com/spf13/cobra":             {"cmd/kairan"},
	"github.com/jackc/pgx":               {"internal/store", "internal/pgtest"},
	"modernc.org/sqlite":                 {"internal/store", "internal/readertest"}, // a reader keeps its cache in one
	"github.com/minio/minio-go":          {"internal/export"},
	"gopkg.in/ini.v1":                    {"internal/export"}, // profiles of buckets alone
	"github.com/wneessen/go-mail":        {"internal/notify"},
	"github.com/microcosm-cc/bluemonday": {"internal/parse/html"},
	"rsc.io/qr":                          {"internal/web"},
}

type listed struct {
	ImportPath string
	Imports    []string
}

func TestWhoImportsWhom(t *testing.T) {
	packages := list(t)
	if len(packages) < 10 {
		t.Fatalf("go list found only %d packages", len(packages))
	}
	for _, p := range packages {
		name := strings.TrimPrefix(p.ImportPath, module+"/")
		may, known := allowed[name]
		if !known {
			t.Errorf("%s is new: say in allowed what it may import, and why", name)
			continue
		}
		for _, imported := range p.Imports {
			if own, ok := strings.CutPrefix(imported, module+"/"); ok && !slices.Contains(may, own) {
				t.Errorf("%s imports %s, which allowed doesn't say it may", name, own)
			}
			for library, users := range apart {
				if (imported == library || strings.HasPrefix(imported, library+"/")) && !slices.Contains(users, name) {
					t.Errorf("%s imports %s, which is to stay inside of %s", name, imported, strings.Join(users, ", "))
				}
			}
		}
	}
	for name := range allowed {
		if !slices.ContainsFunc(packages, func(p listed) bool { return p.ImportPath == module+"/"+name }) {
			t.Errorf("%s is in allowed and is no package", name)
		}
	}
}

// list returns the module's packages with what they import outside of tests.
func list(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", module+"/...").Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("go list: %v\n%s", err, exit.Stderr)
		}
		t.Fatalf("go list: %v", err)
	}
	var packages []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatalf("read what go list printed: %v", err)
		}
		packages = append(packages, p)
	}
}
