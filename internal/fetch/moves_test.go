package fetch

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net"
	"os"
	"testing"
	"time"
)

// moved is the response of a fetch whose chain has these statuses, from a to b.
func moved(from, to string, statuses ...int) *Response {
	r := &Response{Status: 200, URL: to, requested: from}
	for _, s := range statuses {
		r.Hops = append(r.Hops, Hop{URL: from, Status: s, To: to})
	}
	return r
}

func TestMoves(t *testing.T) {
	const a, b, c = "https://old.example/feed", "https://new.example/feed", "https://other.example/feed"
	type sighting struct {
		after    time.Duration
		response *Response
	}
	const day = 24 * time.Hour
	withheld := moved(a, b, 301)
	withheld.CredentialsWithheld = true
	tied := moved(a, b, 301)
	tied.tied = true
	for _, m := range []struct {
		remark string
		seen   []sighting
		adopt  string
	}{
		{"three times over a day", []sighting{{0, moved(a, b, 301)}, {12 * time.Hour, moved(a, b, 301)}, {day, moved(a, b, 301)}}, b},
		{"308 is as good", []sighting{{0, moved(a, b, 308)}, {12 * time.Hour, moved(a, b, 301, 308)}, {day, moved(a, b, 308)}}, b},
		{"three times in an hour", []sighting{{0, moved(a, b, 301)}, {time.Minute, moved(a, b, 301)}, {time.Hour, moved(a, b, 301)}}, ""},
		{"twice over a month", []sighting{{0, moved(a, b, 301)}, {30 * day, moved(a, b, 301)}}, ""},
		{"temporary, for years", []sighting{{0, moved(a, b, 302)}, {300 * day, moved(a, b, 307)}, {600 * day, moved(a, b, 302)}, {900 * day, moved(a, b, 303)}}, ""},
		{"a temporary hop in the chain", []sighting{{0, moved(a, b, 301, 302)}, {day, moved(a, b, 301, 302)}, {2 * day, moved(a, b, 301, 302)}}, ""},
		{"in between it answered itself", []sighting{{0, moved(a, b, 301)}, {day, moved(a, b, 301)}, {2 * day, moved(a, a)}, {3 * day, moved(a, b, 301)}}, ""},
		{"in between it led elsewhere", []sighting{{0, moved(a, b, 301)}, {day, moved(a, c, 301)}, {2 * day, moved(a, b, 301)}, {3 * day, moved(a, b, 301)}}, ""},
		{"and back for long enough", []sighting{{0, moved(a, c, 301)}, {day, moved(a, b, 301)}, {2 * day, moved(a, b, 301)}, {3 * day, moved(a, b, 301)}}, b},
		{"the configured address has changed since", []sighting{{0, moved(c, b, 301)}, {day, moved(c, b, 301)}, {2 * day, moved(a, b, 301)}}, ""},
		{"down to http", []sighting{{0, moved(a, "http://new.example/", 301)}, {day, moved(a, "http://new.example/", 301)}, {2 * day, moved(a, "http://new.example/", 301)}}, ""},
		{"credentials would go along", []sighting{{0, withheld}, {day, withheld}, {2 * day, withheld}}, ""},
		{"credentials in the address would be lost", []sighting{{0, tied}, {day, tied}, {2 * day, tied}}, ""},
		{"a clock that was set back", []sighting{{2 * day, moved(a, b, 301)}, {0, moved(a, b, 301)}, {time.Hour, moved(a, b, 301)}}, ""},
	} {
		t.Run(m.remark, func(t *testing.T) {
			var state Moves
			var adopt string
			for i, s := range m.seen {
				// It lives in a database between two visits.
				kept, err := json.Marshal(state)
				if err != nil {
					t.Fatal(err)
				}
				state = Moves{}
				if err := json.Unmarshal(kept, &state); err != nil {
					t.Fatal(err)
				}
				if state, adopt = state.See(s.response, now.Add(s.after)); adopt != "" && i < len(m.seen)-1 {
					t.Fatalf("adopted %s at sighting %d already", adopt, i+1)
				}
			}
			if adopt != m.adopt {
				t.Errorf("adopted %q, want %q (%+v)", adopt, m.adopt, state)
			}
		})
	}
}

func TestOutage(t *testing.T) {
	hosts := []string{"https://a.example/1", "https://b.example/", "https://c.example/", "https://d.example/", "https://e.example/"}
	down, notFound := &Error{Kind: KindDNS}, &Error{Kind: KindHTTPStatus, Status: 404}
	var o Outage
	if o.Ours(now) {
		t.Error("nothing was seen, and it is our network")
	}
	for _, h := range hosts[:3] {
		o.See(h, down, now)
	}
	o.See("https://a.example/2", down, now)
	if o.Ours(now) {
		t.Error("three hosts are too few to tell")
	}
	o.See(hosts[3], nil, now)
	if o.Ours(now) {
		t.Error("three of four hosts are down, one answers, and it is our network")
	}
	o.See(hosts[3], &Error{Kind: KindTimeout}, now)
	if !o.Ours(now) {
		t.Error("four of four hosts failed, and it is not our network")
	}
	o.See(hosts[4], notFound, now)
	if !o.Ours(now) {
		t.Error("four of five hosts failed, and it is not our network")
	}
	o.See(hosts[0], nil, now)
	o.See(hosts[1], notFound, now)
	if o.Ours(now) {
		t.Error("three of five hosts answered, and it is our network")
	}
	o.See(hosts[0], &Error{Kind: KindCanceled}, now)
	if o.Ours(now) {
		t.Error("that we gave up ourselves says nothing")
	}
	if later := now.Add(OutageWindow + time.Second); o.Ours(later) || len(o.hosts) != 0 {
		t.Errorf("after the window %d hosts are left", len(o.hosts))
	}
}

