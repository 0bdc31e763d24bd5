package export

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
)

// bucket is a target at a service that speaks S3.
type bucket struct {
	url    string // without what may be secret
	name   string
	prefix string // begins the key of each object
	region string
	// encryption are the fields that ask for an object's encryption.
	encryption map[string]string
	client     minio.Core
}

func (b *bucket) String() string { return b.url }

// Close implements [Target]: nothing is held but idle connections, which end by
// themselves.
func (b *bucket) Close() error { return nil }

// parallel is for the sake of the network: an object takes some 50 ms, most of which
// is waiting. The library keeps as many connections.
func (b *bucket) parallel() int { return 16 }

// pageName leaves a page at its address, where a CDN looks for it.
func (b *bucket) pageName(path string) string {
	if path == "" || strings.HasSuffix(path, "/") {
		return path + "index.html"
	}
	return path
}

// has reports that each file is there, as the manifest says: to ask for every object
// would cost more than it is worth.
func (b *bucket) has(context.Context, string, exported) bool { return true }

// attempts is how often a request is made that fails for the moment. The library waits
// up to a second between two, half of that on average.
const attempts = 20

func (b *bucket) read(ctx context.Context, name string) (data []byte, err error) {
	// The library repeats a request, and not the reading of an answer that breaks off.
	for range 3 {
		var body io.ReadCloser
		if body, _, _, err = b.client.GetObject(ctx, b.name, b.prefix+name, minio.GetObjectOptions{}); err != nil {
			break
		}
		data, err = io.ReadAll(body)
		_ = body.Close() // all that it had was read
		if err == nil {
			return data, nil
		}
	}
	if err = b.fault(http.MethodGet, name, err); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return nil, err
}

// write sends an object in one request, whole, with both of its checksums: the SHA-256
// is signed, and so are the fields. S3 asks for the MD5, or for another checksum beside
// the signature, where objects are locked. The body's parts are not signed one by one
// and nothing trails it, as the library would do by itself: not every service takes that.
func (b *bucket) write(ctx context.Context, f File) error {
	sum, sum5 := sha256.Sum256(f.Body), md5.Sum(f.Body)
	options := minio.PutObjectOptions{
		ContentType: f.Type, ContentEncoding: f.Encoding, CacheControl: f.CacheControl, ContentDisposition: f.Disposition, ContentLanguage: f.Language,
		UserMetadata:         map[string]string{},
		DisableContentSha256: true, // of the parts
	}
	for field, value := range b.encryption {
		options.UserMetadata[field] = value
	}
	if !f.Modified.IsZero() {
		// An object's own Last-Modified is when it was written.
		options.UserMetadata["Modified"] = f.Modified.UTC().Format(time.RFC3339)
	}
	_, err := b.client.PutObject(ctx, b.name, b.prefix+f.Name, bytes.NewReader(f.Body), int64(len(f.Body)),
		base64.StdEncoding.EncodeToString(sum5[:]), hex.EncodeToString(sum[:]), options)
	return b.fault(http.MethodPut, f.Name, err)
}

func (b *bucket) remove(ctx context.Context, name string) error {
	err := b.fault(http.MethodDelete, name, b.client.RemoveObject(ctx, b.name, b.prefix+name, minio.RemoveObjectOptions{}))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// fault says of an error what was asked, and of an answer that is none of success what
// it says and what to do. It is nil for nil.
func (b *bucket) fault(method, name string, err error) error {
	if err == nil {
		return nil
	}
	if answered, ok := errors.AsType[minio.ErrorResponse](err); ok && answered.StatusCode != 0 { // 0 is of the library's own
		err = b.refusal(method, answered)
	}
	return fmt.Errorf("%s %s%s: %w", method, b.prefix, name, err)
}

// refusal is an answer that is none of success
// (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html). The rest of
// the document is not kept: it may hold the token of a session.
type refusal struct {
	status  int
	code    string
	message string
	request string // its id, by which the service finds it again
	hint    string
}

func (b *bucket) refusal(method string, answered minio.ErrorResponse) error {
	e := &refusal{status: answered.StatusCode, code: answered.Code, message: strings.TrimSpace(answered.Message), request: answered.RequestID}
	if strings.HasPrefix(e.code, strconv.Itoa(e.status)) {
		e.code, e.message = "", http.StatusText(e.status) // a proxy's page, or nothing
	}
	switch {
	case answered.Region != "" && answered.Region != b.region:
		e.hint = fmt.Sprintf("the bucket is in the region %[1]s: write region=%[1]s", answered.Region)
	case e.code == "RequestTimeTooSkewed":
		e.hint = "set this machine's clock"
	case e.code == "AccessDenied" && method == http.MethodGet:
		e.hint = "without the permission s3:ListBucket, what is not there is answered so too"
	}
	return e
}

func (e *refusal) Error() string {
	text := fmt.Sprintf("S3 answered %d", e.status)
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

// Is reports whether there is no such object. Without the bucket there is a fault.
func (e *refusal) Is(target error) bool {
	return target == fs.ErrNotExist && e.status == http.StatusNotFound && e.code != "NoSuchBucket"
}
