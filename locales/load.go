package locales

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

//go:embed active.*.toml synonyms.toml
var embedded embed.FS

// order is the order of the embedded locales.
const order = "en ja zh-Hans zh-Hant ko nl fr th tr id fil ar ru"

// Load reads the embedded bundles and then those of override, a folder of files
// active.<tag>.toml (and synonyms.toml) whose messages win one by one, and of glossaries,
// glossary.<publisher>.toml; it may be nil. A file of a further language adds a locale.
//
// The error is [Faults]: everything that is wrong, at once.
func Load(override fs.FS) (*Bundle, error) {
	l := &loader{messages: make(map[string]map[string]*i18n.Message), synonyms: make(synonyms), said: make(map[string]map[string][]string), quiet: make(map[string]map[string]bool), digest: sha256.New()}
	l.folder(embedded)
	l.known = maps.Clone(l.messages[reference])
	if override != nil {
		l.read = nil // the embedded messages are judged by a test, and not at each start
		l.folder(override)
		l.check()
	}
	if len(l.faults) > 0 {
		return nil, l.faults.sorted()
	}
	return l.bundle(), nil
}

// loader gathers messages and faults.
type loader struct {
	tags       []string
	messages   map[string]map[string]*i18n.Message // by tag and id
	known      map[string]*i18n.Message            // the messages that there are: those of the embedded English bundle
	read       []readMessage
	synonyms   synonyms
	said       map[string]map[string][]string // words by locale and id
	quiet      map[string]map[string]bool     // as in a Bundle
	glossaries map[string]*Glossary
	// synonymFiles counts the files of synonyms that were read.
	synonymFiles int
	digest       hash.Hash // of every file that was read
	faults       Faults
}

// readMessage is a message and where it stands.
type readMessage struct {
	*i18n.Message
	tag  string
	file string
	data []byte // the file, in which a fault looks for its line
}

func (l *loader) fault(file string, line int, what, do string) {
	l.faults = append(l.faults, Fault{file, line, what, do})
}

func (l *loader) faultOf(m readMessage, what, do string) {
	l.fault(m.file, lineOf(m.data, m.ID), what, do)
}

var bundleName = regexp.MustCompile(`^active\.([A-Za-z0-9-]+)\.toml$`)

// folder reads the bundles and synonyms of a folder.
func (l *loader) folder(folder fs.FS) {
	entries, err := fs.ReadDir(folder, ".")
	if err != nil {
		l.fault("folder of messages", 0, fmt.Sprintf("can't be read: %v", err), "check the path and its permissions")
		return
	}
	for _, entry := range entries {
		name := entry.Name()
		if entry.IsDir() || path.Ext(name) != ".toml" {
			continue
		}
		data, err := fs.ReadFile(folder, name)
		if err != nil {
			l.fault(name, 0, fmt.Sprintf("can't be read: %v", err), "check its permissions")
			continue
		}
		fmt.Fprintf(l.digest, "%s\x00%d\x00%s", name, len(data), data)
		switch match := bundleName.FindStringSubmatch(name); {
		case name == "synonyms.toml":
			l.synonymsFile(name, data)
		case glossaryName.MatchString(name):
			l.glossaryFile(name, glossaryName.FindStringSubmatch(name)[1], data)
		case match == nil:
			l.fault(name, 0, "is not the name of a bundle", "name it active.<tag>.toml, such as active.nl.toml, or glossary.<publisher>.toml")
		default:
			l.bundleFile(name, match[1], data)
		}
	}
}

// bundleFile reads one bundle.
func (l *loader) bundleFile(file, tag string, data []byte) {
	if canonical, ok := Canonical(tag); !ok {
		l.fault(file, 0, fmt.Sprintf("%q is not a language", tag), "use a BCP 47 tag, such as ja or zh-Hant")
		return
	} else if canonical != tag {
		l.fault(file, 0, fmt.Sprintf("%q is not the canonical spelling of its tag", tag), fmt.Sprintf("name it active.%s.toml", canonical))
		return
	}
	parsed, err := i18n.ParseMessageFileBytes(data, file, map[string]i18n.UnmarshalFunc{"toml": toml.Unmarshal})
	if err != nil {
		line := 0
		var syntax toml.ParseError
		what := err.Error()
		if errors.As(err, &syntax) {
			line, what = syntax.Position.Line, syntax.Message
		}
		l.fault(file, line, what, `correct it; ids stand between quotation marks, as in "page.home" = "Home"`)
		return
	}
	if l.messages[tag] == nil {
		l.messages[tag] = make(map[string]*i18n.Message)
		l.tags = append(l.tags, tag)
	}
	for _, m := range parsed.Messages {
		l.messages[tag][m.ID] = m
		l.read = append(l.read, readMessage{m, tag, file, data})
	}
}

// bundle builds what was read and found good.
func (l *loader) bundle() *Bundle {
	b := &Bundle{locales: make(map[string]*locale), digest: hex.EncodeToString(l.digest.Sum(nil))}
	for tag := range strings.FieldsSeq(order) {
		if l.messages[tag] != nil {
			b.tags = append(b.tags, tag)
		}
	}
	slices.Sort(l.tags)
	for _, tag := range l.tags {
		if !slices.Contains(b.tags, tag) {
			b.tags = append(b.tags, tag)
		}
	}
	for _, tag := range b.tags {
		b.locales[tag] = newLocale(tag, l.messages[tag])
	}
	b.synonyms = l.synonyms.beside(b.Labels("category."))
	b.said, b.quiet, b.glossaries = l.said, l.quiet, l.glossaries
	return b
}

// newLocale builds one locale.
func newLocale(tag string, messages map[string]*i18n.Message) *locale {
	t := language.MustParse(tag)
	loc := &locale{
		tag:      tag,
		dir:      Direction(tag),
		messages: make(map[string]message, len(messages)),
		i18n:     sync.OnceValue(func() *i18n.Localizer { return localizer(t, messages) }),
		style:    styleOf(tag),
	}
	if names := display.Tags(t); names != nil {
		loc.names = names
	}
	for id, m := range messages {
		known := message{}
		if len(formsOf(m)) == 1 && len(placeholders(m)) == 0 {
			known.fixed = m.Other
		}
		loc.messages[id] = known
	}
	return loc
}

// localizer returns what localizes these messages. It has a go-i18n bundle of its own, so
// that the library can't answer in another language.
func localizer(t language.Tag, messages map[string]*i18n.Message) *i18n.Localizer {
	bundle := i18n.NewBundle(t)
	for _, m := range messages {
		bundle.MustAddMessages(t, m) // that there are plural rules was checked
	}
	return i18n.NewLocalizer(bundle, t.String())
}
