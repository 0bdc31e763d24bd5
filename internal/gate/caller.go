package gate

import (
	"context"
	"strings"
)

// Caller is who a request is from.
type Caller struct {
	// Name is the token's, or the proxy's user; "" where nobody is asked.
	Name string
	// Way is "page", "api" or "queue", by what is asked for; Origin is from where.
	Way, Origin string
	May         May
	// Session reports whether a cookie lets them in, which a logout ends.
	Session bool
}

// CanAct reports whether they may act.
func (c Caller) CanAct() bool { return c.May == Act }

// WhyNot says why they can't act and what to do; "" if they can.
func (c Caller) WhyNot() string {
	switch {
	case c.CanAct():
		return ""
	case c.Name == "":
		return "Nobody can act here, since the program has no admin token: set KAIRAN_ADMIN_TOKEN or KAIRAN_ADMIN_TOKEN_FILE, and start it again."
	}
	return c.Name + " may look and not act: log in with a token that has \"may: act\"."
}

type callerKey struct{}

// From returns who a request is from that has passed the gate. Of another context it is the
// zero Caller, who may nothing.
func From(ctx context.Context) Caller {
	c, _ := ctx.Value(callerKey{}).(Caller)
	return c
}

// With returns a context of a caller.
func With(ctx context.Context, c Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, c)
}

// wayOf returns by which way something is asked for.
func wayOf(path string) string {
	switch {
	case strings.HasPrefix(path, "/api/"):
		return "api"
	case path == "/queue" || strings.HasPrefix(path, "/queue/"):
		return "queue"
	}
	return "page"
}
