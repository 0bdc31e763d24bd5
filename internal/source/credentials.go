package source

import (
	"errors"
	"fmt"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
)

// credentials looks up what proves to a source's own host who asks. An error names
// the secret that is missing, and never shows one.
func (c *Collector) credentials(s feeds.Source) (fetch.Credentials, error) {
	named := s.Credentials
	if named == (feeds.Credentials{}) {
		return fetch.Credentials{}, nil
	}
	if c.Secret == nil {
		return fetch.Credentials{}, errors.New("nothing tells the secrets that its credentials name")
	}
	out := fetch.Credentials{User: named.User, Header: named.Header}
	for name, field := range map[string]*string{named.Password: &out.Password, named.Bearer: &out.Bearer, named.Value: &out.Value} {
		if name == "" {
			continue
		}
		secret, err := c.Secret(name)
		if err != nil {
			return fetch.Credentials{}, fmt.Errorf("its credentials: %w", err)
		}
		*field = secret
	}
	return out, nil
}
