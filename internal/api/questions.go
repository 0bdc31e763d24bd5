package api

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
)

// list is a part of a list, and how to go on.
type list[T any] struct {
	Items []T `json:"items"`
	// Next is to be given as "after" for the rest; "" where this is the end.
	Next string `json:"next,omitempty"`
}

// The bounds of a part.
const (
	usualLimit = 100
	mostLimit  = 1000
)

// questions are what can be asked, by their paths.
func (a *api) questions() map[string]question {
	return map[string]question{
		"status":            func(r *http.Request) (any, error) { return a.Data.Status(r.Context()) },
		"configuration":     func(r *http.Request) (any, error) { return a.Data.Configuration(r.Context()) },
		"incidents":         a.incidents,
		"mutes":             func(r *http.Request) (any, error) { return whole(a.Data.Mutes(r.Context())) },
		"sources":           a.sources,
		"sources/{id}":      a.source,
		"sources/{id}/runs": a.runs,
		"channels":          a.channels,
		"processes":         func(r *http.Request) (any, error) { return whole(a.Data.Processes(r.Context())) },
		"locales":           func(r *http.Request) (any, error) { return whole(a.Data.Locales(r.Context())) },
		"jobs":              a.jobs,
		"audit":             a.audit,
		"requests":          a.requests,
	}
}

// whole is a list that has no parts.
func whole[T any](items []T, err error) (any, error) {
	return list[T]{Items: nonNil(items)}, err
}

func nonNil[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}

// limitOf returns how many are asked for.
func limitOf(r *http.Request) (int, error) {
	text := r.URL.Query().Get("limit")
	if text == "" {
		return usualLimit, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > mostLimit {
		return 0, faulty(http.StatusBadRequest, "limit is a number from 1 to 1000.")
	}
	return n, nil
}

// part returns those behind one, which is named by what goes on from it.
func part[T any](r *http.Request, items []T, name func(T) string) (any, error) {
	limit, err := limitOf(r)
	if err != nil {
		return nil, err
	}
	if after := r.URL.Query().Get("after"); after != "" {
		i := slices.IndexFunc(items, func(item T) bool { return name(item) == after })
		if i < 0 {
			return nil, faulty(http.StatusBadRequest, "What after names is there no longer: begin anew without it.")
		}
		items = items[i+1:]
	}
	l := list[T]{Items: nonNil(items)}
	if len(items) > limit {
		l.Items = items[:limit]
		l.Next = name(items[limit-1])
	}
	return l, nil
}

func (a *api) incidents(r *http.Request) (any, error) {
	state := cmp.Or(r.URL.Query().Get("state"), "open")
	if state != "open" && state != "all" {
		return nil, faulty(http.StatusBadRequest, `state is "open" or "all".`)
	}
	all, err := a.Data.Incidents(r.Context(), state == "all")
	if err != nil {
		return nil, err
	}
	return part(r, all, func(i Incident) string { return strconv.FormatInt(i.ID, 10) })
}

func (a *api) sources(r *http.Request) (any, error) {
	all, err := a.Data.Sources(r.Context())
	if err != nil {
		return nil, err
	}
	if state := r.URL.Query().Get("state"); state != "" {
		all = slices.DeleteFunc(all, func(s Source) bool { return s.State != state })
	}
	return part(r, all, func(s Source) string { return s.ID })
}

func (a *api) source(r *http.Request) (any, error) {
	all, err := a.Data.Sources(r.Context())
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(s Source) bool { return s.ID == r.PathValue("id") })
	if i < 0 {
		return nil, faulty(http.StatusNotFound, "There is no such source in the configuration; "+Prefix+"sources lists them.")
	}
	return all[i], nil
}

func (a *api) runs(r *http.Request) (any, error) {
	if _, err := a.source(r); err != nil {
		return nil, err
	}
	limit, err := limitOf(r)
	if err != nil {
		return nil, err
	}
	runs, err := a.Data.Runs(r.Context(), r.PathValue("id"), r.URL.Query().Get("after"), limit+1)
	return going(runs, err, limit, func(r Run) string { return r.ID })
}

func (a *api) channels(r *http.Request) (any, error) {
	all, err := a.Data.Channels(r.Context())
	if err != nil {
		return nil, err
	}
	return part(r, all, func(c Channel) string { return c.Name })
}

func (a *api) jobs(r *http.Request) (any, error) {
	limit, err := limitOf(r)
	if err != nil {
		return nil, err
	}
	return whole(a.Data.Jobs(r.Context(), limit))
}

func (a *api) requests(r *http.Request) (any, error) {
	limit, err := limitOf(r)
	if err != nil {
		return nil, err
	}
	return whole(a.Data.Requests(r.Context(), limit))
}

func (a *api) audit(r *http.Request) (any, error) {
	limit, err := limitOf(r)
	if err != nil {
		return nil, err
	}
	before, err := strconv.ParseInt(cmp.Or(r.URL.Query().Get("after"), "0"), 10, 64)
	if err != nil || before < 0 {
		return nil, faulty(http.StatusBadRequest, "after is the number that the answer before gave as next.")
	}
	deeds, err := a.Data.Audit(r.Context(), before, limit+1)
	return going(deeds, err, limit, func(d Deed) string { return strconv.FormatInt(d.ID, 10) })
}

// going is a part of a list of which one more than asked for was read.
func going[T any](items []T, err error, limit int, name func(T) string) (any, error) {
	l := list[T]{Items: nonNil(items)}
	if len(items) > limit {
		l.Items = items[:limit]
		l.Next = name(items[limit-1])
	}
	return l, err
}
