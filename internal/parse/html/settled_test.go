package html

import (
	"testing"

	"github.com/kairan-news/kairan/internal/parse/parsetest"
)

// settledHTML passes without the policy, which would change nothing.
var settledHTML = []string{
	"",
	"text &amp; &lt;tags&gt; of &#34;all&#34; kinds, 環境",
	"<p>one</p><p>two<br>lines</p>",
	"<ul><li>one</li><li><strong>two</strong></li></ul><hr>",
	"<h2>title</h2><blockquote><p>words</p></blockquote>",
	"<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>",
	"<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>",
	`<a href="https://city.example/n/1?a=1&amp;b=%20" title="more &amp; more">more</a>`,
	`<a href="http://city.example:8080">more</a>`,
	`<figure><img src="https://city.example/a_b-1.jpg" alt="桜" title="x" width="640" height="480"><figcaption>桜</figcaption></figure>`,
}

// unsettledHTML is for the policy to judge.
var unsettledHTML = []string{
	"<script>alert(1)</script>",
	"<p onclick=\"x\">a</p>",
	"<p/>", "< p>", "<p >", "</p >", "<P>", "<p", "a < b", "a > b", `a "b"`, "it's", "a & b", "&nbsp;", "a\rb", "a\x00b",
	"<!-- -->", "<!DOCTYPE html>", "<?php ?>", "<title>a</title>", "<textarea>", "<svg><p>", "<unknown>",
	"<a>no address</a>", `<a href="">a</a>`, `<a href='https://city.example/'>a</a>`, `<a  href="https://city.example/">a</a>`,
	`<a href="javascript:alert(1)">a</a>`, `<a href="https:javascript">a</a>`, `<a href="//city.example/">a</a>`, `<a href="mailto:a@city.example">a</a>`,
	`<a href="https://">a</a>`, `<a href="https://city.example:/">a</a>`, `<a href="https://u:p@city.example/">a</a>`, `<a href="https://[::1]/">a</a>`,
	`<a href="https://city.example/é">a</a>`, `<a href="https://city.example/%zz">a</a>`, `<a href="https://city.example/#é">a</a>`,
	`<a href="https://city.example/" onclick="x">a</a>`, `<a href="https://city.example/"title="x">a</a>`, `<a href="https://city.example/" >a</a>`,
	`<a href="https://city.example/" title="<b>">a</a>`, `<a href="https://city.example/" title="a>a</a>`,
	`<img src="data:image/png;base64,AA" alt="">`, `<img src="https://city.example/a.png" width="5em">`, `<img src="https://city.example/a.png" onerror="x">`,
	`</img>`, `<img>`, `<span style="x">a</span>`, `<iframe src="https://city.example/"></iframe>`,
}

func TestSettled(t *testing.T) {
	for _, html := range settledHTML {
		if !isSettled(html) {
			t.Errorf("%q is shown to the policy", html)
		}
		if got := policy().Sanitize(html); got != html {
			t.Errorf("the policy makes %q of %q", got, html)
		}
	}
	for _, html := range unsettledHTML {
		if isSettled(html) {
			t.Errorf("%q passes without the policy", html)
		}
	}
}

// FuzzSanitize holds that what need not be shown to the policy is what the policy
// changes nothing of, of HTML in the wild as of what the cleaner has made of it.
func FuzzSanitize(f *testing.F) {
	for _, s := range settledHTML {
		f.Add(s)
	}
	for _, s := range unsettledHTML {
		f.Add(s)
	}
	f.Add(parsetest.Content(1))
	f.Fuzz(func(t *testing.T, source string) {
		c := cleaner{base: "https://city.example/news/"}
		c.run(source)
		for _, html := range []string{source, string(c.out)} {
			if want := policy().Sanitize(html); isSettled(html) && want != html {
				t.Errorf("%q is settled; the policy makes it %q", html, want)
			}
		}
	})
}
