package fetch

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// How long a server's wish is honoured at most.
const (
	MaxFresh      = 24 * time.Hour
	MaxRetryAfter = 7 * 24 * time.Hour
)

// FreshUntil returns how long a response is fresh by RFC 9111 §4.2, at most
// [MaxFresh] from now; the zero time if it is stale at once or does not say.
//
// Cache-Control's max-age comes before Expires, which is read against the server's
// own Date; what Age says is over already is subtracted. no-cache and no-store make
// it stale. s-maxage is for shared caches, which this is not. Nothing is guessed
// from Last-Modified.
func FreshUntil(h http.Header, now time.Time) time.Time {
	lifetime := freshness(h, now)
	if age, ok := deltaSeconds(h.Get("Age")); ok {
		lifetime -= age
	}
	if lifetime <= 0 {
		return time.Time{}
	}
	return now.Add(min(lifetime, MaxFresh))
}

// freshness returns the lifetime of RFC 9111 §4.2.1; 0 if there is none.
func freshness(h http.Header, now time.Time) time.Duration {
	maxAge, found := time.Duration(0), false
	for _, directive := range strings.Split(strings.Join(h.Values("Cache-Control"), ","), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "no-cache":
			if value == "" { // with a value it speaks of header fields alone (§5.2.2.4)
				return 0
			}
		case "no-store":
			return 0
		case "max-age":
			if d, ok := deltaSeconds(strings.Trim(strings.TrimSpace(value), `"`)); ok && !found {
				maxAge, found = d, true
			}
		}
	}
	if found {
		return maxAge
	}
	expires, ok := httpDate(h.Get("Expires"), now)
	if !ok {
		return 0
	}
	if date, ok := httpDate(h.Get("Date"), now); ok {
		return expires.Sub(date)
	}
	return expires.Sub(now)
}

// RetryAfter returns when a server wants to be asked again (RFC 9110 §10.2.3), at
// most [MaxRetryAfter] from now: seconds, or a date in any of the three forms of
// §5.6.7. The zero time means that it does not say: there is no such header, it
// can't be read, or it lies in the past. Of several the latest holds.
func RetryAfter(h http.Header, now time.Time) time.Time {
	var latest time.Time
	for _, value := range h.Values("Retry-After") {
		at, ok := httpDate(value, now)
		if d, isDelta := deltaSeconds(value); isDelta {
			at, ok = now.Add(min(d, MaxRetryAfter)), true
		}
		if !ok || !at.After(now) {
			continue
		}
		if end := now.Add(MaxRetryAfter); at.After(end) {
			at = end
		}
		if at.After(latest) {
			latest = at
		}
	}
	return latest
}

// deltaSeconds reads RFC 9111 §1.2.2: digits alone; what overflows is as long as
// can be.
func deltaSeconds(s string) (time.Duration, bool) {
	s = strings.TrimSpace(s)
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	const most = 1 << 31 // §1.2.2: "the value 2147483648"
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n > most {
		n = most
	}
	return time.Duration(n) * time.Second, true
}

// httpDate reads the three forms of a date in RFC 9110 §5.6.7. A year of two digits
// that seems to lie more than 50 years ahead is the last one with these digits.
func httpDate(s string, now time.Time) (time.Time, bool) {
	s = strings.TrimSpace(s)
	t, err := http.ParseTime(s)
	if err != nil {
		return time.Time{}, false
	}
	if rfc850, err := time.Parse(time.RFC850, s); err == nil {
		t = rfc850
		for t.Year() <= now.Year()-50 {
			t = t.AddDate(100, 0, 0)
		}
		for t.After(now.AddDate(50, 0, 0)) {
			t = t.AddDate(-100, 0, 0)
		}
	}
	return t.UTC(), true
}
