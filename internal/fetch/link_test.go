package fetch

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLinksOfAHeader(t *testing.T) {
	base, err := url.Parse("https://port.example/news/index.html")
	if err != nil {
		t.Fatal(err)
	}
	feed := Link{URL: "https://port.example/feed", Rels: []string{"alternate"}, Type: "application/atom+xml"}
	for name, test := range map[string]struct {
		in   []string
		want []Link
	}{
		"none":                          {nil, nil},
		"one":                           {[]string{`</feed>; rel="alternate"; type="application/atom+xml"`}, []Link{feed}},
		"tokens and blanks":             {[]string{` <../feed> ;rel = alternate ; type=application/atom+xml`}, []Link{feed}},
		"capitals":                      {[]string{`</feed>; REL="Alternate"; Type="Application/Atom+XML"`}, []Link{feed}},
		"behind others in one field":    {[]string{`</a,b;c>; rel=preload, </feed>; rel=alternate; type="application/atom+xml", </c>`}, []Link{{URL: "https://port.example/a,b;c", Rels: []string{"preload"}}, feed, {URL: "https://port.example/c", Rels: []string{}}}},
		"in two fields":                 {[]string{`</a>; rel=next`, `</feed>; rel=alternate; type="application/atom+xml"`}, []Link{{URL: "https://port.example/a", Rels: []string{"next"}}, feed}},
		"a comma and a quote in quotes": {[]string{`</a>; title="a, \"b\"; c"; rel="x y"; hreflang=ja`}, []Link{{URL: "https://port.example/a", Rels: []string{"x", "y"}, Title: `a, "b"; c`, Language: "ja"}}},
		"the first rel counts":          {[]string{`</a>; rel=next; rel=prev`}, []Link{{URL: "https://port.example/a", Rels: []string{"next"}}}},
		"a parameter without a value":   {[]string{`</a>; crossorigin; rel=next`}, []Link{{URL: "https://port.example/a", Rels: []string{"next"}}}},
		"of another document":           {[]string{`</a>; rel=next; anchor="/other"`}, nil},
		"no address":                    {[]string{`<javascript:alert(1)>; rel=alternate`, `nothing`, `<`, `<%zz>`, `;`, `,`}, nil},
		"with credentials":              {[]string{`<https://u:p@port.example/a>; rel=next`}, []Link{{URL: "https://port.example/a", Rels: []string{"next"}}}},
		"an open quote":                 {[]string{`</a>; rel="next`}, []Link{{URL: "https://port.example/a", Rels: []string{"next"}}}},
	} {
		if diff := cmp.Diff(test.want, parseLinks(test.in, base)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func FuzzLinks(f *testing.F) {
	f.Add(`</a>; rel="x \" y"; title*=UTF-8''a, <b>;;=;,<c`)
	base := &url.URL{Scheme: "https", Host: "port.example", Path: "/"}
	f.Fuzz(func(t *testing.T, value string) {
		for _, l := range parseLinks([]string{value}, base) {
			if u, err := url.Parse(l.URL); err != nil || checkAddress(u) != "" {
				t.Errorf("%q leads to %q: %v", value, l.URL, err)
			}
		}
	})
}
