package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"io/fs"
	"os"

	"modernc.org/sqlite"
)

// readConnector makes the connections that read a SQLite file.
//
// Who reads a file beside writers needs an index of the write-ahead log, which all of
// them share and the first one makes, beside the file. Where that can't be made, since
// the disk is full or may not be written, nobody writes; and where the log is empty too,
// the file is all there is: it is read as it lies (https://www.sqlite.org/uri.html,
// "immutable"). What stands in a log without an index, as a writer left it that was killed,
// is read by an index in memory (https://www.sqlite.org/wal.html#noshm). That holds for a
// moment, so such a connection is used once, and the next one looks anew.
type readConnector struct {
	driver.Connector
	asItLies, withLog driver.Connector
	log, index        string // the files of the write-ahead log, and of its index
}

// newReadConnector returns what opens the file at a path, whose URI is name, with parameters.
func newReadConnector(path, name, parameters string) (*readConnector, error) {
	shared, err := sqlite.NewConnector(name + parameters)
	if err != nil {
		return nil, err
	}
	const alone = "&_pragma=query_only(1)&_pragma=temp_store(2)"
	asItLies, err := sqlite.NewConnector(name + "?mode=ro&immutable=1&_pragma=cache_size(-500)" + alone)
	if err != nil {
		return nil, err
	}
	// An index in memory is for who has the file alone, which is told by a lock that a file
	// that can't be written does not take: hence without locks. The mode has to be set before
	// the file is read, as the size of the cache, which the driver sets first, would do.
	withLog, err := sqlite.NewConnector(name + "?mode=ro&vfs=unix-none&_pragma=locking_mode(EXCLUSIVE)" + alone)
	if err != nil {
		return nil, err
	}
	return &readConnector{keeping{shared}, asItLies, withLog, path + "-wal", path + "-shm"}, nil
}

// Connect implements driver.Connector.
func (r *readConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := r.Connector.Connect(ctx)
	if err == nil || cause(err) == "" {
		return conn, err
	}
	alone := r.asItLies
	if log, statErr := os.Stat(r.log); statErr == nil && log.Size() > 0 {
		if index, statErr := os.Stat(r.index); !errors.Is(statErr, fs.ErrNotExist) && (statErr != nil || index.Size() > 0) {
			return nil, err // somebody may be writing
		}
		alone = r.withLog
	}
	conn, lyingErr := alone.Connect(ctx)
	if lyingErr != nil {
		return nil, err
	}
	return once{conn.(connection)}, nil
}

// once is a connection that is closed after its first use.
type once struct{ connection }

// IsValid implements driver.Validator.
func (once) IsValid() bool { return false }
