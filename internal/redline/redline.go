// Package redline says what changed in a text, as an editor marks it: what is struck out and
// what came in, by words, or by characters where a script has no spaces between words.
//
// It is for people who want to know what was corrected in a notice, so that what it gives is
// short: the passages that changed, each with a few words around it, and not many of them. A
// text of which most was written anew has no passages: nobody could read what is between them.
package redline

import (
	"strings"

	"github.com/rivo/uniseg"
)

// Kind says what became of a part of a text.
type Kind int

// What became of a part.
const (
	Same Kind = iota // it stands in both texts
	Out              // it stood in the text before
	In               // it stands in the text now
)

// Part is a piece of a text that has one fate.
type Part struct {
	Kind Kind
	Text string
}

// IsOut reports whether the part is struck out, IsIn whether it came in.
func (p Part) IsOut() bool { return p.Kind == Out }

// IsIn is beside [Part.IsOut].
func (p Part) IsIn() bool { return p.Kind == In }

// Passage is a place at which a text changed, with some words around it.
type Passage struct {
	Parts []Part
	// CutBefore and CutAfter say that the text goes on beyond the passage.
	CutBefore, CutAfter bool
}

// The bounds of what is compared and shown.
const (
	// mostTokens is how many words or characters of each text are looked at, from where they
	// begin to differ. What is behind counts as the same.
	mostTokens = 20_000
	// mostChanges is how many of them may differ; more is a text that was written anew.
	mostChanges = 400
	// around is how many words or characters stand before a change and behind it.
	around = 12
	// mostPassages is how many passages are shown.
	mostPassages = 8
)

// Compare returns the passages at which a text changed, in their order, at most eight. It is
// false where most of the text was written anew, so that there are none to be shown; and there
// are none where nothing changed but white space.
func Compare(before, after string) (passages []Passage, ok bool) {
	a, b := tokens(before), tokens(after)
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	midA, midB := a[head:len(a)-tail], b[head:len(b)-tail]
	changes, ok := script(midA[:min(len(midA), mostTokens)], midB[:min(len(midB), mostTokens)])
	if !ok {
		return nil, false
	}
	edits := make([]edit, 0, head+len(changes)+tail)
	for _, t := range a[:head] {
		edits = append(edits, edit{Same, t})
	}
	edits = append(edits, changes...)
	for _, t := range a[len(a)-tail:] {
		edits = append(edits, edit{Same, t})
	}
	return cut(joinAcrossSpace(edits)), true
}

// tokens are the words of a text and what is between them (UAX #29); of scripts that have no
// spaces between words, its characters. White space is one space.
func tokens(text string) (all []string) {
	text = strings.Join(strings.Fields(text), " ")
	for state := -1; text != ""; {
		var word string
		word, text, state = uniseg.FirstWordInString(text, state)
		all = append(all, word)
	}
	return all
}

// edit is what becomes of one token.
type edit struct {
	kind Kind
	text string
}

// script returns the shortest way from one list of tokens to another (E. W. Myers, An O(ND)
// Difference Algorithm and Its Variations, 1986). It is false where that has too many steps.
func script(a, b []string) ([]edit, bool) {
	most := min(mostChanges, len(a)+len(b))
	// reach[k] is how far in a the best path goes on the diagonal k = x − y; before[d] is
	// what it was before the d-th change.
	offset := most + 1
	reach := make([]int, 2*offset+1)
	var before [][]int
	for d := 0; d <= most; d++ {
		before = append(before, append([]int(nil), reach[offset-d-1:offset+d+2]...))
		for k := -d; k <= d; k += 2 {
			x := reach[offset+k-1] + 1
			if k == -d || k != d && reach[offset+k-1] < reach[offset+k+1] {
				x = reach[offset+k+1]
			}
			for x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			reach[offset+k] = x
			if x >= len(a) && x-k >= len(b) {
				return backtrack(a, b, before), true
			}
		}
	}
	return nil, false
}

// backtrack walks the way back from the ends of both lists.
func backtrack(a, b []string, before [][]int) []edit {
	x, y := len(a), len(b)
	var reversed []edit
	for d := len(before) - 1; d >= 0; d-- {
		reach := func(k int) int { return before[d][k+d+1] }
		k := x - y
		previous := k - 1
		if k == -d || k != d && reach(k-1) < reach(k+1) {
			previous = k + 1
		}
		fromX := reach(previous)
		fromY := fromX - previous
		for x > fromX && y > fromY {
			x, y = x-1, y-1
			reversed = append(reversed, edit{Same, a[x]})
		}
		switch {
		case d == 0:
		case previous == k+1: // down: b's token came in
			y--
			reversed = append(reversed, edit{In, b[y]})
		default:
			x--
			reversed = append(reversed, edit{Out, a[x]})
		}
	}
	edits := make([]edit, 0, len(reversed))
	for i := len(reversed) - 1; i >= 0; i-- {
		edits = append(edits, reversed[i])
	}
	return edits
}

// joinAcrossSpace has a space between two changes change with them: what is struck out is
// read as a phrase then.
func joinAcrossSpace(edits []edit) []edit {
	var joined []edit
	for i, e := range edits {
		between := e.kind == Same && e.text == " " && i > 0 && i+1 < len(edits) && edits[i-1].kind != Same && edits[i+1].kind != Same
		if between {
			joined = append(joined, edit{Out, " "}, edit{In, " "})
			continue
		}
		joined = append(joined, e)
	}
	return joined
}

// cut takes the passages out of a text.
func cut(edits []edit) (passages []Passage) {
	for i := 0; i < len(edits) && len(passages) < mostPassages; {
		if edits[i].kind == Same {
			i++
			continue
		}
		from := max(0, i-around)
		to, last := i, i
		for ; to < len(edits) && to <= last+2*around; to++ {
			if edits[to].kind != Same {
				last = to
			}
		}
		to = min(len(edits), last+1+around)
		p := Passage{Parts: parts(edits[from:to]), CutBefore: from > 0, CutAfter: to < len(edits)}
		if !p.isSpace() {
			passages = append(passages, p)
		}
		i = to
	}
	return passages
}

// parts joins what has one fate. Of what changes at one place, what is struck out stands
// before what came in.
func parts(edits []edit) (all []Part) {
	var out, in strings.Builder
	flush := func() {
		if out.Len() > 0 {
			all = append(all, Part{Out, out.String()})
		}
		if in.Len() > 0 {
			all = append(all, Part{In, in.String()})
		}
		out.Reset()
		in.Reset()
	}
	for _, e := range edits {
		switch e.kind {
		case Out:
			out.WriteString(e.text)
		case In:
			in.WriteString(e.text)
		default:
			flush()
			if n := len(all); n > 0 && all[n-1].Kind == Same {
				all[n-1].Text += e.text
				continue
			}
			all = append(all, Part{Same, e.text})
		}
	}
	flush()
	return all
}

// isSpace reports whether nothing but white space changes.
func (p Passage) isSpace() bool {
	for _, part := range p.Parts {
		if part.Kind != Same && strings.TrimSpace(part.Text) != "" {
			return false
		}
	}
	return true
}
