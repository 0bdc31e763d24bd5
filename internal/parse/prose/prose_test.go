package prose

import "testing"

func TestCollapse(t *testing.T) {
	for in, want := range map[string]string{
		"a\fb\vc":                    "a b c",
		"it\u0092s \u0093free\u0094": "it’s “free”",
		"wait\u0085":                 "wait…",
		"no\u0081thing":              "nothing",
		"bell\a":                     "bell",
		"椿まつり　城址公園":                  "椿まつり　城址公園",
		"\u200B":                     "",
		"as it is":                   "as it is",
		"“quoted” – 引用、です":           "“quoted” – 引用、です",
		"a\u2003b":                   "a b",
		"\u3164":                     "",
		"trailing\u00A0":             "trailing",
		"Việt Nam":                   "Việt Nam",
		"broken \xe3":                "broken \xe3",
	} {
		if got := Collapse(in); got != want {
			t.Errorf("Collapse(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFirstOf(t *testing.T) {
	if got := FirstOf("", " ", "\u200B", "\u00A0\uFEFF", " 椿 ", "b"); got != "椿" {
		t.Errorf("the first is %q", got)
	}
}
