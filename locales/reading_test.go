package locales

import "testing"

func TestReadings(t *testing.T) {
	for _, tt := range []struct{ text, ruby, without, remark string }{
		{"防災（ぼうさい）", "<ruby>防災<rp>（</rp><rt>ぼうさい</rt><rp>）</rp></ruby>", "防災", ""},
		{"お知（し）らせ", "お<ruby>知<rp>（</rp><rt>し</rt><rp>）</rp></ruby>らせ", "お知らせ", "within a word"},
		{"10月（がつ）1日", "10<ruby>月<rp>（</rp><rt>がつ</rt><rp>）</rp></ruby>1日", "10月1日", "figures are not read"},
		{"人々（ひとびと）", "<ruby>人々<rp>（</rp><rt>ひとびと</rt><rp>）</rp></ruby>", "人々", "a character said twice"},
		{"東京都（とうきょうと）｜都市（とし）", "<ruby>東京都<rp>（</rp><rt>とうきょうと</rt><rp>）</rp></ruby>｜<ruby>都市<rp>（</rp><rt>とし</rt><rp>）</rp></ruby>", "東京都｜都市", "two of them"},
		{"行政（日本語のみ）", "行政（日本語のみ）", "行政（日本語のみ）", "what is not in kana alone is no reading"},
		{"ホーム（いえ）", "ホーム（いえ）", "ホーム（いえ）", "nor is what follows no Chinese character"},
		{"Home (a & b)", "Home (a &amp; b)", "Home (a & b)", "the rest is escaped"},
		{"", "", "", ""},
	} {
		if got := Ruby(tt.text); got != tt.ruby {
			t.Errorf("%q as HTML is %q, want %q (%s)", tt.text, got, tt.ruby, tt.remark)
		}
		if got := WithoutReadings(tt.text); got != tt.without {
			t.Errorf("%q without readings is %q, want %q (%s)", tt.text, got, tt.without, tt.remark)
		}
	}
}
