//go:build !nobuckets

package export

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// storage is as much of S3 as an export needs.
type storage struct {
	mu      sync.Mutex
	objects map[string]object
}

type object struct {
	header http.Header
	body   []byte
}

func (s *storage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	name := strings.TrimPrefix(r.URL.Path, "/news/")
	o, ok := s.objects[name]
	switch {
	case r.Method == http.MethodPut:
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		s.objects[name] = object{r.Header, body}
		w.Header().Set("ETag", `"x"`)
	case !ok:
		w.Header().Set("Content-Type", "application/xml")
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, `<Error><Code>NoSuchKey</Code></Error>`)
	case r.Method == http.MethodDelete:
		delete(s.objects, name)
		w.WriteHeader(http.StatusNoContent)
	default:
		w.Header().Set("ETag", `"x"`)
		w.Header().Set("Last-Modified", noon.Format(http.TimeFormat))
		_, _ = w.Write(o.body)
	}
}

func TestExportToABucket(t *testing.T) {
	cloud := &storage{objects: map[string]object{}}
	server := httptest.NewServer(cloud)
	defer server.Close()
	t.Setenv("AWS_ACCESS_KEY_ID", "key")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	target, err := Open(t.Context(), "s3://news?region=eu-west-1&use_path_style=true&endpoint="+server.URL+
		"&request_checksum_calculation=when_required&response_checksum_validation=when_required&prefix=site/")
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	s := newSite()
	if r := run(t, s, target, noon); r != (Result{Files: 13, Written: 13}) {
		t.Errorf("the first export: %+v", r)
	}
	for name, want := range map[string]map[string]string{
		"site/en/all.atom":     {"Content-Type": "application/atom+xml; charset=utf-8", "Cache-Control": "public, max-age=60", "Content-Encoding": "", "X-Amz-Meta-Modified": "2026-11-02T12:00:00Z"},
		"site/en/all.atom.gz":  {"Content-Type": "application/atom+xml; charset=utf-8", "Cache-Control": "public, max-age=60", "Content-Encoding": "gzip"},
		"site/en/all.atom.zst": {"Content-Encoding": "zstd"},
		"site/en/all.atom.br":  {"Content-Encoding": "br"},
		"site/en/government":   {"Content-Type": html},
		"site/en/index.html":   {"Content-Type": html},
		"site/en/n/old.gone":   {},
	} {
		o, ok := cloud.objects[name]
		if !ok {
			t.Errorf("no object %s", name)
		}
		for field, value := range want {
			if got := o.header.Get(field); got != value {
				t.Errorf("%s: %s: %q, want %q", name, field, got, value)
			}
		}
	}
	if got := string(cloud.objects["site/en/all.atom"].body); !strings.Contains(got, s.pages["/en/all.atom"].content) {
		t.Errorf("the object holds %.100q", got)
	}
	if r := run(t, s, target, noon.Add(time.Hour)); r != (Result{Files: 13}) || len(s.asked) > 0 {
		t.Errorf("the second export: %+v, asked %q", r, s.asked)
	}
	delete(s.pages, "/en/all.atom")
	if r := run(t, s, target, noon.Add(time.Hour)); r.Removed != 1 {
		t.Errorf("with one gone: %+v", r)
	}
	for name := range cloud.objects {
		if strings.Contains(name, "all.atom") {
			t.Errorf("%s is still there", name)
		}
	}
}
