package probe

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/flow"
)

// public is the site's public address: what stands before it may be changed.
type public struct {
	*httptest.Server
	mu     sync.Mutex
	answer http.HandlerFunc
	asked  []string // paths
	agents []string
}

// becomes puts another answer in the place of the one that is given.
func (p *public) becomes(answer http.HandlerFunc) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answer = answer
}

// requests returns which paths were asked, and by whom.
func (p *public) requests() (paths, agents []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.asked), slices.Clone(p.agents)
}

// serve returns the public address of what a handler answers, by https where a certificate
// is given.
func serve(t *testing.T, answer http.HandlerFunc, certificate *tls.Certificate) *public {
	t.Helper()
	p := &public{answer: answer}
	p.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		p.asked, p.agents = append(p.asked, r.URL.Path), append(p.agents, r.UserAgent())
		answer := p.answer
		p.mu.Unlock()
		answer(w, r)
	}))
	p.Config.ErrorLog = log.New(discard{}, "", 0)
	if certificate != nil {
		p.TLS = &tls.Config{Certificates: []tls.Certificate{*certificate}}
		p.StartTLS()
	} else {
		p.Start()
	}
	t.Cleanup(p.Close)
	return p
}

type discard struct{}

func (discard) Write(b []byte) (int, error) { return len(b), nil }

// site answers with the documents of a city.
func site(t *testing.T, c *city) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		key, ok := feeds.ParseDocumentPath(strings.TrimPrefix(r.URL.Path, "/"))
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", key.Format.MediaType())
		_, _ = w.Write(c.document(t, key))
	}
}

// prober returns what probes an address, and its clock.
func prober(c *city, address string, roots *x509.CertPool) (*Prober, *time.Time) {
	now := day.Add(time.Hour)
	return &Prober{
		Settings: Settings{URL: address, Every: time.Minute, MaxAge: time.Minute},
		Client:   fetch.New(fetch.Config{UserAgent: "Kairan probe/1.0", AllowedNetworks: []string{"127.0.0.1"}, RootCAs: roots, MaxIdle: -1, Timeout: 5 * time.Second}),
		Memory:   memory{}, Log: c, Now: func() time.Time { return now },
	}, &now
}

func round(t *testing.T, p *Prober, now *time.Time, site *feeds.Site) flow.Probe {
	t.Helper()
	*now = now.Add(time.Minute)
	seen, err := p.Round(t.Context(), site)
	if err != nil {
		t.Fatal(err)
	}
	return seen
}

func TestEachDocumentHasItsTurn(t *testing.T) {
	c := newCity("en", "ja", "th")
	c.notices = 2
	s := serve(t, site(t, c), nil)
	p, now := prober(c, s.URL, nil)
	for range 12 {
		if seen := round(t, p, now, &c.site); seen.Failing != nil || !seen.Succeeded.Equal(*now) || seen.Took <= 0 {
			t.Fatalf("it fails: %+v %+v", seen, seen.Failing)
		}
	}
	want := "/en/all.rss /ja/all.rss /en/all.atom /th/all.rss /en/all.json /ja/all.atom /en/all.rss /th/all.atom /en/all.atom /ja/all.json /en/all.json /th/all.json"
	asked, agents := s.requests()
	if got := strings.Join(asked, " "); got != want {
		t.Errorf("asked:\n%s, want\n%s", got, want)
	}
	if agents[0] != "Kairan probe/1.0" {
		t.Errorf("it calls itself %q", agents[0])
	}
}

