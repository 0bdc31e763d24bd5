package notify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// agent is how we call ourselves at other people's servers.
const agent = "Kairan"

// NewClient returns the client by which webhooks, ntfy and the heartbeat are asked. The
// configuration names their addresses, which may be private; so no redirect is followed to
// others.
func NewClient() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost, transport.IdleConnTimeout = 1, 30*time.Second
	transport.ResponseHeaderTimeout = SendTimeout
	return &http.Client{
		Transport:     transport,
		Timeout:       SendTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// ask sends a request, and returns an error unless it is answered with success. The error
// names the host alone: what else is in the address may be a secret.
func ask(client *http.Client, request *http.Request) error {
	request.Header.Set("User-Agent", agent)
	answer, err := client.Do(request)
	host := request.URL.Host
	if err != nil {
		if wrapped, ok := errors.AsType[*url.Error](err); ok {
			err = wrapped.Err
		}
		return fmt.Errorf("%s could not be asked: %w", host, err)
	}
	defer answer.Body.Close()
	_, _ = io.CopyN(io.Discard, answer.Body, 64<<10) // so that the connection can be used again
	switch code := answer.StatusCode; {
	case code >= 200 && code < 300:
		return nil
	case code >= 300 && code < 400:
		return fmt.Errorf("%s answers %s, which leads elsewhere: configure the address that it leads to", host, answer.Status)
	case code == http.StatusUnauthorized || code == http.StatusForbidden:
		return fmt.Errorf("%s answers %s: look at the token", host, answer.Status)
	default:
		return fmt.Errorf("%s answers %s", host, answer.Status)
	}
}

// newRequest returns a request; its error does not repeat the address.
func newRequest(ctx context.Context, method, address string, body io.Reader) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		return nil, errors.New("the address that is configured can't be read")
	}
	return request, nil
}

// Secret gives a secret when it is needed, so that one that was changed holds at once. nil is
// none.
type Secret func() (string, error)

func (s Secret) value() (string, error) {
	if s == nil {
		return "", nil
	}
	return s()
}
