package locales

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n/template"
)

// parser reads the templates of messages for go-i18n. It knows one action alone,
// {{.Name}}: a translator needs no other, and a value that is missing is an error,
// where text/template would print "<no value>".
type parser struct{}

// Cacheable tells go-i18n to parse each message once.
func (parser) Cacheable() bool { return true }

// Parse reads a message.
func (parser) Parse(text, _, _ string) (template.ParsedTemplate, error) { return parse(text) }

// parsed is a message cut into literal text (even) and names (odd).
type parsed []string

var placeholder = regexp.MustCompile(`\{\{\s*\.([A-Za-z][A-Za-z0-9]*)\s*\}\}`)

func parse(text string) (parsed, error) {
	var cut parsed
	rest := 0
	for _, at := range placeholder.FindAllStringSubmatchIndex(text, -1) {
		cut = append(cut, text[rest:at[0]], text[at[2]:at[3]])
		rest = at[1]
	}
	cut = append(cut, text[rest:])
	for i := 0; i < len(cut); i += 2 {
		if strings.Contains(cut[i], "{{") || strings.Contains(cut[i], "}}") {
			return nil, fmt.Errorf("%q is not a placeholder", strings.TrimSpace(cut[i]))
		}
	}
	return cut, nil
}

// names returns the placeholders, each once, sorted.
func (p parsed) names() []string {
	var names []string
	for i := 1; i < len(p); i += 2 {
		names = append(names, p[i])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Execute fills in data, which is a *values.
func (p parsed) Execute(data any) (string, error) {
	in, ok := data.(*values)
	if !ok {
		return "", fmt.Errorf("fill in a message: want *values, have %T", data)
	}
	if len(p) == 1 {
		return p[0], nil
	}
	var b strings.Builder
	for i, part := range p {
		if i%2 == 0 {
			b.WriteString(part)
			continue
		}
		value, ok := in.get(part)
		if !ok {
			return "", fmt.Errorf("fill in a message: there is no value for {{.%s}}", part)
		}
		b.WriteString(value)
	}
	return b.String(), nil
}

// LanguageTag is a BCP 47 tag among the data of a message. It is written as the name of
// that language in the language of the message, as it stands within a sentence.
type LanguageTag string

// values is what is filled into a message of a locale.
type values struct {
	data   map[string]any
	count  string // of a plural, written as the locale does
	locale *locale
}

func (v *values) get(name string) (string, bool) {
	if name == "Count" && v.count != "" {
		return v.count, true
	}
	switch value := v.data[name].(type) {
	case nil:
		return "", false
	case string:
		return isolate(value, v.locale.dir), true
	case int:
		return v.locale.style().number(value), true
	case float64:
		return v.locale.style().decimal(value), true
	case time.Time:
		return v.locale.style().date(value), true
	case LanguageTag:
		return isolate(v.locale.nameOf(string(value)), v.locale.dir), true
	default:
		return isolate(fmt.Sprint(value), v.locale.dir), true
	}
}
