package pgtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Template makes databases that are copies of one that was prepared once for the
// test binary, such as by migrations. The zero value makes empty databases. Keep
// it in a variable of the test package.
type Template struct {
	// Prepare is given the URL of the empty database to copy from; it must close
	// its connections. Nil leaves it empty.
	Prepare func(ctx context.Context, url string) error

	once sync.Once
	name string
	err  error
}

// URL returns the address of a fresh database, which is dropped when the test ends.
func (tpl *Template) URL(t testing.TB) string {
	t.Helper()
	server, err := theServer()
	if err != nil {
		none(t, err)
	}
	tpl.once.Do(func() { tpl.name, tpl.err = tpl.prepare(server) })
	if tpl.err != nil {
		t.Fatalf("prepare the template database: %v", tpl.err)
	}
	name := databaseName()
	statement := "CREATE DATABASE " + name
	if tpl.name != "" {
		statement += " TEMPLATE " + tpl.name
	}
	if err := run(server, statement); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := run(server, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	return withDatabase(server, name)
}

// none ends a test for which there is no PostgreSQL.
func none(t testing.TB, err error) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf("PostgreSQL is required under CI: %v", err)
	}
	t.Skipf("NOT TESTED ON POSTGRESQL: %v", err)
}

func (tpl *Template) prepare(server string) (name string, err error) {
	if tpl.Prepare == nil {
		return "", nil
	}
	name = databaseName()
	if err := run(server, "CREATE DATABASE "+name); err != nil {
		return "", err
	}
	return name, tpl.Prepare(context.Background(), withDatabase(server, name))
}

// URL returns the address of a fresh, empty database, which is dropped when the
// test ends.
func URL(t testing.TB) string {
	t.Helper()
	return new(Template).URL(t)
}

// theCluster is the test binary's own. It is kept, since it ends with the pipe by which it
// takes orders, and that with whoever holds it.
var theCluster = sync.OnceValues(func() (*cluster, error) { return start(settings) })

// theServer returns the address of the test binary's server, and starts it first.
func theServer() (string, error) {
	if address := os.Getenv("KAIRAN_TEST_POSTGRES"); address != "" {
		return address, run(address, "SELECT 1")
	}
	c, err := theCluster()
	if err != nil {
		return "", err
	}
	return c.address, nil
}

var databases atomic.Int64

// databaseName is new for the server too, which others may share.
func databaseName() string {
	return fmt.Sprintf("kairan_test_%d_%d", os.Getpid(), databases.Add(1))
}

func withDatabase(server, name string) string {
	u, err := url.Parse(server)
	if err != nil {
		return server
	}
	u.Path = "/" + name
	return u.String()
}

// run runs one statement on a connection of its own.
func run(address, statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, statement, pgx.QueryExecModeSimpleProtocol); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}
