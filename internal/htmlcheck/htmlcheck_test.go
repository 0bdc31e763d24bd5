package htmlcheck

import (
	"strings"
	"testing"
)

// A page that is right stands beside faulty ones, and each fault is told of the page that has it.
func TestCheck(t *testing.T) {
	page := func(body string) []byte {
		return []byte(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title></head><body>` + body + `</body></html>`)
	}
	complaints := Check(t, map[string][]byte{
		"right":    page(`<h1>A page</h1>`),
		"an error": page(`<h1 id="a">A page</h1><p id="a">twice</p>`),
		"warning":  page(`<h1>A page</h1><section><p>without a heading</p></section>`),
	})
	for name, want := range map[string]string{"right": "", "an error": "Duplicate ID", "warning": "Section lacks heading"} {
		got := strings.Join(complaints[name], "\n")
		if want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("of %q it says %q; want %q", name, got, want)
		}
	}
}
