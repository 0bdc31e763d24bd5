package html

import (
	"slices"
	"strings"
	"testing"

	xhtml "golang.org/x/net/html"
)

func TestPlainToken(t *testing.T) {
	for _, source := range []string{
		"The bridge is closed", "closed &amp; &ldquo;dark&rdquo; > 2<br>", "<p>", "</p>", "<br/>", "<br />", "<h2>", "</blockquote>",
		`<a href="https://harbour.example/?a=1&amp;b=2" title="it's > that">`, `<img src="/a.jpg" alt="" data-src="b" />`, `<img src="a/"/>`, "<p><", "<p><b",
	} {
		if _, size := plainToken(source, nil); size == 0 {
			t.Errorf("%q is not plain", source)
		}
		comparePlain(t, source)
	}
	for _, source := range []string{
		"", "<", "a <", "a < b", "a <!-- b -->", "a <script>", "<P>", "<p", "<p class>", "<p class=x>", "<p class='x'>", `<p class="x"id="y">`, `<p  class="x">`,
		`<p class="x" class="y">`, `<a href="?a=1&copy=2">`, `<a href="&lt;">`, "<p title=\"a\rb\">", "<p title=\"\x00\">", "<p\n>", "</p >", "</p/>", `</p class="x">`,
		"<p / >", "<o:p>", "<title>", "<textarea>", "<iframe>", "<!DOCTYPE html>", "<?php ?>", "</>", `<p ="x">`, `<p class="x`, "<hr//>",
	} {
		if token, size := plainToken(source, nil); size != 0 {
			t.Errorf("%q is plain: %v", source, token)
		}
	}
}

// FuzzPlainToken holds the plain tokens at the beginning of HTML to what the tokenizer makes
// of it.
func FuzzPlainToken(f *testing.F) {
	f.Add(`<p>The <b>bridge</b> &amp; the quay<br/>are <a href="https://harbour.example/?a&amp;b" title="x">closed</a>.<img src="a/" /></p>`)
	f.Add(`a<b<c>d</e>f<p class="x" class="y">&lt;<hr / >`)
	f.Fuzz(comparePlain)
}

func comparePlain(t *testing.T, source string) {
	z := xhtml.NewTokenizer(strings.NewReader(source))
	for {
		token, size := plainToken(source, nil)
		if size == 0 {
			return
		}
		kind := z.Next()
		if raw := string(z.Raw()); raw != source[:size] || kind != token.Type {
			t.Fatalf("the token is %q (%v), of the tokenizer %q (%v)", source[:size], token.Type, raw, kind)
		}
		if kind != xhtml.TextToken {
			if want := z.Token(); want.Data != token.Data || !slices.Equal(want.Attr, token.Attr) {
				t.Fatalf("%q is %v, of the tokenizer %v", source[:size], token, want)
			}
		} else if token.Data != source[:size] {
			t.Fatalf("the text is %q, want %q", token.Data, source[:size])
		}
		source = source[size:]
	}
}
