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
		{"Japanese, after a phrase", "台風が近づいているため、市民体育館の利用を", "台風が近づいているため…", 14},
		{"Japanese, not between a figure and its counter", "市民体育館の申込は先着120人です", "市民体育館の申込は先着…", 13},
		{"Japanese, not within a word of katakana", "市民オリエンテーリング大会の案内", "市民…", 8},
		{"Thai, after a phrase", "ปิดถนนชั่วคราว เพื่อซ่อมแซมสะพาน", "ปิดถนนชั่วคราว…", 15},
		{"a full-width space stays", "椿まつり　城址公園", "椿まつり　城址公園", 20},
		{"no-break spaces stay", " «\u00A06\u202F200\u00A0» ", "«\u00A06\u202F200\u00A0»", 20},
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

func TestOneLine(t *testing.T) {
	for _, test := range []struct{ says, in, want string }{
		{"spaces", "  a  b\t c\r\n", "a b c"},
		{"one full-width space", "椿まつり　城址公園", "椿まつり　城址公園"},
		{"several are one", "椿まつり　　　城址公園", "椿まつり　城址公園"},
		{"none at the ends", "　椿まつり　", "椿まつり"},
		{"spaces that keep together", "\u00A0« 6\u202F\u202F200 »\u00A0", "« 6\u202F200 »"},
		{"several kinds are a space", "a \u00A0b\u3000 c", "a b c"},
		{"other kinds are a space", "a\u2003b\u2009c\u2028d", "a b c d"},
		{"lines of Japanese", "開きます。\n　次の日も！\r\n「はい」\nどうぞ", "開きます。次の日も！「はい」どうぞ"},
		{"lines that are no sentences", "日時\n六月一日", "日時 六月一日"},
		{"lines of Chinese", "开放。\n请参加", "开放。请参加"},
		{"lines of English", "It opens.\nCome.", "It opens. Come."},
		{"a space of the author's", "すごい！ 次", "すごい！ 次"},
		{"nothing to see", "\u200B \uFEFF\u2060", ""},
		{"an empty letter", "\u3164", ""},
		{"what isn't seen at the ends", "\u200Ba\u200Bb\u00AD", "a\u200Bb"},
		{"a family", "👨\u200D👩\u200D👧", "👨\u200D👩\u200D👧"},
		{"nothing", "", ""},
	} {
		if got := OneLine(test.in); got != test.want {
			t.Errorf("%s: OneLine(%q) = %q, want %q", test.says, test.in, got, test.want)
		}
	}
}

func TestMayCut(t *testing.T) {
	for pair, want := range map[string]bool{
		"訓練": true, "のご": true, "ab": false, "1月": false, "第3": false, "は3": true, "12": false, "1,": false,
		"トレ": false, "トー": false, "ーの": true, "の。": false, "「あ": false, "กา": true, "เก": false, "น้": false, "é\u0301": false, "6\u00A0": false, "버스": false,
	} {
		runes := []rune(pair)
		if got := MayCut(runes[0], runes[1]); got != want {
			t.Errorf("MayCut(%q) = %v", pair, got)
		}
	}
}

func TestWidth(t *testing.T) {
	for text, want := range map[string]int{"": 0, "abc": 3, "é": 1, "訓練": 4, "ｱ": 1, "（あ）": 6, "น้ำ": 2, "한글": 4, "a\u200B": 1, "😀": 2} {
		if got := Width(text); got != want {
			t.Errorf("%q is %d columns wide, want %d", text, got, want)
		}
	}
}
