package ops

import (
	"net/http/httptest"
	"strings"
	"testing"
)

// BenchmarkPages measures what a page costs of a service with a thousand sources, once what it
// looks at is known.
func BenchmarkPages(b *testing.B) {
	h := manyOperations().handler(nil)
	for _, path := range allPages {
		b.Run(strings.ReplaceAll(path, "/", "_"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", path, nil))
			}
		})
	}
}
