package store

import (
	"context"
	"database/sql/driver"
	"os"

	"modernc.org/sqlite"
)

// readConnector makes the connections that read a SQLite file.
//
// Who reads a file beside writers needs an index of the write-ahead log, which all of
// them share and the first one makes, beside the file. Where that can't be made, since
// the disk is full or may not be written, nobody writes; and where the log is empty too,
// the file is all there is: it is read as it lies (https://www.sqlite.org/uri.html,
// "immutable"). That holds for a moment, so such a connection is used once, and the next
// one looks anew.
type readConnector struct {
	driver.Connector
	asItLies driver.Connector
	log      string // the write-ahead log's file
}

// newReadConnector returns what opens the file at a path, whose URI is name, with parameters.
func newReadConnector(path, name, parameters string) (*readConnector, error) {
	shared, err := sqlite.NewConnector(name + parameters)
	if err != nil {
		return nil, err
	}
	asItLies, err := sqlite.NewConnector(name + "?mode=ro&immutable=1&_pragma=cache_size(-500)&_pragma=query_only(1)&_pragma=temp_store(2)")
	if err != nil {
		return nil, err
	}
	return &readConnector{keeping{shared}, asItLies, path + "-wal"}, nil
}

// Connect implements driver.Connector.
func (r *readConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := r.Connector.Connect(ctx)
	if err == nil || cause(err) == "" {
		return conn, err
	}
	if log, statErr := os.Stat(r.log); statErr == nil && log.Size() > 0 {
		return nil, err // what stands in it alone would be missing
	}
	conn, lyingErr := r.asItLies.Connect(ctx)
	if lyingErr != nil {
		return nil, err
	}
	return once{conn.(connection)}, nil
}

// once is a connection that is closed after its first use.
type once struct{ connection }

// IsValid implements driver.Validator.
func (once) IsValid() bool { return false }
