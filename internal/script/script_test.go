package script

import (
	"strings"
	"testing"
	"unicode"
)

func TestOf(t *testing.T) {
	tests := []struct {
		text, code string
		own, all   int
		remark     string
	}{
		{"防災訓練を行います", "Jpan", 18, 18, "Han and kana"},
		{"防災訓練", "Hant", 8, 8, "Han alone is of all who write it"},
		{"방재훈련 2026", "Kore", 8, 8, "digits are no letters"},
		{"5G 基地局", "Jpan", 6, 7, "a Latin letter amid them counts once"},
		{"ฝึกซ้อม", "Thai", 7, 7, "with its marks"},
		{"تدريب", "Arab", 5, 5, ""},
		{"Учения", "Cyrl", 6, 6, ""},
		{"Άσκηση", "Grek", 6, 6, ""},
		{"Tatbikatı", "Latn", 9, 9, "beyond ASCII, too"},
		{"अभ्यास", "Deva", 4, 4, "a script that none of our locales has, without its marks"},
		{"Drill", "Jpan", 0, 5, "another script"},
		{"", "Latn", 0, 0, "nothing"},
	}
	for _, tt := range tests {
		n := Count(tt.text)
		if own, all := n.Of(tt.code), n.All(); own != tt.own || all != tt.all {
			t.Errorf("%q has %d of %d letters in %s; want %d of %d (%s)", tt.text, own, all, tt.code, tt.own, tt.all, tt.remark)
		}
	}
}

func TestFormsOfChinese(t *testing.T) {
	tests := []struct {
		text                    string
		simplified, traditional int
	}{
		{"关于他们", 2, 0},
		{"關於他們", 0, 2},
		{"山水", 0, 0},
	}
	for _, tt := range tests {
		if n := Count(tt.text); n.Simplified != tt.simplified || n.Traditional != tt.traditional {
			t.Errorf("%s: %d simplified, %d traditional; want %d and %d", tt.text, n.Simplified, n.Traditional, tt.simplified, tt.traditional)
		}
	}
}

// TestBlocksLeaveNothingOut proves that every character beyond the Latin letters is in
// one block.
func TestBlocksLeaveNothingOut(t *testing.T) {
	next := rune(0x250)
	for _, b := range blocks {
		if b.first != next || b.last < b.first {
			t.Errorf("a block goes from %#x to %#x, want it to begin at %#x", b.first, b.last, next)
		}
		next = b.last + 1
	}
	if next != unicode.MaxRune+1 {
		t.Errorf("the blocks end before %#x, want %#x", next, unicode.MaxRune+1)
	}
}

// BenchmarkCount measures texts as long as are looked at, in one script and in several.
func BenchmarkCount(b *testing.B) {
	for name, text := range map[string]string{
		"Latin":    "The evacuation drill begins at nine. ",
		"Chinese":  "市政府将于九点开始防灾演练，请市民们参加。",
		"Japanese": "九時から防災訓練を行います。スマートフォンの音に注意、市民の皆さん。",
		"Korean":   "시는 9시부터 방재 훈련을 실시합니다. ",
		"mixed":    "市の防災 App で уведомления と التنبيهات を確認 (ver. 2)。",
	} {
		text = strings.Repeat(text, sample/len(text)+1)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Count(text)
			}
		})
	}
}
