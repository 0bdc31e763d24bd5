package plain

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
		{"Thai, between syllables", "กำลังเดินทางไปที่นั่นที่นั่น", "กำลังเดินทางไปที่นั่น…", 15},
		{"as long as may be", "exactly fourtee", "exactly…", 14},
		{"Arabic, at the end of a word", "تعلن المدينة عن تمرين للطوارئ", "تعلن المدينة عن…", 18},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := Shorten(test.in, test.n)
			if test.want != "" && got != test.want {
				t.Errorf("Shorten(%q, %d) is %q; want %q", test.in, test.n, got, test.want)
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

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"no markup":                        "no markup",
		"<p>one</p><p>two</p>":             " one  two ",
		"<p>a<b>b</b>c &amp;amp; &lt;</p>": " abc &amp; < ",
		"a<br/>b":                          "a b",
		"cut <p":                           "cut ",
		"<td>a</td><td>b</td>":             " a  b ",
		"<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字":           "漢字",
		"<p>To<b>kyo</b> &amp; <ruby>東京<rt>とうきょう</rt></ruby>駅</p>": " Tokyo & 東京駅 ",
		"</rt>nothing was open": "nothing was open",
	} {
		if got := Text(in, 0); got != want {
			t.Errorf("Text(%q) is %q; want %q", in, got, want)
		}
	}
	if got := Text("<p>one</p><p>two</p><p>three</p>", 5); got != " one " {
		t.Errorf("the beginning is %q", got)
	}
}
