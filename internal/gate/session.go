package gate

import (
	"crypto/rand"
	"sync"
	"time"
)

const (
	// sessionLife is how long a login lasts, used or not.
	sessionLife = 12 * time.Hour
	// mostSessions there are at once: the oldest gives way to another.
	mostSessions = 1000
)

// session is a login.
type session struct {
	token Digest // that was shown
	began time.Time
}

// sessions are the logins of a process, by the digests of their numbers: so that a look into
// the map tells nothing of those that there are.
type sessions struct {
	mu  sync.Mutex
	all map[Digest]session
}

// begin returns the number of a new session.
func (s *sessions) begin(token Digest, now time.Time) (number string) {
	number = rand.Text() // 130 bits
	s.mu.Lock()
	defer s.mu.Unlock()
	var oldest Digest
	for id, other := range s.all {
		if now.Sub(other.began) >= sessionLife {
			delete(s.all, id)
		} else if first, ok := s.all[oldest]; !ok || other.began.Before(first.began) {
			oldest = id
		}
	}
	if len(s.all) >= mostSessions {
		delete(s.all, oldest)
	}
	s.all[DigestOf(number)] = session{token, now}
	return number
}

// token returns the digest of the token that a session was begun with.
func (s *sessions) token(number string, now time.Time) (Digest, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.all[DigestOf(number)]
	if !ok || now.Sub(found.began) >= sessionLife {
		return Digest{}, false
	}
	return found.token, true
}

func (s *sessions) end(number string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.all, DigestOf(number))
}
