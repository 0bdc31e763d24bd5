package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"sync"
	"testing"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	trace "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// spans are what a collector on this machine was told.
type spans struct {
	mu  sync.Mutex
	all []*trace.Span
}

// collectSpans starts a collector and returns its address.
func collectSpans(t *testing.T) (*spans, string) {
	t.Helper()
	s := &spans{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		var request collector.ExportTraceServiceRequest
		if err := errors.Join(err, proto.Unmarshal(body, &request)); err != nil || r.URL.Path != "/v1/traces" {
			t.Errorf("what came to %s can't be read: %v", r.URL.Path, err)
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, of := range request.ResourceSpans {
			for _, scope := range of.ScopeSpans {
				s.all = append(s.all, scope.Spans...)
			}
		}
		w.Header().Set("Content-Type", "application/x-protobuf")
	}))
	t.Cleanup(server.Close)
	return s, server.URL
}

// find returns the first span of a name for which something holds; nil if there is none.
func (s *spans) find(name string, holds func(*trace.Span) bool) *trace.Span {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, span := range s.all {
		if span.Name == name && holds(span) {
			return span
		}
	}
	return nil
}

// below is whether a span is a step of another.
func below(parent *trace.Span) func(*trace.Span) bool {
	return func(s *trace.Span) bool { return string(s.ParentSpanId) == string(parent.SpanId) }
}

// linkedTo is whether a span is linked with another.
func linkedTo(to *trace.Span) func(*trace.Span) bool {
	return func(s *trace.Span) bool {
		for _, link := range s.Links {
			if string(link.SpanId) == string(to.SpanId) && string(link.TraceId) == string(to.TraceId) {
				return true
			}
		}
		return false
	}
}

func attribute(s *trace.Span, key string) string {
	for _, a := range s.Attributes {
		if a.Key == key {
			return a.Value.GetStringValue()
		}
	}
	return ""
}

// TestATraceLeadsFromAFetchToTheDocumentThatItChanged follows a notice through two
// processes by the links of their spans.
func TestATraceLeadsFromAFetchToTheDocumentThatItChanged(t *testing.T) {
	t.Parallel()
	told, address := collectSpans(t)
	c := newCity(t, 1)
	var fields sync.Map
	c.put("/a", func(w http.ResponseWriter, r *http.Request) {
		for name := range r.Header {
			fields.Store(strings.ToLower(name), true)
		}
		rss(0, "Bridge")(w, r)
	})
	config, data := write(t, "kairan.yaml", urgentConfig(feedSource("a", c.hosts[0], "/a?token=t0ken"))), t.TempDir()
	traced := func(args ...string) *exec.Cmd {
		cmd := program(args...)
		cmd.Env = append(cmd.Env, "OTEL_EXPORTER_OTLP_ENDPOINT="+address, "OTEL_BSP_SCHEDULE_DELAY=100")
		return cmd
	}
	work := startAs(t, traced, "work", "--config", config, "--data", data)
	web := startAs(t, traced, "web", "--config", config, "--data", data)
	web.await(web.site+"/en/all.atom", "with the notice", holds("Bridge"))

	await := func(what, name string, holds func(*trace.Span) bool) (found *trace.Span) {
		t.Helper()
		eventually(t, func() bool { found = told.find(name, holds); return found != nil }, func() string {
			told.mu.Lock()
			defer told.mu.Unlock()
			var all strings.Builder
			for _, s := range told.all {
				fmt.Fprintf(&all, "%s: span %x of %x in trace %x\n", s.Name, s.SpanId, s.ParentSpanId, s.TraceId)
			}
			return "there is no " + what + " among\n" + all.String()
		})
		return found
	}
	visit := await("visit", "visit", func(s *trace.Span) bool {
		return attribute(s, "kairan.source") == "a" && attribute(s, "kairan.outcome") == "ok"
	})
	fetch := await("fetch of it", "fetch", below(visit))
	hop := await("exchange of that", "GET 127.0.1.1", below(fetch))
	if hop.Kind != trace.Span_SPAN_KIND_CLIENT || strings.Contains(hop.String(), "t0ken") {
		t.Errorf("the exchange is %s", hop)
	}
	await("reading of it", "parse", below(visit))
	await("storing of it", "store", below(visit))
	await("job that it was made in", "river.work/collect", func(s *trace.Span) bool { return linkedTo(s)(visit) })

	publish := await("publication that is linked with the visit", "publish", func(s *trace.Span) bool {
		return attribute(s, "kairan.channel") == "en/all" && linkedTo(visit)(s)
	})
	await("job of the publication", "river.work/publish", func(s *trace.Span) bool { return below(s)(publish) })
	made := await("document that is linked with the publication", "make", func(s *trace.Span) bool {
		return attribute(s, "kairan.channel") == "en/all" && linkedTo(publish)(s)
	})
	for _, step := range []string{"compose", "render", "check"} {
		await(step+" of the document", step, below(made))
	}
	await("answer that it was made for", "serve feed", func(s *trace.Span) bool { return string(s.TraceId) == string(made.TraceId) })

	for _, name := range []string{"traceparent", "tracestate", "baggage"} {
		if _, sent := fields.Load(name); sent {
			t.Errorf("the source is told %s", name)
		}
	}
	// The log calls the visit by the same name.
	if want := "visit=" + hex.EncodeToString(visit.TraceId); !strings.Contains(work.output(), want) {
		t.Errorf("the log has no %s:\n%s", want, work.output())
	}
}