// What stands between a site and its readers fails in these ways; each is told after two
// rounds, and no more once it is mended.
func TestWhatStandsBeforeTheSiteFails(t *testing.T) {
	for _, test := range []struct {
		remark string
		broken func(*testing.T, *city) http.HandlerFunc
		want   flow.ProbeReason
	}{
		{"a cache that asks no more", func(t *testing.T, c *city) http.HandlerFunc { return site(t, c.as(1)) }, flow.ProbeStale},
		{"a cache that answers for a dead server", func(t *testing.T, c *city) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Age", "3600")
				site(t, c)(w, r)
			}
		}, flow.ProbeStale},
		{"another site at its address", func(*testing.T, *city) http.HandlerFunc {
			return func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html")
				_, _ = w.Write([]byte("<!DOCTYPE html><title>Welcome to nginx!</title>"))
			}
		}, flow.ProbeInvalid},
		{"a dead upstream", func(*testing.T, *city) http.HandlerFunc {
			return func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "Bad Gateway", http.StatusBadGateway) }
		}, flow.ProbeStatus},
		{"a feed that is cut off", func(t *testing.T, c *city) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) {
				whole := httptest.NewRecorder()
				site(t, c)(whole, r)
				w.Header().Set("Content-Type", whole.Header().Get("Content-Type"))
				w.Header().Set("Content-Length", strconv.Itoa(whole.Body.Len()))
				_, _ = w.Write(whole.Body.Bytes()[:whole.Body.Len()/2])
				panic(http.ErrAbortHandler)
			}
		}, flow.ProbeInvalid},
		{"a feed that is cut off where nobody sees it", func(t *testing.T, c *city) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) {
				whole := httptest.NewRecorder()
				site(t, c)(whole, r)
				w.Header().Set("Content-Type", whole.Header().Get("Content-Type"))
				_, _ = w.Write(whole.Body.Bytes()[:whole.Body.Len()-10])
			}
		}, flow.ProbeInvalid},
		{"a connection that is closed", func(*testing.T, *city) http.HandlerFunc {
			return func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
		}, flow.ProbeUnreachable},
		{"a notice is left out", func(t *testing.T, c *city) http.HandlerFunc {
			hole := c.as(3)
			hole.gone[2] = true
			return site(t, hole)
		}, flow.ProbeMissing},
	} {
		t.Run(test.remark, func(t *testing.T) {
			c := newCity("en", "ja")
			c.notices = 3
			s := serve(t, site(t, c), nil)
			p, now := prober(c, s.URL, nil)
			for range 3 {
				if seen := round(t, p, now, &c.site); seen.Failing != nil {
					t.Fatalf("it fails before it does: %+v", seen.Failing)
				}
			}
			s.becomes(test.broken(t, c))
			first := round(t, p, now, &c.site)
			since := *now
			second := round(t, p, now, &c.site)
			if first.Failing == nil || first.Failing.Count != 1 || second.Failing == nil || second.Failing.Count != 2 {
				t.Fatalf("failures are %+v, %+v", first.Failing, second.Failing)
			}
			if second.Reason != test.want || !second.Failing.Since.Equal(since) || first.Document != second.Document || !strings.Contains(second.Failing.Error, s.URL) {
				t.Errorf("%s of %s: %+v; want %s", second.Reason, second.Document, second.Failing, test.want)
			}
			kept, err := Seen(t.Context(), p.Memory)
			if err != nil || kept.Reason != test.want || kept.Failing.Count != 2 {
				t.Errorf("what is kept is %+v, %v", kept, err)
			}
			s.becomes(site(t, c))
			rounds := 0
			for seen := second; seen.Failing != nil && rounds < 4; rounds++ {
				seen = round(t, p, now, &c.site)
			}
			if rounds > 2 {
				t.Errorf("it is told for %d rounds after it was mended", rounds)
			}
		})
	}
}

func TestAFaultOfOneDocumentIsNotForgottenOverOthers(t *testing.T) {
	c := newCity("en", "ja", "th")
	c.notices = 3
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/th/all.atom" {
			http.Error(w, "no", http.StatusForbidden)
			return
		}
		site(t, c)(w, r)
	}, nil)
	p, now := prober(c, s.URL, nil)
	var counts []int
	for range 20 {
		n := 0
		if seen := round(t, p, now, &c.site); seen.Failing != nil {
			n = seen.Failing.Count
		}
		counts = append(counts, n)
	}
	// The others have their turns between.
	if got := fmt.Sprint(counts[7:]); got != "[1 2 2 3 3 4 4 5 5 6 6 7 7]" {
		t.Errorf("counts are %v", counts)
	}
	c.site.Locales = c.site.Locales[:2]
	if seen := round(t, p, now, &c.site); seen.Failing != nil {
		t.Errorf("a locale that is no more fails: %+v", seen.Failing)
	}
}

// In an hour in which nothing is reached each document fails.
func TestOneSuccessEndsAnOutage(t *testing.T) {
	c := newCity("en", "ja", "th")
	c.notices = 3
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "", http.StatusBadGateway) }, nil)
	p, now := prober(c, s.URL, nil)
	for n := 1; n <= 60; n++ {
		if seen := round(t, p, now, &c.site); seen.Failing == nil || seen.Failing.Count != n {
			t.Fatalf("round %d: %+v", n, seen.Failing)
		}
	}
	s.becomes(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/th/all.rss" {
			http.Error(w, "", http.StatusBadGateway)
			return
		}
		site(t, c)(w, r)
	})
	failed := 0
	for range 20 {
		if seen := round(t, p, now, &c.site); seen.Failing != nil && seen.Document == "th/all.rss" {
			failed = seen.Failing.Count
		} else if failed == 0 && seen.Failing != nil {
			t.Fatalf("%s succeeded and it fails: %+v", seen.Document, seen.Failing)
		}
	}
	if failed < 2 {
		t.Errorf("the one that still fails was seen to fail %d times", failed)
	}
}

