package tracing

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"strings"

	"github.com/go-logr/logr"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// Process is what a process says of itself with its spans.
type Process struct {
	Version string
	Role    string // serve, work or web
}

// FromEnvironment returns the tracer that the environment asks for, nil if it asks for
// none. Getenv is [os.Getenv]. What goes wrong with the collector is logged.
//
// It is on where OTEL_EXPORTER_OTLP_ENDPOINT or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is set,
// or OTEL_TRACES_EXPORTER is "otlp", which means http://localhost:4318 then; and off
// where OTEL_SDK_DISABLED is "true" or OTEL_TRACES_EXPORTER is "none". It speaks OTLP over
// HTTP in protobuf. The exporter and the SDK read the other variables themselves:
// OTEL_EXPORTER_OTLP_HEADERS, _TIMEOUT, _COMPRESSION, _CERTIFICATE, OTEL_TRACES_SAMPLER and
// _ARG, OTEL_BSP_*, OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES.
func FromEnvironment(ctx context.Context, getenv func(string) string, p Process, log *slog.Logger) (*Tracer, error) {
	on, err := isAsked(getenv)
	if err != nil || !on {
		return nil, err
	}
	// The library knows no other way to be told where its complaints go.
	otel.SetLogger(logr.FromSlogHandler(quiet{log.Handler()}))
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) {
		log.Warn("traces can't be sent, and those are lost; look at the collector and at OTEL_EXPORTER_OTLP_ENDPOINT", "error", err)
	}))
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, fmt.Errorf("trace to the collector that the environment names: %w", err)
	}
	described, err := resource.New(ctx,
		resource.WithTelemetrySDK(),
		resource.WithAttributes(
			attribute.String("service.name", "kairan"), attribute.String("service.version", p.Version), attribute.String("kairan.role", p.Role)),
		resource.WithHost(),
		resource.WithFromEnv(), // the last word
	)
	if err != nil {
		return nil, fmt.Errorf("trace by what OTEL_RESOURCE_ATTRIBUTES says: %w", err)
	}
	provider := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter), sdktrace.WithResource(described))
	return newTracer(provider, provider.Shutdown), nil
}

// isAsked reports whether the environment asks for traces.
func isAsked(getenv func(string) string) (bool, error) {
	endpoint := cmp.Or(getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"), getenv("OTEL_EXPORTER_OTLP_ENDPOINT"))
	exporter := getenv("OTEL_TRACES_EXPORTER")
	switch {
	case strings.EqualFold(getenv("OTEL_SDK_DISABLED"), "true"), exporter == "none", exporter == "" && endpoint == "":
		return false, nil
	case exporter != "" && exporter != "otlp":
		return false, fmt.Errorf("OTEL_TRACES_EXPORTER=%s: use otlp or none", exporter)
	}
	protocol := cmp.Or(getenv("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"), getenv("OTEL_EXPORTER_OTLP_PROTOCOL"))
	if protocol != "" && protocol != "http/protobuf" {
		return false, fmt.Errorf("OTEL_EXPORTER_OTLP_PROTOCOL=%s: use http/protobuf, which collectors take at port 4318", protocol)
	}
	return true, nil
}

// quiet passes on what the library complains of, and nothing of its inner life.
type quiet struct{ slog.Handler }

func (q quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && q.Handler.Enabled(ctx, level)
}
func (q quiet) WithAttrs(attrs []slog.Attr) slog.Handler { return quiet{q.Handler.WithAttrs(attrs)} }
func (q quiet) WithGroup(name string) slog.Handler       { return quiet{q.Handler.WithGroup(name)} }
