package main

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/tracing"
)

// aroundFetches returns what stands around each exchange with a source; nil for nothing.
func aroundFetches(t *tracing.Tracer) func(http.RoundTripper) http.RoundTripper {
	if t == nil {
		return nil
	}
	return func(to http.RoundTripper) http.RoundTripper { return t.Transport(to, fetch.Redact) }
}

// stepsOf returns what is told of the steps of making a document; nil for nothing.
func stepsOf(t *tracing.Tracer) func(ctx context.Context, name string) (ended func()) {
	if t == nil {
		return nil
	}
	return func(ctx context.Context, name string) func() {
		_, span := t.Start(ctx, name)
		return func() { span.End(nil) }
	}
}

// traced makes documents as a step that is linked with the publication that has them be
// made anew.
func (d documents) traced(ctx context.Context, s *setup, c feeds.Channel, archive int, formats []feeds.Format) (made feeds.Made, err error) {
	ctx, span := s.tracer.Start(ctx, "make")
	defer func() { span.End(err) }()
	made, err = s.composer(d.db).Make(ctx, c, archive, formats...)
	if err != nil {
		return made, err
	}
	span.Set(slog.String("channel", c.String()), slog.Int("archive", archive), slog.Int64("revision", made.State.Revision), slog.Int64("seq", made.State.Seq))
	// That its publication can't be asked for is no reason not to serve it.
	if publication, err := d.db.PublicationOf(ctx, c, made.State.Revision); err == nil {
		span.Link(publication)
	}
	return made, nil
}
