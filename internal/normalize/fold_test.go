package normalize

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// foldInFull is fold without its short ways.
func foldInFull(s string) string {
	return strings.Map(typed, cases.Fold().String(norm.NFKC.String(strings.Join(strings.Fields(s), " "))))
}

// What foldRune knows is folded alike alone, and begins a segment of its own in
// whatever form: so it is folded alike beside anything else that foldRune knows.
func TestFoldRuneAgreesWithUnicode(t *testing.T) {
	known := 0
	for r := range unicode.MaxRune + 1 {
		folded, ok := foldRune(r)
		if !ok {
			continue
		}
		known++
		if unicode.IsSpace(r) || unicode.IsSpace(folded) {
			t.Errorf("%U is a space", r)
		}
		if want := foldInFull(string(r)); string(folded) != want {
			t.Errorf("%U is folded to %q, want %q", r, folded, want)
		}
		if composed := norm.NFKC.String(string(r)); !norm.NFKC.PropertiesString(composed).BoundaryBefore() {
			t.Errorf("%U may change what stands before it, or be changed by it", r)
		}
		if len(string(folded)) > len(string(r)) {
			t.Errorf("%U grows", r)
		}
	}
	if known < 30_000 {
		t.Errorf("foldRune knows only %d characters", known)
	}
}

// What people type one way or the other is the same.
func TestFoldIsAsPeopleType(t *testing.T) {
	for _, same := range [][]string{
		{"Жильё", "ЖИЛЬЁ", "жилье"},
		{"İtfaiye", "İTFAİYE", "itfaiye", "ITFAIYE"},
		{"Yangın", "YANGIN", "yangin"},
		{"إعصار", "اعصار", "إعصـــار", "إِعْصَار"},
		{"مستشفى", "مستشفي"}, {"مدرسة", "مدرسه"},
		{"Coupure d’eau", "COUPURE D'EAU", "coupure d‘eau"},
		{"ﾀｲﾌｳ", "タイフウ"},
	} {
		for _, s := range same {
			if fold(s) != fold(same[0]) {
				t.Errorf("%q is folded to %q, and %q to %q", s, fold(s), same[0], fold(same[0]))
			}
		}
	}
	if fold("كرة") == fold("كر") || fold("мел") == fold("мол") || fold("café") == fold("cafe") {
		t.Error("words are the same that are not")
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{
		"", " ", "Bush Fire", "  bush\tFIRE \n", "ＰＭ２．５　濃度", "ﾎﾟｽﾀｰ", "ガイト\u3099", "Déchets ménagers", "Straße × Maß", "İstanbul ılık",
		"Мэр Ёлка Йод", "มหานคร น้ำ กู้ภัย", "صِحّة", "신\u1112\u1161\u11ab각ᆨ", "æ “A” ‘b’ …", "a\u00a0b\u2003c", "ﬁre K Å", "\xff\xe3\x81", "a\x00b", "e\u0301\u0323",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := fold(s), foldInFull(s); got != want {
			t.Errorf("%q is folded to %q, want %q", s, got, want)
		}
	})
}
