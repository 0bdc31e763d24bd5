package locales

import "testing"

// An entry asks for about five texts, and a site renders some 20,000 entries.
func BenchmarkText(b *testing.B) {
	bundle := mustLoad(b)
	l := bundle.Localizer("ar", "en")
	attribution := data{"Publisher": "بلدية أمستردام", "License": "CC BY 4.0"}
	for _, bench := range []struct {
		name string
		run  func()
	}{
		{"fixed", func() { l.Text("page.home", nil) }},
		{"filled in", func() { l.Text("entry.attribution-licence", attribution) }},
		{"plural", func() { l.Count("page.notices", 5, nil) }},
		{"date", func() { l.Date(day) }},
		{"language", func() { l.Language("ja") }},
		{"localizer", func() { bundle.Localizer("ar", "en") }},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				bench.run()
			}
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMatch(b *testing.B) {
	have := mustLoad(b).Tags()
	for b.Loop() {
		Match(have, "nl-BE,nl;q=0.8,en;q=0.5", "en")
	}
}
