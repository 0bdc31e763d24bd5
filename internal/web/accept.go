package web

import (
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
