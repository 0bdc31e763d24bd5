package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

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
	cmd.Flags().StringVar(&f.config, "config", "", "configuration `FILE` (default: the built-in configuration)")
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

// open opens the database and brings it to this version's schema.
func (f *flags) open(ctx context.Context, s *setup) (*store.DB, error) {
	url := f.storage
	if url == "" {
		url = s.config.Storage
	}
	if url == "" {
		if err := os.MkdirAll(f.data, 0o755); err != nil {
			return nil, fmt.Errorf("make the data directory: %w", err)
		}
		url = "sqlite:" + filepath.Join(f.data, "kairan.db")
	}
	db, err := store.Open(ctx, url)
	if err != nil {
		return nil, err
	}
	if err := db.Migrate(ctx); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}
