package fetch

import (
	"crypto/x509"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

func TestAnAnswerTellsItsAgeAndUntilWhenItIsBelieved(t *testing.T) {
	handler := func(w http.ResponseWriter, r *http.Request) {
		if age := r.URL.Query().Get("age"); age != "" {
			w.Header().Set("Age", age)
		}
		_, _ = w.Write([]byte(feed))
	}
	plain := serve(t, handler)
	secure := httptest.NewTLSServer(http.HandlerFunc(handler))
	t.Cleanup(secure.Close)
	roots := x509.NewCertPool()
	roots.AddCert(secure.Certificate())
	c := newClient(t, func(c *Config) { c.RootCAs = roots })
	for _, test := range []struct {
		address string
		age     time.Duration
		until   time.Time
	}{
		{plain.URL, 0, time.Time{}},
		{plain.URL + "/?age=90", 90 * time.Second, time.Time{}},
		{plain.URL + "/?age=old", 0, time.Time{}},
		{secure.URL, 0, secure.Certificate().NotAfter},
	} {
		r, problem := get(t, c, Request{URL: test.address})
		if problem != nil {
			t.Fatal(problem)
		}
		if r.Age != test.age || !r.CertificateUntil.Equal(test.until) {
			t.Errorf("%s: age %v, until %v; want %v, %v", test.address, r.Age, r.CertificateUntil, test.age, test.until)
		}
	}
}
