package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/store"
)

// flags are those that every command has which works on the data.
type flags struct {
	config    string
	data      string
	storage   string
	logLevel  string
	logFormat string
	offline   bool
}

func (f *flags) add(cmd *cobra.Command) {
	addConfig(cmd, &f.config, "configuration `FILE`")
	cmd.Flags().StringVar(&f.data, "data", "./kairan-data", "`DIR` for the embedded database")
	cmd.Flags().StringVar(&f.storage, "storage", "", "database, sqlite:PATH or postgres://…; overrides the configuration")
	if err := cmd.Flags().SetAnnotation("storage", secretFlag, nil); err != nil {
		panic(err) // the flag was defined in the line above
	}
	cmd.Flags().StringVar(&f.logLevel, "log-level", "", "debug, info, warn or error")
	cmd.Flags().StringVar(&f.logFormat, "log-format", "text", "text or json")
}

func (f *flags) addOffline(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.offline, "offline", false, "leave sources alone that need a network")
}

// logger returns the log that the flags ask for.
func (f *flags) logger(w io.Writer, level slog.Level) (*slog.Logger, error) {
	if f.logLevel != "" {
		if err := level.UnmarshalText([]byte(f.logLevel)); err != nil {
			return nil, fmt.Errorf("--log-level %q: use debug, info, warn or error", f.logLevel)
		}
	}
	options := &slog.HandlerOptions{Level: level}
	switch f.logFormat {
	case "text":
		return slog.New(slog.NewTextHandler(w, options)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, options)), nil
	default:
		return nil, fmt.Errorf("--log-format %q: use text or json", f.logFormat)
	}
}

// open opens the database, which it makes where there is none, and brings it to this
// version's schema.
func (f *flags) open(ctx context.Context, s *setup) (*store.DB, error) {
	return openStore(ctx, f.address(s), s, (*store.DB).Migrate)
}

// openToServe does the same for who stays and serves: where there is no room for the schema
// the database is served by the one that it has, until there is.
func (f *flags) openToServe(ctx context.Context, s *setup) (*store.DB, error) {
	return openStore(ctx, f.address(s), s, func(db *store.DB, ctx context.Context) error {
		if err := db.Migrate(ctx); !db.Behind() {
			return err
		}
		return nil
	})
}

// openExisting loads the configuration and opens a database that is there already, for
// commands that say what it holds: an empty one in the place of a mistyped name would
// hide the mistake. It is the caller's to close.
func (f *flags) openExisting(ctx context.Context) (*setup, *store.DB, error) {
	s, db, err := f.openThere(ctx, (*store.DB).Migrate)
	if err != nil {
		return nil, nil, err
	}
	if err := s.settle(ctx, db); err != nil {
		db.Close()
		return nil, nil, err
	}
	return s, db, nil
}

// openAsIs does the same, and leaves the database the schema that it has.
func (f *flags) openAsIs(ctx context.Context) (*setup, *store.DB, error) {
	return f.openThere(ctx, func(*store.DB, context.Context) error { return nil })
}

func (f *flags) openThere(ctx context.Context, migrate func(*store.DB, context.Context) error) (*setup, *store.DB, error) {
	s, err := f.load("")
	if err != nil {
		return nil, nil, err
	}
	address := f.address(s)
	switch there, err := store.Exists(address); {
	case err != nil:
		return nil, nil, err
	case !there:
		return nil, nil, fmt.Errorf("there is no database at %s; name its directory with --data, or its address with --storage, "+
			"or make one with \"kairan collect\" or \"kairan serve\"", strings.TrimPrefix(address, "sqlite:"))
	}
	db, err := store.Open(ctx, address)
	if err != nil {
		return nil, nil, err
	}
	if err := migrate(db, ctx); err != nil {
		db.Close()
		return nil, nil, err
	}
	return s, db, nil
}

// address is where the database is, as [store.Open] takes it.
func (f *flags) address(s *setup) string {
	return cmp.Or(f.storage, s.config.Storage, "sqlite:"+filepath.Join(f.data, "kairan.db"))
}

// openStore opens a database, brings it to this version's schema, and completes the
// setup by what it keeps.
func openStore(ctx context.Context, address string, s *setup, migrate func(*store.DB, context.Context) error) (*store.DB, error) {
	db, err := store.Open(ctx, address)
	if err != nil {
		return nil, err
	}
	if err := migrate(db, ctx); err != nil {
		db.Close()
		return nil, err
	}
	if err := s.settle(ctx, db); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}
