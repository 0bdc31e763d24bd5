package fetch

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"sync"
	"time"
)

const (
	// RobotsLifetime is how long a robots.txt is believed (RFC 9309 §2.4).
	RobotsLifetime = 24 * time.Hour
	// RobotsRetry is how long a robots.txt that could not be reached is left alone,
	// where the server does not ask for more.
	RobotsRetry = time.Hour
	// RobotsMaxBytes is how much of a robots.txt is read (RFC 9309 §2.5).
	RobotsMaxBytes = 500 << 10
	// robotsHosts is how many are remembered.
	robotsHosts = 1000
)

// Robots obeys robots.txt (RFC 9309) for sources that are made for people: pages and
// sitemaps. Feeds are made for machines and are exempt. It may be used by many
// goroutines at once.
type Robots struct {
	client *Client
	token  string // the product token, in lower case

	mu    sync.Mutex
	hosts map[robotsKey]*robotsHost
}

// robotsKey separates requests that may see private networks from those that may not.
type robotsKey struct {
	origin  string
	private bool
}

type robotsHost struct {
	turn    chan struct{} // holds one token while somebody reads or fetches what follows
	rules   *robotsRules
	until   time.Time // when to fetch again
	failure error     // why it could not be reached; nil if it was
	request Request   // with the validators of the last one
	used    time.Time // guarded by Robots.mu
}

// NewRobots returns a guard that asks with the client. Its product token (RFC 9309
// §2.2.1) is the name at the beginning of the client's User-Agent.
func NewRobots(c *Client) *Robots {
	return &Robots{client: c, token: productToken(c.config.UserAgent), hosts: map[robotsKey]*robotsHost{}}
}

// AllowedFor reports whether a request may be made, of which URL, AllowPrivate and Pause
// count. It asks the host for its robots.txt if need be, past any gate of its own:
// [Config.Gate] applies, so that the caller must not hold the host's turn.
//
// A robots.txt that does not exist (any status of 4xx but 429, or more redirects than
// are followed) allows everything; one that can't be reached (5xx, 429, network)
// forbids everything, or leaves the rules that were known in force. The error is
// not nil where the robots.txt could not be reached, with the answer that holds until
// then: it is a remark for operators. Where the context ended, the answer is no.
func (r *Robots) AllowedFor(ctx context.Context, request Request) (bool, error) {
	u, problem := parseAddress(request.URL)
	if problem != nil {
		return false, (&walk{}).fail(problem, Redact(request.URL), nil)
	}
	if u.Path == "/robots.txt" {
		return true, nil // RFC 9309 §2.2.2
	}
	u.User = nil
	host := r.host(robotsKey{u.Scheme + "://" + hostPort(u.String()), request.AllowPrivate})
	select {
	case host.turn <- struct{}{}:
	case <-ctx.Done():
		return false, context.Cause(ctx)
	}
	defer func() { <-host.turn }()

	if now := r.client.config.Now(); host.rules == nil || !now.Before(host.until) {
		host.request.Pause = request.Pause
		if host.failure = r.fetch(ctx, host, now); host.rules == nil {
			return false, host.failure
		}
	}
	return host.rules.allow(requestTarget(u)), host.failure
}

// host returns what is known of a host, and forgets the one that was not used for
// the longest time when there are too many.
func (r *Robots) host(key robotsKey) *robotsHost {
	r.mu.Lock()
	defer r.mu.Unlock()
	h := r.hosts[key]
	if h == nil {
		if len(r.hosts) >= robotsHosts {
			r.forgetOldest()
		}
		h = &robotsHost{turn: make(chan struct{}, 1)}
		h.request = Request{URL: key.origin + "/robots.txt", Accept: "text/plain, */*;q=0.5",
			AllowPrivate: key.private, MaxBytes: RobotsMaxBytes, KeepPrefix: true}
		r.hosts[key] = h
	}
	h.used = r.client.config.Now()
	return h
}

func (r *Robots) forgetOldest() {
	var oldest robotsKey
	var at time.Time
	for key, h := range r.hosts {
		if at.IsZero() || h.used.Before(at) {
			oldest, at = key, h.used
		}
	}
	delete(r.hosts, oldest)
}

// fetch asks for a robots.txt. An error means that it could not be reached.
func (r *Robots) fetch(ctx context.Context, host *robotsHost, now time.Time) error {
	response, err := r.client.Get(ctx, host.request)
	var failure *Error
	switch {
	case err == nil && response.NotModified:
		host.until = now.Add(RobotsLifetime)
		host.request.ETag, host.request.LastModified = response.ETag, response.LastModified
		return nil
	case err == nil:
		host.learn(parseRobots(response.Body, r.token), response, now)
		return nil
	case errors.As(err, &failure) && failure.Kind == KindTruncated && response != nil && len(response.Body) > 0:
		host.learn(parseRobots(response.Body, r.token), response, now)
		return nil
	case errors.As(err, &failure) && noRobots(failure):
		host.learn(&robotsRules{}, response, now)
		return nil
	case ctx.Err() != nil:
		return err
	}
	// RFC 9309 §2.3.1.4: unreachable. Known rules go on holding (§2.4).
	if host.rules == nil {
		host.rules = &robotsRules{rules: []robotsRule{{pattern: "/"}}}
		host.request.ETag, host.request.LastModified = "", ""
	}
	host.until = now.Add(RobotsRetry)
	if response != nil && response.RetryAfter.After(host.until) {
		host.until = minTime(response.RetryAfter, now.Add(RobotsLifetime))
	}
	return err
}

func (h *robotsHost) learn(rules *robotsRules, response *Response, now time.Time) {
	h.rules, h.until = rules, now.Add(RobotsLifetime)
	h.request.ETag, h.request.LastModified, h.request.ValidatorsFor = "", "", ""
	if response != nil {
		h.request.ETag, h.request.LastModified, h.request.ValidatorsFor = response.ETag, response.LastModified, response.URL
	}
}

// noRobots reports whether an answer means that there is no robots.txt (RFC 9309
// §2.3.1.2 and §2.3.1.3).
func noRobots(e *Error) bool {
	switch e.Kind {
	case KindHTTPStatus, KindBotWall:
		return e.Status < 500 && e.Status != 429
	case KindEmpty, KindTooManyRedirects, KindRedirectLoop, KindRedirectInvalid:
		return true
	}
	return false
}

// requestTarget is what the rules are matched with: path and query.
func requestTarget(u *url.URL) string {
	target := u.EscapedPath()
	if u.RawQuery != "" || u.ForceQuery {
		target += "?" + u.RawQuery
	}
	return target
}

// productToken is the name at the beginning of a User-Agent.
func productToken(userAgent string) string {
	end := strings.IndexFunc(userAgent, func(c rune) bool {
		return !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_')
	})
	if end >= 0 {
		userAgent = userAgent[:end]
	}
	return strings.ToLower(userAgent)
}

func minTime(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
