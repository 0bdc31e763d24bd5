package locales

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// synonyms are words by which publishers call categories, by the word as it is
// compared.
type synonyms map[string]synonym

type synonym struct {
	word string // as it was written
	id   string // of the category's message
	file int    // counts the files that were read
}

// compared returns a word as it is compared: words that differ in case alone are one.
func compared(word string) string { return strings.ToLower(strings.TrimSpace(word)) }

// beside returns the words by category that are not labels. A label wins: a city
// that calls a category of its own "Climate" means that one.
func (s synonyms) beside(labels map[string][]string) map[string][]string {
	taken := make(map[string]bool)
	for _, texts := range labels {
		for _, text := range texts {
			taken[compared(text)] = true
		}
	}
	words := make(map[string][]string)
	for _, key := range slices.Sorted(maps.Keys(s)) {
		if !taken[key] {
			words[s[key].id] = append(words[s[key].id], s[key].word)
		}
	}
	return words
}

var categoryTerm = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

// synonymsFile reads words by locale and category. A word that an earlier file
// gave to another category is taken over; within one file that is a fault.
func (l *loader) synonymsFile(file string, data []byte) {
	var read map[string]map[string][]string
	if err := toml.Unmarshal(data, &read); err != nil {
		line, what := syntaxOf(err)
		l.fault(file, line, what, `correct it; a section [de] has lines such as environment = ["Umwelt"]`)
		return
	}
	l.synonymFiles++
	for _, tag := range slices.Sorted(maps.Keys(read)) {
		if canonical, ok := Canonical(tag); !ok || canonical != tag {
			l.fault(file, lineOf(data, tag), fmt.Sprintf("[%s] is not a locale", tag), "use a BCP 47 tag in its canonical spelling, such as zh-Hant")
			continue
		}
		for _, category := range slices.Sorted(maps.Keys(read[tag])) {
			if !categoryTerm.MatchString(category) {
				l.fault(file, lineOf(data, category), fmt.Sprintf("%q is not the term of a category", category), "use small letters, digits and hyphens, such as urban-development")
				continue
			}
			for _, word := range read[tag][category] {
				l.word(file, data, tag, word, "category."+category)
			}
		}
	}
}

// word takes in one word: as a name of the category, as one to look for in titles, or as both.
func (l *loader) word(file string, data []byte, tag, word, id string) {
	name, nameOnly := strings.CutPrefix(word, nameMark)
	switch {
	case nameOnly:
		l.synonym(file, data, name, id)
		l.keepQuiet(tag, name)
	case strings.Contains(word, stemMark):
		if strings.Trim(word, stemMark+" ") == "" {
			l.fault(file, lineOfWord(data, word), "a word of "+id+" is empty", "remove it")
			return
		}
		l.say(tag, word, id)
	default:
		l.synonym(file, data, word, id)
		l.say(tag, word, id)
		delete(l.quiet[tag], compared(word)) // that an earlier file kept quiet
	}
}

// What stands before a word that is a name alone, and where a word of titles may go on.
const (
	nameMark = "="
	stemMark = "*"
)

// keepQuiet notes that a word, be it a label, is not to be looked for in titles.
func (l *loader) keepQuiet(tag, word string) {
	if l.quiet[tag] == nil {
		l.quiet[tag] = make(map[string]bool)
	}
	l.quiet[tag][compared(word)] = true
}

// say notes in which language a word was given.
func (l *loader) say(tag, word, id string) {
	if l.said[tag] == nil {
		l.said[tag] = make(map[string][]string)
	}
	l.said[tag][id] = append(l.said[tag][id], word)
}

func (l *loader) synonym(file string, data []byte, word, id string) {
	key := compared(word)
	switch other, known := l.synonyms[key]; {
	case key == "":
		l.fault(file, lineOfWord(data, word), "a word of "+id+" is empty", "remove it")
	case known && other.file == l.synonymFiles && other.id != id:
		l.fault(file, lineOfWord(data, word), fmt.Sprintf("%q stands for both %s and %s", word, other.id, id), "leave it with the one that publishers mean")
	default:
		l.synonyms[key] = synonym{word, id, l.synonymFiles}
	}
}

// lineOfWord returns the line on which a quoted word stands last.
func lineOfWord(data []byte, word string) int {
	at := strings.LastIndex(string(data), `"`+word+`"`)
	if at < 0 {
		return 0
	}
	return 1 + strings.Count(string(data[:at]), "\n")
}
