package fetch

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func header(lines ...string) http.Header {
	h := http.Header{}
	for _, l := range lines {
		name, value, _ := strings.Cut(l, ": ")
		h.Add(name, value)
	}
	return h
}

func TestFreshUntil(t *testing.T) {
	const at, later = "Wed, 01 Apr 2026 00:00:00 GMT", "Wed, 01 Apr 2026 01:00:00 GMT"
	for _, f := range []struct {
		remark string
		header http.Header
		want   time.Duration // 0: stale, or not said
	}{
		{"nothing is said", header(), 0},
		{"max-age", header("Cache-Control: max-age=600"), 10 * time.Minute},
		{"among others, in capitals", header("Cache-Control: public, MAX-AGE=600, must-revalidate"), 10 * time.Minute},
		{"quoted, against the rules", header(`Cache-Control: max-age="600"`), 10 * time.Minute},
		{"on two lines", header("Cache-Control: public", "Cache-Control: max-age=600"), 10 * time.Minute},
		{"twice: the first holds", header("Cache-Control: max-age=600, max-age=60"), 10 * time.Minute},
		{"longer than a day", header("Cache-Control: max-age=31536000"), MaxFresh},
		{"longer than a number", header("Cache-Control: max-age=999999999999999999999999"), MaxFresh},
		{"none left", header("Cache-Control: max-age=0"), 0},
		{"below nothing", header("Cache-Control: max-age=-1"), 0},
		{"no number", header("Cache-Control: max-age=soon"), 0},
		{"with Age", header("Cache-Control: max-age=600", "Age: 60"), 9 * time.Minute},
		{"with an Age beyond it", header("Cache-Control: max-age=600", "Age: 601"), 0},
		{"with an Age that is none", header("Cache-Control: max-age=600", "Age: -5"), 10 * time.Minute},
		{"an Age beneath more than a day", header("Cache-Control: max-age=172800", "Age: 86400"), MaxFresh},
		{"no-cache", header("Cache-Control: no-cache, max-age=600"), 0},
		{"no-cache for a header field alone", header(`Cache-Control: no-cache="Set-Cookie", max-age=600`), 10 * time.Minute},
		{"no-store", header("Cache-Control: max-age=600, no-store"), 0},
		{"s-maxage is not ours", header("Cache-Control: s-maxage=600"), 0},
		{"Expires by the server's clock", header("Date: Wed, 01 Apr 2026 10:00:00 GMT", "Expires: Wed, 01 Apr 2026 10:30:00 GMT"), 30 * time.Minute},
		{"Expires without Date", header("Expires: " + later), time.Hour},
		{"Expires as in 1987", header("Expires: Wednesday, 01-Apr-26 01:00:00 GMT"), time.Hour},
		{"Expires as in C", header("Expires: Wed Apr  1 01:00:00 2026"), time.Hour},
		{"Expires in the past", header("Date: "+later, "Expires: "+at), 0},
		{"Expires: 0", header("Expires: 0"), 0},
		{"max-age before Expires", header("Cache-Control: max-age=60", "Expires: "+later), time.Minute},
		{"max-age of nothing before Expires", header("Cache-Control: max-age=0", "Expires: "+later), 0},
		{"Pragma means nothing in an answer", header("Pragma: no-cache", "Expires: "+later), time.Hour},
	} {
		var want time.Time
		if f.want > 0 {
			want = now.Add(f.want)
		}
		if got := FreshUntil(f.header, now); !got.Equal(want) {
			t.Errorf("%s: %v gives %v, want %v", f.remark, f.header, got, want)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	for _, r := range []struct {
		remark string
		header http.Header
		want   time.Duration // 0: not said
	}{
		{"nothing is said", header(), 0},
		{"seconds", header("Retry-After: 120"), 2 * time.Minute},
		{"seconds with spaces", header("Retry-After:   120  "), 2 * time.Minute},
		{"at once", header("Retry-After: 0"), 0},
		{"below nothing", header("Retry-After: -1"), 0},
		{"a fraction", header("Retry-After: 1.5"), 0},
		{"an hour, in words", header("Retry-After: 1h"), 0},
		{"Internet form", header("Retry-After: Thu, 02 Apr 2026 00:00:00 GMT"), 24 * time.Hour},
		{"form of RFC 850", header("Retry-After: Thursday, 02-Apr-26 00:00:00 GMT"), 24 * time.Hour},
		{"form of asctime", header("Retry-After: Thu Apr  2 00:00:00 2026"), 24 * time.Hour},
		{"two digits that lie 49 years ahead", header("Retry-After: Monday, 01-Apr-75 00:00:00 GMT"), MaxRetryAfter},
		{"two digits that lie 51 years ahead, or 49 back", header("Retry-After: Friday, 01-Apr-77 00:00:00 GMT"), 0},
		{"in the past", header("Retry-After: Tue, 31 Mar 2026 00:00:00 GMT"), 0},
		{"longer than a week", header("Retry-After: 2592000"), MaxRetryAfter},
		{"a date beyond a week", header("Retry-After: Fri, 01 Jan 2027 00:00:00 GMT"), MaxRetryAfter},
		{"longer than a number", header("Retry-After: 999999999999999999999"), MaxRetryAfter},
		{"several", header("Retry-After: 60", "Retry-After: 120", "Retry-After: x"), 2 * time.Minute},
	} {
		var want time.Time
		if r.want > 0 {
			want = now.Add(r.want)
		}
		if got := RetryAfter(r.header, now); !got.Equal(want) {
			t.Errorf("%s: %v gives %v, want %v", r.remark, r.header, got, want)
		}
	}
}

func TestBackoff(t *testing.T) {
	for _, b := range []struct {
		remark   string
		interval time.Duration
		failures int
		chance   float64
		want     time.Duration
	}{
		{"no failure", time.Hour, 0, 0.5, time.Hour},
		{"the first", 10 * time.Minute, 1, 0, 18 * time.Minute},
		{"the first, with all of chance", 10 * time.Minute, 1, 1, 22*time.Minute + 30*time.Second},
		{"the second", 10 * time.Minute, 2, 0, 32*time.Minute + 24*time.Second},
		{"the tenth: a day at most", 15 * time.Minute, 10, 0, MaxBackoff},
		{"the thousandth", time.Second, 1000, 0.9, MaxBackoff},
		{"chance does not pass the bound", 23 * time.Hour, 1, 0.9, MaxBackoff},
		{"a weekly source stays weekly", 7 * 24 * time.Hour, 3, 0.5, 7 * 24 * time.Hour},
		{"chance beyond its range", 10 * time.Minute, 1, 7, 22*time.Minute + 30*time.Second},
	} {
		if got := Backoff(b.interval, b.failures, b.chance); got.Round(time.Millisecond) != b.want {
			t.Errorf("%s: %v, want %v", b.remark, got, b.want)
		}
	}
	if Degraded(9) || !Degraded(10) {
		t.Error("a source is degraded from the tenth failure on")
	}
}

func TestNextVisit(t *testing.T) {
	in := func(d time.Duration) time.Time { return now.Add(d) }
	const hour = time.Hour
	for _, v := range []struct {
		remark string
		visit  VisitEnd
		want   time.Time
	}{
		{"as scheduled", VisitEnd{Now: now, Scheduled: in(hour), Interval: hour}, in(hour)},
		{"the server wants it later", VisitEnd{Now: now, Scheduled: in(hour), Interval: hour, NotBefore: in(3 * hour)}, in(3 * hour)},
		{"the server wants it earlier", VisitEnd{Now: now, Scheduled: in(hour), Interval: hour, NotBefore: in(time.Minute)}, in(hour)},
		{"after two failures", VisitEnd{Now: now, Scheduled: in(hour), Interval: hour, Failures: 2}, in(3*hour + 14*time.Minute + 24*time.Second)},
		{"after many", VisitEnd{Now: now, Scheduled: in(hour), Interval: hour, Failures: 30}, in(24 * hour)},
		{"throttled for a week", VisitEnd{Now: now, Scheduled: in(hour), Interval: hour, Failures: 1, NotBefore: in(MaxRetryAfter)}, in(MaxRetryAfter)},
		{"gone", VisitEnd{Now: now, Scheduled: in(hour), Interval: hour, Failures: 1, Gone: true}, in(GoneInterval)},
		{"gone, and on a schedule of a month", VisitEnd{Now: now, Scheduled: in(720 * hour), Interval: 720 * hour, Gone: true}, in(720 * hour)},
	} {
		if got := NextVisit(v.visit); !got.Equal(v.want) {
			t.Errorf("%s: %v, want %v", v.remark, got, v.want)
		}
	}
}
