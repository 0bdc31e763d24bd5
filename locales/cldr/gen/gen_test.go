package main

import (
	"reflect"
	"testing"
)

func TestAFieldOfAPatternIsJustItsLetters(t *testing.T) {
	for _, tt := range []struct {
		pattern, field string
		want           bool
	}{
		{"d MMMM y", "MMMM", true}, {"d MMMM y", "MMM", false}, {"d 'de' MMM", "MMM", true},
		{"h:mm a", "a", true}, {"{1} 'at' {0}", "a", false}, {"h 'o''clock' a", "a", true}, {"G y", "G", true}, {"", "G", false},
	} {
		if got := hasField(tt.pattern, tt.field); got != tt.want {
			t.Errorf("%q has %q: %v", tt.pattern, tt.field, got)
		}
	}
}

func TestARegionIsCutAndAScriptIsNot(t *testing.T) {
	for tag, want := range map[string]string{"en-GB": "en", "es-419": "es", "zh-Hant-HK": "zh-Hant", "zh-Hant": "", "ja": ""} {
		cut, ok := cutRegion(tag)
		if ok != (want != "") || ok && cut != want {
			t.Errorf("%s is cut to %q, %v", tag, cut, ok)
		}
	}
}

func TestARegionKeepsWhatIsItsOwn(t *testing.T) {
	base := map[string][]string{"languages": {"Czech", "Danish"}, "zone": {"{0} Time"}}
	if got := namesBeyond(map[string][]string{"languages": {"Czech", "Dansk"}, "zone": {"{0} Time"}}, base); !reflect.DeepEqual(got, map[string][]string{"languages": {"", "Dansk"}}) {
		t.Errorf("the names are %q", got)
	}
	formats := map[string]any{"time": "HH:mm", "grouping": []int{3}}
	if got := formatsBeyond(map[string]any{"time": "h:mm a", "grouping": []int{3}}, formats); !reflect.DeepEqual(got, map[string]any{"time": "h:mm a"}) {
		t.Errorf("the formats are %v", got)
	}
}
