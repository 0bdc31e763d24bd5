package html

import (
	"strings"
	"testing"

	"github.com/kairan-news/kairan/internal/parse/parsetest"
)

func TestSanitize(t *testing.T) {
	const base = "https://city.example/news/feed.xml"
	tests := []struct{ in, want string }{
		{`plain & simple`, `plain &amp; simple`},
		{`<p>a<p>b`, `<p>a</p><p>b</p>`},
		{`a</div>b`, `ab`},
		{`<script>x</script>a`, `a`},
		{`<ScRiPt src=//x>x</sCrIpT>a`, `a`},
		{`<img src=x onerror=alert(1)>`, `<img src="https://city.example/news/x" alt="">`},
		{`<a href="javascript:alert(1)">a</a>`, `a`},
		{"<a href=\"java\nscript:alert(1)\">a</a>", `a`},
		{`<a href="&#106;avascript:alert(1)">a</a>`, `a`},
		{`<a href="/x?utm_source=a&id=1&fbclid=2#top">a</a>`, `<a href="https://city.example/x?id=1#top">a</a>`},
		{`<a href="//other.example/x">a</a>`, `<a href="https://other.example/x">a</a>`},
		{`<a href="tel:+81-3-1234">a</a>`, `<a href="tel:+81-3-1234">a</a>`},
		{`<img src="data:image/gif;base64,R0" data-src="/a.jpg" alt="A">`, `<img src="https://city.example/a.jpg" alt="A">`},
		{`<img src="/a.gif" width="1" height="1">x`, `x`},
		{`<img src="https://www.facebook.com/tr?id=1">x`, `x`},
		{`<ruby>回覧<rp>(</rp><rt>かいらん</rt><rp>)</rp></ruby>`, `<ruby>回覧<rp>(</rp><rt>かいらん</rt><rp>)</rp></ruby>`},
		{`<p dir="RTL" lang="ar">نص</p>`, `<p dir="rtl" lang="ar">نص</p>`},
		{`<xhtml:p>a<xhtml:br/>b</xhtml:p>`, `<p>a<br>b</p>`},
		{`<svg><a xlink:href="javascript:x">a</a></svg>b`, `b`},
		{`<math><mi//xlink:href="data:x,<script>alert(4)</script>">`, ``},
		{`<noscript><p title="</noscript><img src=x onerror=alert(1)>">`, `<img src="https://city.example/news/x" alt="">&#34;&gt;`},
		{`<table><tr><td>1<td>2<tr><td>3</table>`, `<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>`},
		{`<ol start="3"><li>a<li>b</ol>`, `<ol start="3"><li>a</li><li>b</li></ol>`},
		{`<h2 id="x" class="y" style="z">a</h2>`, `<h2>a</h2>`},
		{`<q cite="mailto:a@city.example">a</q><q cite="/b">b</q>`, `<q>a</q><q cite="https://city.example/b">b</q>`},
		{"<a href=\"/a\ufffe&#xFFFE;\">a</a><img src=\"/b\ufffe.png\" alt=\"\ufdd0\">", `<a href="https://city.example/a">a</a><img src="https://city.example/b.png" alt="">`},
		{"a\ufdd0&#x1FFFE;b", `ab`},
		{`<strike>a</strike><center>b</center>`, `<s>a</s> b`},
	}
	for _, tt := range tests {
		got, _, _ := Clean(tt.in, base)
		if strings.Join(strings.Fields(got), " ") != tt.want {
			t.Errorf("Clean(%q)\n got %q\nwant %q", tt.in, got, tt.want)
		}
		parsetest.CheckHTML(t, got)
	}
}
