package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"strings"
)

// mostKept is how many statements a connection keeps. The store and the job engine have
// fewer texts; those of which there may be any number, such as lists of the engine's that
// are written out, don't fill the memory.
const mostKept = 256

// keeping opens SQLite connections that keep the statements which they have prepared, for
// whoever uses them: to prepare one takes longer than to run it. [database/sql.Stmt] would
// do that for the store alone, since the job engine prepares nothing.
type keeping struct{ driver.Connector }

// Connect implements driver.Connector.
func (k keeping) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := k.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &keeper{lasting: conn.(lasting), kept: map[string]*kept{}}, nil
}

// connection is what database/sql asks of a connection.
type connection interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
}

// lasting is a connection that is used again while it is valid.
type lasting interface {
	connection
	driver.Validator
}

// keeper is a connection with the statements that it keeps, by their texts. Like each
// connection it is used by one goroutine at a time.
type keeper struct {
	lasting
	kept map[string]*kept
}

// kept is a statement that is kept.
type kept struct {
	statement
	reading bool // the rows of its last run are not closed
}

// statement is what database/sql asks of a statement.
type statement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// ExecContext implements driver.ExecerContext.
func (c *keeper) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	k, err := c.keep(ctx, text)
	switch {
	case err != nil:
		return nil, err
	case k == nil:
		return c.lasting.ExecContext(ctx, text, args)
	}
	return k.ExecContext(ctx, args)
}

// QueryContext implements driver.QueryerContext.
func (c *keeper) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	k, err := c.keep(ctx, text)
	switch {
	case err != nil:
		return nil, err
	case k == nil:
		return c.lasting.QueryContext(ctx, text, args)
	}
	rows, err := k.QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	k.reading = true
	return &keptRows{rows, k}, nil
}

// keep returns the statement for a text, prepared now if it wasn't before; nil where its
// rows are still being read, and for a PRAGMA: some of these do what they do while they are
// prepared (https://sqlite.org/pragma.html), and a second run of one would do nothing.
func (c *keeper) keep(ctx context.Context, text string) (*kept, error) {
	if strings.HasPrefix(text, "PRAGMA") {
		return nil, nil
	}
	if k := c.kept[text]; k != nil {
		if k.reading {
			return nil, nil
		}
		return k, nil
	}
	if len(c.kept) >= mostKept {
		if err := c.drop(func(k *kept) bool { return !k.reading }); err != nil {
			return nil, err
		}
	}
	prepared, err := c.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	k := &kept{statement: prepared.(statement)}
	c.kept[text] = k
	return k, nil
}

// drop closes the statements for which that is to be done.
func (c *keeper) drop(which func(*kept) bool) error {
	var errs []error
	for text, k := range c.kept {
		if which(k) {
			delete(c.kept, text)
			errs = append(errs, k.Close())
		}
	}
	return errors.Join(errs...)
}

// Close implements driver.Conn.
func (c *keeper) Close() error {
	err := c.drop(func(*kept) bool { return true })
	return errors.Join(err, c.lasting.Close())
}

// keptRows are rows of a statement that is kept.
type keptRows struct {
	driver.Rows
	of *kept
}

// Close implements driver.Rows.
func (r *keptRows) Close() error {
	r.of.reading = false
	return r.Rows.Close()
}
