package web

import (
	"strings"
	"testing"
)

func TestAcceptCodings(t *testing.T) {
	for _, test := range []struct{ header, want, remark string }{
		{"", "identity", "a client that says nothing"},
		{"gzip", "gzip identity", ""},
		{"x-gzip", "gzip identity", "RFC 9110 §8.4.1.3: equivalent to gzip"},
		{"GZIP", "gzip identity", "names have no case"},
		{"gzip, deflate, br, zstd", "br zstd gzip identity", "a browser: the smallest first"},
		{"gzip;q=1.0, br;q=0.5", "gzip br identity", "the client's weight goes before our taste"},
		{"br;q=0, gzip", "gzip identity", "0 is a refusal"},
		{"*", "br zstd gzip identity", "anything"},
		{"*;q=0.1, gzip", "gzip br zstd identity", ""},
		{"identity", "identity", ""},
		{"identity, gzip;q=0.5", "identity", "plain is preferred, so it is sent"},
		{"identity;q=0.5, gzip;q=0.5", "gzip identity", "of two that are equal the smaller"},
		{"identity;q=0", "identity", "a 406 would serve nobody"},
		{"deflate", "identity", "not kept"},
		{"gzip;q=nonsense", "identity", "nothing unwanted is sent"},
		{"gzip ; q=0.8 , br ; q=0.9", "br gzip identity", "spaces"},
		{",,gzip,", "gzip identity", "empty elements, RFC 9110 §5.6.1"},
	} {
		order, n := acceptCodings(test.header)
		var names []string
		for _, c := range order[:n] {
			names = append(names, c.name())
		}
		if got := strings.Join(names, " "); got != test.want {
			t.Errorf("Accept-Encoding %q: %s, want %s (%s)", test.header, got, test.want, test.remark)
		}
	}
}

func TestMatchTag(t *testing.T) {
	current := []string{`"a-gz"`, `"a"`}
	for _, test := range []struct {
		header string
		want   int
		remark string
	}{
		{`"a-gz"`, 0, "the chosen coding"},
		{`"a"`, 1, "another coding of the same state"},
		{`W/"a"`, 1, "weak comparison, RFC 9110 §8.8.3.2"},
		{`*`, 0, ""},
		{`"x", "y", "a"`, 1, "a list"},
		{`"x","a","a-gz"`, 0, "the chosen coding wins"},
		{`"x"`, -1, ""},
		{``, -1, ""},
		{`a`, -1, "no quotes, no tag"},
		{`a, "a"`, 1, "what is no tag is passed over"},
		{`"a`, -1, "never closed"},
		{`"x, y", W/"a-gz"`, 0, "a comma within a tag"},
		{`"A"`, -1, "tags have case"},
		{`w/"a"`, -1, "so has the mark of weakness"},
		{`"a-gzip"`, 1, "compressed by Apache"},
		{`"a-gz-gzip"`, 0, "compressed by Apache once more"},
		{`"a--gzip"`, 1, "by Jetty"},
		{`"a;gz"`, 1, "by LiteSpeed"},
		{`W/"a-br"`, 1, "by one that knows that its tag is weak"},
		{`"agzip"`, -1, "a tag of its own"},
		{`"-gzip", "gzip", ";", "a"`, 1, "a coding alone"},
	} {
		if got := matchTag(test.header, current); got != test.want {
			t.Errorf("If-None-Match %s: %d, want %d (%s)", test.header, got, test.want, test.remark)
		}
	}
}
