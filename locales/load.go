package locales

import (
	"cmp"
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
	"sync"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"github.com/kairan-news/kairan/locales/cldr"
)

//go:embed active.*.toml notes.toml sources.toml synonyms.toml
var embedded embed.FS

// What stands beside the bundles: the notes for translators, which no reader reads; what the
// translations were made from; and the words by which publishers call categories.
const (
	notesFile    = "notes.toml"
	sourcesFile  = "sources.toml"
	synonymsFile = "synonyms.toml"
)

// Files are the files of the embedded bundles, for who writes bundles of their own.
func Files() fs.FS { return embedded }

// Load reads the embedded bundles and then those of override, a folder of files
// active.<tag>.toml (and synonyms.toml) whose messages win one by one, and of glossaries,
// glossary.<publisher>.toml; it may be nil. A file of a further language adds a locale.
//
// The error is [Faults]: everything that is wrong, at once.
func Load(override fs.FS) (*Bundle, error) {
	b, err := Read(override)
	if err != nil {
		return nil, err
	}
	return b, nil
}

// Read is [Load] for who says more than what is wrong: beside the faults it returns what could
// be read. That is no bundle to speak from. It is nil where nobody can tell what is in the
// folder.
func Read(override fs.FS) (*Bundle, error) {
	l := newLoader()
	l.folder(embedded)
	l.known = maps.Clone(l.messages[reference])
	if override == nil {
		return l.result(true) // the embedded messages are judged by a test, and not at each start
	}
	l.read = nil
	readable := l.folder(override)
	l.check()
	return l.result(readable)
}

// result returns what was read, and what is wrong with it.
func (l *loader) result(readable bool) (b *Bundle, err error) {
	if readable {
		b = l.bundle()
	}
	if len(l.faults) > 0 {
		err = l.faults.sorted()
	}
	return b, err
}

// loader gathers messages and faults.
type loader struct {
	tags       []string
	messages   map[string]map[string]*i18n.Message // by tag and id
	known      map[string]*i18n.Message            // the messages that there are: those of the embedded English bundle
	read       []readMessage
	notes      map[string]string // by id
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

func newLoader() *loader {
	return &loader{
		messages: make(map[string]map[string]*i18n.Message), notes: make(map[string]string), synonyms: make(synonyms),
		said: make(map[string]map[string][]string), quiet: make(map[string]map[string]bool), digest: sha256.New(),
	}
}

func (l *loader) fault(file string, line int, what, do string) {
	l.faults = append(l.faults, Fault{file, line, what, do})
}

func (l *loader) faultOf(m readMessage, what, do string) {
	l.fault(m.file, lineOf(m.data, m.ID), what, do)
}

var bundleName = regexp.MustCompile(`^active\.([A-Za-z0-9-]+)\.toml$`)

// folder reads the bundles, the notes and the synonyms of a folder. It reports whether it could
// be looked into.
func (l *loader) folder(folder fs.FS) bool {
	entries, err := fs.ReadDir(folder, ".")
	if err != nil {
		l.fault("folder of messages", 0, fmt.Sprintf("can't be read: %v", err), "check the path and its permissions")
		return false
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
		l.file(name, data)
	}
	return true
}

// file reads one file by what its name says that it is.
func (l *loader) file(name string, data []byte) {
	switch name {
	case notesFile: // says nothing to readers
		l.notesFile(name, data)
		return
	case sourcesFile: // see [Bundle.Wholeness]
		return
	}
	fmt.Fprintf(l.digest, "%s\x00%d\x00%s", name, len(data), data)
	switch match := bundleName.FindStringSubmatch(name); {
	case name == synonymsFile:
		l.synonymsFile(name, data)
	case glossaryName.MatchString(name):
		l.glossaryFile(name, glossaryName.FindStringSubmatch(name)[1], data)
	case match == nil:
		l.fault(name, 0, "is not the name of a bundle", "name it active.<tag>.toml, such as active.nl.toml, or glossary.<publisher>.toml")
	default:
		l.bundleFile(name, match[1], data)
	}
}

// notesFile reads notes by the ids of messages.
func (l *loader) notesFile(file string, data []byte) {
	var read map[string]string
	if err := toml.Unmarshal(data, &read); err != nil {
		line, what := syntaxOf(err)
		l.fault(file, line, what, `correct it; a line is a note of a message, such as "page.home" = "A link"`)
	}
	maps.Copy(l.notes, read)
}

// syntaxOf says what is wrong with a file of TOML, and on which line, 0 if it can't tell.
func syntaxOf(err error) (line int, what string) {
	if syntax, ok := errors.AsType[toml.ParseError](err); ok {
		return syntax.Position.Line, syntax.Message
	}
	return 0, err.Error()
}

// bundleFile reads one bundle.
func (l *loader) bundleFile(file, tag string, data []byte) {
	if canonical, ok := Canonical(tag); !ok {
		l.fault(file, 0, fmt.Sprintf("%q is not a language", tag), "use a BCP 47 tag, such as ja or zh-Hant")
		return
	} else if canonical != tag {
		l.fault(file, 0, fmt.Sprintf("%q is not the canonical spelling of its tag", tag), fmt.Sprintf("name it active.%s.toml", canonical))
		tag = canonical
	}
	if l.messages[tag] == nil { // also where its file can't be read: that it is missing is another fault
		l.messages[tag] = make(map[string]*i18n.Message)
		l.tags = append(l.tags, tag)
	}
	parsed, err := i18n.ParseMessageFileBytes(data, file, map[string]i18n.UnmarshalFunc{"toml": toml.Unmarshal})
	if err != nil {
		line, what := syntaxOf(err)
		l.fault(file, line, what, `correct it; ids stand between quotation marks, as in "page.home" = "Home"`)
		return
	}
	for _, m := range parsed.Messages {
		l.messages[tag][m.ID] = m
		l.read = append(l.read, readMessage{m, tag, file, data})
	}
}

// bundle builds what was read and found good.
func (l *loader) bundle() *Bundle {
	b := &Bundle{locales: make(map[string]*locale), texts: l.messages, notes: l.notes, digest: hex.EncodeToString(l.digest.Sum(nil))}
	b.tags = slices.SortedFunc(slices.Values(l.tags), inOrder)
	for _, tag := range b.tags {
		b.locales[tag] = newLocale(tag, l.messages[tag])
	}
	for _, tag := range b.tags {
		b.locales[tag].serving = b.serving(tag)
	}
	b.synonyms = l.synonyms.beside(b.Labels("category."))
	b.said, b.quiet, b.glossaries = l.said, l.quiet, l.glossaries
	return b
}

// inOrder is the order of locales: English, by which all others are measured, and then by
// their tags.
func inOrder(a, b string) int {
	return cmp.Or(cmp.Compare(behindReference(a), behindReference(b)), cmp.Compare(a, b))
}

func behindReference(tag string) int {
	if tag == reference {
		return 0
	}
	return 1
}

// newLocale builds one locale.
func newLocale(tag string, messages map[string]*i18n.Message) *locale {
	t := language.MustParse(tag)
	loc := &locale{
		tag:      tag,
		dir:      Direction(tag),
		messages: make(map[string]message, len(messages)),
		i18n:     sync.OnceValue(func() *i18n.Localizer { return localizer(t, messages) }),
		style:    sync.OnceValue(func() *style { return styleOf(tag) }),
		names:    sync.OnceValue(func() *cldr.Names { return namesOf(t) }),
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
		bundle.MustAddMessages(t, completed(m)) // that there are plural rules was checked
	}
	return i18n.NewLocalizer(bundle, t.String())
}
