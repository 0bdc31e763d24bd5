package publish

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestShorten(t *testing.T) {
	for _, test := range []struct {
		name, in, want string
		n              int
	}{
		{"short enough", "A short text.", "A short text.", 20},
		{"white space is one space", " a\n\tb ", "a b", 20},
		{"at the end of a word", "The governor met the guests", "The governor met…", 20},
		{"no comma before the ellipsis", "The governor, the guests", "The governor…", 16},
		{"after a sentence that ends near", "A drill is held. Residents come.", "A drill is held.", 20},
		{"not after a sentence that ends early", "A drill. Residents are asked to come.", "A drill. Residents…", 22},
		{"no sentence ends in an abbreviation's middle", "At 3.45 residents are asked to come.", "At 3.45 residents…", 20},
		{"one long word", strings.Repeat("x", 30), strings.Repeat("x", 20) + "…", 20},
		{"Japanese, after a sentence", "訓練を行います。参加してください。", "訓練を行います。", 10},
		{"Japanese, between characters", "避難訓練参加者募集中詳細未定", "避難訓練参加者募集…", 10},
		{"a character of several is not cut", "家族👨‍👩‍👧‍👦家族👨‍👩‍👧‍👦家族👨‍👩‍👧‍👦家族です", "家族👨‍👩‍👧‍👦家族👨‍👩‍👧‍👦…", 7},
		{"Thai keeps its vowels and tones", strings.Repeat("น้ำ", 10), "", 8},
		{"Arabic, at the end of a word", "تعلن المدينة عن تمرين للطوارئ", "تعلن المدينة عن…", 18},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := shorten(test.in, test.n)
			if test.want != "" && got != test.want {
				t.Errorf("shorten(%q, %d) is %q; want %q", test.in, test.n, got, test.want)
			}
			if !utf8.ValidString(got) {
				t.Errorf("%q is cut within a character", got)
			}
			if test.want == "" {
				if body := strings.TrimSuffix(got, "…"); len(body)%len("น้ำ") != 0 || body == got {
					t.Errorf("%q is cut within a syllable's signs", got)
				}
			}
		})
	}
}

func TestPlainText(t *testing.T) {
	for in, want := range map[string]string{
		"no markup":                        "no markup",
		"<p>one</p><p>two</p>":             " one  two ",
		"<p>a<b>b</b>c &amp;amp; &lt;</p>": " abc &amp; < ",
		"a<br/>b":                          "a b",
		"<ruby>漢<rt>かん</rt></ruby>":        "漢かん",
		"cut <p":                           "cut ",
	} {
		if got := plainText(in); got != want {
			t.Errorf("plainText(%q) is %q; want %q", in, got, want)
		}
	}
}
