package search

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// piece is a word of a script that puts spaces between words, or a run of characters of one
// that doesn't.
type piece struct {
	kind
	chars []rune // folded
	// spans says where in the text each of the characters stands.
	spans []Span
}

// kind is what a piece is.
type kind int

const (
	word    kind = iota
	run          // of characters of which a few are a word: Japanese, Chinese and Korean
	letters      // a run of letters: Thai and its neighbours
)

// scan calls found for each piece of a text, in their order. The piece is of no use afterwards.
func scan(text string, found func(piece)) {
	s := scanner{found: found}
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if next, _ := utf8.DecodeRuneInString(text[at+size:]); isAlone(r) && (isAlone(next) || at+size == len(text)) {
			s.take(r, Span{at, at + size})
			at += size
			continue
		}
		end := at + norm.NFKC.NextBoundaryInString(text[at:], true) // a letter with its marks
		for _, r := range norm.NFKC.String(text[at:end]) {
			s.take(r, Span{at, end})
		}
		at = end
	}
	s.end()
}

// isAlone reports whether a character is normalized, and no part of the one before it.
func isAlone(r rune) bool { return r < utf8.RuneSelf || isCommon(r) }

// scanner holds the piece that is being read.
type scanner struct {
	found func(piece)
	piece
}

// take takes in a character of normalized text.
func (s *scanner) take(r rune, span Span) {
	switch {
	case r < utf8.RuneSelf:
		if r = ascii[r]; r == 0 {
			s.end()
		} else {
			s.add(r, word, span)
		}
	case isLeftOut(r):
		if n := len(s.spans); n > 0 {
			s.spans[n-1].To = span.To
		}
	case isOfRun(r):
		s.add(r, run, span)
	case isUnspacedLetter(r):
		s.add(r, letters, span)
	case unicode.IsLetter(r), unicode.IsDigit(r):
		for _, folded := range fold(r) {
			s.add(folded, word, span)
		}
	case unicode.IsMark(r) && len(s.chars) > 0 && s.kind == word:
		s.add(r, word, span) // a vowel of Devanagari
	default:
		s.end() // also at the apostrophe of l'eau, the mayor's and Ankara'nın
	}
}

// add adds a character to the piece, or begins one with it.
func (s *scanner) add(r rune, k kind, span Span) {
	if k != s.kind {
		s.end()
		s.kind = k
	}
	s.chars = append(s.chars, r)
	s.spans = append(s.spans, span)
}

func (s *scanner) end() {
	if len(s.chars) > 0 {
		s.found(s.piece)
	}
	s.chars, s.spans = s.chars[:0], s.spans[:0]
}
