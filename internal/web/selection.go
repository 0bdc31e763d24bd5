package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/search"
)

// What a reader may pick at most.
const (
	mostPicked   = 10  // topics, and as many cities
	mostSearched = 200 // characters of a query
)

// picks is what an address asks for, before anybody looked whether there is that.
type picks struct {
	words          string // as they were written, in one line
	topics, cities []string
}

// picksOf reads a query. Topics and cities stand in one field with commas between, or, as
// forms send them, in several.
func picksOf(query url.Values) picks {
	list := func(name string) (names []string) {
		for _, v := range query[name] {
			for n := range strings.SplitSeq(v, ",") {
				if n = strings.TrimSpace(n); n != "" && !slices.Contains(names, n) {
					names = append(names, n)
				}
				if len(names) > mostPicked {
					return names
				}
			}
		}
		return names
	}
	words := strings.ToValidUTF8(query.Get("q"), " ")
	words = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, words)
	return picks{words: strings.Join(strings.Fields(words), " "), topics: list("topic"), cities: list("from")}
}

// isMany reports whether more is picked than may be.
func (p picks) isMany() bool {
	return utf8.RuneCountInString(p.words) > mostSearched || len(p.topics) > mostPicked || len(p.cities) > mostPicked
}

// pick returns what an address picks, in its canonical form. It answers itself, and reports
// false, where that can't be done.
func (s *public) pick(w http.ResponseWriter, r *http.Request, g *guise, locale string, p picks) (feeds.Selection, bool) {
	if p.isMany() {
		s.refuse(w, r, g, http.StatusBadRequest, "search.error-long", "Count", mostSearched, "Most", mostPicked)
		return feeds.Selection{}, false
	}
	picked, err := g.Site.Pick(locale, search.Parse(p.words).String(), p.topics, p.cities)
	if missing, ok := errors.AsType[*feeds.NoSuchPicks](err); ok {
		id, names := "search.error-topic", missing.Topics
		if len(names) == 0 {
			id, names = "search.error-city", missing.Cities
		}
		s.refuse(w, r, g, http.StatusNotFound, id, "Name", names[0])
		return feeds.Selection{}, false
	}
	return picked, true
}

// refuse answers with why an address can't be answered, and what there is.
func (s *public) refuse(w http.ResponseWriter, r *http.Request, g *guise, status int, id string, data ...any) {
	s.answer(w, r, g, status, func(p *page) (heading, text string) {
		return p.text("search.error"), p.text(id, data...)
	})
}

// serveSelectionFeed answers the address of a selection's feed.
func (s *public) serveSelectionFeed(isSearch bool, format feeds.Format) func(http.ResponseWriter, *http.Request, *guise) {
	return func(w http.ResponseWriter, r *http.Request, g *guise) {
		if rec, ok := w.(*recorder); ok {
			rec.Format = format
		}
		h := w.Header()
		h["Vary"] = varyFeed
		h["Access-Control-Allow-Origin"] = anyOrigin
		locale := r.PathValue("locale")
		if !s.speaks(w, r, g, locale) {
			return
		}
		if !navigates(r) {
			if c := s.selected.fresh(r.URL.Path+"?"+r.URL.RawQuery, s.selectionStamp(g, locale)); c != nil && c.links.Load() != nil {
				s.Metrics.searched(isSearch, searchHeld, 0)
				s.sendSelectionFeed(w, r, locale, c)
				return
			}
		}
		p := picksOf(r.URL.Query())
		if !isSearch {
			p.words = ""
		}
		picked, ok := s.pick(w, r, g, locale, p)
		switch {
		case !ok:
			return
		case isSearch && picked.Words == "" && len(picked.Topics)+len(picked.Cities) == 0:
			s.refuse(w, r, g, http.StatusBadRequest, "search.error-empty")
			return
		case picked.IsEmpty():
			all := feeds.Channel{Locale: locale, Kind: feeds.ChannelAll}
			s.lead(w, g.documentPath(feeds.DocumentKey{Channel: all, Format: format}), http.StatusMovedPermanently)
			return
		case navigates(r):
			h["Cache-Control"] = noStore
			s.lead(w, g.path(picked.PagePath()), http.StatusFound)
			return
		case picked.IsSearch() != isSearch || !isQuery(r.URL.RawQuery, picked.Query()):
			s.lead(w, g.path(picked.DocumentPath(format)), http.StatusMovedPermanently)
			return
		}
		c, err := s.selectContent(r, g, picked, "/"+picked.DocumentPath(format), format.MediaType(), func(ctx context.Context) ([]byte, error) {
			return s.makeSelection(ctx, picked, format)
		})
		if c == nil {
			s.failSelection(w, r, g, err)
			return
		}
		c.links.Store(g.selectionLinks(picked, format))
		s.sendSelectionFeed(w, r, locale, c)
	}
}

// sendSelectionFeed answers with the document.
func (s *public) sendSelectionFeed(w http.ResponseWriter, r *http.Request, locale string, c *content) {
	h := w.Header()
	h["Cache-Control"] = s.feedCache
	speakTo(h, locale)
	h["Access-Control-Expose-Headers"] = exposed
	c.serve(w, r, nil, c.links.Load().fields)
}

// makeSelection makes the document of a selection. Where it does not pass the check it goes
// without the texts that fail, and where that does not either the last good one stands.
func (s *public) makeSelection(ctx context.Context, picked feeds.Selection, format feeds.Format) ([]byte, error) {
	made, err := s.Selections.MakeSelection(ctx, picked, format)
	if err != nil {
		return nil, err
	}
	s.Shelf.faults.leftOut(ctx, s.Log, made.Left)
	if made.Fault != nil {
		s.Log.ErrorContext(ctx, "the feed of a selection does not pass the check; it goes without the texts that fail, or the last good one stands in", "feed", picked.DocumentPath(format), "reason", made.Fault)
	}
	if made.Body == nil {
		return nil, errFaulty
	}
	return made.Body, nil
}

