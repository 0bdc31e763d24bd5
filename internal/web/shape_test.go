package web

import "testing"

func TestShapeOfAText(t *testing.T) {
	c := newCityOf(t, "en")
	p := (&public{}).newPage(newGuise(c.settings, newAssets()), "en", func(string) string { return "/" })
	for _, test := range []struct{ what, content, want string }{
		{"a text that begins with h1", "<h1>a</h1><h2>b</h2><h1>c</h1>", "<h2>a</h2><h3>b</h3><h2>c</h2>"},
		{"one that begins with h4", `<h4 id="x">a</h4><h6>b</h6><h5>c</h5>`, `<h2 id="x">a</h2><h3>b</h3><h3>c</h3>`},
		{"no level is left out", "<h2>a</h2><h5>b</h5><h2>c</h2>", "<h2>a</h2><h3>b</h3><h2>c</h2>"},
		{"six is the last", "<h1>a</h1><h2>b</h2><h3>c</h3><h4>d</h4><h5>e</h5><h6>f</h6>", "<h2>a</h2><h3>b</h3><h4>c</h4><h5>d</h5><h6>e</h6><h6>f</h6>"},
		{"a table within a table", "<table><tr><td><table></table></td></tr></table><p>x</p>",
			`<div class="wide" tabindex="0" role="region" aria-label="Wide content 1"><table><tr><td><table></table></td></tr></table></div><p>x</p>`},
		{"each has a name of its own", "<pre>a</pre><table></table>",
			`<pre tabindex="0" role="region" aria-label="Wide content 1">a</pre><div class="wide" tabindex="0" role="region" aria-label="Wide content 2"><table></table></div>`},
		{"a head is no heading", "<hr><thead></thead>", "<hr><thead></thead>"},
	} {
		if got := p.shaped(test.content); got != test.want {
			t.Errorf("%s:\n%s; want\n%s", test.what, got, test.want)
		}
	}
}
