package tracing_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	trace "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"

	"github.com/kairan-news/kairan/internal/tracing"
)

// receiver is a collector on this machine, which keeps what it is sent.
type receiver struct {
	*httptest.Server
	mu    sync.Mutex
	spans map[string]*trace.Span // by their names
	about string                 // what the process says of itself
}

func newReceiver(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{spans: map[string]*trace.Span{}}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		body, err := io.ReadAll(q.Body)
		var request collector.ExportTraceServiceRequest
		if err := errors.Join(err, proto.Unmarshal(body, &request)); err != nil {
			t.Errorf("what came to %s can't be read: %v", q.URL.Path, err)
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		for _, of := range request.ResourceSpans {
			r.about += of.Resource.String()
			for _, scope := range of.ScopeSpans {
				for _, s := range scope.Spans {
					r.spans[s.Name] = s
				}
			}
		}
		w.Header().Set("Content-Type", "application/x-protobuf")
	}))
	t.Cleanup(r.Close)
	return r
}

// tracer returns one that tells the receiver.
func (r *receiver) tracer(t *testing.T, environment map[string]string) *tracing.Tracer {
	t.Helper()
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", r.URL) // which the library reads itself
	for name, value := range environment {
		t.Setenv(name, value)
	}
	tracer, err := tracing.FromEnvironment(t.Context(), func(name string) string {
		if name == "OTEL_EXPORTER_OTLP_ENDPOINT" {
			return r.URL
		}
		return environment[name]
	}, tracing.Process{Version: "v1", Role: "serve"}, slog.New(slog.DiscardHandler))
	if err != nil || tracer == nil {
		t.Fatalf("the tracer is %v, %v", tracer, err)
	}
	return tracer
}

// sent ends the tracer and returns what it told, by the spans' names.
func (r *receiver) sent(t *testing.T, tracer *tracing.Tracer) map[string]*trace.Span {
	t.Helper()
	if err := tracer.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.spans
}

func TestStepsAreJoinedByLinks(t *testing.T) {
	r := newReceiver(t)
	tracer := r.tracer(t, map[string]string{"OTEL_RESOURCE_ATTRIBUTES": "deployment.environment=test"})
	job, whole := tracer.Start(t.Context(), "job")
	ctx, visit := tracer.Begin(job, "visit", slog.String("source", "harbour"), slog.Int("new", 3))
	_, parse := tracer.Start(ctx, "parse")
	parse.End(errors.New("it is no feed"))
	visit.End(nil)
	whole.End(nil)
	_, publish := tracer.Start(t.Context(), "publish")
	publish.Link(visit.Name(), "", "nonsense")
	publish.End(nil)

	spans := r.sent(t, tracer)
	v, p, j := spans["visit"], spans["publish"], spans["job"]
	if string(v.TraceId) == string(j.TraceId) || len(v.ParentSpanId) != 0 || len(v.Links) != 1 || string(v.Links[0].SpanId) != string(j.SpanId) {
		t.Errorf("a visit is no trace of its own, linked with its job: %v, %v", v, j)
	}
	if step := spans["parse"]; string(step.ParentSpanId) != string(v.SpanId) || step.Status.Message != "it is no feed" {
		t.Errorf("a step is not below its visit: %v", step)
	}
	if len(p.Links) != 1 || string(p.Links[0].TraceId) != string(v.TraceId) || string(p.Links[0].SpanId) != string(v.SpanId) {
		t.Errorf("the publication is linked with %v", p.Links)
	}
	if text := v.String(); !strings.Contains(text, "harbour") || !strings.Contains(text, "kairan.new") {
		t.Errorf("the visit says %s", text)
	}
	for _, want := range []string{"kairan", "v1", "serve", "deployment.environment"} {
		if !strings.Contains(r.about, want) {
			t.Errorf("the process does not say %q of itself: %s", want, r.about)
		}
	}
}

func TestWhatIsNotTracedHasANameAllTheSame(t *testing.T) {
	var tracer *tracing.Tracer
	ctx, span := tracer.Begin(t.Context(), "visit")
	if ctx != t.Context() {
		t.Error("the context is another")
	}
	name, other := span.Name(), span.Name()
	if !regexp.MustCompile(`^00-[0-9a-f]{32}-[0-9a-f]{16}-00$`).MatchString(name) || name == other {
		t.Errorf("the names are %q and %q", name, other)
	}
	if id := tracing.ID(name); id != name[3:35] || tracing.ID("nonsense") != "" {
		t.Errorf("the trace of %q is %q", name, id)
	}
	span.Set(slog.Int("n", 1))
	span.Call("other")
	span.Link(name)
	span.End(errors.New("it failed"))
	tracing.Of(ctx).End(nil)
	handler := http.NotFoundHandler()
	if got := tracer.Transport(http.DefaultTransport, nil); got != http.DefaultTransport {
		t.Error("exchanges go through something")
	}
	answer := httptest.NewRecorder()
	tracer.Handler(handler).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/", nil))
	if answer.Code != http.StatusNotFound || tracer.Close(t.Context()) != nil {
		t.Errorf("the answer is %d", answer.Code)
	}
}

