package api

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strconv"

	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/gate"
	"github.com/kairan-news/kairan/internal/operate"
)

//go:embed openapi.json
var description []byte

// Prefix is where the API stands.
const Prefix = "/api/v1/"

// Operator does what is asked to be done.
type Operator interface {
	Run(ctx context.Context, who operate.Who, source string) (operate.Done, error)
	Pause(ctx context.Context, who operate.Who, source, reason, until string) (operate.Done, error)
	Resume(ctx context.Context, who operate.Who, source string) (operate.Done, error)
	Release(ctx context.Context, who operate.Who, source string) (operate.Done, error)
	Retry(ctx context.Context, who operate.Who, source string) (operate.Done, error)
	Republish(ctx context.Context, who operate.Who, channel string) (operate.Done, error)
	Remap(ctx context.Context, who operate.Who) (operate.Done, error)
	Reload(ctx context.Context, who operate.Who) (operate.Done, error)
	Erase(ctx context.Context, who operate.Who, article, reason string) (operate.Done, error)
	Take(ctx context.Context, who operate.Who, incident int64, note string) (operate.Done, error)
	Untake(ctx context.Context, who operate.Who, incident int64) (operate.Done, error)
	Mute(ctx context.Context, who operate.Who, key flow.Key, reason, until string) (operate.Done, error)
	Unmute(ctx context.Context, who operate.Who, key flow.Key) (operate.Done, error)
}

// Config is what the API needs.
type Config struct {
	Data     Data
	Operator Operator
	Log      *slog.Logger
}

// Handler returns the API. It belongs behind a gate, which says who asks.
func Handler(c Config) http.Handler {
	a := &api{c}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+Prefix+"openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(description)
	})
	for path, ask := range a.questions() {
		mux.HandleFunc("GET "+Prefix+path, a.answered(ask))
	}
	for path, do := range a.deeds() {
		mux.HandleFunc("POST "+Prefix+path, a.answered(a.acted(do)))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := mux.Handler(r); pattern == "" {
			a.strange(w, r, mux)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

type api struct{ Config }

// question returns what is to be answered.
type question func(r *http.Request) (any, error)

// problem is an error as RFC 9457 has it.
type problem struct {
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
}

// Error is what is wrong.
func (p *problem) Error() string { return p.Detail }

func faulty(status int, detail string) *problem {
	return &problem{http.StatusText(status), status, detail}
}

// strange answers what no operation is for: a path that there is not, or another method.
func (a *api) strange(w http.ResponseWriter, r *http.Request, mux *http.ServeMux) {
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		other := r.Clone(r.Context())
		if other.Method = method; method == r.Method {
			continue
		}
		if _, pattern := mux.Handler(other); pattern != "" {
			w.Header().Set("Allow", method)
			write(w, http.StatusMethodNotAllowed, faulty(http.StatusMethodNotAllowed, "This is asked by "+method+"."))
			return
		}
	}
	write(w, http.StatusNotFound, faulty(http.StatusNotFound, "There is no such operation; "+Prefix+"openapi.json describes those that there are."))
}

// answered answers a question, or says what is wrong with it.
func (a *api) answered(ask question) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		answer, err := ask(r)
		if err == nil {
			write(w, http.StatusOK, answer)
			return
		}
		p := problemOf(err)
		if p.Status >= http.StatusInternalServerError {
			a.Log.ErrorContext(r.Context(), "the API could not answer", "path", r.URL.Path, "error", err)
		}
		write(w, p.Status, p)
	}
}

// problemOf says of which sort an error is.
func problemOf(err error) *problem {
	if p, ok := errors.AsType[*problem](err); ok {
		return p
	}
	if refusal, ok := errors.AsType[*operate.Refusal](err); ok {
		status := map[operate.Why]int{operate.Unknown: http.StatusNotFound, operate.Invalid: http.StatusUnprocessableEntity, operate.Conflict: http.StatusConflict}[refusal.Why]
		return faulty(status, refusal.Said)
	}
	if errors.Is(err, operate.ErrUnrecorded) {
		return faulty(http.StatusInternalServerError, err.Error())
	}
	return faulty(http.StatusServiceUnavailable, "The database does not answer: "+err.Error())
}

func write(w http.ResponseWriter, status int, answer any) {
	body, err := json.Marshal(answer)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	mediaType := "application/json"
	if _, isProblem := answer.(*problem); isProblem {
		mediaType = "application/problem+json"
	}
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// whoOf says who asks, as the gate has found out.
func whoOf(r *http.Request) operate.Who {
	c := gate.From(r.Context())
	return operate.Who{Name: c.Name, Way: "api", Origin: c.Origin}
}
