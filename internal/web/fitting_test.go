package web

import "testing"

func TestFitting(t *testing.T) {
	for _, tt := range []struct{ what, content, want string }{
		{"what is right stays", `<p lang="ja" dir="ltr">a <b>b</b><br>c</p><ul><li>d</li></ul><table><tbody><tr><td colspan="2">e</td></tr></tbody></table>`, ""},
		{"no word is lost", `a &lt;b/&gt; &amp; c <img src="/a" alt="b/&gt;">`, ""},
		{"parts of a page are no parts of this one", "<header>a</header><section><aside>b</aside></section>", "<div>a</div><div><div>b</div></div>"},
		{"a heading has words", "<h2></h2><h3> <br></h3><h4>a</h4>", "<div></div><div> <br></div><h4>a</h4>"},
		{"and no paragraphs", "<h2><div>a</div></h2>", "<h2><span>a</span></h2>"},
		{"a list has items alone", "<ul>a<p>b</p> <li>c</li></ul>", "<ul><li>a</li><li><p>b</p></li> <li>c</li></ul>"},
		{"a list without one is none", "<ol>a</ol>", "<div>a</div>"},
		{"an item stands in a list", `<li value="3">a</li><ol><li value="3">b</li></ol><ul><li value="3">c</li></ul>`, `<div>a</div><ol><li value="3">b</li></ol><ul><li>c</li></ul>`},
		{"terms have a meaning", "<dl><dt>a</dt><dd>b</dd></dl><dl><div><dt>a</dt><dd>b</dd></div></dl>", ""},
		{"or are none", "<dl><dt>a</dt></dl><dl><dd>b</dd></dl><dl><dt>c</dt><dd>d</dd><p>e</p></dl><dd>f</dd>",
			"<div><div>a</div></div><div><div>b</div></div><div><div>c</div><div>d</div><p>e</p></div><div>f</div>"},
		{"a figure has one caption", "<figure><figcaption>a</figcaption><p>b</p><figcaption>c</figcaption></figure>", "<figure><figcaption>a</figcaption><p>b</p><div>c</div></figure>"},
		{"at its end", "<figure><p>a</p><figcaption>b</figcaption> </figure><figure><p>a</p><figcaption>b</figcaption><p>c</p></figure><figcaption>d</figcaption>",
			"<figure><p>a</p><figcaption>b</figcaption> </figure><figure><p>a</p><div>b</div><p>c</p></figure><div>d</div>"},
		{"details have a summary, first", "<details><summary>a</summary>b</details><details><p>c</p><summary>d</summary></details><summary>e</summary>",
			"<details><summary>a</summary>b</details><div><p>c</p><div>d</div></div><div>e</div>"},
		{"a time is one", `<time datetime="2026-11-02T10:00:00+09:00">a</time><time datetime="2026-11">b</time><time datetime="yesterday">c</time><time>d</time><del datetime="x">e</del>`,
			`<time datetime="2026-11-02T10:00:00+09:00">a</time><time datetime="2026-11">b</time><span>c</span><span>d</span><del>e</del>`},
		{"a language is one", `<p lang="xx-nolanguage">a</p><p lang="zh-Hant">b</p><a href="/" hreflang="-">c</a>`, `<p>a</p><p lang="zh-Hant">b</p><a href="/">c</a>`},
		{"a direction is said", "<bdo>a</bdo>", "<span>a</span>"},
		{"a table has cells", "<table><caption>a</caption></table><table><tbody><tr></tr><tr><td>b</td></tr></tbody></table>", "<div><div>a</div></div><table><tbody><tr><td>b</td></tr></tbody></table>"},
		{"or is none, and what is in it stays", `<table><caption lang="ja">a <img src="/b" alt="b"> <a href="/c">c</a></caption><colgroup><col></colgroup><thead></thead><tbody><tr></tr></tbody></table>`,
			`<div><div lang="ja">a <img src="/b" alt="b"> <a href="/c">c</a></div></div>`},
		{"also within another", `<table><tbody><tr><td><table><caption><p><a href="/a"><img src="/b" alt="b"></a></p></caption></table></td></tr></tbody></table>`,
			`<table><tbody><tr><td><div><div><p><a href="/a"><img src="/b" alt="b"></a></p></div></div></td></tr></tbody></table>`},
		{"that span some", `<table><tbody><tr><td colspan="0" rowspan="70000">a</td></tr></tbody></table>`, `<table><tbody><tr><td>a</td></tr></tbody></table>`},
	} {
		if tt.want == "" {
			tt.want = tt.content
		}
		if got := fitting(tt.content); got != tt.want {
			t.Errorf("%s:\n%s; want\n%s", tt.what, got, tt.want)
		}
	}
}
