package ledger

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"github.com/kairan-news/kairan/feeds"
)

// Some sources count in the text of each item: how often it was read, how many minutes ago
// it was written. So that this is not told as news, it is learned what counts:
//
//   - A run shows it where most items of its document, and nothing of them but numbers,
//     are other than before, and these numbers stand at a place that most of them have:
//     behind the same letters or signs, or before them ("123 views", "閲覧数 123", "♥ 3"). The
//     numbers of a time stand where its first one does. A word may take another ending with
//     the number before it ("1 view", "5 просмотров").
//   - After three such runs the source is noisy: another number at such a place is taken in
//     silence. What is told as always is a new title, a later date that the source declares,
//     any other number, any other text, and whatever changes in an urgent category.
//   - After three runs that show nothing like it the source is as any other.

const (
	noisyRuns, quietRuns = 3, 3
	// placeSize is how many letters tell a place.
	placeSize = 4
	// mostPlaces are kept of a source.
	mostPlaces = 8
)

// Noise is what was learned of what a source counts, as it is stored; "" for nothing.
type Noise string

// noise is a Noise that was read.
type noise struct {
	Runs   int      `json:"runs"`            // that showed it
	Quiet  int      `json:"quiet,omitempty"` // the last runs that did not
	Places []string `json:"places"`          // where the numbers stand
}

// read returns nothing learned for what can't be read, which is then learned anew.
func (n Noise) read() (learned noise) {
	if n == "" || json.Unmarshal([]byte(n), &learned) != nil {
		return noise{}
	}
	return learned
}

// covers reports whether a source is noisy, and all these numbers stand where it counts.
func (n Noise) covers(numbers []place) bool {
	learned := n.read()
	return learned.Runs >= noisyRuns && !slices.ContainsFunc(numbers, func(p place) bool { return !p.isAmong(learned.Places) })
}

// after returns what is known after a run of a document of so many items, of which these
// differ in numbers alone.
func (n Noise) after(counted [][]place, b *Brought) Noise {
	learned := n.read()
	shared := sharedPlaces(counted)
	switch isNoisy := len(shared) > 0 && len(counted) >= fewest && 2*len(counted) > b.items(); {
	case isNoisy:
		common := slices.DeleteFunc(slices.Clone(learned.Places), func(p string) bool { return !slices.Contains(shared, p) })
		if len(common) == 0 {
			learned.Runs, common = 0, shared
		}
		learned = noise{Runs: min(learned.Runs+1, noisyRuns), Places: common}
	case learned.Runs == 0 || learned.Quiet+1 >= quietRuns:
		return ""
	default:
		learned.Quiet++
	}
	text, err := json.Marshal(learned)
	if err != nil {
		return ""
	}
	return Noise(text)
}

// sharedPlaces are the places that more than half of the articles have whose numbers
// changed, sorted.
func sharedPlaces(counted [][]place) (shared []string) {
	times := map[string]int{}
	for _, places := range counted {
		of := map[string]bool{}
		for _, p := range places {
			of[p.before], of[p.after] = true, true
		}
		for side := range of {
			times[side]++
		}
	}
	for side, n := range times {
		if side != "" && 2*n > len(counted) {
			shared = append(shared, side)
		}
	}
	slices.Sort(shared)
	return shared[:min(len(shared), mostPlaces)]
}

// place is where a number stands: what is before it and after it, each with a sign for the
// side; "" where there are neither letters nor signs.
type place struct{ before, after string }

func (p place) isAmong(places []string) bool {
	return p.before != "" && slices.Contains(places, p.before) || p.after != "" && slices.Contains(places, p.after)
}

// isAsFile reports whether two attachments are the same but for how long they are said to play.
func isAsFile(a, b feeds.Enclosure) bool {
	a.Duration = b.Duration
	return a == b
}

// countedIn returns the places of the numbers that are other than before; nil where
// anything else is, such as the title or a file.
func countedIn(before, after *feeds.Article) []place {
	if !sameText((*visible).text, before.Title, after.Title) || !slices.EqualFunc(before.Enclosures, after.Enclosures, isAsFile) {
		return nil
	}
	old, now := numbersIn(before), numbersIn(after)
	if !old.isAlike(now) {
		return nil
	}
	var places []place
	for i, number := range now.numbers {
		if old.numbers[i] != number {
			places = append(places, now.place(i))
		}
	}
	return places
}

