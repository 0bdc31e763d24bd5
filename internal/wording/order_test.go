package wording

import (
	"slices"
	"strings"
	"testing"
)

func TestOrdered(t *testing.T) {
	for _, test := range []struct{ locale, names, want, remark string }{
		{"en", "Zürich Ōsaka Amsterdam İstanbul", "Amsterdam İstanbul Ōsaka Zürich", "marks come after letters"},
		{"tr", "Izmir İstanbul Hatay Çorum Cenevre", "Cenevre Çorum Hatay Izmir İstanbul", "letters of their own"},
		{"sv", "Örebro Åre Zagreb Ånge", "Zagreb Ånge Åre Örebro", "behind z"},
		{"ja", "東京 アムステルダム さっぽろ", "アムステルダム さっぽろ 東京", "kana before kanji"},
		{"ja-simple", "さっぽろ アムステルダム", "アムステルダム さっぽろ", "as the language has it"},
		{"zh-Hans", "首尔 北京 台北", "北京 首尔 台北", "by pinyin"},
		{"zh-Hant", "首爾 北京 台北", "北京 台北 首爾", "by strokes"},
		{"ru", "Томск Ёлкино Женева Ереван", "Ёлкино Ереван Женева Томск", "ё is е"},
	} {
		names := strings.Fields(test.names)
		got := Ordered(&Speech{Locale: test.locale}, names, func(s string) string { return s })
		if want := strings.Fields(test.want); !slices.Equal(got, want) {
			t.Errorf("in %s: %q, want %q: %s", test.locale, got, want, test.remark)
		}
		if !slices.Equal(names, strings.Fields(test.names)) {
			t.Errorf("in %s: the list itself was sorted", test.locale)
		}
	}
}
