package locales

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// check judges the messages that were read.
func (l *loader) check() {
	forms := make(map[string][]string)
	for _, tag := range l.tags {
		forms[tag] = pluralForms(tag)
		if forms[tag] == nil {
			l.fault("active."+tag+".toml", 0, "go-i18n has no plural rules for "+tag, "use the tag of a language that CLDR has rules for")
		}
	}
	for _, m := range l.read {
		l.checkMessage(m, forms[m.tag])
	}
}

// former reports whether a message was in every bundle until nothing showed it any more: a
// bundle of before is no worse for it.
func former(id string) bool {
	switch id {
	case "date.date-time", "entry.withdrawn", "page.back", "page.next", "page.previous", "page.sample-notice", "page.search-hint":
		return true
	}
	return false
}

func (l *loader) checkMessage(m readMessage, forms []string) {
	model, known := l.known[m.ID]
	if former(m.ID) {
		return
	}
	if !known && !extensible(m.ID) {
		l.faultOf(m, fmt.Sprintf("there is no message %q", m.ID), suggestion(m.ID, l.known))
		return
	}
	if m.LeftDelim != "" || m.RightDelim != "" {
		l.faultOf(m, fmt.Sprintf("message %q changes the delimiters", m.ID), "write placeholders as {{.Name}}")
	}

	wanted := wantedForms(m.Message, model, forms)
	if lacking := lackingForms(m.tag, m.Message, wanted); len(lacking) > 0 {
		l.faultOf(m, fmt.Sprintf("message %q has no text for %s", m.ID, quotedForms(lacking)),
			fmt.Sprintf("give it all that %s has: %s", m.tag, strings.Join(wanted, ", ")))
	}

	var allowed []string
	if known {
		allowed = placeholders(model)
	}
	if m.ID == "language.name" {
		allowed = []string{"Language"}
	}
	l.checkPlaceholders(m, formsOf(m.Message), allowed)
}

// quotedForms names plural forms: the plural form "few", the plural forms "few" and "many".
func quotedForms(forms []string) string {
	quoted := make([]string, len(forms))
	for i, form := range forms {
		quoted[i] = strconv.Quote(form)
	}
	last := len(quoted) - 1
	if last == 0 {
		return "the plural form " + quoted[0]
	}
	return "the plural forms " + strings.Join(quoted[:last], ", ") + " and " + quoted[last]
}

// checkPlaceholders judges what the texts of a message, by their plural forms, have
// between braces. What is wrong in several of them is one fault.
func (l *loader) checkPlaceholders(m readMessage, texts map[string]string, allowed []string) {
	told := map[string]bool{}
	tell := func(what, do string) {
		if !told[what] {
			l.faultOf(m, what, do)
		}
		told[what] = true
	}
	for _, form := range slices.Sorted(maps.Keys(texts)) {
		cut, err := parse(texts[form])
		if err != nil {
			tell(fmt.Sprintf("message %q: %v", m.ID, err), "write placeholders as {{.Name}}, and nothing else between double braces")
			continue
		}
		for _, name := range cut.names() {
			if !slices.Contains(allowed, name) {
				tell(fmt.Sprintf("message %q has no {{.%s}}", m.ID, name), allowedPlaceholders(allowed))
			}
		}
	}
}

// extensible reports whether bundles may have messages of this kind beyond those of
// the English one: of a city's own categories and publishers, and the names of
// languages and of zones' cities that CLDR lacks.
func extensible(id string) bool {
	for _, prefix := range []string{"category.", "publisher.", "language.", "zone."} {
		if strings.HasPrefix(id, prefix) && len(id) > len(prefix) {
			return true
		}
	}
	return false
}

func allowedPlaceholders(allowed []string) string {
	if len(allowed) == 0 {
		return "nothing is filled into it: leave the braces out"
	}
	return "it has {{." + strings.Join(allowed, "}}, {{.") + "}}"
}

// lineOf finds the line on which a message is defined, 0 if it can't tell.
func lineOf(data []byte, id string) int {
	quoted := regexp.QuoteMeta(id)
	at := regexp.MustCompile(`(?m)^\s*\[?\s*["']?` + quoted + `["']?\s*[=\]]`).FindIndex(data)
	if at == nil {
		return 0
	}
	return 1 + strings.Count(string(data[:at[1]]), "\n")
}

// suggestion says what to do about a message that does not exist.
func suggestion(id string, known map[string]*i18n.Message) string {
	best, least := "", len(id)/2+1
	for other := range known {
		if d := distance(id, other); d < least || d == least && other < best {
			best, least = other, d
		}
	}
	if best == "" {
		return "remove it; active.en.toml lists the messages that there are"
	}
	return fmt.Sprintf("did you mean %q?", best)
}

// distance is Levenshtein's: how many letters must be changed.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
