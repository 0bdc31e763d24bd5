package html

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Cut returns the beginning of clean HTML, at most limit bytes of it and the ends of what
// is open there. It is cut behind the last block that fits, else before the text that does
// not. HTML that fits stays as it is.
func Cut(clean string, limit int) string {
	if len(clean) <= limit {
		return clean
	}
	var open, left []string // left are the elements that are open at the place to cut
	at := 0                 // that place
	text := 0               // where the last tag ends that fits
	for i := 0; i < limit; {
		begin := strings.IndexByte(clean[i:], '<')
		if begin < 0 {
			break
		}
		end := strings.IndexByte(clean[i+begin:], '>')
		if end < 0 || i+begin+end+1 > limit {
			break
		}
		tag := clean[i+begin+1 : i+begin+end]
		i += begin + end + 1
		text = i
		name, isEnd := strings.CutPrefix(tag, "/")
		name, _, _ = strings.Cut(name, " ")
		switch {
		case isEnd:
			open = open[:max(0, len(open)-1)]
		case !isVoid(name):
			open = append(open, name)
		}
		if name == "br" || isEnd && (IsBlock(name) || IsCell(name)) {
			at, left = i, append(left[:0], open...)
		}
	}
	if at == 0 {
		at, left = textCut(clean, text, limit), open
	}
	var b strings.Builder
	b.WriteString(strings.TrimRight(clean[:at], " \n"))
	for _, name := range slices.Backward(left) {
		b.WriteString("</" + name + ">")
	}
	return b.String()
}

// textCut returns where the text that begins at from is cut, at limit or before: between two
// words, and within no reference.
func textCut(clean string, from, limit int) int {
	if tag := strings.IndexByte(clean[from:limit], '<'); tag >= 0 {
		return from + tag
	}
	if space := strings.LastIndexByte(clean[from:limit], ' '); space > 0 {
		return from + space
	}
	for limit > from && !utf8.RuneStart(clean[limit]) {
		limit--
	}
	if ref := strings.LastIndexByte(clean[from:limit], '&'); ref >= 0 && limit-from-ref < len("&#0000000;") {
		return from + ref
	}
	return limit
}
