//go:build !nobuckets

package export

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"gocloud.dev/blob"
	_ "gocloud.dev/blob/azureblob" // azblob://
	_ "gocloud.dev/blob/s3blob"    // s3://
	"gocloud.dev/gcerrors"
)

// bucket is a target at a provider of storage.
type bucket struct {
	name string
	*blob.Bucket
}

func openBucket(ctx context.Context, target string) (Target, error) {
	name := bucketName(target)
	buckets := blob.DefaultURLMux()
	switch scheme, _, _ := strings.Cut(name, "://"); {
	case scheme == "gs":
		buckets = new(blob.URLMux)
		buckets.RegisterBucket(scheme, gcsOpener{})
	case !buckets.ValidBucketScheme(scheme):
		return nil, fmt.Errorf("export: %s is no bucket; use s3://, gs:// or azblob://, or name a directory", name)
	}
	b, err := buckets.OpenBucket(ctx, target)
	if err != nil {
		cause := strings.ReplaceAll(err.Error(), target, name) // which may hold what is secret
		return nil, fmt.Errorf("export: open the bucket %s: %s", name, cause)
	}
	return bucket{name, b}, nil
}

// bucketName is the target without what may be secret.
func bucketName(target string) string {
	u, err := url.Parse(target)
	if err != nil {
		return "(not a URL)"
	}
	return u.Scheme + "://" + u.Host + u.Path
}

func (b bucket) String() string { return b.name }

// parallel is for the sake of the network: an object takes some 50 ms, most of which
// is waiting.
func (b bucket) parallel() int { return 16 }

// pageName leaves a page at its address, where a CDN looks for it.
func (b bucket) pageName(path string) string {
	if path == "" || strings.HasSuffix(path, "/") {
		return path + "index.html"
	}
	return path
}

func (b bucket) read(ctx context.Context, name string) ([]byte, error) {
	data, err := b.ReadAll(ctx, name)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return nil, nil
	}
	return data, err
}

// has trusts the manifest: to ask for every object would cost more than it is worth.
func (b bucket) has(context.Context, string, entry) bool { return true }

func (b bucket) write(ctx context.Context, f File) error {
	options := &blob.WriterOptions{
		ContentType: f.Type, ContentEncoding: f.Encoding, CacheControl: f.CacheControl, DisableContentTypeDetection: true,
	}
	if !f.Modified.IsZero() {
		// An object's own Last-Modified is when it was written.
		options.Metadata = map[string]string{"modified": f.Modified.UTC().Format(time.RFC3339)}
	}
	if f.Body == nil {
		f.Body = []byte{}
	}
	return b.WriteAll(ctx, f.Name, f.Body, options)
}

func (b bucket) remove(ctx context.Context, name string) error {
	if err := b.Delete(ctx, name); err != nil && gcerrors.Code(err) != gcerrors.NotFound {
		return err
	}
	return nil
}