// isAlike reports whether two texts are the same but for their numbers, and the endings of
// words behind those that are others.
func (n numbered) isAlike(o numbered) bool {
	if n.rest == o.rest {
		return true
	}
	if len(n.numbers) != len(o.numbers) {
		return false
	}
	a, b := strings.Split(n.rest, "\x00"), strings.Split(o.rest, "\x00")
	for i := range a {
		if a[i] != b[i] && (i == 0 || n.numbers[i-1] == o.numbers[i-1] || !isInflected(a[i], b[i])) {
			return false
		}
	}
	return true
}

const (
	// stemSize is how many letters of a word stay where its ending changes.
	stemSize = 3
	// endingSize is how many letters an ending has at most.
	endingSize = 3
)

// isInflected reports whether two texts differ in the ending of their first word alone.
func isInflected(a, b string) bool {
	x, y := []rune(a), []rune(b)
	stem := 0
	for stem < len(x) && stem < len(y) && x[stem] == y[stem] && unicode.IsLetter(x[stem]) {
		stem++
	}
	if stem < stemSize {
		return false
	}
	x, y = x[stem:], y[stem:]
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	isEnding := func(s []rune) bool {
		return len(s) <= endingSize && !slices.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	}
	return isEnding(x) && isEnding(y)
}

// numbered is a text with its numbers apart.
type numbered struct {
	numbers []string
	rest    string // with a NUL in the place of each number
}

// numbersIn takes apart what an article says below its title, without white space.
func numbersIn(a *feeds.Article) (n numbered) {
	var v visible
	if a.Content != "" {
		v.markup(a.Content)
	} else {
		v.text(a.Summary)
	}
	text := string(v.composed())
	var rest strings.Builder
	for text != "" {
		i := strings.IndexFunc(text, unicode.IsDigit)
		if i < 0 {
			break
		}
		rest.WriteString(text[:i])
		text = text[i:]
		end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsDigit(r) && r != ',' && r != '.' })
		if end < 0 {
			end = len(text)
		}
		number := strings.TrimRight(text[:end], ",.")
		text = text[len(number):]
		if of := timeAgo(rest.String(), text); of > 0 {
			number, text = number+text[:of], text[of:]
		}
		n.numbers = append(n.numbers, number)
		rest.WriteByte(0)
	}
	n.rest = rest.String() + text
	return n
}

// place returns where a number stands. Numbers with nothing but signs of a date or a time
// between them stand where the first of them does.
func (n numbered) place(i int) (p place) {
	parts := strings.Split(n.rest, "\x00")
	after := []rune(parts[i+1])
	for i > 0 && isJoint(parts[i]) {
		i--
	}
	before := []rune(parts[i])
	size := placeSize
	if n := len(before); n > 0 && isSign(before[n-1]) {
		size = 1 // says all by itself
	}
	if before = before[max(0, len(before)-size):]; slices.ContainsFunc(before, tells) {
		p.before = string(before) + "…"
	}
	size = placeSize
	if len(after) > 0 && isSign(after[0]) {
		size = 1
	}
	if after = after[:min(len(after), size)]; slices.ContainsFunc(after, tells) {
		p.after = "…" + string(after)
	}
	return p
}

// isJoint reports whether a text joins the numbers of a date or a time.
func isJoint(s string) bool { return len(s) <= 2 && strings.Trim(s, ":/-T") == "" }

// tells reports whether a character tells a place: a letter, or a sign such as a heart.
func tells(r rune) bool { return unicode.IsLetter(r) || isSign(r) }

// isSign reports whether a character is a sign such as a heart, or asks for one as a picture.
func isSign(r rune) bool { return unicode.Is(unicode.So, r) || r == '\ufe0f' }

// isUrgent reports whether what is in these categories is told at once.
func (b *Brought) isUrgent(categories []string) bool { return b.Urgent != nil && b.Urgent(categories) }
