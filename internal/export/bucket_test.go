//go:build !nobuckets

package export

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gocloud.dev/blob"
	"gocloud.dev/gcp"
)

// storage is as much of a provider as an export needs: three of them speak nearly the
// same.
type storage struct {
	root string // the path of the bucket

	mu      sync.Mutex
	objects map[string]object
	busy    int // how many requests are refused for the moment
}

type object struct {
	header http.Header
	body   []byte
}

func (s *storage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	name := strings.TrimPrefix(r.URL.Path, s.root)
	o, ok := s.objects[name]
	switch {
	case s.busy > 0:
		s.busy--
		w.WriteHeader(http.StatusServiceUnavailable)
	case r.Method == http.MethodPut:
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		s.objects[name] = object{r.Header, body}
		w.Header().Set("ETag", `"x"`)
		w.WriteHeader(http.StatusCreated)
	case !ok:
		w.Header().Set("Content-Type", "application/xml")
		w.Header().Set("X-Ms-Error-Code", "BlobNotFound")
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, `<Error><Code>NoSuchKey</Code></Error>`)
	case r.Method == http.MethodDelete:
		delete(s.objects, name)
		w.WriteHeader(http.StatusAccepted)
	default:
		w.Header().Set("ETag", `"x"`)
		w.Header().Set("Last-Modified", noon.Format(http.TimeFormat))
		_, _ = w.Write(o.body)
	}
}

// TestExportToABucket proves, for each provider, that an export arrives there as it
// should be served.
func TestExportToABucket(t *testing.T) {
	for _, provider := range []struct {
		name, root  string
		environment func(host string) map[string]string
		target      func(host string) string
		// The fields in which an object is told its own.
		mediaType, encoding, cache, modified string
	}{
		{
			"S3", "/news/",
			func(string) map[string]string {
				return map[string]string{"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_EC2_METADATA_DISABLED": "true"}
			},
			func(host string) string {
				return "s3://news?region=eu-west-1&use_path_style=true&endpoint=http://" + host +
					"&request_checksum_calculation=when_required&response_checksum_validation=when_required&prefix=site/"
			},
			"Content-Type", "Content-Encoding", "Cache-Control", "X-Amz-Meta-Modified",
		},
		{
			"Google Cloud Storage", "/news/",
			func(host string) map[string]string { return map[string]string{"STORAGE_EMULATOR_HOST": host} },
			func(string) string { return "gs://news?prefix=site/" },
			"Content-Type", "Content-Encoding", "Cache-Control", "X-Goog-Meta-Modified",
		},
		{
			"Azure", "/city/news/",
			func(string) map[string]string {
				return map[string]string{"AZURE_STORAGE_ACCOUNT": "city", "AZURE_STORAGE_KEY": "c2VjcmV0"}
			},
			func(host string) string {
				return "azblob://news?protocol=http&localemu=true&domain=" + host + "&prefix=site/"
			},
			"X-Ms-Blob-Content-Type", "X-Ms-Blob-Content-Encoding", "X-Ms-Blob-Cache-Control", "X-Ms-Meta-Modified",
		},
	} {
		t.Run(provider.name, func(t *testing.T) {
			cloud := &storage{root: provider.root, objects: map[string]object{}}
			server := httptest.NewServer(cloud)
			defer server.Close()
			host := strings.TrimPrefix(server.URL, "http://")
			for name, value := range provider.environment(host) {
				t.Setenv(name, value)
			}
			target, err := Open(t.Context(), provider.target(host))
			if err != nil {
				t.Fatal(err)
			}
			defer target.Close()
			s := newSite()
			if r := run(t, s, target, noon); r != (Result{Files: 13, Written: 13}) {
				t.Errorf("the first export: %+v", r)
			}
			const atom, cache = "application/atom+xml; charset=utf-8", "public, max-age=60"
			for name, want := range map[string][4]string{
				"site/en/all.atom":     {atom, "", cache, "2026-11-02T12:00:00Z"},
				"site/en/all.atom.gz":  {atom, "gzip", cache, "2026-11-02T12:00:00Z"},
				"site/en/all.atom.zst": {atom, "zstd", cache, "2026-11-02T12:00:00Z"},
				"site/en/all.atom.br":  {atom, "br", cache, "2026-11-02T12:00:00Z"},
				"site/en/government":   {html, "", cache, "2026-11-02T12:00:00Z"},
				"site/en/index.html":   {html, "", cache, "2026-11-02T12:00:00Z"},
				"site/ja/n/日本":         {html, "", cache, "2026-11-02T12:00:00Z"},
			} {
				o, ok := cloud.objects[name]
				if !ok {
					t.Errorf("no object %s", name)
					continue
				}
				got := [4]string{o.header.Get(provider.mediaType), o.header.Get(provider.encoding), o.header.Get(provider.cache), o.header.Get(provider.modified)}
				if got != want {
					t.Errorf("%s has %q, want %q", name, got, want)
				}
			}
			if _, ok := cloud.objects["site/en/n/old.gone"]; !ok {
				t.Error("no mark of a page that is gone")
			}
			if got := string(cloud.objects["site/en/all.atom"].body); got != s.pages["/en/all.atom"].content {
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
		})
	}
}

// TestGoogleIsAskedAgain proves what happens when Cloud Storage refuses for the moment,
// and for good.
func TestGoogleIsAskedAgain(t *testing.T) {
	cloud := &storage{root: "/news/", objects: map[string]object{}}
	server := httptest.NewServer(cloud)
	defer server.Close()
	u, err := url.Parse(server.URL + "/news")
	if err != nil {
		t.Fatal(err)
	}
	var pauses []int
	b := bucket{"gs://news", blob.NewBucket(&gcs{
		client: gcp.NewAnonymousHTTPClient(gcp.DefaultTransport()), base: *u,
		pause: func(_ context.Context, attempt int) error { pauses = append(pauses, attempt); return nil },
	})}
	defer b.Close()
	file := File{Name: "a b/日本.html", Body: []byte("<p>1</p>"), Type: html}

	cloud.busy = 2
	if err := b.write(t.Context(), file); err != nil || !slices.Equal(pauses, []int{1, 2}) {
		t.Errorf("after pauses %v: %v", pauses, err)
	}
	if got, err := b.read(t.Context(), file.Name); err != nil || string(got) != "<p>1</p>" {
		t.Errorf("read back: %q, %v", got, err)
	}
	cloud.busy, pauses = 99, nil
	if err := b.write(t.Context(), file); err == nil || !strings.Contains(err.Error(), "503") || len(pauses) != attempts-1 {
		t.Errorf("after pauses %v: %v", pauses, err)
	}
	cloud.busy, pauses = 0, nil
	if got, err := b.read(t.Context(), "nothing"); got != nil || err != nil || len(pauses) > 0 {
		t.Errorf("what is not there: %q, %v after %v", got, err, pauses)
	}
	if err := b.remove(t.Context(), "nothing"); err != nil {
		t.Errorf("to remove what is not there: %v", err)
	}
	if _, err := Open(t.Context(), "gs://news?acces_id=x"); err == nil || !strings.Contains(err.Error(), `no parameter "acces_id"`) {
		t.Errorf("a parameter that it has not: %v", err)
	}
}
