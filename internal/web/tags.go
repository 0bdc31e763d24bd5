package web

import (
	"iter"
	"slices"
	"strings"
)

// matchTag compares an If-None-Match field (RFC 9110 §13.1.2) with the tags that
// are current, by weak comparison (§8.8.3.2), and returns the index of the first
// current tag that it lists, else of the first that it lists with another coding; -1 if it
// lists none. "*" matches the first.
func matchTag(header string, current []string) int {
	if strings.TrimSpace(header) == "*" {
		return 0
	}
	if i := firstOf(current, eachTag(header)); i >= 0 {
		return i
	}
	return firstOf(current, eachState(header))
}

// firstOf returns the index of the first current tag that is listed; -1 if none is.
func firstOf(current []string, listed iter.Seq[string]) int {
	best := len(current)
	for tag := range listed {
		if i := slices.Index(current[:best], tag); i >= 0 {
			best = i
		}
	}
	if best == len(current) {
		return -1
	}
	return best
}

// eachTag goes through the entity tags of an If-None-Match field, without the marks of
// weak ones.
func eachTag(header string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for header := strings.TrimSpace(header); header != ""; {
			header = strings.TrimLeft(header, " \t,")
			opaque := strings.TrimPrefix(header, "W/")
			if !strings.HasPrefix(opaque, `"`) {
				// Not an entity tag: go on after the next comma.
				_, header, _ = strings.Cut(header, ",")
				continue
			}
			end := strings.IndexByte(opaque[1:], '"')
			if end < 0 || !yield(opaque[:end+2]) {
				return
			}
			header = opaque[end+2:]
		}
	}
}

// eachState goes through the tags of an If-None-Match field, and through what each was
// before a coding was noted in it, by us or by a proxy that compressed our answer: "x-gzip"
// (Apache), "x--gzip" (Jetty), "x;gz" (LiteSpeed), and so "x-gzip-gzip".
func eachState(header string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for tag := range eachTag(header) {
			if !yield(tag) {
				return
			}
			for bare := range uncoded(strings.Trim(tag, `"`)) {
				if !yield(`"` + bare + `"`) {
					return
				}
			}
		}
	}
}

// uncoded goes through what is left of a tag's text when the names of codings at its end
// are taken off, and the marks that part them from the rest: one mark at a time, since the
// text may end in one itself.
func uncoded(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for rest, ok := cutCoding(text); ok; rest, ok = cutCoding(text) {
			for ; partsCoding(rest); text = rest {
				if rest = rest[:len(rest)-1]; !yield(rest) {
					return
				}
			}
		}
	}
}

// cutCoding takes the name of a coding off the end of a tag's text, but for what parts it
// from the rest.
func cutCoding(text string) (rest string, ok bool) {
	for _, name := range []string{"gzip", "gz", "br", "zstd", "zst", "deflate"} {
		if rest, ok = strings.CutSuffix(text, name); ok && partsCoding(rest) {
			return rest, true
		}
	}
	return "", false
}

func partsCoding(text string) bool {
	return strings.HasSuffix(text, "-") || strings.HasSuffix(text, ";")
}
