package locales

import (
	"errors"
	"fmt"
	"slices"

	"github.com/BurntSushi/toml"
)

// synonymsFile reads words by locale and category, and adds them to those that
// were read before.
func (l *loader) synonymsFile(file string, data []byte) {
	var read map[string]map[string][]string
	if err := toml.Unmarshal(data, &read); err != nil {
		line, what := 0, err.Error()
		var syntax toml.ParseError
		if errors.As(err, &syntax) {
			line, what = syntax.Position.Line, syntax.Message
		}
		l.fault(file, line, what, `correct it; each [locale] has lines such as environment = ["Umwelt"]`)
		return
	}
	for tag, categories := range read {
		if canonical, ok := Canonical(tag); !ok || canonical != tag {
			l.fault(file, lineOf(data, tag), fmt.Sprintf("%q is not a locale", tag), "use a BCP 47 tag in its canonical spelling, such as zh-Hant")
			continue
		}
		for category, words := range categories {
			id := "category." + category
			for _, word := range words {
				if !slices.Contains(l.synonyms[id], word) {
					l.synonyms[id] = append(l.synonyms[id], word)
				}
			}
		}
	}
}