func TestNewsNeedNotBeThereAtOnce(t *testing.T) {
	c := newCity("en")
	c.notices = 3
	old := c.as(3)
	s := serve(t, site(t, old), nil)
	p, now := prober(c, s.URL, nil)
	round(t, p, now, &c.site)
	c.publish(now.Add(time.Second))
	published := now.Add(time.Second)
	for {
		seen := round(t, p, now, &c.site)
		late := now.Sub(published) >= p.Settings.MaxAge+Grace
		if (seen.Failing != nil) != late {
			t.Fatalf("after %v: %+v", now.Sub(published), seen.Failing)
		}
		if late {
			break
		}
	}
	// A city that publishes each minute has no moment at which its last revision is old.
	c.publish(*now)
	*old = *c.as(4)
	for range 3 {
		round(t, p, now, &c.site)
	}
	for range 12 {
		c.publish(*now)
		round(t, p, now, &c.site)
	}
	if seen := round(t, p, now, &c.site); seen.Failing == nil || seen.Reason != flow.ProbeStale {
		t.Errorf("an old document amid much news is not told: %+v", seen)
	}
}

func TestAProbeThatNobodyConfiguredAlarmsNobodyBeforeItSucceeded(t *testing.T) {
	c := newCity("en")
	c.notices = 1
	dead := func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "", http.StatusBadGateway) }
	s := serve(t, dead, nil)
	p, now := prober(c, s.URL, nil)
	p.Settings.Implied = true
	for n := 1; n < 4; n++ {
		if seen := round(t, p, now, &c.site); seen.Failing != nil || seen.Unproven == nil || seen.Unproven.Count != n || seen.Reason != flow.ProbeStatus {
			t.Fatalf("round %d: %+v", n, seen)
		}
	}
	s.becomes(site(t, c))
	if seen := round(t, p, now, &c.site); seen.Failing != nil || seen.Unproven != nil {
		t.Fatalf("it succeeded: %+v", seen)
	}
	s.becomes(dead)
	if seen := round(t, p, now, &c.site); seen.Failing == nil || seen.Unproven != nil {
		t.Errorf("there is a way, and it fails: %+v", seen)
	}
	p.Settings.URL = s.URL + "/elsewhere" // of which nothing is known
	if seen := round(t, p, now, &c.site); seen.Failing != nil || seen.Unproven == nil {
		t.Errorf("at a new address it was never proven: %+v", seen)
	}
}

func TestNothingIsAskedBeforeAnythingIsPublished(t *testing.T) {
	c := newCity("en")
	c.revised = time.UnixMilli(0)
	s := serve(t, site(t, c), nil)
	p, now := prober(c, s.URL, nil)
	seen := round(t, p, now, &c.site)
	if asked, _ := s.requests(); len(asked) > 0 || !seen.Last.IsZero() || seen.URL != s.URL {
		t.Errorf("asked %v, saw %+v", asked, seen)
	}
}

func TestAPrivateAddressIsReachedOnlyWhereItIsNamed(t *testing.T) {
	c := newCity("en")
	c.notices = 1
	s := serve(t, site(t, c), nil)
	p, now := prober(c, s.URL, nil)
	p.Client = fetch.New(fetch.Config{})
	seen := round(t, p, now, &c.site)
	if asked, _ := s.requests(); seen.Failing == nil || seen.Reason != flow.ProbeUnreachable || len(asked) > 0 {
		t.Errorf("asked %v, saw %+v", asked, seen)
	}
}

func TestARedirectToAnotherHostIsNoted(t *testing.T) {
	c := newCity("en")
	c.notices = 1
	other := serve(t, site(t, c), nil)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL+r.URL.Path, http.StatusFound)
	}, nil)
	p, now := prober(c, s.URL, nil)
	seen := round(t, p, now, &c.site)
	if seen.Failing != nil || !strings.HasPrefix(seen.Elsewhere, other.URL) {
		t.Errorf("saw %+v", seen)
	}
}

func TestTheCertificateIsSeen(t *testing.T) {
	for _, test := range []struct {
		remark string
		until  time.Time
		host   string
		want   flow.ProbeReason
		says   string
	}{
		{"a good one", time.Now().Add(240 * time.Hour).Truncate(time.Second), "127.0.0.1", "", ""},
		{"an expired one", time.Now().Add(-time.Hour).Truncate(time.Second), "127.0.0.1", flow.ProbeCertificate, "expired"},
		{"one of another host", time.Now().Add(240 * time.Hour).Truncate(time.Second), "192.0.2.1", flow.ProbeCertificate, "192.0.2.1"},
	} {
		c := newCity("en")
		c.notices = 1
		certificate, roots := certify(t, test.host, test.until)
		s := serve(t, site(t, c), certificate)
		p, now := prober(c, s.URL, roots)
		seen := round(t, p, now, &c.site)
		if seen.Reason != test.want || !strings.Contains(seen.Certificate.Wrong, test.says) || (seen.Certificate.Wrong == "") != (test.want == "") || !seen.Certificate.Until.Equal(test.until) {
			t.Errorf("%s: saw %s, %+v, %+v; want until %v", test.remark, seen.Reason, seen.Failing, seen.Certificate, test.until)
		}
	}
}

// certify returns a certificate of an address, and who believes it.
func certify(t *testing.T, address string, until time.Time) (*tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: until.Add(-1000 * time.Hour), NotAfter: until, IPAddresses: []net.IP{net.ParseIP(address)},
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(leaf)
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, roots
}
