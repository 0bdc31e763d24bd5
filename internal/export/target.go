package export

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// File is what is written to a target.
type File struct {
	// Name is a slash path.
	Name string
	Body []byte
	Type string
	// Encoding is the content coding of a variant; "" for none.
	Encoding     string
	CacheControl string
	// Language is the Content-Language; "" for what is for everybody.
	Language string
	// Disposition is the Content-Disposition; "" for what is shown.
	Disposition string
	// Modified is when the content changed; zero is now.
	Modified time.Time
}

// Target is where files go: [Open] makes one.
type Target interface {
	fmt.Stringer
	// Close frees what the target holds.
	Close() error

	read(ctx context.Context, name string) ([]byte, error) // nil if there is none
	write(ctx context.Context, f File) error               // whole or not at all
	remove(ctx context.Context, name string) error         // no error if there is none
	has(ctx context.Context, name string, e exported) bool // as far as that is cheap to tell

	pageName(path string) string // the name of a page's file
	parallel() int               // how many files may be written at once
}

// Open opens a target: a directory, which is made if it is not there, or a bucket by
// its URL, such as s3://name?region=eu-west-1&prefix=news/. Credentials come from where
// Amazon's own tools look for them. A bucket is not asked yet.
func Open(target string) (Target, error) {
	t, err := parse(target)
	if d, ok := t.(directory); ok && err == nil {
		err = d.make()
	}
	if err != nil {
		return nil, err
	}
	return t, nil
}

// Check returns what is wrong with a target, as far as that shows without asking it or
// making anything.
func Check(target string) error {
	_, err := parse(target)
	return err
}

func parse(target string) (Target, error) {
	scheme, rest, ok := strings.Cut(target, "://")
	switch {
	case target == "":
		return nil, errors.New("export: no target; name a directory or a bucket's URL")
	case !ok:
		return directory{target}, nil
	case scheme == "file":
		u, err := url.Parse(target)
		if err != nil || u.Host != "" || u.Path == "" {
			return nil, fmt.Errorf("export to file://%s: write file:///path, or the path alone", rest)
		}
		return directory{u.Path}, nil
	default:
		return openBucket(target)
	}
}

// nameOf is the name of the file of an address, unless its kind has names of its own.
func nameOf(a Address) string {
	name := strings.TrimPrefix(a.Path, "/")
	if plain, err := url.PathUnescape(name); err == nil {
		return plain
	}
	return name
}

// namesOf are those that the file of an address may have.
func namesOf(t Target, a Address) []string {
	name := nameOf(a)
	switch {
	case a.Status == 410:
		return []string{name + goneMark}
	case a.Status != 0 && a.Status != 200:
		return []string{fmt.Sprint(a.Status, ".html")}
	}
	if page := t.pageName(name); page != name {
		return []string{name, page}
	}
	return []string{name}
}
