//go:build !nobuckets

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
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// cloud is as much of a provider as an export needs: three of them speak nearly the
// same.
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
		if sum := md5.Sum(body); r.Header.Get("Content-Md5") != base64.StdEncoding.EncodeToString(sum[:]) && r.Header.Get("X-Ms-Version") == "" {
			refuse(http.StatusBadRequest, "BadDigest")(w, r)
			return
		}
		c.objects[name] = object{r.Header, body}
		w.Header().Set("ETag", `"x"`)
		w.WriteHeader(http.StatusCreated)
	case !ok:
		w.Header().Set("X-Ms-Error-Code", "BlobNotFound")
		refuse(http.StatusNotFound, "NoSuchKey")(w, r)
	case r.Method == http.MethodDelete:
		delete(c.objects, name)
		w.WriteHeader(http.StatusAccepted)
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
	_, _ = io.WriteString(w, "<p>")
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
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
			cloud := &cloud{root: provider.root, objects: map[string]object{}}
			if provider.name == "S3" {
				cloud.authentic = signedBy(map[string]string{"key": "secret"}, "eu-west-1", time.Now)
			}
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

// provider is a bucket at a loopback server.
type provider struct {
	name  string
	cloud *cloud
	bucket
	storage *storage
	pauses  []int
}

// providers returns the two that share a client, which pauses without waiting.
func providers(t *testing.T) []*provider {
	t.Helper()
	all := []*provider{{name: "S3"}, {name: "Cloud Storage"}}
	for _, p := range all {
		p.cloud = &cloud{root: "/news/", objects: map[string]object{}}
		server := httptest.NewServer(p.cloud)
		t.Cleanup(server.Close)
		u, err := url.Parse(server.URL + "/news")
		if err != nil {
			t.Fatal(err)
		}
		p.storage = &storage{
			provider: p.name, base: *u, metadata: "X-Goog-Meta-", client: newClient(http.DefaultTransport.(*http.Transport)),
			authorize: func(*http.Request, []byte) error { return nil },
			pause:     func(_ context.Context, attempt int) error { p.pauses = append(p.pauses, attempt); return nil },
		}
		if p.name == "S3" {
			p.cloud.authentic = signedBy(map[string]string{"AKID": "secret"}, "eu-west-1", atNoon)
			p.storage.metadata, p.storage.region = "X-Amz-Meta-", "eu-west-1"
			p.storage.authorize = s3Signer(fixedKeys{aws.Credentials{AccessKeyID: "AKID", SecretAccessKey: "secret", SessionToken: "token"}}, "eu-west-1", atNoon)
		}
		p.bucket = bucket{"s3://news", "", p.storage}
	}
	return all
}

func atNoon() time.Time { return noon }

type fixedKeys struct{ aws.Credentials }

func (k fixedKeys) Retrieve(context.Context) (aws.Credentials, error) { return k.Credentials, nil }

// TestEveryKeyIsReached proves that an object is reached under its very key, and that
// what was signed is what was sent.
func TestEveryKeyIsReached(t *testing.T) {
	for _, p := range providers(t) {
		for _, key := range []string{
			"en/all.atom", "a b/c.html", "日本/防災.html", "1+1=2", "folder/", "a//b", "a%2Fb", "100%", "what?", "a#b", "a&b;c:d@e,f$g!h'(i)*",
			"~tilde-_.", "é", "a\"b<c>", "'", "..a/.b", "back\\slash",
		} {
			t.Run(p.name+"/"+key, func(t *testing.T) {
				clear(p.cloud.objects)
				if err := p.write(t.Context(), File{Name: key, Body: []byte("it"), Type: html}); err != nil {
					t.Fatal(err)
				}
				if _, ok := p.cloud.objects[key]; !ok || len(p.cloud.objects) != 1 {
					t.Errorf("there are %v", p.cloud.objects)
				}
				if got, err := p.read(t.Context(), key); string(got) != "it" || err != nil {
					t.Errorf("read back: %q, %v", got, err)
				}
				if err := p.remove(t.Context(), key); err != nil || len(p.cloud.objects) > 0 {
					t.Errorf("removed: %v, there are %v", err, p.cloud.objects)
				}
			})
		}
	}
}

// TestARequestIsRepeated proves what happens when a provider refuses for the moment, or
// breaks off, and for how long that is borne.
func TestARequestIsRepeated(t *testing.T) {
	file := File{Name: "en/index.html", Body: []byte("<p>1</p>"), Type: html}
	for _, p := range providers(t) {
		for name, fault := range map[string]http.HandlerFunc{
			"503 SlowDown":             refuse(http.StatusServiceUnavailable, "SlowDown"),
			"500 InternalError":        refuse(http.StatusInternalServerError, "InternalError"),
			"429":                      refuse(http.StatusTooManyRequests, "TooManyRequests"),
			"400 RequestTimeout":       refuse(http.StatusBadRequest, "RequestTimeout"),
			"no answer":                dieUnasked,
			"a page that breaks off":   dieInTheMiddle,
			"502, a page of a proxy's": func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "<html>Bad", http.StatusBadGateway) },
		} {
			t.Run(p.name+"/"+name, func(t *testing.T) {
				for _, of := range []struct {
					what string
					do   func() error
				}{
					{"write", func() error { return p.write(t.Context(), file) }},
					{"read", func() error {
						got, err := p.read(t.Context(), file.Name)
						if err == nil && string(got) != "<p>1</p>" {
							t.Errorf("read %q", got)
						}
						return err
					}},
					{"remove", func() error { return p.remove(t.Context(), file.Name) }},
				} {
					p.pauses = nil
					p.cloud.meets(fault, fault)
					err := of.do()
					if len(p.pauses) == 1 && name == "no answer" {
						p.pauses = []int{1, 2} // net/http asked for itself once more
					}
					if err != nil || !slices.Equal(p.pauses, []int{1, 2}) {
						t.Errorf("%s after pauses %v: %v", of.what, p.pauses, err)
					}
				}
				p.pauses = nil
				p.cloud.meets(slices.Repeat([]http.HandlerFunc{fault}, attempts)...)
				if err := p.write(t.Context(), file); err == nil || len(p.pauses) != attempts-1 || p.cloud.meets() > 0 {
					t.Errorf("for ever: after pauses %v: %v", p.pauses, err)
				}
			})
		}
	}
}

