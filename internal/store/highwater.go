package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// LogEnd is how far the log of a database was seen: its high-water mark. The zero value is
// nothing.
type LogEnd struct {
	// Database is which, Epoch the name of its log's life.
	Database string `json:"database"`
	Epoch    int64  `json:"epoch"`
	// Seq is the last record, 0 if there was none, and Time when it was appended, in
	// milliseconds of Unix time: no other record under that number has the same.
	Seq  int64 `json:"seq"`
	Time int64 `json:"time"`
}

// Further returns which of two is the further one.
func (m LogEnd) Further(other LogEnd) LogEnd {
	if other.Epoch > m.Epoch || other.Epoch == m.Epoch && other.Seq > m.Seq {
		return other
	}
	return m
}

// lost tells whether a database as it is now lacks what was seen of it. then is when the
// record was appended that it has under the number seen last; 0 if there is none.
func (m LogEnd) lost(now LogEnd, then int64) bool {
	switch {
	case m.Database != now.Database || m.Epoch < now.Epoch:
		return false // it is another one, or somebody told
	case m.Epoch > now.Epoch || m.Seq > now.Seq:
		return true
	}
	return m.Seq > 0 && then != 0 && then != m.Time
}

// LogEnd returns how far the log goes, and when the record was appended that has a number; 0
// if none has it.
func (r Reader) LogEnd(ctx context.Context, number int64) (m LogEnd, then int64, err error) {
	if _, err = r.s.one(ctx, []any{&m.Database, &m.Epoch, &m.Seq, &m.Time, &then}, `SELECT coalesce((SELECT value FROM meta WHERE key = 'database.id'), ''), coalesce((SELECT max(name) FROM epochs), 0),
		coalesce((SELECT max(seq) FROM log), 0), coalesce((SELECT time_ms FROM log ORDER BY seq DESC LIMIT 1), 0),
		coalesce((SELECT time_ms FROM log WHERE seq = CAST($1 AS BIGINT)), 0)`, number); err != nil {
		return LogEnd{}, 0, fmt.Errorf("read how far the log goes: %w", err)
	}
	return m, then, nil
}

// HighWater looks whether a database lacks what was seen of it, which proves that it was
// restored and nobody told: "kairan epoch" tells. It may be used by many goroutines at once.
type HighWater struct {
	db   *DB
	path string

	mu   sync.Mutex
	seen LogEnd
	kept LogEnd // in the file
}

// NewHighWater returns what watches a database. Path is a file that keeps what was seen from
// one process to the next; "" keeps nothing.
func NewHighWater(db *DB, path string) *HighWater { return &HighWater{db: db, path: path} }

// Look compares the database with what was seen of it, and notes in it if it was restored.
// It returns what was found of that, now or before by any process, and false if nothing was.
// It may be true beside an error, where it is proven and can't be noted.
func (h *HighWater) Look(ctx context.Context, now time.Time) (found Restore, restored bool, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.seen == (LogEnd{}) && h.path != "" {
		if h.seen, err = ReadLogEnd(h.path); err != nil {
			return Restore{}, false, err
		}
		h.kept = h.seen
	}
	is, then, err := h.db.LogEnd(ctx, h.seen.Seq)
	if err != nil {
		return Restore{}, false, err
	}
	if found, restored, err = h.db.RestoreFound(ctx); err != nil {
		return Restore{}, false, err
	}
	switch lost := h.seen.lost(is, then); {
	case lost && (!restored || found.Seen != found.Seen.Further(h.seen)):
		found = Restore{Found: now, End: is.Seq, Seen: h.seen}
		if err := h.db.NoteRestore(ctx, found); err != nil {
			return found, true, err
		}
		return h.db.RestoreFound(ctx)
	case lost:
		return found, true, nil
	}
	if h.seen = is; restored {
		return found, true, nil
	}
	return Restore{}, false, h.keep()
}

// Seen returns what was seen last.
func (h *HighWater) Seen() LogEnd {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.seen
}

// keep writes what was seen to the file, if it is something new.
func (h *HighWater) keep() error {
	if h.path == "" || h.seen == h.kept {
		return nil
	}
	if err := WriteLogEnd(h.path, h.seen); err != nil {
		return err
	}
	h.kept = h.seen
	return nil
}

// ReadLogEnd reads a mark from a file; the zero value if there is none.
func ReadLogEnd(path string) (m LogEnd, err error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return LogEnd{}, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &m)
	}
	if err != nil {
		return LogEnd{}, fmt.Errorf("read how far the log was seen from %s: %w; remove the file if it is damaged", path, err)
	}
	return m, nil
}

// WriteLogEnd writes a mark to a file, whole or not at all.
func WriteLogEnd(path string, m LogEnd) error {
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	beside, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err == nil {
		defer os.Remove(beside.Name()) // it is renamed by then, if all went well
		_, err = beside.Write(append(data, '\n'))
		// It is on the disk before it has the name: a file that a power cut left empty would
		// keep the program from publishing.
		err = errors.Join(err, beside.Sync(), beside.Close())
	}
	if err == nil {
		err = os.Rename(beside.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("keep how far the log was seen in %s: %w", path, err)
	}
	return nil
}
