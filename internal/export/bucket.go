//go:build !nobuckets

package export

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// bucket is a target at a provider of storage.
type bucket struct {
	name string // without what may be secret
	// prefix begins the key of each object.
	prefix  string
	objects objects
}

// objects are those of a bucket, at one of the providers.
type objects interface {
	// get returns the whole of an object; an [fs.ErrNotExist] if there is none.
	get(ctx context.Context, key string) ([]byte, error)
	// put makes an object, or another of what it was.
	put(ctx context.Context, key string, f File) error
	// remove may return an [fs.ErrNotExist] if there is none.
	remove(ctx context.Context, key string) error
}

func openBucket(ctx context.Context, target string) (Target, error) {
	u, err := url.Parse(target)
	if err != nil {
		return nil, errors.New("export: the bucket is not a URL; write it as s3://NAME, gs://NAME or azblob://NAME")
	}
	b := bucket{name: u.Scheme + "://" + u.Host + u.Path, prefix: u.Query().Get("prefix")}
	switch {
	case u.Scheme != "s3" && u.Scheme != "gs" && u.Scheme != "azblob":
		return nil, fmt.Errorf("export: %s is no bucket; use s3://, gs:// or azblob://, or name a directory", b.name)
	case u.Host == "":
		return nil, fmt.Errorf("export: open the bucket %s: it has no name; write %s://NAME", b.name, u.Scheme)
	case strings.Trim(u.Path, "/") != "":
		return nil, fmt.Errorf("export: open the bucket %s: a bucket has no path; write %s://%s?prefix=%s/",
			b.name, u.Scheme, u.Host, strings.Trim(u.Path, "/"))
	}
	switch u.Scheme {
	case "s3":
		b.objects, err = openS3(ctx, u)
	case "gs":
		b.objects, err = openGoogle(ctx, u)
	case "azblob":
		b.objects, err = openAzure(u)
	}
	if err != nil {
		return nil, fmt.Errorf("export: open the bucket %s: %w", b.name, err)
	}
	return b, nil
}

// parameters are what a bucket's URL says behind the "?".
type parameters struct {
	url.Values
	// err is the first fault of those that were looked at.
	err error
}

// parametersOf refuses what is none of those known.
func parametersOf(u *url.URL, known ...string) (*parameters, error) {
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, errors.New(`what is behind the "?" is no query; write name=value&name=value`)
	}
	for name := range query {
		if name != "prefix" && !slices.Contains(known, name) {
			return nil, fmt.Errorf("it has no parameter %q; there are prefix, %s", name, strings.Join(known, ", "))
		}
	}
	return &parameters{Values: query}, nil
}

// flag tells whether a parameter is true.
func (p *parameters) flag(name string) bool {
	value := p.Get(name)
	if value == "" {
		return false
	}
	on, err := strconv.ParseBool(value)
	if err != nil && p.err == nil {
		p.err = fmt.Errorf("the parameter %s is %q; write true or false", name, value)
	}
	return on
}

func (b bucket) String() string { return b.name }

// Close implements [Target]: nothing is held but idle connections, which end by
// themselves.
func (b bucket) Close() error { return nil }

// beside is how many objects are written beside each other.
const beside = 16

// parallel is for the sake of the network: an object takes some 50 ms, most of which
// is waiting.
func (b bucket) parallel() int { return beside }

// pageName leaves a page at its address, where a CDN looks for it.
func (b bucket) pageName(path string) string {
	if path == "" || strings.HasSuffix(path, "/") {
		return path + "index.html"
	}
	return path
}

func (b bucket) read(ctx context.Context, name string) ([]byte, error) {
	data, err := b.objects.get(ctx, b.prefix+name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}

// has trusts the manifest: to ask for every object would cost more than it is worth.
func (b bucket) has(context.Context, string, entry) bool { return true }

func (b bucket) write(ctx context.Context, f File) error {
	return b.objects.put(ctx, b.prefix+f.Name, f)
}

func (b bucket) remove(ctx context.Context, name string) error {
	if err := b.objects.remove(ctx, b.prefix+name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
