package config

import (
	"fmt"
	"strings"
)

// word is a value or key that a shape knows, with other words that people write
// for it.
type word struct {
	text string
	also []string
	doc  string
}

// nearest returns the known word that s was probably meant to be, or "". Another
// word for a known one counts as that one.
func nearest(s string, known []word) string {
	s = strings.ToLower(s)
	best, distance := "", len([]rune(s))/3+2
	for _, w := range known {
		for _, candidate := range append([]string{w.text}, w.also...) {
			d := editDistance(s, strings.ToLower(candidate))
			if d < distance && d < len([]rune(candidate)) {
				best, distance = w.text, d
			}
		}
	}
	return best
}

// Nearest returns the one of the known names that s was probably meant to be; "" if
// none is near.
func Nearest(s string, known ...string) string { return nearest(s, words(known...)) }

// didYouMean returns the hint for an unknown word: the nearest known one, else
// all of them after the lead, which ends in a blank.
func didYouMean(s string, known []word, lead string) string {
	if near := nearest(s, known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	names := make([]string, len(known))
	for i, w := range known {
		names[i] = w.text
	}
	return lead + strings.Join(names, ", ")
}

// words turns plain names into words.
func words(names ...string) []word {
	all := make([]word, len(names))
	for i, n := range names {
		all[i] = word{text: n}
	}
	return all
}

// editDistance counts the insertions, deletions, replacements and swaps of
// neighbours that make a into b (optimal string alignment).
func editDistance(a, b string) int {
	s, t := []rune(a), []rune(b)
	rows := make([][]int, len(s)+1)
	for i := range rows {
		rows[i] = make([]int, len(t)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(s); i++ {
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(s)][len(t)]
}
