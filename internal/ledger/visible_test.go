package ledger

import (
	"html"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/kairan-news/kairan/feeds"
)

// hashInFull is contentHash as it was when the first hashes were stored: it asks
// Unicode's tables for every character.
func hashInFull(a *feeds.Article) string {
	text := func(b []byte, s string) []byte {
		for i := 0; i < len(s); {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r > ' ' && !unicode.IsSpace(r) && !isInvisible(r) {
				b = append(b, s[i:i+n]...)
			}
			i += n
		}
		return b
	}
	b := append(text(nil, a.Title), 0)
	if a.Content == "" {
		b = text(b, a.Summary)
	}
	for markup := a.Content; markup != ""; {
		visible, rest, _ := strings.Cut(markup, "<")
		b = text(b, html.UnescapeString(visible))
		_, markup, _ = strings.Cut(rest, ">")
	}
	_, link, _ := strings.Cut(a.Link, "://")
	b = append(append(b, 0), link...)
	var urls []string
	for _, e := range a.Enclosures {
		_, url, _ := strings.Cut(e.URL, "://")
		urls = append(urls, url)
	}
	slices.Sort(urls)
	for _, url := range urls {
		b = append(append(b, 0), url...)
	}
	return "1" + short(norm.NFC.Bytes(b))
}

// What is known to be composed is the same in NFC, and begins a segment of its own; so
// a text of nothing else is in NFC. With the marks of Thai it stays so: they join
// nothing, and in the order in which they are let through NFC leaves them.
func TestIsComposedAgreesWithUnicode(t *testing.T) {
	var marks []string
	for r := range unicode.MaxRune + 1 {
		if isThaiMark(r) {
			marks = append(marks, string(r))
		}
	}
	all := strings.Join(marks, "")
	known := 0
	for r := range unicode.MaxRune + 1 {
		if !isComposed(r) && (r <= ' ' || r >= utf8.RuneSelf) {
			continue
		}
		known++
		s := string(r)
		if norm.NFC.String(s) != s || !norm.NFC.PropertiesString(s).BoundaryBefore() {
			t.Errorf("%U is not the same in NFC whatever stands before it", r)
		}
		if unicode.IsSpace(r) || isInvisible(r) {
			t.Errorf("%U is not visible", r)
		}
		if norm.NFC.String(s+all) != s+all {
			t.Errorf("%U changes with a mark of Thai", r)
		}
		for _, mark := range marks {
			if norm.NFC.String(s+mark) != s+mark {
				t.Errorf("%U changes with %U", r, []rune(mark))
			}
		}
	}
	if known < 40_000 {
		t.Errorf("only %d characters are known", known)
	}
}

// oddTexts are composed, decomposed, in a wrong order, torn and broken.
var oddTexts = []string{
	"", "Shelter 7 opens", "  a\tb\u00a0c\u3000d ", "caf\u00e9 cafe\u0301 e\u0323\u0301 e\u0301\u0323", "Ở ở o\u031b\u0309", "Й и\u0306 Ё е\u0308",
	"か\u3099 が ﾊﾟ パ", "\u1112\u1161\u11ab 한 하\u11ab", "น้ำ ผู้ ก\u0e49\u0e38 ก\u0e38\u0e49 ก\u0e38\u0e38\u0e49\u0e49 ก\u0e3a\u0e38 \u0e49", "ﻻ لا صِحّة صّ\u0650",
	"\u212b Å \u2126 Ω \u037e ; \ufb1d יִ", "葛\U000e0100 神\ufa19 \uf900", "a\u00adb\u200bc\ufeff", "\xe3\x81", "\x82 \xff", "👩\u200d🚒 ❤\ufe0f № ℃ …“”",
	"क़ क\u093c ড় ড\u09bc", "&eacute; e&#x301; &#3099;", "x\u0344 \u0340 \u0374", strings.Repeat("\u0e38\u0e48", 20), "a" + strings.Repeat("\u0301", 40), "\u115f\u1160\u11a8", "𑂚 𝅘𝅥 🏻",
}

func FuzzContentHash(f *testing.F) {
	for i, s := range oddTexts {
		next := oddTexts[(i+1)%len(oddTexts)]
		f.Add(s, "", next, "https://city.example/n/7", "")
		f.Add(next, "<p>"+s+"</p><b>"+next+"</b>", "", "http://city.example/"+s, "https://city.example/"+next)
	}
	f.Fuzz(func(t *testing.T, title, content, summary, link, file string) {
		a := &feeds.Article{Title: title, Content: content, Summary: summary, Link: link, Enclosures: []feeds.Enclosure{{URL: file}, {URL: link}}}
		if got, want := contentHash(a), hashInFull(a); got != want {
			t.Errorf("the hash of %+v is %s, want %s", a, got, want)
		}
	})
}

func TestTheHashIsTheSameForTextsPutTogetherInAnyWay(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	var parts []string
	for _, s := range oddTexts {
		parts = append(parts, s)
		for _, r := range s {
			parts = append(parts, string(r))
		}
	}
	parts = append(parts, "<b>", "</b>", "<", ">", "&amp;", " ", "\n")
	text := func() string {
		var s strings.Builder
		for range random.IntN(10) {
			s.WriteString(parts[random.IntN(len(parts))])
		}
		return s.String()
	}
	for range 20_000 {
		a := &feeds.Article{Title: text(), Content: text(), Summary: text(), Link: "https://city.example/7"}
		if got, want := contentHash(a), hashInFull(a); got != want {
			t.Fatalf("the hash of %+v is %s, want %s", a, got, want)
		}
	}
}

// Stored hashes must match those of later versions of the program.
func TestTheHashOfAnArticleNeverChanges(t *testing.T) {
	for want, a := range map[string]feeds.Article{
		"1efPmptCxL5V4wHvcKRYg2Q": {Title: "Shelter 7 opens", Content: "<p>The city &amp; the port</p>", Link: "https://city.example/7"},
		"1uRa_cu874FP0uU_j8Q4hkw": {Title: "避難所を開きました", Summary: "か\u3099けの近く", Link: "https://city.example/7", Enclosures: []feeds.Enclosure{{URL: "https://city.example/b.pdf"}, {URL: "https://city.example/a.pdf"}}},
		"170c7_1svpz73-ggyU5jiDA": {Title: "เปิดศูนย์พักพิง", Content: "<p>ผู้ว่าฯ</p>"},
	} {
		if got := contentHash(&a); got != want {
			t.Errorf("the hash of %q is %s, want %s", a.Title, got, want)
		}
	}
}
