package config

import (
	"fmt"
	"strings"
	"testing"
)

func BenchmarkParseOf5000Sources(b *testing.B) {
	var text strings.Builder
	text.WriteString("site: {id: tokyo, url: https://news.example}\npublishers:\n  - {key: tokyo, time_zone: Asia/Tokyo, language: ja}\nsources:\n")
	for i := range 5000 {
		fmt.Fprintf(&text, "  - id: source-%d\n    publisher: tokyo\n    kind: feed\n    url: https://host-%d.example/%d\n    language: ja\n    schedule: \"*/20 6-22 * * *\"\n", i, i%250, i)
	}
	data := []byte(text.String())
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse("kairan.yaml", data, bundles{}); err != nil {
			b.Fatal(err)
		}
	}
}
