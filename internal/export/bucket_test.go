package export

import (
	"context"
	"crypto/md5"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
)

// cloud is as much of a service that speaks S3 as an export needs.
type cloud struct {
	root string // the path of the bucket
	// authentic returns the code of the error, if a request is not by whom it says.
	authentic func(r *http.Request, body []byte) (code string)

	mu      sync.Mutex
	objects map[string]object
	// faults are what happens to the next requests in place of an answer.
	faults []http.HandlerFunc
	asked  int
}

type object struct {
	header http.Header
	body   []byte
}

func (c *cloud) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked++
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the client went away
	}
	w.Header().Set("X-Amz-Request-Id", "4442587FB7D0A2F9")
	if len(c.faults) > 0 {
		fault := c.faults[0]
		c.faults = c.faults[1:]
		fault(w, r)
		return
	}
	if c.authentic != nil {
		if code := c.authentic(r, body); code != "" {
			refuse(http.StatusForbidden, code)(w, r)
			return
		}
	}
	name, ok := strings.CutPrefix(r.URL.Path, c.root)
	if !ok {
		refuse(http.StatusNotFound, "NoSuchBucket")(w, r)
		return
	}
	o, ok := c.objects[name]
	switch {
	case r.Method == http.MethodPut:
		if sum := md5.Sum(body); r.Header.Get("Content-Md5") != base64.StdEncoding.EncodeToString(sum[:]) {
			refuse(http.StatusBadRequest, "BadDigest")(w, r)
			return
		}
		c.objects[name] = object{r.Header, body}
		w.Header().Set("ETag", `"x"`)
	case !ok:
		refuse(http.StatusNotFound, "NoSuchKey")(w, r)
	case r.Method == http.MethodDelete:
		delete(c.objects, name)
		w.WriteHeader(http.StatusNoContent)
	default:
		w.Header().Set("ETag", `"x"`)
		w.Header().Set("Last-Modified", noon.Format(http.TimeFormat))
		_, _ = w.Write(o.body)
	}
}

// meets sets what happens to the next requests, and returns how much of the last was
// still to happen.
func (c *cloud) meets(faults ...http.HandlerFunc) (left int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	left, c.faults = len(c.faults), faults
	return left
}

