//go:build !nobuckets

package export

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"

	"golang.org/x/oauth2/google"
)

// openGoogle opens gs://NAME with Application Default Credentials. It understands
// anonymous and universe_domain. The environment's STORAGE_EMULATOR_HOST is asked in
// Google's place, without credentials.
func openGoogle(ctx context.Context, u *url.URL) (objects, error) {
	p, err := parametersOf(u, "anonymous", "universe_domain")
	if err != nil {
		return nil, err
	}
	anonymous, universe := p.flag("anonymous"), p.Get("universe_domain")
	if p.err != nil {
		return nil, p.err
	}
	s := &storage{
		provider:  "Cloud Storage",
		base:      url.URL{Scheme: "https", Host: "storage." + cmp.Or(universe, "googleapis.com"), Path: "/" + u.Host},
		metadata:  "X-Goog-Meta-",
		client:    newClient(http.DefaultTransport.(*http.Transport)),
		authorize: func(*http.Request, []byte) error { return nil },
		pause:     pauseLonger,
	}
	if host := os.Getenv("STORAGE_EMULATOR_HOST"); host != "" {
		s.base.Scheme, s.base.Host = "http", host
		if scheme, rest, ok := strings.Cut(host, "://"); ok {
			s.base.Scheme, s.base.Host = scheme, strings.TrimRight(rest, "/")
		}
		return s, nil
	}
	if anonymous {
		return s, nil
	}
	credentials, err := google.FindDefaultCredentialsWithParams(ctx, google.CredentialsParams{
		Scopes: []string{"https://www.googleapis.com/auth/cloud-platform"}, UniverseDomain: universe,
	})
	if err != nil {
		return nil, fmt.Errorf("find Application Default Credentials: %w", err)
	}
	s.authorize = func(r *http.Request, _ []byte) error {
		token, err := credentials.TokenSource.Token() // kept until it ends
		if err != nil {
			return fmt.Errorf("get a token by Application Default Credentials: %w", err)
		}
		token.SetAuthHeader(r)
		return nil
	}
	return s, nil
}
