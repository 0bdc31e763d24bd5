// Package pgtest gives tests a PostgreSQL of their own.
//
// The first test of a test binary that asks for a database starts a private
// cluster from the binaries that are installed: in memory where there is room, else in
// a temporary directory (cluster.go), on a Unix socket, without fsync, as an
// unprivileged user where the tests run as root (initdb refuses root). Each test gets
// its own database, copied from a template.
//
// The cluster is the child of a small shell that waits on a pipe from the test
// binary. However the binary ends (by itself, by panic, by a time limit, by
// kill -9), the pipe closes, and the shell stops the cluster and removes its
// directory. So no TestMain is needed and nothing is left behind.
//
// A test that stops its server has one of its own: [NewServer].
//
// Where PostgreSQL is not installed, tests that ask for it are skipped, and say so;
// where the environment variable CI is set they fail. KAIRAN_TEST_POSTGRES, the
// URL of a server that may create databases, is used instead of a cluster.
package pgtest
