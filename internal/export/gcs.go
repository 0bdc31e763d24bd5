//go:build !nobuckets

package export

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"gocloud.dev/blob"
	"gocloud.dev/blob/driver"
	"gocloud.dev/gcerrors"
	"gocloud.dev/gcp"
	"golang.org/x/oauth2/google"
)

// gcs is a bucket of Google Cloud Storage: as much of a driver for gocloud.dev/blob as
// an export needs, over Cloud Storage's XML API
// (https://cloud.google.com/storage/docs/xml-api/overview). gocloud's own brings
// Google's client with gRPC, which every process of this program would have to carry.
type gcs struct {
	client *gcp.HTTPClient
	base   url.URL // of the bucket
	// pause waits before another attempt; it returns an error where the context ends.
	pause func(ctx context.Context, attempt int) error
}

// gcsOpener opens gs://NAME with Application Default Credentials. It understands
// anonymous=true and universe_domain. The environment's STORAGE_EMULATOR_HOST is asked
// in Google's place, without credentials.
type gcsOpener struct{}

// OpenBucketURL implements [blob.BucketURLOpener].
func (gcsOpener) OpenBucketURL(ctx context.Context, u *url.URL) (*blob.Bucket, error) {
	query := u.Query()
	for key := range query {
		if key != "anonymous" && key != "universe_domain" {
			return nil, fmt.Errorf("it has no parameter %q; there are prefix, anonymous and universe_domain", key)
		}
	}
	universe := query.Get("universe_domain")
	b := &gcs{
		client: gcp.NewAnonymousHTTPClient(gcp.DefaultTransport()),
		base:   url.URL{Scheme: "https", Host: "storage." + cmp.Or(universe, "googleapis.com"), Path: "/" + u.Host},
		pause:  pauseLonger,
	}
	if host := os.Getenv("STORAGE_EMULATOR_HOST"); host != "" {
		b.base.Scheme, b.base.Host = "http", host
		if scheme, rest, ok := strings.Cut(host, "://"); ok {
			b.base.Scheme, b.base.Host = scheme, strings.TrimRight(rest, "/")
		}
		return blob.NewBucket(b), nil
	}
	if anonymous, _ := strconv.ParseBool(query.Get("anonymous")); !anonymous {
		credentials, err := gcp.DefaultCredentialsWithParams(ctx, google.CredentialsParams{UniverseDomain: universe})
		if err != nil {
			return nil, fmt.Errorf("find Application Default Credentials: %w", err)
		}
		if b.client, err = gcp.NewHTTPClient(gcp.DefaultTransport(), gcp.CredentialsTokenSource(credentials)); err != nil {
			return nil, err
		}
	}
	return blob.NewBucket(b), nil
}

// attempts is how often a request is made that fails for the moment.
const attempts = 5

