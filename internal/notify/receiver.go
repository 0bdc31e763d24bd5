package notify

import (
	"context"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// Receiver is somebody who is told.
type Receiver struct {
	// Name is what the configuration calls it. What it was told is remembered by that.
	Name string
	// AtLeast is how urgent it must be: [flow.Page], or [flow.Ticket] for both.
	AtLeast flow.Urgency
	// Gather is how long what is no page waits for more; 0 is not at all.
	Gather time.Duration
	// Sender sends.
	Sender Sender
}

// Sender sends a message by one way, to one address. An error of it holds no secret, neither a
// password nor an address that may have one in it.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// Bounds.
const (
	// StaleAfter is how old a claim is that nobody waits for.
	StaleAfter = 2 * time.Minute
	// SendTimeout bounds one message.
	SendTimeout = 30 * time.Second
	// Spacing lies between two messages to one receiver at least.
	Spacing = 30 * time.Second
	// firstWait and longestWait lie between two tries to tell a receiver that fails.
	firstWait   = 15 * time.Second
	longestWait = 10 * time.Minute
	// remembered is how long after its end that is still told.
	remembered = 24 * time.Hour
)

// waitAfter is how long a receiver is left alone after so many failures in a row.
func waitAfter(failures int) time.Duration {
	wait := firstWait
	for range failures - 1 {
		if wait *= 2; wait >= longestWait {
			return longestWait
		}
	}
	return wait
}
