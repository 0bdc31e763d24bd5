package locales

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// Kind is what a glossary names.
type Kind string

// The kinds of entries of a glossary.
const (
	Department Kind = "department" // who signs notices: authors
	Term       Kind = "term"       // what sources file their notices under
	Place      Kind = "place"      // which they file them under as well
)

// Kinds returns the kinds, in the order in which a glossary is written.
func Kinds() []Kind { return []Kind{Department, Term, Place} }

// Glossary holds a publisher's official names of its departments, terms and places, each in
// any languages. Nil has none.
type Glossary struct {
	entries map[Kind]map[string]entry // by the name as it is compared
}

// entry is what is called so, by language: the official name, without what else it is
// called.
type entry map[string]string

// Name is a name in a language.
type Name struct{ Language, Text string }

// Names returns the official names of what a publisher calls so in any language, sorted by
// language; nil where the glossary does not know it. Case, width and space make no name
// another.
func (g *Glossary) Names(kind Kind, called string) []Name {
	if g == nil {
		return nil
	}
	var names []Name
	is := g.entries[kind][FoldName(called)]
	for _, tag := range slices.Sorted(maps.Keys(is)) {
		names = append(names, Name{tag, is[tag]})
	}
	return names
}

// FoldName returns a name as it is compared.
func FoldName(name string) string {
	folded := strings.ToLower(width.Fold.String(norm.NFKC.String(name)))
	return strings.Join(strings.Fields(folded), "")
}

// Glossary returns the glossary of a publisher, by its key; nil if there is none.
func (b *Bundle) Glossary(publisher string) *Glossary { return b.glossaries[publisher] }

// Glossaries returns the keys of the publishers that have one, sorted.
func (b *Bundle) Glossaries() []string { return slices.Sorted(maps.Keys(b.glossaries)) }

var glossaryName = regexp.MustCompile(`^glossary\.([a-z0-9][a-z0-9-]*)\.toml$`)

// glossaryFile reads a glossary: lists of tables named for their kinds, which have the names
// by language. Of several names in a language the first is the official one.
func (l *loader) glossaryFile(file, publisher string, data []byte) {
	var read map[string]any
	if err := toml.Unmarshal(data, &read); err != nil {
		line, what := 0, err.Error()
		var syntax toml.ParseError
		if errors.As(err, &syntax) {
			line, what = syntax.Position.Line, syntax.Message
		}
		l.fault(file, line, what, `correct it; below [[department]] stand lines such as ja = "港湾局" and en = "Bureau of Port and Harbor"`)
		return
	}
	r := glossaryReader{loader: l, file: file, data: data, glossary: &Glossary{map[Kind]map[string]entry{}}}
	for _, kind := range slices.Sorted(maps.Keys(read)) {
		if !slices.Contains(Kinds(), Kind(kind)) {
			l.fault(file, r.line(kind, 0, ""), fmt.Sprintf("a glossary has no [[%s]]", kind), "write [[department]], [[term]] or [[place]]")
			continue
		}
		tables, ok := read[kind].([]map[string]any)
		if !ok {
			l.fault(file, lineOf(data, kind), kind+" is no list of tables", "write [["+kind+"]] above each")
			continue
		}
		r.kind = Kind(kind)
		r.glossary.entries[r.kind] = map[string]entry{}
		for i, table := range tables {
			r.entry(i, table)
		}
	}
	if l.glossaries == nil {
		l.glossaries = map[string]*Glossary{}
	}
	l.glossaries[publisher] = r.glossary
}

// glossaryReader reads the entries of one glossary.
type glossaryReader struct {
	*loader
	file     string
	data     []byte
	glossary *Glossary
	kind     Kind
}

func (r *glossaryReader) entry(i int, table map[string]any) {
	is := entry{}
	var all []string
	for _, tag := range slices.Sorted(maps.Keys(table)) {
		line := r.line(string(r.kind), i, tag)
		if canonical, ok := Canonical(tag); !ok || canonical != tag {
			r.fault(r.file, line, fmt.Sprintf("%q is not a language", tag), "use a BCP 47 tag in its canonical spelling, such as ja or zh-Hant")
			continue
		}
		names, ok := texts(table[tag])
		if !ok {
			r.fault(r.file, line, fmt.Sprintf("%s has no name in %s", r.kind, tag), `write one, as in en = "Bureau of Port and Harbor", or a list of which the first is shown`)
			continue
		}
		is[tag] = names[0]
		all = append(all, names...)
	}
	if len(is) == 1 {
		r.fault(r.file, r.line(string(r.kind), i, ""), fmt.Sprintf("a %s has a name in one language alone", r.kind), "give it a name in another, or remove it")
	}
	for _, name := range all {
		key := FoldName(name)
		if other, ok := r.glossary.entries[r.kind][key]; ok && !maps.Equal(other, is) {
			r.fault(r.file, r.line(string(r.kind), i, ""), fmt.Sprintf("%q is the name of two entries of %s", name, r.kind), "leave it with the one that is meant")
			continue
		}
		r.glossary.entries[r.kind][key] = is
	}
}

// texts returns a text, or the texts of a list; false where there is none, or an empty one.
func texts(v any) (all []string, ok bool) {
	list, isList := v.([]any)
	if !isList {
		list = []any{v}
	}
	for _, item := range list {
		text, ok := item.(string)
		if text = strings.Join(strings.Fields(text), " "); !ok || text == "" {
			return nil, false
		}
		all = append(all, text)
	}
	return all, len(all) > 0
}

// line returns the line on which the i-th table of a kind begins, or of a key in it; 0 if it
// can't tell.
func (r *glossaryReader) line(kind string, i int, key string) int {
	begins := regexp.MustCompile(`^\s*\[\[?\s*["']?` + regexp.QuoteMeta(kind) + `["']?\s*\]`)
	has := regexp.MustCompile(`^\s*["']?` + regexp.QuoteMeta(key) + `["']?\s*=`)
	n, within := -1, 0
	for at, line := range strings.Split(string(r.data), "\n") {
		if begins.MatchString(line) {
			n++
		}
		switch {
		case n != i:
			continue
		case within == 0:
			within = at + 1
		}
		if key == "" || has.MatchString(line) {
			return at + 1
		}
	}
	return within
}
