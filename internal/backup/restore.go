package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

// Restoring says what is to take the place of a database.
type Restoring struct {
	// From is the copy, To the database's file, which need not be there.
	From, To string
	// HighWater is the file that keeps how far the log was seen; "" if there is none.
	HighWater string
	// Who restores, and why.
	Who, Reason string
	Now         time.Time
}

// Restored is what a restore came to.
type Restored struct {
	// Aside is where the database is now that was there; "" if none was.
	Aside string
	// Epoch is the life of the log that was opened.
	Epoch feeds.Epoch
	// Damaged is what was wrong with the database that was there; nil if nothing was.
	Damaged error
}

// ErrInUse says that a process works on the database.
var ErrInUse = errors.New("a process works on the database; stop it first")

// Restore puts a copy in the place of a database. Until all is ready nothing has changed; the
// database that was there is moved aside.
func Restore(ctx context.Context, r Restoring) (Restored, error) {
	out, err := restore(ctx, r)
	if err != nil {
		return Restored{}, fmt.Errorf("restore %s: %w", r.From, err)
	}
	return out, nil
}

func restore(ctx context.Context, r Restoring) (out Restored, err error) {
	if err := os.MkdirAll(filepath.Dir(r.To), 0o755); err != nil {
		return out, err
	}
	before, damaged, err := present(ctx, r)
	if err != nil {
		return out, err
	}
	out.Damaged = damaged
	beside, err := unpackBeside(ctx, r)
	if err != nil {
		return out, err
	}
	defer removeDatabase(beside)
	if out.Epoch, err = prepare(ctx, beside, r, before); err != nil {
		return out, err
	}
	if err := asBefore(beside, r.To); err != nil {
		return out, err
	}
	if err := inUse(ctx, r.To); err != nil { // a process that was started meanwhile
		return out, err
	}
	if out.Aside, err = moveAside(r); err != nil {
		return out, err
	}
	if err := os.Rename(beside, r.To); err != nil {
		return out, fmt.Errorf("%w; the database that was there is now %s", err, out.Aside)
	}
	return out, store.SyncFolder(filepath.Dir(r.To))
}

// present makes one file of the database that is there, and returns how far anybody saw its
// log, and what is wrong with it.
func present(ctx context.Context, r Restoring) (seen store.LogEnd, damaged, err error) {
	if r.HighWater != "" {
		// One that can't be read says nothing, and is no reason to go without a database.
		seen, _ = store.ReadLogEnd(r.HighWater)
	}
	if _, err := os.Stat(r.To); errors.Is(err, fs.ErrNotExist) {
		return seen, nil, nil
	} else if err != nil {
		return seen, nil, err
	}
	if err := inUse(ctx, r.To); err != nil {
		return seen, nil, err
	}
	if err = store.Alone(ctx, r.To); err == nil {
		err = store.CheckFile(ctx, r.To)
	}
	if err != nil {
		return seen, err, nil // which is why it is restored
	}
	db, err := store.Open(ctx, "sqlite:"+r.To)
	if err != nil {
		return seen, err, nil
	}
	end, _, err := db.LogEnd(ctx, 0)
	if err != nil { // it has an older schema, which knows of no epochs
		end = store.LogEnd{}
		end.Seq, err = db.LastSeq(ctx)
	}
	return seen.Further(end), errors.Join(err, db.Close()), nil
}

// inUse returns [ErrInUse] where a process works on the database that is there. What else is
// wrong with that is no hindrance.
func inUse(ctx context.Context, path string) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil // to look into it would make it
	}
	if store.IsInUse(store.Alone(ctx, path)) {
		return fmt.Errorf("%w: %s", ErrInUse, path)
	}
	return nil
}

// unpackBeside puts the copy beside the database, unpacked and checked.
func unpackBeside(ctx context.Context, r Restoring) (_ string, err error) {
	path, err := temporary(r.To)
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			removeDatabase(path)
		}
	}()
	to, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return "", err
	}
	if err := errors.Join(unpack(ctx, to, r.From), to.Sync(), to.Close()); err != nil {
		return "", err
	}
	if err := store.CheckFile(ctx, path); err != nil {
		return "", fmt.Errorf("the copy is of no use: %w", err)
	}
	return path, nil
}

// prepare brings the copy to this version's schema, opens a new epoch in it, and makes one
// file of it.
func prepare(ctx context.Context, path string, r Restoring, seen store.LogEnd) (epoch feeds.Epoch, err error) {
	db, err := store.Open(ctx, "sqlite:"+path)
	if err != nil {
		return epoch, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.Migrate(ctx); err != nil {
		return epoch, err
	}
	if err := db.PruneProcesses(ctx, r.Now); err != nil { // of which none lives
		return epoch, err
	}
	if epoch, err = db.OpenEpoch(ctx, store.EpochOpening{Who: r.Who, Reason: r.Reason, From: store.WholeLog, Seen: seen, Now: r.Now}); err != nil {
		return epoch, err
	}
	return epoch, db.PutDeed(ctx, store.Deed{Time: r.Now, Who: r.Who, Way: "command", Action: "restore", Subject: "database", Detail: r.Reason})
}

// asBefore lets those open a database who could open the one whose place it is to take. Where
// there is none it is its folder's owner's.
func asBefore(path, to string) error {
	like, err := os.Stat(to)
	if errors.Is(err, fs.ErrNotExist) {
		if like, err = os.Stat(filepath.Dir(to)); err == nil {
			return giveTo(path, like)
		}
	}
	if err != nil {
		return err
	}
	return errors.Join(os.Chmod(path, like.Mode().Perm()), giveTo(path, like))
}

// moveAside gives the database that is there another name, with what belongs to it, and
// returns that. Where the disk can it keeps its old name, too, until the copy takes that: no
// program that starts meanwhile finds nothing, and begins an empty database.
func moveAside(r Restoring) (string, error) {
	if _, err := os.Lstat(r.To); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	aside := r.To + ".before-" + r.Now.UTC().Format("20060102T150405Z")
	for n := 2; ; n++ {
		if _, err := os.Lstat(aside); errors.Is(err, fs.ErrNotExist) {
			break
		}
		aside = fmt.Sprintf("%s.before-%s-%d", r.To, r.Now.UTC().Format("20060102T150405Z"), n)
	}
	for _, part := range []string{"-wal", "-shm"} {
		if err := os.Rename(r.To+part, aside+part); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	if os.Link(r.To, aside) == nil {
		return aside, nil
	}
	if err := os.Rename(r.To, aside); err != nil {
		return "", err
	}
	return aside, nil
}

// removeDatabase removes a database's file with what belongs to it; what is not there is no
// matter.
func removeDatabase(path string) {
	for _, part := range []string{"", "-wal", "-shm", "-migrate", "-migrate-journal"} {
		os.Remove(path + part)
	}
}
