package jobs

import (
	"fmt"
	"log/slog"
	"net/http"
	"sync"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"riverqueue.com/riverui"
	"riverqueue.com/riverui/uiendpoints"

	"github.com/kairan-news/kairan/internal/store"
)

// BackRoom returns River's own pages of its jobs, below a prefix such as "/queue". They ask
// nobody who they are. It works in every process, also in one without workers: it has a
// client of its own, which works nothing. It is made when it is first asked for, since most
// processes are never asked, and nothing of it runs between two requests.
func BackRoom(db *store.DB, prefix string, log *slog.Logger) http.Handler {
	made := sync.OnceValues(func() (http.Handler, error) { return newBackRoom(db, prefix, log) })
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		room, err := made()
		if err != nil {
			log.ErrorContext(r.Context(), "the back room can't be shown", "error", err)
			http.Error(w, "The pages of the queue can't be shown: "+err.Error(), http.StatusInternalServerError)
			return
		}
		room.ServeHTTP(w, r)
	})
}

func newBackRoom(db *store.DB, prefix string, log *slog.Logger) (http.Handler, error) {
	endpoints, err := riverEndpoints(db, log)
	if err != nil {
		return nil, err
	}
	// It is not started: what runs then counts jobs every few seconds, also for nobody. Without
	// that they are counted when somebody looks.
	room, err := riverui.NewHandler(&riverui.HandlerOpts{Endpoints: endpoints, Logger: log, Prefix: prefix})
	if err != nil {
		return nil, fmt.Errorf("the pages of the queue: %w", err)
	}
	return room, nil
}

// riverEndpoints returns what the pages ask for, of the store's engine.
func riverEndpoints(db *store.DB, log *slog.Logger) (uiendpoints.Bundle, error) {
	config := &river.Config{Logger: log}
	switch db.Engine() {
	case store.SQLite:
		client, err := river.NewClient(unheard{riversqlite.New(db.Writer())}, config)
		if err != nil {
			return nil, fmt.Errorf("the pages of the queue: %w", err)
		}
		return riverui.NewEndpoints(client, nil), nil
	case store.PostgreSQL:
		client, err := river.NewClient(riverpgxv5.New(db.Pool()), config)
		if err != nil {
			return nil, fmt.Errorf("the pages of the queue: %w", err)
		}
		return riverui.NewEndpoints(client, nil), nil
	default:
		return nil, fmt.Errorf("the pages of the queue: none for the engine %v", db.Engine())
	}
}