// refuse answers with an error as S3 writes it, and with what it must not repeat.
func refuse(status int, code string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/xml")
		w.WriteHeader(status)
		fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?><Error><Code>%s</Code><Message>It is not so</Message><Resource>/news</Resource>`+
			`<CanonicalRequest>x-amz-security-token:%s</CanonicalRequest><RequestId>4442587FB7D0A2F9</RequestId></Error>`,
			code, r.Header.Get("X-Amz-Security-Token"))
	}
}

// dieUnasked breaks the connection without an answer.
func dieUnasked(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// dieInTheMiddle breaks it in the middle of one.
func dieInTheMiddle(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	w.Header().Set("Last-Modified", noon.Format(http.TimeFormat))
	_, _ = io.WriteString(w, "<p>")
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

// TestMain has nobody wait for a service that is to be asked again.
func TestMain(m *testing.M) {
	minio.DefaultRetryUnit, minio.DefaultRetryCap = time.Microsecond, time.Millisecond
	m.Run()
}

// open returns a bucket at a loopback server, with keys of the environment.
func (c *cloud) open(t *testing.T, query string) *bucket {
	t.Helper()
	noAWS(t)
	for name, value := range map[string]string{"AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "token"} {
		t.Setenv(name, value)
	}
	if c.authentic == nil {
		c.authentic = signedBy(map[string]string{"AKID": "secret"}, "eu-west-1", time.Now)
	}
	server := httptest.NewServer(c)
	t.Cleanup(server.Close)
	target, err := Open("s3://news?region=eu-west-1&endpoint=" + server.URL + query)
	if err != nil {
		t.Fatal(err)
	}
	return target.(*bucket)
}

func newCloud() *cloud { return &cloud{root: "/news/", objects: map[string]object{}} }

// TestExportToABucket proves that an export arrives there as it should be served, with
// no request but those for its objects.
func TestExportToABucket(t *testing.T) {
	cloud := newCloud()
	target := cloud.open(t, "&use_path_style=true&request_checksum_calculation=when_required&response_checksum_validation=when_required&prefix=site/")
	s := newSite()
	if r := run(t, s, target, noon); r != (Result{Files: 13, Written: 13}) {
		t.Errorf("the first export: %+v", r)
	}
	if want := len(cloud.objects) + 1; cloud.asked != want {
		t.Errorf("it made %d requests for %d objects, one of which was read before", cloud.asked, len(cloud.objects))
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
		got := [4]string{o.header.Get("Content-Type"), o.header.Get("Content-Encoding"), o.header.Get("Cache-Control"), o.header.Get("X-Amz-Meta-Modified")}
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
}

// TestAnObjectIsSentPlainly proves that an object goes in one request with its length and
// checksums in the head, whatever its size: not every service takes one that is signed in
// parts, has a trailer or comes in parts.
func TestAnObjectIsSentPlainly(t *testing.T) {
	cloud := newCloud()
	target := cloud.open(t, "")
	for _, size := range []int{0, 1, 20 << 20} {
		cloud.asked = 0
		if err := target.write(t.Context(), File{Name: "it", Body: make([]byte, size), Type: html}); err != nil {
			t.Fatal(err)
		}
		o := cloud.objects["it"]
		if cloud.asked != 1 || len(o.body) != size || o.header.Get("Content-Length") != fmt.Sprint(size) {
			t.Errorf("%d bytes arrive in %d requests as %d, which are told as %s", size, cloud.asked, len(o.body), o.header.Get("Content-Length"))
		}
		for _, field := range []string{"Transfer-Encoding", "Trailer", "X-Amz-Trailer", "X-Amz-Decoded-Content-Length", "X-Amz-Sdk-Checksum-Algorithm", "X-Amz-Checksum-Crc32c"} {
			if value := o.header.Get(field); value != "" {
				t.Errorf("%d bytes have %s: %s", size, field, value)
			}
		}
	}
}

// TestEveryKeyIsReached proves that an object is reached under its very key, and that
// what was signed is what was sent.
func TestEveryKeyIsReached(t *testing.T) {
	cloud := newCloud()
	target := cloud.open(t, "")
	for _, key := range []string{
		"en/all.atom", "a b/c.html", "日本/防災.html", "1+1=2", "folder/", "a//b", "a%2Fb", "100%", "what?", "a#b", "a&b;c:d@e,f$g!h'(i)*",
		"~tilde-_.", "é", "a\"b<c>", "'", "..a/.b", "back\\slash",
	} {
		t.Run(key, func(t *testing.T) {
			clear(cloud.objects)
			if err := target.write(t.Context(), File{Name: key, Body: []byte("it"), Type: html}); err != nil {
				t.Fatal(err)
			}
			if _, ok := cloud.objects[key]; !ok || len(cloud.objects) != 1 {
				t.Errorf("there are %v", cloud.objects)
			}
			if got, err := target.read(t.Context(), key); string(got) != "it" || err != nil {
				t.Errorf("read back: %q, %v", got, err)
			}
			if err := target.remove(t.Context(), key); err != nil || len(cloud.objects) > 0 {
				t.Errorf("removed: %v, there are %v", err, cloud.objects)
			}
		})
	}
}

// TestARequestIsRepeated proves what happens when a service refuses for the moment, or
// breaks off, and for how long that is borne.
func TestARequestIsRepeated(t *testing.T) {
	cloud := newCloud()
	target := cloud.open(t, "")
	file := File{Name: "en/index.html", Body: []byte("<p>1</p>"), Type: html}
	write := func() error { return target.write(t.Context(), file) }
	read := func() error {
		got, err := target.read(t.Context(), file.Name)
		if err == nil && string(got) != "<p>1</p>" {
			t.Errorf("read %q", got)
		}
		return err
	}
	remove := func() error { return target.remove(t.Context(), file.Name) }
	for name, fault := range map[string]http.HandlerFunc{
		"503 SlowDown":             refuse(http.StatusServiceUnavailable, "SlowDown"),
		"500 InternalError":        refuse(http.StatusInternalServerError, "InternalError"),
		"429":                      refuse(http.StatusTooManyRequests, "TooManyRequests"),
		"400 RequestTimeout":       refuse(http.StatusBadRequest, "RequestTimeout"),
		"no answer":                dieUnasked,
		"502, a page of a proxy's": func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "<html>Bad", http.StatusBadGateway) },
	} {
		t.Run(name, func(t *testing.T) {
			for _, of := range []struct {
				what string
				do   func() error
			}{{"write", write}, {"read", read}, {"remove", remove}} {
				cloud.meets(fault, fault)
				if err := of.do(); err != nil || cloud.meets() > 0 {
					t.Errorf("%s: %v", of.what, err)
				}
			}
			cloud.meets(slices.Repeat([]http.HandlerFunc{fault}, 3*attempts)...)
			if err := write(); err == nil {
				t.Error("for ever: no error")
			}
			if left := cloud.meets(); left > 2*attempts || left == 0 {
				t.Errorf("for ever: %d requests", 3*attempts-left)
			}
		})
	}
	// Of what is put, an answer says nothing but that it is there.
	if err := write(); err != nil {
		t.Fatal(err)
	}
	cloud.meets(dieInTheMiddle, dieInTheMiddle)
	if err := read(); err != nil || cloud.meets() > 0 {
		t.Errorf("what breaks off twice: %v", err)
	}
	cloud.meets(dieInTheMiddle, dieInTheMiddle, dieInTheMiddle)
	if err := read(); !errors.Is(err, io.ErrUnexpectedEOF) || cloud.meets() > 0 {
		t.Errorf("what breaks off each time: %v", err)
	}
}

// TestAPauseEndsWithTheWork proves that nobody waits for a service when the program
// ends.
func TestAPauseEndsWithTheWork(t *testing.T) {
	unit, most := minio.DefaultRetryUnit, minio.DefaultRetryCap
	minio.DefaultRetryUnit, minio.DefaultRetryCap = time.Hour, time.Hour
	defer func() { minio.DefaultRetryUnit, minio.DefaultRetryCap = unit, most }()
	cloud := newCloud()
	target := cloud.open(t, "")
	ctx, cancel := context.WithCancel(t.Context())
	cloud.meets(func(w http.ResponseWriter, r *http.Request) {
		refuse(http.StatusServiceUnavailable, "SlowDown")(w, r)
		cancel()
	})
	if err := target.write(ctx, File{Name: "it", Type: html}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestARefusalIsTold proves that what can't be repeated away is told at once, so that
// an operator can act on it, and without what is secret.
func TestARefusalIsTold(t *testing.T) {
	redirect := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Amz-Bucket-Region", "ap-northeast-1")
		refuse(http.StatusMovedPermanently, "PermanentRedirect")(w, r)
	}
	malformed := func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, "<Error><Code>AuthorizationHeaderMalformed</Code><Region>ap-northeast-1</Region></Error>")
	}
	for _, test := range []struct {
		name  string
		does  func(*cloud)
		wants []string
	}{
		{"a wrong secret", func(c *cloud) {
			c.authentic = signedBy(map[string]string{"AKID": "another"}, "eu-west-1", time.Now)
		}, []string{"GET it", "S3 answered 403 SignatureDoesNotMatch: It is not so (request 4442587FB7D0A2F9)"}},
		{"a key that is not known", func(c *cloud) {
			c.authentic = signedBy(nil, "eu-west-1", time.Now)
		}, []string{"403 InvalidAccessKeyId"}},
		{"a clock that is wrong", func(c *cloud) {
			c.authentic = signedBy(map[string]string{"AKID": "secret"}, "eu-west-1", func() time.Time { return time.Now().Add(time.Hour) })
		}, []string{"403 RequestTimeTooSkewed", "set this machine's clock"}},
		{"no permission", func(c *cloud) { c.meets(refuse(http.StatusForbidden, "AccessDenied")) },
			[]string{"403 AccessDenied", "s3:ListBucket"}},
		{"no bucket", func(c *cloud) { c.root = "/else/" }, []string{"404 NoSuchBucket"}},
		{"another region", func(c *cloud) { c.meets(redirect) },
			[]string{"301 PermanentRedirect", "write region=ap-northeast-1"}},
		{"signed for another region", func(c *cloud) { c.meets(malformed) },
			[]string{"400 AuthorizationHeaderMalformed", "write region=ap-northeast-1"}},
		{"a redirect to elsewhere", func(c *cloud) {
			c.meets(func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, "http://news.invalid/", http.StatusTemporaryRedirect)
			})
		}, []string{"307: Temporary Redirect"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			cloud := newCloud()
			target := cloud.open(t, "")
			test.does(cloud)
			_, err := target.read(t.Context(), "it")
			if err == nil || cloud.asked > 1 {
				t.Fatalf("after %d requests: %v", cloud.asked, err)
			}
			for _, want := range test.wants {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%v: it doesn't say %q", err, want)
				}
			}
			for _, secret := range []string{"secret", "token", "Signature="} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("%v: it says %q", err, secret)
				}
			}
		})
	}
	cloud := newCloud()
	target := cloud.open(t, "")
	if got, err := target.read(t.Context(), "nothing"); got != nil || err != nil {
		t.Errorf("what is not there: %q, %v", got, err)
	}
	if err := target.remove(t.Context(), "nothing"); err != nil || cloud.asked != 2 {
		t.Errorf("to remove what is not there: %v", err)
	}
}

// TestABucketsURL proves that a slip in a bucket's URL is told, with what there is.
func TestABucketsURL(t *testing.T) {
	for target, want := range map[string]string{
		"ftp://news":                            "use s3://, or name a directory",
		"s3://":                                 "it has no name",
		"s3://news/site":                        "write s3://news?prefix=site/",
		"s3://news?acces_id=x":                  `no parameter "acces_id"; there are prefix, region, profile`,
		"s3://news?region=eu-west-1&fips=maybe": `fips is "maybe"`,
		"s3://news?anonymous=maybe":             `anonymous is "maybe"; write true or false`,
		"s3://news?region=eu-west-1&role=news":  "write an ARN",
		"s3://news?region=eu-west-1&ssetype=x":  "there are AES256, aws:kms",
		"s3://news?anonymous=true":              "it has no region; add region=",
		"s3://news?region=eu-west-1":            "find AWS credentials: there are none",
		"s3://news?region=eu-west-1&sas=secret": `no parameter "sas"`,
		"s3://news?endpoint=example.org:9000":   "write it as in endpoint=https://",
		"gs://news?prefix=secret":               "gs://news can't be written to: name a directory and copy it with Google's own tool (gcloud storage rsync --recursive), or write to the bucket as S3 does",
		"azblob://news?storage_account=secret":  "azblob://news can't be written to: name a directory and copy it with Azure's own tool (azcopy sync)",
	} {
		t.Run(target, func(t *testing.T) {
			noAWS(t)
			if strings.Contains(target, "role=") {
				t.Setenv("AWS_ACCESS_KEY_ID", "AKID")
				t.Setenv("AWS_SECRET_ACCESS_KEY", "key")
			}
			if err := Check(target); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%v; it should say %q", err, want)
			} else if strings.Contains(err.Error(), "secret") {
				t.Errorf("%v: it says what may be secret", err)
			}
		})
	}
}
