package web

import (
	"iter"
	"slices"
	"strconv"
	"strings"
)

// coding is a content coding (RFC 9110 §8.4.1) that answers are kept in.
type coding int

// The codings, in the order of preference where a client likes several equally:
// the smaller body first.
const (
	brotliCoding coding = iota
	zstdCoding
	gzipCoding
	identity
	codings // how many there are
)

// name is what stands in Content-Encoding, and suffix what makes an entity tag of
// the coding its own: "A strong entity-tag … different representations … including
// different content codings" (RFC 9110 §8.8.3.3).
func (c coding) name() string   { return [...]string{"br", "zstd", "gzip", "identity"}[c] }
func (c coding) suffix() string { return [...]string{"-br", "-zst", "-gz", ""}[c] }

// acceptCodings reads Accept-Encoding (RFC 9110 §12.5.3) and returns the codings
// that the client takes, the best first. Identity always ends the list unless the
// client prefers it: an answer in a coding that was not asked for serves nobody,
// and neither does a 406.
func acceptCodings(header string) (order [codings]coding, n int) {
	if header == "" {
		order[0] = identity
		return order, 1
	}
	quality := acceptedCodings(header)
	for c := range identity {
		if quality[c] <= 0 || quality[c] < quality[identity] {
			continue
		}
		at := n
		for at > 0 && quality[order[at-1]] < quality[c] {
			order[at] = order[at-1]
			at--
		}
		order[at] = c
		n++
	}
	order[n] = identity
	return order, n + 1
}

// acceptedCodings returns how much a client that sends this Accept-Encoding likes each
// coding, in thousandths; not above 0 for what it does not take.
func acceptedCodings(header string) (quality [codings]int) {
	const notMentioned = -1
	for c := range quality {
		quality[c] = notMentioned
	}
	rest := notMentioned
	for item := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(item, ";")
		name = strings.TrimSpace(name)
		if name == "*" {
			rest = parseQuality(params)
		} else if c, ok := codingOf(name); ok {
			quality[c] = parseQuality(params)
		}
	}
	for c := range identity {
		if quality[c] == notMentioned {
			quality[c] = rest
		}
	}
	// What is not mentioned is the worst of what is acceptable.
	quality[identity] = max(quality[identity], 0)
	return quality
}

// codingOf returns the coding of that name, if it is one of ours. One has two names (RFC
// 9110 §8.4.1.3).
func codingOf(name string) (coding, bool) {
	if strings.EqualFold(name, "x-gzip") {
		return gzipCoding, true
	}
	for c := range codings {
		if strings.EqualFold(name, c.name()) {
			return c, true
		}
	}
	return 0, false
}

// parseQuality reads the weight of RFC 9110 §12.4.2 in thousandths. One that can't
// be read counts as 0, so that nothing unwanted is sent.
func parseQuality(params string) int {
	for p := range strings.SplitSeq(params, ";") {
		name, value, ok := strings.Cut(strings.TrimSpace(p), "=")
		if !ok || !strings.EqualFold(strings.TrimSpace(name), "q") {
			continue
		}
		q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if err != nil || q < 0 || q > 1 {
			return 0
		}
		return int(q * 1000)
	}
	return 1000
}

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
