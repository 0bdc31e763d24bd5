package locales

import "testing"

func TestDirection(t *testing.T) {
	for _, tt := range []struct{ tag, want, remark string }{
		{"en", "ltr", ""}, {"ja", "ltr", ""}, {"zh-Hant", "ltr", ""}, {"th", "ltr", ""},
		{"ar", "rtl", ""}, {"ar-SA", "rtl", ""}, {"he", "rtl", ""}, {"iw", "rtl", "Hebrew's old code"},
		{"fa", "rtl", ""}, {"ur", "rtl", ""}, {"yi", "rtl", ""}, {"dv", "rtl", "Thaana"}, {"ug", "rtl", ""}, {"ckb", "rtl", ""},
		{"az", "ltr", "Latin in Baku"}, {"az-Arab", "rtl", "Arabic in Tabriz"},
		{"ar-Latn", "ltr", "Arabic in Latin letters"}, {"ku", "ltr", "Latin in Diyarbakır"},
		{"und", "ltr", "nothing is known"}, {"", "ltr", ""}, {"no tag", "ltr", ""},
	} {
		if got := Direction(tt.tag); got != tt.want {
			t.Errorf("%q is written %s, want %s (%s)", tt.tag, got, tt.want, tt.remark)
		}
	}
}

func TestIsolate(t *testing.T) {
	for _, tt := range []struct {
		value, dir string
		want       bool
		remark     string
	}{
		{"", "ltr", false, "nothing"},
		{"2026-02-01", "rtl", false, "digits and marks"},
		{"！「」", "rtl", false, "marks alone"},
		{"東京", "rtl", true, "ideographs run from the left"},
		{"שלום", "ltr", true, "Hebrew"},
		{"١٢٣", "ltr", false, "Arabic-Indic digits are weak"},
		{"Ökonomie – naïve", "ltr", false, "Latin beyond ASCII"},
	} {
		if got := isolate(tt.value, tt.dir) != tt.value; got != tt.want {
			t.Errorf("%q in %s text is isolated: %t, want %t (%s)", tt.value, tt.dir, got, tt.want, tt.remark)
		}
	}
}