// What an outage counts as it goes is what a count of the last visits of all hosts tells.
func TestOutageCountsTheLastVisitOfEachHost(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	now := time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)
	var o Outage
	last := map[int]sighting{}
	told := map[bool]int{}
	for range 5000 {
		now = now.Add(time.Duration(random.IntN(40)-2) * time.Second) // clocks are set back at times
		host, failed := random.IntN(20), random.IntN(4) > 0
		var err *Error
		if failed {
			err = &Error{Kind: KindTimeout}
		}
		o.See(fmt.Sprintf("https://h%d.example/feed", host), err, now)
		last[host] = sighting{at: now, failed: failed}
		asked, missed := 0, 0
		maps.DeleteFunc(last, func(_ int, s sighting) bool { return now.Sub(s.at) > OutageWindow })
		for host, s := range last {
			if o.hosts[fmt.Sprintf("h%d.example:443", host)].own {
				continue // see TestWhoFailsWhileOthersAnswer
			}
			asked++
			if s.failed {
				missed++
			}
		}
		want := asked >= OutageHosts && 4*missed > 3*asked
		if got := o.Ours(now); got != want {
			t.Fatalf("at %v of %d hosts %d failed: ours is %v", now, asked, missed, got)
		}
		told[want]++
	}
	if told[true] < 500 || told[false] < 500 {
		t.Errorf("the visits came to %v: one of both is hardly told", told)
	}
}

// Four dead hosts, which are asked each minute while our network is taken for down, are
// nearly all that is asked where one host has all that works.
func TestWhoFailsWhileOthersAnswer(t *testing.T) {
	now := time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)
	down := &Error{Kind: KindTimeout}
	dead := []string{"https://a.example/", "https://b.example/", "https://c.example/", "https://d.example/"}
	var o Outage
	minute := func(works, answers bool) {
		now = now.Add(time.Minute)
		for _, h := range dead {
			o.See(h, down, now)
		}
		var err *Error
		if !answers {
			err = down
		}
		if works {
			o.See("https://works.example/", err, now)
		}
	}
	minute(true, true)
	if !o.Ours(now) {
		t.Error("nearly all fail at once, and it is not our network")
	}
	for range 6 {
		minute(true, true)
	}
	for range 100 {
		if minute(true, true); o.Ours(now) {
			t.Fatal("a host answers each minute, and it is our network")
		}
	}
	if len(o.hosts) != 5 || o.own != 4 {
		t.Errorf("%d hosts are known, of which %d fail by themselves; want 5 and 4", len(o.hosts), o.own)
	}

	// An outage of our own is one however long it lasts, and whoever is dead besides.
	for i := range 5 {
		dead = append(dead, fmt.Sprintf("https://e%d.example/", i))
	}
	for range 60 {
		minute(true, false)
	}
	if !o.Ours(now) {
		t.Error("all fail for an hour, and it is not our network")
	}
	o.See(dead[0], nil, now)
	if o.own != 3 {
		t.Errorf("%d hosts fail by themselves, when one of four answered", o.own)
	}
	if later := now.Add(ownFor + time.Second); o.Ours(later) || len(o.hosts) != 0 || o.own != 0 {
		t.Errorf("after a day %d hosts are left", len(o.hosts))
	}
}

// Whoever answers shows that our network works, whatever the answer is.
func TestWhatIsNoAnswerMayBeOurs(t *testing.T) {
	late := &net.OpError{Op: "read", Err: os.ErrDeadlineExceeded}
	for says, test := range map[string]struct {
		err  Error
		want bool
	}{
		"a name that nobody looks up":               {Error{Kind: KindDNS}, true},
		"a refusal":                                 {Error{Kind: KindRefused}, true},
		"no route":                                  {Error{Kind: KindUnreachable}, true},
		"a connection that ends at once":            {Error{Kind: KindReset}, true},
		"no word in time":                           {Error{Kind: KindTimeout}, true},
		"no word in time, behind a redirect":        {Error{Kind: KindTimeout, Status: 302}, false},
		"a body that takes too long":                {Error{Kind: KindTimeout, Status: 200}, false},
		"a proxy that does not let us through":      {Error{Kind: KindProxy}, true},
		"a certificate that has expired":            {Error{Kind: KindTLS, Cause: &tls.CertificateVerificationError{Err: x509.CertificateInvalidError{Reason: x509.Expired}}}, false},
		"an alert":                                  {Error{Kind: KindTLS, Cause: tls.AlertError(40)}, false},
		"a secure connection that comes to nothing": {Error{Kind: KindTLS, Cause: late}, true},
		"404":                        {Error{Kind: KindHTTPStatus, Status: 404}, false},
		"503":                        {Error{Kind: KindHTTPStatus, Status: 503}, false},
		"an answer that is not HTTP": {Error{Kind: KindProtocol}, false},
		"a document that is too large for its place": {Error{Kind: KindTooLarge, Status: 200}, false},
	} {
		if got := test.err.MayBeOurs(); got != test.want {
			t.Errorf("%s: it may be ours is %v", says, got)
		}
	}
}
