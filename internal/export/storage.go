//go:build !nobuckets

package export

import (
	"bytes"
	"cmp"
	"context"
	"crypto/md5"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/aws/smithy-go/encoding/httpbinding"
)

// storage is a bucket of S3, of one of the many services that speak as S3 does, or of
// Google Cloud Storage, whose XML API is the same for what an export needs: an object
// is put, got and deleted under its key, and errors are documents in XML. They differ
// in how a request tells who asks.
//   - https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectOps.html
//   - https://cloud.google.com/storage/docs/xml-api/overview
type storage struct {
	provider string  // for people
	base     url.URL // of the bucket, without a slash at its end
	region   string  // "" where there is none
	// metadata begins the field of an object that the provider keeps for us.
	metadata string
	// extra goes with each object that is put.
	extra  http.Header
	client *http.Client
	// authorize completes a request by who asks. It is done anew for each attempt.
	authorize func(r *http.Request, body []byte) error
	// pause waits before another attempt; it returns an error where the context ends.
	pause func(ctx context.Context, attempt int) error
}

// newClient returns a client for a provider. It follows no redirect: a request that was
// authorized for one host is not for another.
func newClient(transport *http.Transport) *http.Client {
	transport = transport.Clone()
	transport.MaxIdleConnsPerHost = beside
	transport.DisableCompression = true // an object is what was stored
	transport.ResponseHeaderTimeout = time.Minute
	return &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func (s *storage) get(ctx context.Context, key string) ([]byte, error) {
	return s.ask(ctx, http.MethodGet, key, nil, nil)
}

// put sends an object as a whole. S3 takes 5 GB so.
func (s *storage) put(ctx context.Context, key string, f File) error {
	sum := md5.Sum(f.Body)
	header := http.Header{
		"Content-Type": {f.Type},
		// It proves to both that what arrives is what was sent; S3 asks for it, or for
		// another checksum, where objects are locked.
		"Content-Md5": {base64.StdEncoding.EncodeToString(sum[:])},
	}
	if f.Encoding != "" {
		header.Set("Content-Encoding", f.Encoding)
	}
	if f.CacheControl != "" {
		header.Set("Cache-Control", f.CacheControl)
	}
	if !f.Modified.IsZero() {
		// An object's own Last-Modified is when it was written.
		header.Set(s.metadata+"Modified", f.Modified.UTC().Format(time.RFC3339))
	}
	for name, values := range s.extra {
		header[name] = values
	}
	_, err := s.ask(ctx, http.MethodPut, key, header, f.Body)
	return err
}

func (s *storage) remove(ctx context.Context, key string) error {
	_, err := s.ask(ctx, http.MethodDelete, key, nil, nil)
	return err
}

// attempts is how often a request is made that fails for the moment.
const attempts = 5

// ask makes a request, again if need be, and returns the answer's body. Each of those
// that are made here may be made twice: what it does is the same then.
func (s *storage) ask(ctx context.Context, method, key string, header http.Header, body []byte) ([]byte, error) {
	for attempt := 1; ; attempt++ {
		answer, err := s.try(ctx, method, key, header, body)
		if err == nil {
			return answer, nil
		}
		if ctx.Err() != nil || attempt == attempts || !passing(err) {
			return nil, fmt.Errorf("%s %s: %w", method, key, err)
		}
		if pauseErr := s.pause(ctx, attempt); pauseErr != nil {
			return nil, fmt.Errorf("%s %s: %w, while it was to be tried again after: %w", method, key, pauseErr, err)
		}
	}
}

func (s *storage) try(ctx context.Context, method, key string, header http.Header, body []byte) ([]byte, error) {
	u := s.base
	u.Path += "/" + key
	// What is signed is the path in the one way that Amazon writes it, so that is how it
	// is sent: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
	u.RawPath = httpbinding.EscapePath(u.Path, false)
	r, err := http.NewRequestWithContext(ctx, method, u.String(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	for name, values := range header {
		r.Header[name] = values
	}
	r.Header.Set("User-Agent", "kairan")
	if err := s.authorize(r, body); err != nil {
		return nil, err
	}
	resp, err := s.client.Do(r)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode/100 != 2 {
		return nil, s.refusal(resp)
	}
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, &url.Error{Op: "read the answer of", URL: u.String(), Err: err}
	}
	return answer, nil
}

// pauseLonger waits for up to 1, 2, 4 and 8 seconds, and for half of that at least:
// those who were refused together do not come back together.
func pauseLonger(ctx context.Context, attempt int) error {
	half := time.Second << (attempt - 1) / 2
	timer := time.NewTimer(half + rand.N(half))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// refusal is an answer that is none of success
// (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html). The rest of
// the document is not kept: it may hold the token of a session.
type refusal struct {
	provider string
	status   int
	code     string
	message  string
	request  string // its id, by which the provider finds it again
	hint     string
}

func (s *storage) refusal(resp *http.Response) error {
	var said struct{ Code, Message, Details, RequestId, Region string }
	document, _ := io.ReadAll(io.LimitReader(resp.Body, 1<<14)) // what there is of it
	if err := xml.Unmarshal(document, &said); err != nil || said.Code == "" {
		said.Message = http.StatusText(resp.StatusCode) // a proxy's page, or nothing
	}
	e := &refusal{
		provider: s.provider, status: resp.StatusCode, code: said.Code,
		message: strings.TrimSpace(said.Message + " " + said.Details),
		request: cmp.Or(resp.Header.Get("X-Amz-Request-Id"), resp.Header.Get("X-Guploader-Uploadid"), said.RequestId),
	}
	region := cmp.Or(resp.Header.Get("X-Amz-Bucket-Region"), said.Region)
	switch {
	case s.region != "" && region != "" && region != s.region:
		e.hint = fmt.Sprintf("the bucket is in the region %s: write region=%s", region, region)
	case e.code == "RequestTimeTooSkewed":
		e.hint = "set this machine's clock"
	case e.code == "AccessDenied" && resp.Request.Method == http.MethodGet && s.region != "":
		e.hint = "without the permission s3:ListBucket, what is not there is answered so too"
	}
	return e
}

func (e *refusal) Error() string {
	text := fmt.Sprintf("%s answered %d", e.provider, e.status)
	if e.code != "" {
		text += " " + e.code
	}
	if e.message != "" {
		text += ": " + e.message
	}
	if e.request != "" {
		text += " (request " + e.request + ")"
	}
	if e.hint != "" {
		text += "; " + e.hint
	}
	return text
}

// Is tells that there is no such object. Without the bucket there is a fault.
func (e *refusal) Is(target error) bool {
	return target == fs.ErrNotExist && e.status == http.StatusNotFound && e.code != "NoSuchBucket" && e.code != "ContainerNotFound"
}

// passing tells whether another attempt may succeed: the request reached nobody, its
// answer broke off, or it is one of those that the providers ask to repeat.
//   - https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
//   - https://cloud.google.com/storage/docs/retry-strategy
func passing(err error) bool {
	var answered *refusal
	if errors.As(err, &answered) {
		switch answered.code {
		case "RequestTimeout", "SlowDown", "Throttling", "OperationAborted": // whatever the status
			return true
		}
		return answered.status == http.StatusRequestTimeout || answered.status == http.StatusTooManyRequests || answered.status >= 500
	}
	var failed *url.Error
	return errors.As(err, &failed)
}
