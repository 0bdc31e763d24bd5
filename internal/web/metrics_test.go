package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

func TestMetrics(t *testing.T) {
	c := newCity(t)
	metrics := NewMetrics()
	public := Public(Config{Settings: func() Settings { return c.settings }, Shelf: c.shelf(time.Hour), Channels: c, Articles: c, Metrics: metrics, Log: discard()})
	tag := get(public, "/en/all.rss").Header.Get("ETag")
	get(public, "/en/all.rss", "If-None-Match", tag)
	get(public, "/en/gossip.rss")
	get(public, "/en/")
	get(public, "/")
	ask(public, http.MethodPost, "/")
	got := body(t, get(promhttp.HandlerFor(metrics.Registry, promhttp.HandlerOpts{}), "/metrics"))
	for _, want := range []string{
		`kairan_http_requests_total{format="rss",route="feed",status="200"} 1`,
		`kairan_http_requests_total{format="rss",route="feed",status="304"} 1`,
		`kairan_http_requests_total{format="rss",route="feed",status="404"} 1`,
		`kairan_http_requests_total{format="",route="page",status="200"} 1`,
		`kairan_http_requests_total{format="",route="redirect",status="302"} 1`,
		`kairan_http_requests_total{format="",route="unknown",status="405"} 1`,
		`kairan_http_request_duration_seconds_count{route="feed"} 3`,
		`go_goroutines`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s", want)
		}
	}
}
