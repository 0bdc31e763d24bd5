package tracing

import (
	"context"
	"net/http"
	"net/url"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/propagation"
)

// What the library writes into a span it takes from the request. So it is shown one that
// says no more than may be known, and the true one goes past it in the context.
type (
	trueRequest struct{}
)

// Transport returns a transport that makes a span of each exchange below the span of the
// request's context. Show returns an address as it may stand in the span. The server is
// told nothing of the trace. A nil tracer returns the transport as it is.
func (t *Tracer) Transport(to http.RoundTripper, show func(string) string) http.RoundTripper {
	if t == nil {
		return to
	}
	return outgoing{show, otelhttp.NewTransport(restoring{to},
		otelhttp.WithTracerProvider(t.provider),
		otelhttp.WithMeterProvider(t.Meters()),
		otelhttp.WithPropagators(propagation.NewCompositeTextMapPropagator()), // none
		otelhttp.WithSpanNameFormatter(func(_ string, r *http.Request) string { return r.Method + " " + r.URL.Hostname() }),
	)}
}

// outgoing shows a request as it may be known.
type outgoing struct {
	show   func(string) string
	traced http.RoundTripper
}

// RoundTrip implements [http.RoundTripper].
func (o outgoing) RoundTrip(r *http.Request) (*http.Response, error) {
	shown := &http.Request{
		Method: r.Method, Host: r.Host, Header: http.Header{"User-Agent": r.Header["User-Agent"]},
		Proto: r.Proto, ProtoMajor: r.ProtoMajor, ProtoMinor: r.ProtoMinor,
	}
	var err error
	if shown.URL, err = url.Parse(o.show(r.URL.String())); err != nil {
		shown.URL = &url.URL{Scheme: r.URL.Scheme, Host: r.URL.Host}
	}
	return o.traced.RoundTrip(shown.WithContext(context.WithValue(r.Context(), trueRequest{}, r)))
}

// restoring makes the exchange with the true request.
type restoring struct{ to http.RoundTripper }

// RoundTrip implements [http.RoundTripper].
func (t restoring) RoundTrip(shown *http.Request) (*http.Response, error) {
	r := shown.Context().Value(trueRequest{}).(*http.Request)
	return t.to.RoundTrip(r.WithContext(shown.Context()))
}

// Handler returns a handler that makes a span of each answer. What a request brings as its
// trace is linked. Where a request comes from, its query and its fields are not in the span,
// but for what program asks. A nil tracer returns the handler as it is.
func (t *Tracer) Handler(to http.Handler) http.Handler {
	if t == nil {
		return to
	}
	traced := otelhttp.NewHandler(http.HandlerFunc(func(w http.ResponseWriter, shown *http.Request) {
		r := shown.Context().Value(trueRequest{}).(*http.Request)
		to.ServeHTTP(w, r.WithContext(shown.Context()))
	}), "serve",
		otelhttp.WithTracerProvider(t.provider),
		otelhttp.WithMeterProvider(t.Meters()),
		otelhttp.WithPropagators(propagation.TraceContext{}),
		otelhttp.WithPublicEndpointFn(func(*http.Request) bool { return true }),
	)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		shown := &http.Request{
			Method: r.Method, Host: r.Host, URL: &url.URL{Path: r.URL.Path}, Body: http.NoBody,
			Header: http.Header{"User-Agent": r.Header["User-Agent"], "Traceparent": r.Header["Traceparent"], "Tracestate": r.Header["Tracestate"]},
			Proto:  r.Proto, ProtoMajor: r.ProtoMajor, ProtoMinor: r.ProtoMinor,
		}
		traced.ServeHTTP(w, shown.WithContext(context.WithValue(r.Context(), trueRequest{}, r)))
	})
}