// pauseLonger waits for 1, 2, 4 and 8 seconds.
func pauseLonger(ctx context.Context, attempt int) error {
	timer := time.NewTimer(time.Second << (attempt - 1))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// gcsError is an answer that is none of success.
type gcsError struct {
	status int
	said   string
}

func (e *gcsError) Error() string {
	return strings.TrimSpace(fmt.Sprintf("Cloud Storage answered %d %s", e.status, e.said))
}

// passing tells whether another attempt may succeed: the request reached nobody, or
// was answered with what Google asks to repeat
// (https://cloud.google.com/storage/docs/retry-strategy).
func passing(err error) bool {
	var answered *gcsError
	if errors.As(err, &answered) {
		return answered.status == http.StatusRequestTimeout || answered.status == http.StatusTooManyRequests || answered.status >= 500
	}
	var failed *url.Error
	return errors.As(err, &failed)
}

// ask makes a request, again if need be. Each of those that are made here may be made
// twice: what it does is the same then.
func (b *gcs) ask(ctx context.Context, method, key string, header http.Header, body []byte) (*http.Response, error) {
	for attempt := 1; ; attempt++ {
		resp, err := b.try(ctx, method, key, header, body)
		if err == nil || ctx.Err() != nil || attempt == attempts || !passing(err) {
			return resp, err
		}
		if err := b.pause(ctx, attempt); err != nil {
			return nil, err
		}
	}
}

func (b *gcs) try(ctx context.Context, method, key string, header http.Header, body []byte) (*http.Response, error) {
	u := b.base
	u.Path += "/" + key
	r, err := http.NewRequestWithContext(ctx, method, u.String(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header = header.Clone()
	resp, err := b.client.Do(r)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode/100 == 2 {
		return resp, nil
	}
	defer resp.Body.Close()
	said, _ := io.ReadAll(io.LimitReader(resp.Body, 1<<10)) // what there is of it
	return nil, &gcsError{resp.StatusCode, string(said)}
}

// NewRangeReader implements [driver.Bucket].
func (b *gcs) NewRangeReader(ctx context.Context, key string, offset, length int64, _ *driver.ReaderOptions) (driver.Reader, error) {
	header := http.Header{"Accept-Encoding": {"gzip"}} // as it is stored, and not unpacked
	if offset > 0 {
		header.Set("Range", fmt.Sprintf("bytes=%d-", offset))
	}
	resp, err := b.ask(ctx, http.MethodGet, key, header, nil)
	if err != nil {
		return nil, err
	}
	r := &gcsReader{Reader: resp.Body, Closer: resp.Body}
	if length >= 0 {
		r.Reader = io.LimitReader(resp.Body, length)
	}
	modified, _ := http.ParseTime(resp.Header.Get("Last-Modified")) // zero if it has none
	r.attributes = driver.ReaderAttributes{ContentType: resp.Header.Get("Content-Type"), ModTime: modified, Size: offset + resp.ContentLength}
	return r, nil
}

type gcsReader struct {
	io.Reader
	io.Closer
	attributes driver.ReaderAttributes
}

func (r *gcsReader) Attributes() *driver.ReaderAttributes { return &r.attributes }
func (r *gcsReader) As(any) bool                          { return false }

// NewTypedWriter implements [driver.Bucket]. An object is sent when it is closed, as a
// whole.
func (b *gcs) NewTypedWriter(ctx context.Context, key, contentType string, o *driver.WriterOptions) (driver.Writer, error) {
	header := http.Header{"Content-Type": {contentType}}
	for name, value := range map[string]string{
		"Content-Encoding": o.ContentEncoding, "Content-Disposition": o.ContentDisposition, "Content-Language": o.ContentLanguage,
		"Cache-Control": o.CacheControl, "Content-MD5": base64.StdEncoding.EncodeToString(o.ContentMD5),
	} {
		if value != "" {
			header.Set(name, value)
		}
	}
	for name, value := range o.Metadata {
		header.Set("X-Goog-Meta-"+name, value)
	}
	if o.IfNotExist {
		header.Set("X-Goog-If-Generation-Match", "0")
	}
	if o.BeforeWrite != nil {
		if err := o.BeforeWrite(func(any) bool { return false }); err != nil {
			return nil, err
		}
	}
	return &gcsWriter{ctx: ctx, bucket: b, key: key, header: header}, nil
}

type gcsWriter struct {
	bytes.Buffer
	ctx    context.Context // of the write, by the driver's contract
	bucket *gcs
	key    string
	header http.Header
}

func (w *gcsWriter) Close() error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	resp, err := w.bucket.ask(w.ctx, http.MethodPut, w.key, w.header, w.Bytes())
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Delete implements [driver.Bucket].
func (b *gcs) Delete(ctx context.Context, key string) error {
	resp, err := b.ask(ctx, http.MethodDelete, key, nil, nil)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// ErrorCode implements [driver.Bucket].
func (b *gcs) ErrorCode(err error) gcerrors.ErrorCode {
	var answered *gcsError
	if !errors.As(err, &answered) {
		return gcerrors.Code(err)
	}
	switch answered.status {
	case http.StatusNotFound:
		return gcerrors.NotFound
	case http.StatusUnauthorized, http.StatusForbidden:
		return gcerrors.PermissionDenied
	case http.StatusPreconditionFailed:
		return gcerrors.FailedPrecondition
	case http.StatusTooManyRequests:
		return gcerrors.ResourceExhausted
	default:
		return gcerrors.Unknown
	}
}

// errUnused says that an export has no use for what was asked.
var errUnused = errors.New("an export does not need this of a bucket")

// Attributes implements [driver.Bucket].
func (b *gcs) Attributes(context.Context, string) (*driver.Attributes, error) { return nil, errUnused }

// ListPaged implements [driver.Bucket].
func (b *gcs) ListPaged(context.Context, *driver.ListOptions) (*driver.ListPage, error) {
	return nil, errUnused
}

// Copy implements [driver.Bucket].
func (b *gcs) Copy(context.Context, string, string, *driver.CopyOptions) error { return errUnused }

// SignedURL implements [driver.Bucket].
func (b *gcs) SignedURL(context.Context, string, *driver.SignedURLOptions) (string, error) {
	return "", errUnused
}

// As implements [driver.Bucket]: nobody needs what is behind.
func (b *gcs) As(any) bool { return false }

// ErrorAs implements [driver.Bucket].
func (b *gcs) ErrorAs(error, any) bool { return false }

// Close implements [driver.Bucket].
func (b *gcs) Close() error { return nil }
