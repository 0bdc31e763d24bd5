package pgtest

import "testing"

// Server is a cluster of one test's own, which the test can stop and start. What it said that
// it has stored is there after each stop: it forgets no commit, as the others may.
type Server struct {
	t testing.TB
	c *cluster
}

// NewServer starts a server that ends with the test.
func NewServer(t testing.TB) *Server {
	t.Helper()
	c, err := start(append(settings[:len(settings):len(settings)], "synchronous_commit=on", "autovacuum=on"))
	if err != nil {
		none(t, err)
	}
	t.Cleanup(func() { c.orders.Close() }) // the shell ends it, and removes it
	return &Server{t, c}
}

// URL returns the address of a database, which is empty at first.
func (s *Server) URL() string { return s.c.address }

// Stop ends the server: all who are connected are cut off.
func (s *Server) Stop() { s.t.Helper(); s.order("INT") }

// Crash ends the server as a fault of its own would: it cleans up when it starts again.
func (s *Server) Crash() { s.t.Helper(); s.order("QUIT") }

// Start starts the server again, and waits until it answers.
func (s *Server) Start() {
	s.t.Helper()
	s.order("start")
	if err := s.c.answers(); err != nil {
		s.t.Fatal(err)
	}
}

func (s *Server) order(word string) {
	s.t.Helper()
	if err := s.c.order(word); err != nil {
		s.t.Fatal(err)
	}
}