func TestForeignServersLearnNothing(t *testing.T) {
	r := newReceiver(t)
	tracer := r.tracer(t, nil)
	var fields http.Header
	var query string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		fields, query = q.Header, q.URL.RawQuery
		io.WriteString(w, "hello")
	}))
	t.Cleanup(server.Close)
	transport := tracer.Transport(http.DefaultTransport, func(string) string { return server.URL + "/feed?token=REDACTED" })

	ctx, span := tracer.Begin(t.Context(), "visit")
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+"/feed?token=tok3n", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer s3cret")
	response, err := transport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	response.Body.Close()
	span.End(nil)
	if string(body) != "hello" || err != nil || query != "token=tok3n" || fields.Get("Authorization") != "Bearer s3cret" {
		t.Errorf("the exchange is %q, %v, with %q and %v", body, err, query, fields)
	}
	for name := range fields {
		if strings.HasPrefix(strings.ToLower(name), "trace") || strings.EqualFold(name, "baggage") {
			t.Errorf("the server is told %s: %q", name, fields[name])
		}
	}
	spans := r.sent(t, tracer)
	hop := spans["GET 127.0.0.1"]
	if hop == nil || string(hop.TraceId) != string(spans["visit"].TraceId) {
		t.Fatalf("there is no span below the visit: %v", spans)
	}
	if text := hop.String(); strings.Contains(text, "tok3n") || strings.Contains(text, "s3cret") || !strings.Contains(text, "REDACTED") {
		t.Errorf("the span says %s", text)
	}
}

func TestReadersAreNotInTheSpans(t *testing.T) {
	r := newReceiver(t)
	tracer := r.tracer(t, nil)
	handler := tracer.Handler(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if q.RemoteAddr != "192.0.2.1:1234" || q.URL.RawQuery != "email=a@b.example" || q.Header.Get("Cookie") == "" {
			t.Errorf("the handler is given %v", q)
		}
		tracing.Of(q.Context()).Call("serve feed")
		w.WriteHeader(http.StatusNotModified)
	}))
	request := httptest.NewRequest(http.MethodGet, "/en/all.rss?email=a@b.example", nil)
	request.Header.Set("Cookie", "c00kie")
	request.Header.Set("X-Forwarded-For", "198.51.100.7")
	request.Header.Set("User-Agent", "Newsboat/2")
	request.Header.Set("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request)
	if answer.Code != http.StatusNotModified {
		t.Errorf("the answer is %d", answer.Code)
	}
	span := r.sent(t, tracer)["serve feed"]
	text := span.String()
	for _, secret := range []string{"192.0.2.1", "198.51.100.7", "c00kie", "a@b.example"} {
		if strings.Contains(text, secret) {
			t.Errorf("the span has %q: %s", secret, text)
		}
	}
	if !strings.Contains(text, "Newsboat") || !strings.Contains(text, "/en/all.rss") {
		t.Errorf("the span says %s", text)
	}
	// A reader's trace is linked, and no parent: nobody out there has us trace.
	if len(span.ParentSpanId) != 0 || len(span.Links) != 1 || span.Links[0].TraceId[0] != 0x0a {
		t.Errorf("its parent is %x, its links are %v", span.ParentSpanId, span.Links)
	}
}

func TestTheEnvironmentDecides(t *testing.T) {
	for _, c := range []struct {
		environment, want string // "on", "off" or what the error says
	}{
		{"", "off"},
		{"OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1", "on"},
		{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://127.0.0.1:1/v1/traces", "on"},
		{"OTEL_TRACES_EXPORTER=otlp", "on"},
		{"OTEL_TRACES_EXPORTER=none OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1", "off"},
		{"OTEL_SDK_DISABLED=true OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1", "off"},
		{"OTEL_TRACES_EXPORTER=zipkin", "use otlp or none"},
		{"OTEL_TRACES_EXPORTER=otlp OTEL_EXPORTER_OTLP_PROTOCOL=grpc", "use http/protobuf"},
		{"OTEL_TRACES_EXPORTER=otlp OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "on"},
	} {
		environment := map[string]string{}
		for set := range strings.FieldsSeq(c.environment) {
			name, value, _ := strings.Cut(set, "=")
			environment[name] = value
		}
		tracer, err := tracing.FromEnvironment(t.Context(), func(name string) string { return environment[name] }, tracing.Process{}, slog.New(slog.DiscardHandler))
		got := "off"
		switch {
		case err != nil:
			got = err.Error()
		case tracer != nil:
			got = "on"
		}
		if !strings.Contains(got, c.want) {
			t.Errorf("by %q it is %q, want %q", c.environment, got, c.want)
		}
	}
}