// selectionLinks returns the Link fields (RFC 8288) of a selection's feed: itself, the other
// formats, and its page.
func (g *guise) selectionLinks(picked feeds.Selection, format feeds.Format) *links {
	fields := []string{"<" + g.Site.URL(picked.DocumentPath(format)) + `>; rel="self"`}
	for _, f := range feeds.Formats() {
		if f != format {
			fields = append(fields, "<"+g.Site.URL(picked.DocumentPath(f))+`>; rel="alternate"; type="`+mediaTypeOf(f)+`"`)
		}
	}
	fields = append(fields, "<"+g.Site.URL(picked.PagePath())+`>; rel="alternate"; type="text/html"`)
	return &links{base: g.Site.BaseURL, fields: fields}
}

// speaks reports whether the site has a locale, and else answers.
func (s *public) speaks(w http.ResponseWriter, r *http.Request, g *guise, locale string) bool {
	_, ok := g.speech[locale]
	switch {
	case ok:
	case s.hadLocale(g, locale):
		s.fail(w, r, g, http.StatusGone)
	default:
		s.fail(w, r, g, http.StatusNotFound)
	}
	return ok
}

// lead leads to a path of the site with its query.
func (s *public) lead(w http.ResponseWriter, location string, status int) {
	h := w.Header()
	h.Set("Location", location)
	if status == http.StatusMovedPermanently {
		h.Set("Cache-Control", redirectCache)
	}
	h.Set("Content-Length", "0")
	w.WriteHeader(status)
}

// serveWithoutSlash leads to the address without the slash that is one too many.
func (s *public) serveWithoutSlash(w http.ResponseWriter, r *http.Request, g *guise) {
	redirect(w, r, g.path(strings.Trim(r.URL.Path, "/")), http.StatusMovedPermanently)
}

// selectionStamp is the state of which a selection is made: of the channel that every record
// changes.
func (s *public) selectionStamp(g *guise, locale string) stamp {
	state := s.Shelf.channel(feeds.Channel{Locale: locale, Kind: feeds.ChannelEverything})
	return stamp{settings: g.Settings, revision: state.Revision, past: state.Past}
}

// selectContent returns what is held of a selection at a path with its query, or has it made,
// within the bounds of who asks and of the process. Where it can't be made now, the last state
// comes with the error; nil where there is none, or where that shows a past that has changed.
func (s *public) selectContent(r *http.Request, g *guise, picked feeds.Selection, key, mediaType string, compose func(context.Context) ([]byte, error)) (*content, error) {
	now := s.selectionStamp(g, picked.Locale)
	if c := s.selected.fresh(key, now); c != nil {
		s.Metrics.searched(picked.IsSearch(), searchHeld, 0)
		return c, nil
	}
	return s.selected.get(r.Context(), key, now, mediaType, func(ctx context.Context) ([]byte, error) {
		// Here only those are who have it made: others wait for what they get.
		if err := s.mayBeMade(r, now); err != nil {
			s.Metrics.searched(picked.IsSearch(), outcomeOf(err), 0)
			return nil, err
		}
		ctx, cancel := context.WithTimeout(ctx, askPatience)
		defer cancel()
		began := time.Now()
		body, err := s.atDesk(ctx, compose)
		s.Metrics.searched(picked.IsSearch(), outcomeOf(err), time.Since(began))
		if !isDocuments(err) && !errors.Is(err, errNoSuchPage) {
			s.selecting.Report(ctx, s.Log, err, "path", r.URL.Path)
		}
		return body, err
	})
}

// mayBeMade says why nothing may be made for who asks: while the database is away, before it
// is known what is published, and where they have asked for too much.
func (s *public) mayBeMade(r *http.Request, now stamp) error {
	switch {
	case s.Shelf.failing.Load() != nil, now.revision == 0:
		return errNoAnswer
	case !s.askers.may(r):
		return errTooOften
	}
	return nil
}

// atDesk makes something at one of the process's seats.
func (s *public) atDesk(ctx context.Context, compose func(context.Context) ([]byte, error)) ([]byte, error) {
	if err := s.desk.enter(ctx); err != nil {
		return nil, err
	}
	defer s.desk.leave()
	return compose(ctx)
}

// askAgain is how long who asked too often is told to wait, in seconds.
const askAgain = "5"

// failSelection answers why there is nothing to be served of a selection.
func (s *public) failSelection(w http.ResponseWriter, r *http.Request, g *guise, err error) {
	switch {
	case errors.Is(err, errTooOften):
		w.Header().Set("Retry-After", askAgain)
		s.answer(w, r, g, http.StatusTooManyRequests, func(p *page) (heading, text string) {
			return p.text("search.often"), p.text("search.often-text")
		})
	case errors.Is(err, errNoSuchPage):
		s.fail(w, r, g, http.StatusNotFound)
	default:
		s.fail(w, r, g, http.StatusServiceUnavailable)
	}
}

// isQuery reports whether a query says what another one does, field by field: programs write
// some characters as escapes and others as themselves, and would follow a redirect for ever
// that did not take one for the other. That a browser asks for the feed itself is no part of
// it ([navigates]).
func isQuery(raw, canonical string) bool {
	fields := func(query string) (all []string) {
		for field := range strings.SplitSeq(query, "&") {
			if text, err := url.QueryUnescape(field); err != nil {
				all = append(all, field)
			} else if text != "raw=1" {
				all = append(all, text)
			}
		}
		return all
	}
	return raw == canonical || slices.Equal(fields(raw), fields(canonical))
}