// TestAPauseEndsWithTheWork proves that nobody waits for a provider when the program
// ends.
func TestAPauseEndsWithTheWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for i, most := range []time.Duration{time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second} {
			before := time.Now()
			if err := pauseLonger(t.Context(), i+1); err != nil {
				t.Error(err)
			}
			if took := time.Since(before); took < most/2 || took > most {
				t.Errorf("pause %d takes %s", i+1, took)
			}
		}
		ctx, cancel := context.WithDeadline(t.Context(), time.Now().Add(time.Millisecond))
		defer cancel()
		began := time.Now()
		if err := pauseLonger(ctx, 4); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != time.Millisecond {
			t.Errorf("after %s: %v", time.Since(began), err)
		}
	})
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
		does  func(*provider)
		wants []string
	}{
		{"a wrong secret", func(p *provider) {
			p.cloud.authentic = signedBy(map[string]string{"AKID": "another"}, "eu-west-1", atNoon)
		}, []string{"GET it", "S3 answered 403 SignatureDoesNotMatch: It is not so (request 4442587FB7D0A2F9)"}},
		{"a key that is not known", func(p *provider) {
			p.cloud.authentic = signedBy(nil, "eu-west-1", atNoon)
		}, []string{"403 InvalidAccessKeyId"}},
		{"a clock that is wrong", func(p *provider) {
			p.cloud.authentic = signedBy(map[string]string{"AKID": "secret"}, "eu-west-1", func() time.Time { return noon.Add(time.Hour) })
		}, []string{"403 RequestTimeTooSkewed", "set this machine's clock"}},
		{"no permission", func(p *provider) { p.cloud.meets(refuse(http.StatusForbidden, "AccessDenied")) },
			[]string{"403 AccessDenied", "s3:ListBucket"}},
		{"no bucket", func(p *provider) { p.cloud.root = "/else/" }, []string{"404 NoSuchBucket"}},
		{"another region", func(p *provider) { p.cloud.meets(redirect) },
			[]string{"301 PermanentRedirect", "write region=ap-northeast-1"}},
		{"signed for another region", func(p *provider) { p.cloud.meets(malformed) },
			[]string{"400 AuthorizationHeaderMalformed", "write region=ap-northeast-1"}},
		{"a redirect to elsewhere", func(p *provider) {
			p.cloud.meets(func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, "http://news.invalid/", http.StatusTemporaryRedirect)
			})
		}, []string{"307: Temporary Redirect"}},
		{"no keys", func(p *provider) {
			p.storage.authorize = s3Signer(noKeys{}, "eu-west-1", atNoon)
		}, []string{"find AWS credentials", "there are none", "AWS_ACCESS_KEY_ID"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := providers(t)[0]
			test.does(p)
			_, err := p.read(t.Context(), "it")
			if err == nil || len(p.pauses) > 0 || p.cloud.asked > 1 {
				t.Fatalf("after %d requests: %v", p.cloud.asked, err)
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
	for _, p := range providers(t) {
		if got, err := p.read(t.Context(), "nothing"); got != nil || err != nil {
			t.Errorf("%s: what is not there: %q, %v", p.name, got, err)
		}
		if err := p.remove(t.Context(), "nothing"); err != nil || len(p.pauses) > 0 {
			t.Errorf("%s: to remove what is not there: %v", p.name, err)
		}
	}
}

type noKeys struct{}

func (noKeys) Retrieve(context.Context) (aws.Credentials, error) {
	return aws.Credentials{}, &url.Error{Op: "Get", URL: "http://169.254.169.254", Err: errors.New("there are none")}
}

// TestABucketsURL proves that a slip in a bucket's URL is told, with what there is.
func TestABucketsURL(t *testing.T) {
	for target, want := range map[string]string{
		"ftp://news":                            "use s3://, gs:// or azblob://",
		"gs://":                                 "it has no name",
		"gs://news/site":                        "write gs://news?prefix=site/",
		"gs://news?acces_id=x":                  `no parameter "acces_id"; there are prefix, anonymous, universe_domain`,
		"gs://news?anonymous=maybe":             `anonymous is "maybe"; write true or false`,
		"s3://news?regoin=eu-west-1":            `no parameter "regoin"; there are prefix, region, profile`,
		"s3://news?region=eu-west-1&fips=maybe": `fips is "maybe"`,
		"s3://news?region=eu-west-1&role=news":  "write an ARN",
		"s3://news?region=eu-west-1&ssetype=x":  "there are AES256, aws:kms",
		"s3://news":                             "it has no region; add region=",
		"s3://news?region=eu-west-1&endpoint=example.org:9000": "write it as in endpoint=https://",
		"azblob://news": "set AZURE_STORAGE_ACCOUNT",
		"azblob://news?storage_account=city&protocol=gopher": "write http or https",
		"azblob://news?sas=secret":                           `no parameter "sas"`,
	} {
		t.Run(target, func(t *testing.T) {
			noAWS(t)
			if _, err := Open(t.Context(), target); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%v; it should say %q", err, want)
			} else if strings.Contains(err.Error(), "secret") {
				t.Errorf("%v: it says what may be secret", err)
			}
		})
	}
}
