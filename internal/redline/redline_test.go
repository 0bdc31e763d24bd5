package redline

import (
	"strings"
	"testing"
)

// marked writes passages as an editor would: [-out-]{+in+}.
func marked(passages []Passage) string {
	var all []string
	for _, p := range passages {
		var b strings.Builder
		if p.CutBefore {
			b.WriteString("…")
		}
		for _, part := range p.Parts {
			switch part.Kind {
			case Out:
				b.WriteString("[-" + part.Text + "-]")
			case In:
				b.WriteString("{+" + part.Text + "+}")
			default:
				b.WriteString(part.Text)
			}
		}
		if p.CutAfter {
			b.WriteString("…")
		}
		all = append(all, b.String())
	}
	return strings.Join(all, " | ")
}

func TestCompare(t *testing.T) {
	long := strings.Repeat("word ", 40)
	for _, test := range []struct{ what, before, after, want string }{
		{"nothing", "The same.", "The same.", ""},
		{"white space alone", "The  same.", "The same.\n", ""},
		{"a word", "Sirens at ten on Saturday.", "Sirens at eleven on Saturday.", "Sirens at [-ten-]{+eleven+} on Saturday."},
		{"a phrase is read as one", "at ten on the bridge", "at half past nine", "at [-ten on the bridge-]{+half past nine+}"},
		{"what came in", "On Saturday.", "On Saturday and Sunday.", "On Saturday{+ and Sunday+}."},
		{"what went", "On Saturday and Sunday.", "On Saturday.", "On Saturday[- and Sunday-]."},
		{"at the beginning", "Ten people came.", "Two people came.", "[-Ten-]{+Two+} people came."},
		{"all of it", "Ten", "Two", "[-Ten-]{+Two+}"},
		{"from nothing", "", "Two", "{+Two+}"},
		{"Japanese, by characters", "午前十時にサイレンが鳴ります。", "午前九時にサイレンが鳴ります。", "午前[-十-]{+九+}時にサイレンが鳴ります。"},
		{"Thai keeps its signs with their letters", "ที่เดิม", "ที่นี่", "ที่[-เดิม-]{+นี่+}"},
		{"Arabic", "يوم السبت القادم", "يوم الأحد القادم", "يوم [-السبت-]{+الأحد+} القادم"},
		{"only a few words around", long + "ten " + long, long + "two " + long,
			"…" + strings.Repeat("word ", 6) + "[-ten-]{+two+}" + strings.Repeat(" word", 6) + "…"},
		{"two places", "one " + long + long + "two", "ONE " + long + long + "TWO",
			"[-one-]{+ONE+}" + strings.Repeat(" word", 6) + "… | …" + strings.Repeat("word ", 6) + "[-two-]{+TWO+}"},
	} {
		passages, ok := Compare(test.before, test.after)
		if got := marked(passages); !ok || got != test.want {
			t.Errorf("%s: %q, %t; want %q", test.what, got, ok, test.want)
		}
	}
}

// Taking what is struck out, or what came in, gives both texts back, where nothing was cut.
func TestBothTextsAreThere(t *testing.T) {
	for _, pair := range [][2]string{
		{"a b c d e f", "a c b d f e"}, {"abc", "abc abc"}, {"x y z", ""}, {"都庁舎の開庁時間", "都庁の開館時間変更"}, {"a a a b", "b a a a a"},
	} {
		passages, ok := Compare(pair[0], pair[1])
		if !ok || len(passages) != 1 {
			t.Fatalf("%q: %d passages", pair, len(passages))
		}
		var before, after strings.Builder
		for _, p := range passages[0].Parts {
			if p.Kind != In {
				before.WriteString(p.Text)
			}
			if p.Kind != Out {
				after.WriteString(p.Text)
			}
		}
		if before.String() != pair[0] || after.String() != pair[1] {
			t.Errorf("%q became %q and %q", pair, before.String(), after.String())
		}
	}
}

func TestWhatWasWrittenAnewHasNoPassages(t *testing.T) {
	var before, after strings.Builder
	for i := range 3 * mostChanges {
		before.WriteString("a" + strings.Repeat("x", i%7) + " ")
		after.WriteString("b" + strings.Repeat("y", i%5) + " ")
	}
	if passages, ok := Compare(before.String(), after.String()); ok {
		t.Errorf("%d passages of a text that was written anew", len(passages))
	}
	if passages, ok := Compare(strings.Repeat("a ", 100)+"x", "y "+strings.Repeat("b a ", 100)); ok && len(passages) > mostPassages {
		t.Errorf("%d passages", len(passages))
	}
}
