package plain

import (
	"strings"
	"testing"
)

func TestSummarize(t *testing.T) {
	long := func(s string) string { return strings.TrimSpace(strings.Repeat(s, 100)) }
	tests := []struct{ name, in, end string }{
		{"short", "One sentence.", "One sentence."},
		{"English sentences", long("The bridge is closed for a week. "), "week."},
		{"English without a sentence's end", long("bridge closed "), "closed…"},
		{"Japanese sentences", long("橋は一週間通れません。"), "通れません。"},
		{"Japanese without a sentence's end", long("橋は、一週間"), "橋は…"},
		{"Thai", long("สะพานปิดหนึ่งสัปดาห์ "), "สัปดาห์…"},
		{"Thai without spaces", long("น้ำท่วม"), "…"},
		{"a flag is of two letters", long("🇯🇵🇹🇭"), "🇹🇭🇯🇵…"},
		{"nothing opens before the ellipsis", long("closed ")[:258] + " (" + strings.Repeat("y", 100), "closed…"},
	}
	for _, tt := range tests {
		got := Summarize(tt.in)
		if !strings.HasSuffix(got, tt.end) || len([]rune(got)) > SummaryLength {
			t.Errorf("%s: %d characters, %q", tt.name, len([]rune(got)), got)
		}
	}
}
