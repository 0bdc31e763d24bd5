package tracing

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/metric"
	nometric "go.opentelemetry.io/otel/metric/noop"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// scope names the program's own spans.
const scope = "github.com/kairan-news/kairan"

// Tracer makes spans. A nil one makes none.
type Tracer struct {
	provider trace.TracerProvider
	own      trace.Tracer
	shutdown func(context.Context) error
}

// newTracer returns a tracer whose spans go to a provider.
func newTracer(provider trace.TracerProvider, shutdown func(context.Context) error) *Tracer {
	return &Tracer{provider, provider.Tracer(scope), shutdown}
}

// Provider is what other libraries make their spans by.
func (t *Tracer) Provider() trace.TracerProvider { return t.provider }

// Meters counts nothing: what there is to be counted is told to Prometheus. It is for
// libraries that else count for OpenTelemetry.
func (t *Tracer) Meters() metric.MeterProvider { return nometric.NewMeterProvider() }

// Close sends what was not sent yet, for some seconds at most.
func (t *Tracer) Close(ctx context.Context) error {
	if t == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	return t.shutdown(ctx)
}

// Begin begins a span of its own trace, with a link to the span that the context has.
func (t *Tracer) Begin(ctx context.Context, name string, about ...slog.Attr) (context.Context, Span) {
	if t == nil {
		return ctx, Span{}
	}
	options := []trace.SpanStartOption{trace.WithNewRoot(), trace.WithAttributes(attributes(about)...)}
	if link := trace.LinkFromContext(ctx); link.SpanContext.IsValid() {
		options = append(options, trace.WithLinks(link))
	}
	ctx, span := t.own.Start(ctx, name, options...)
	return ctx, Span{span}
}

// Start begins a span below that of the context, and one of its own trace if that has none.
func (t *Tracer) Start(ctx context.Context, name string, about ...slog.Attr) (context.Context, Span) {
	if t == nil {
		return ctx, Span{}
	}
	ctx, span := t.own.Start(ctx, name, trace.WithAttributes(attributes(about)...))
	return ctx, Span{span}
}

// Of returns the span that the context has.
func Of(ctx context.Context) Span {
	span := trace.SpanFromContext(ctx)
	if !span.SpanContext().IsValid() {
		return Span{}
	}
	return Span{span}
}

// Span is a step that takes time. The zero value is none.
type Span struct{ span trace.Span }

// Set says more of the step.
func (s Span) Set(about ...slog.Attr) {
	if s.span != nil && s.span.IsRecording() {
		s.span.SetAttributes(attributes(about)...)
	}
}

// Call gives the span another name than it began with.
func (s Span) Call(name string) {
	if s.span != nil {
		s.span.SetName(name)
	}
}

// Link links spans by their names. What is no such name is left out.
func (s Span) Link(names ...string) {
	if s.span == nil || !s.span.IsRecording() {
		return
	}
	for _, name := range names {
		if to := parse(name); to.IsValid() {
			s.span.AddLink(trace.Link{SpanContext: to})
		}
	}
}

// End ends the step, with an error if it failed. Its text is in the span.
func (s Span) End(err error) {
	if s.span == nil {
		return
	}
	if err != nil {
		s.span.SetStatus(codes.Error, err.Error())
	}
	s.span.End()
}

// Name names the span wherever it is spoken of: as a W3C traceparent
// (https://www.w3.org/TR/trace-context/#traceparent-header). The zero value gives itself a
// new one each time.
func (s Span) Name() string {
	if s.span == nil {
		var random [24]byte
		_, _ = rand.Read(random[:]) // it never fails
		return "00-" + hex.EncodeToString(random[:16]) + "-" + hex.EncodeToString(random[16:]) + "-00"
	}
	carrier := propagation.MapCarrier{}
	propagation.TraceContext{}.Inject(trace.ContextWithSpanContext(context.Background(), s.span.SpanContext()), carrier)
	return carrier["traceparent"]
}

// ID returns the identifier of the trace in a span's name, by which the log calls it; ""
// where there is none.
func ID(name string) string {
	if to := parse(name); to.IsValid() {
		return to.TraceID().String()
	}
	return ""
}

func parse(name string) trace.SpanContext {
	ctx := propagation.TraceContext{}.Extract(context.Background(), propagation.MapCarrier{"traceparent": name})
	return trace.SpanContextFromContext(ctx)
}

// attributes are what is said in the words of package slog.
func attributes(about []slog.Attr) []attribute.KeyValue {
	all := make([]attribute.KeyValue, 0, len(about))
	for _, a := range about {
		key := "kairan." + a.Key
		switch v := a.Value.Resolve(); v.Kind() {
		case slog.KindInt64:
			all = append(all, attribute.Int64(key, v.Int64()))
		case slog.KindFloat64:
			all = append(all, attribute.Float64(key, v.Float64()))
		case slog.KindBool:
			all = append(all, attribute.Bool(key, v.Bool()))
		default:
			all = append(all, attribute.String(key, v.String()))
		}
	}
	return all
}
