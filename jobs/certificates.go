package jobs

import (
	"sync"
	"time"
)

// Certificates takes note of until when the certificates of hosts hold that answer the
// collector. The zero value is ready; nil notes nothing. It is safe for concurrent use.
type Certificates struct {
	mu    sync.Mutex
	until map[string]time.Time
}

// Saw notes until when the certificate of a host holds, by the host's name and port.
func (c *Certificates) Saw(host string, until time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.until == nil {
		c.until = map[string]time.Time{}
	}
	c.until[host] = until
}

// of returns until when the certificate of a host holds; zero where none was seen.
func (c *Certificates) of(host string) time.Time {
	if c == nil {
		return time.Time{}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.until[host]
}
