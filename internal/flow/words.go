package flow

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Lasting says how long something lasts or has lasted, in the unit that a person would use:
// "40 seconds", "7 minutes", "31 hours", "3 days".
func Lasting(d time.Duration) string {
	switch {
	case d < 0:
		return Lasting(-d)
	case d < 100*time.Second:
		return count(int(math.Round(d.Seconds())), "second")
	case d < 100*time.Minute:
		return count(int(math.Round(d.Minutes())), "minute")
	case d < 48*time.Hour:
		return count(int(math.Round(d.Hours())), "hour")
	}
	return count(int(math.Round(d.Hours()/24)), "day")
}

// count is "1 day", "2 days".
func count(n int, of string) string {
	if n == 1 {
		return "1 " + of
	}
	return fmt.Sprintf("%d %ss", n, of)
}

// few is "1 source has", "3 sources have": what is counted, with its verb.
func few(n int, of, one, more string) string {
	if n == 1 {
		return count(n, of) + " " + one
	}
	return count(n, of) + " " + more
}

// size is a number of bytes with three digits at most: "64 MB".
func size(bytes int64) string {
	n, units := float64(bytes), []string{"bytes", "KB", "MB", "GB", "TB"}
	for len(units) > 1 && n >= 999.5 {
		n, units = n/1000, units[1:]
	}
	if units[0] == "bytes" || n >= 99.5 {
		return fmt.Sprintf("%.0f %s", n, units[0])
	}
	return fmt.Sprintf("%.2g %s", n, units[0])
}

// list is "a", "a and b", "a, b and 4 more", without repetitions.
func list(names []string) string {
	const shown = 3
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	switch n := len(names); {
	case n == 0:
		return ""
	case n == 1:
		return names[0]
	case n <= shown:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	default:
		return fmt.Sprintf("%s and %d more", strings.Join(names[:shown-1], ", "), n-shown+1)
	}
}

// moment is a date and an hour that need no other zone to be understood.
func moment(t time.Time) string { return t.UTC().Format("2 January 15:04 UTC") }

// What an error says that is nobody's concern, or a secret.
var secrets = []struct {
	find *regexp.Regexp
	put  string
}{
	{regexp.MustCompile(`(?i)\b(password|passwd|token|secret|key|authorization|signature)\b(["']?\s*[=:]\s*["']?)(?:(?:bearer|basic)\s+)?[^\s"'&,;]+`), "$1$2…"},
	{regexp.MustCompile(`://[^/\s@]*@`), "://"},
	{regexp.MustCompile(`\?[^\s"'<>]+`), "?…"},
	{regexp.MustCompile(`\b(dial|read|write|connect) (tcp|udp|unix)[46]? [^\s]+?(->[^\s]+?)?: `), ""},
	{regexp.MustCompile(`(lookup \S+) on \S+:\d+`), "$1"},
	{regexp.MustCompile(`\b(host|user|database|dbname)=\S+ ?`), ""},
}

// longest is how much of an error a sentence quotes, in bytes.
const longest = 160

// quoted is what an error said, on one line, without secrets and addresses of our own, in
// brackets behind a space; "" for none.
func quoted(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	for _, s := range secrets {
		text = s.find.ReplaceAllString(text, s.put)
	}
	if len(text) > longest {
		cut := longest
		for cut > 0 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut] + "…"
	}
	text = strings.TrimRight(text, ".:; ")
	if text == "" {
		return ""
	}
	return " (" + text + ")"
}
