package feeds

import "testing"

func TestFoldTitle(t *testing.T) {
	for _, c := range []struct{ a, b, why string }{
		{"Happy New Year  Tokyo 2026 ", "happy new year tokyo 2026", "case and spaces"},
		{"Governor Attends ‘New Year’s Reception’", "Governor attends 'New Year's Reception'", "quotation marks"},
		{"ＴＯＫＹＯ　２０２６", "tokyo 2026", "width"},
		{"お知らせ（ﾊﾞｽ）", "お知らせ(バス)", "half-width kana"},
		{"Straße – gesperrt", "STRASSE - gesperrt", "a letter that becomes two"},
	} {
		if FoldTitle(c.a) != FoldTitle(c.b) {
			t.Errorf("%s: %q and %q", c.why, FoldTitle(c.a), FoldTitle(c.b))
		}
	}
	if FoldTitle("Drill on 1 May") == FoldTitle("Drill on 2 May") {
		t.Error("two titles are the same")
	}
}
