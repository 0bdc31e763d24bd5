package locales

import (
	"fmt"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

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
