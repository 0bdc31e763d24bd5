package face

import (
	"strings"
	"testing"
)

func TestAStylesheetAsksNobody(t *testing.T) {
	for _, css := range []string{
		"", "/* url(https://elsewhere.example) @import */", `.a { color: red }`, `.sm\:b { content: "https://city.example" }`,
		`.a { background: url(/arms.svg) }`, `.a { background: url("arms.svg") }`, `.a { background: url( '../arms.svg?a=b:c#d' ) }`,
		`.a { background: url(#drawing) }`, `@media (min-width: 60rem) { .a { inset: 0 } }`, `.a::after { content: "\"url(https://x.example)" }`,
		`@importance x;`, `.a { background: image-set("a.png" 1x, "b.png" 2x) }`, `a[href^="https://x.example"] { color: red }`, `.url { color: red }`,
		`.a { background: url(a.png) var(--paper); inset: env(safe-area-inset-top) }`, ".a {\r\n  color: red;\r\n}\r\n", ".a::after { content: \"a\\\r\nb: c\" }",
		`.a { background: image-set("a.png" 1x), linear-gradient(var(--a), var(--b)) }`,
	} {
		if f := CheckStylesheet(css); f != nil {
			t.Errorf("%s: %v", css, f)
		}
	}
	for css, want := range map[string]string{
		`@import "more.css";`:                                             "line 1: @import",
		"\n\n  @IMPORT url(more.css);":                                    "line 3: @import",
		`@\69mport "more.css";`:                                           "@import",
		`@imp\6F rt "x";`:                                                 "@import",
		`@im/**/port "x"; .a{background:url(//x.example/a)}`:              `"//x.example/a" is no address of this site`,
		`.a { background: url(https://x.example/a.png) }`:                 `"https://x.example/a.png" is no address`,
		`.a { background: URL("http://x.example/a.png") }`:                "no address",
		`.a { background: u\72l(https://x.example) }`:                     "no address",
		`.a { background: url(h\74tps://x.example) }`:                     "no address",
		"/* a\nb */ .a { background: url( '//x.example' ) }":              "line 2",
		`.a { background: url(\\\\x.example/a) }`:                         "no address",
		`.a { background: url(data:image/png;base64,AA) }`:                "no address",
		`.a { background: image-set("https://x.example/a.png" 1x) }`:      "no address",
		`.a { background: -webkit-image-set(url(https://x.example) 1x) }`: "no address",
		`@font-face { src: url(https://x.example/a.woff2) }`:              "no address",
		`@font-face { src: src("https://x.example/a.woff2") }`:            "no address",
		"@font-face { src: url(\"ht\ttps://x.example\") }":                "no address",
		`.a { background: url("https:\` + "\n" + `//x.example") }`:        "no address",
		`.a { background: url(` + strings.Repeat("https://x", 30):         "…",
		// What ends a line for browsers ends one here.
		".a { background: url(\"\\\r\nhttps://x.example/a\") }":               "no address",
		".a { background: url(\"\\\rhttps://x.example/a\") }":                 "no address",
		".a { background: url(\"/\\\f/x.example/a\") }":                       "no address",
		".a { background: url(/\\2f\r\nx.example/a) }":                        "no address",
		".a { content: \"open\r; background: url(https://x.example) }":        "line 2",
		".a { content: \"open\f; background: url(https://x.example); b: \" }": "no address",
		"\r\n\r\n@import 'a';":                                                "line 3: @import",
		// What stands for an address may be any.
		`.a { --u: "https://x.example"; background: image-set(var(--u) 1x) }`:      "var() stands for an address",
		`.a { background: -webkit-image-set(v\61r(--u) 1x) }`:                      "var() stands",
		`.a { background: image-set("a.png" 1x, (VAR(--u)) 2x) }`:                  "var() stands",
		`@font-face { src: src(var(--u)) }`:                                        "var() stands",
		`.a { background: image(env(u)) }`:                                         "env() stands",
		`.a { background: url("a" attr(title)) }`:                                  "attr() stands",
		`.a { background: cross-fade(var(--u), red) }`:                             "var() stands",
		`@function --u() { result: "//x" } .a { background: image-set(--u() 1x) }`: "--u() stands",
	} {
		if f := CheckStylesheet(css); f == nil || !strings.Contains(f.Error(), want) {
			t.Errorf("%s: %v, want %q", css, f, want)
		}
	}
}

func FuzzCheckStylesheet(f *testing.F) {
	f.Add(`@import "x"; .a { b: url(c) } /* d */ "e\`)
	f.Add("\\")
	f.Add("url(\\")
	f.Add("url(\"\\\r\nhttps://x\")\f'a\r")
	f.Fuzz(func(t *testing.T, css string) {
		lines := strings.Count(Preprocessed(css), "\n") + 1
		if fault := CheckStylesheet(css); fault != nil && (fault.Line < 1 || fault.Line > lines) {
			t.Errorf("line %d of %d", fault.Line, lines)
		}
	})
}
