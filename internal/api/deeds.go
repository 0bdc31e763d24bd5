package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"

	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/gate"
	"github.com/kairan-news/kairan/internal/operate"
)

// wish is what may be sent with a deed; each takes what it needs.
type wish struct {
	Reason  string       `json:"reason"`
	Until   string       `json:"until"`
	Note    string       `json:"note"`
	Channel string       `json:"channel"`
	All     bool         `json:"all"`
	Article string       `json:"article"`
	Kind    flow.Kind    `json:"kind"`
	Subject flow.Subject `json:"subject"`
}

// deed does what is asked.
type deed func(ctx context.Context, who operate.Who, r *http.Request, w wish) (operate.Done, error)

// deeds are what can be done, by their paths.
func (a *api) deeds() map[string]deed {
	o := a.Operator
	ofSource := func(do func(context.Context, operate.Who, string) (operate.Done, error)) deed {
		return func(ctx context.Context, who operate.Who, r *http.Request, _ wish) (operate.Done, error) {
			return do(ctx, who, r.PathValue("id"))
		}
	}
	return map[string]deed{
		"sources/{id}/run":     ofSource(o.Run),
		"sources/{id}/resume":  ofSource(o.Resume),
		"sources/{id}/release": ofSource(o.Release),
		"sources/{id}/retry":   ofSource(o.Retry),
		"sources/{id}/pause": func(ctx context.Context, who operate.Who, r *http.Request, w wish) (operate.Done, error) {
			return o.Pause(ctx, who, r.PathValue("id"), w.Reason, w.Until)
		},
		"republish": func(ctx context.Context, who operate.Who, _ *http.Request, w wish) (operate.Done, error) {
			if (w.Channel == "") != w.All { // all of them is a word too much to be meant by leaving one out
				return operate.Done{}, faulty(http.StatusUnprocessableEntity, `Say which channel, or "all": true, and not both.`)
			}
			return o.Republish(ctx, who, w.Channel)
		},
		"remap": func(ctx context.Context, who operate.Who, _ *http.Request, _ wish) (operate.Done, error) {
			return o.Remap(ctx, who)
		},
		"reload": func(ctx context.Context, who operate.Who, _ *http.Request, _ wish) (operate.Done, error) {
			return o.Reload(ctx, who)
		},
		"erase": func(ctx context.Context, who operate.Who, _ *http.Request, w wish) (operate.Done, error) {
			return o.Erase(ctx, who, w.Article, w.Reason)
		},
		"incidents/{id}/take": a.ofIncident(func(ctx context.Context, who operate.Who, id int64, w wish) (operate.Done, error) {
			return o.Take(ctx, who, id, w.Note)
		}),
		"incidents/{id}/untake": a.ofIncident(func(ctx context.Context, who operate.Who, id int64, _ wish) (operate.Done, error) {
			return o.Untake(ctx, who, id)
		}),
		"mute": func(ctx context.Context, who operate.Who, _ *http.Request, w wish) (operate.Done, error) {
			return o.Mute(ctx, who, flow.Key{Kind: w.Kind, Subject: w.Subject}, w.Reason, w.Until)
		},
		"unmute": func(ctx context.Context, who operate.Who, _ *http.Request, w wish) (operate.Done, error) {
			return o.Unmute(ctx, who, flow.Key{Kind: w.Kind, Subject: w.Subject})
		},
	}
}

func (*api) ofIncident(do func(context.Context, operate.Who, int64, wish) (operate.Done, error)) deed {
	return func(ctx context.Context, who operate.Who, r *http.Request, w wish) (operate.Done, error) {
		id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
		if err != nil {
			return operate.Done{}, faulty(http.StatusNotFound, "An incident's id is a number; "+Prefix+"incidents lists them.")
		}
		return do(ctx, who, id, w)
	}
}

// mostWish is how many bytes a wish has, at most.
const mostWish = 64 << 10

// acted reads what is asked, and does it if the asker may act. The gate has seen to that
// before; who mounts the API without one must not have opened it.
func (a *api) acted(do deed) question {
	return func(r *http.Request) (any, error) {
		if c := gate.From(r.Context()); !c.CanAct() {
			return nil, faulty(http.StatusForbidden, c.WhyNot())
		}
		w, err := readWish(r)
		if err != nil {
			return nil, err
		}
		return do(r.Context(), whoOf(r), r, w)
	}
}

// readWish reads the body, which may be empty.
func readWish(r *http.Request) (w wish, err error) {
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, mostWish))
	switch {
	case err != nil:
		if _, long := errors.AsType[*http.MaxBytesError](err); long {
			return w, faulty(http.StatusRequestEntityTooLarge, "What was sent has more than 64 KiB.")
		}
		return w, faulty(http.StatusBadRequest, "What was sent could not be read.")
	case len(body) == 0:
		return w, nil
	}
	if mediaType, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); mediaType != "application/json" {
		return w, faulty(http.StatusUnsupportedMediaType, "What is sent has to be application/json, and to say so.")
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&w); err == nil && decoder.More() {
		return w, faulty(http.StatusBadRequest, "What was sent goes on behind its JSON.")
	} else if err != nil {
		return w, faulty(http.StatusBadRequest, "What was sent is not the JSON that "+Prefix+"openapi.json describes: "+err.Error())
	}
	return w, nil
}
