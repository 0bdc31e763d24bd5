package export

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/kairan-news/kairan/internal/compress"
)

// Address is one address of the site.
type Address struct {
	// Path is below the site's public address, with a slash at its beginning.
	Path string
	// Version is another when the content may be. Where it is that of the last
	// export, the site is not asked.
	Version string
	// AcceptLanguage is what the site is asked for; "" for nothing.
	AcceptLanguage string
	// Status is what the site answers there; 0 is 200. What answers 410 becomes a
	// mark, and any other error's page a file "404.html".
	Status int
}

// Result is what an export came to.
type Result struct {
	Files   int // addresses that have a file now
	Written int // of these, written by this export
	Removed int // files of the last export that are gone
}

// Exporter copies a site to a target. It may be used by one goroutine at a time.
type Exporter struct {
	Site   http.Handler
	Target Target
	// Now is the clock for what has no time of its own, such as a page.
	Now func() time.Time

	compressor *compress.Compressor
}

// job is one export at work.
type job struct {
	*Exporter
	before manifest

	mu     sync.Mutex
	after  manifest
	result Result
	errs   []error
}

// mostErrors bounds the errors that an export tells of.
const mostErrors = 5

// Run copies these addresses. What the last export wrote and is not among them is
// removed. Where an address can't be copied, its last file stays, the others are
// copied all the same, and the error tells of it.
func (x *Exporter) Run(ctx context.Context, addresses []Address) (Result, error) {
	if x.compressor == nil {
		x.compressor = compress.New()
	}
	before, err := readManifest(ctx, x.Target)
	if err != nil {
		return Result{}, fmt.Errorf("export to %s: %w", x.Target, err)
	}
	j := &job{Exporter: x, before: before, after: manifest{}}
	// In the order of the addresses, so that what is linked is there before what
	// links it, near enough: a few are copied beside each other.
	var group errgroup.Group
	group.SetLimit(x.Target.parallel())
	for _, a := range addresses {
		if ctx.Err() != nil {
			break
		}
		group.Go(func() error {
			j.copy(ctx, a)
			return nil
		})
	}
	_ = group.Wait() // each keeps its error
	if ctx.Err() == nil {
		j.removeOld(ctx)
	} else {
		j.fail(ctx.Err())
		j.keepRest()
	}
	// What was done is remembered, even if the work was broken off.
	if err := j.after.write(context.WithoutCancel(ctx), x.Target); err != nil {
		j.fail(err)
	}
	if len(j.errs) == 0 {
		return j.result, nil
	}
	err = errors.Join(j.errs...)
	if errors.Is(err, syscall.ENOSPC) {
		err = fmt.Errorf("the disk is full: free some space there, and what is missing is written; the files of the last export stay: %w", err)
	}
	return j.result, fmt.Errorf("export to %s: %w", x.Target, err)
}

// fail keeps an error for the end.
func (j *job) fail(err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.errs) < mostErrors {
		j.errs = append(j.errs, err)
	}
}

// keep remembers the file of an address.
func (j *job) keep(name string, e exported, written bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.after[name] = e
	j.result.Files++
	if written {
		j.result.Written++
	}
}

// copy brings the file of one address to its present state.
func (j *job) copy(ctx context.Context, a Address) {
	for _, name := range namesOf(j.Target, a) {
		if last, ok := j.before[name]; ok && a.Version != "" && last.Version == a.Version && j.Target.has(ctx, name, last) {
			j.keep(name, last, false)
			return
		}
	}
	if err := j.renew(ctx, a); err != nil {
		j.fail(fmt.Errorf("%s: %w", a.Path, err))
		for _, name := range namesOf(j.Target, a) {
			if last, ok := j.before[name]; ok {
				last.Version = "" // look again the next time
				j.keep(name, last, false)
			}
		}
	}
}

// renew asks the site and writes what is new.
func (j *job) renew(ctx context.Context, a Address) error {
	if a.Status == http.StatusGone {
		return j.write(ctx, a, File{Name: nameOf(a) + goneMark, Type: "text/plain; charset=utf-8"})
	}
	answer, err := ask(ctx, j.Site, a)
	if err != nil {
		return err
	}
	want := a.Status
	if want == 0 {
		want = http.StatusOK
	}
	if answer.status != want {
		switch {
		case answer.status/100 == 3, answer.status == http.StatusNotFound, answer.status == http.StatusGone:
			return nil // it went, or moved, since the addresses were listed
		}
		return fmt.Errorf("the site answers %d, not %d", answer.status, want)
	}
	f := File{
		Name: nameOf(a), Body: answer.body.Bytes(), Type: answer.header.Get("Content-Type"),
		CacheControl: answer.header.Get("Cache-Control"), Disposition: answer.header.Get("Content-Disposition"), Language: answer.header.Get("Content-Language"),
	}
	if t, err := http.ParseTime(answer.header.Get("Last-Modified")); err == nil {
		f.Modified = t
	} else if isFeed(f.Type) {
		a.Version = "" // its date lies ahead, and is not told yet: look again the next time
	}
	if want != http.StatusOK {
		f.Name = fmt.Sprint(want, ".html")
	} else if isPage := strings.HasPrefix(f.Type, "text/html"); isPage {
		f.Name = j.Target.pageName(f.Name)
	}
	return j.write(ctx, a, f)
}

// isFeed reports whether a media type is that of a feed, which has a date of its own.
func isFeed(mediaType string) bool {
	return slices.ContainsFunc([]string{"application/rss+xml", "application/atom+xml", "application/feed+json"}, func(t string) bool {
		return strings.HasPrefix(mediaType, t)
	})
}

// write writes a file and its variants, unless it is there already.
func (j *job) write(ctx context.Context, a Address, f File) error {
	sum := sha256.Sum256(f.Body)
	e := exported{Version: a.Version, Digest: hex.EncodeToString(sum[:12]), Size: int64(len(f.Body)), Modified: f.Modified}
	last, ok := j.before[f.Name]
	if f.Modified.IsZero() {
		// A page has no time of its own: it is when it became what it is.
		if e.Modified = j.Now().UTC().Truncate(time.Second); ok && last.Digest == e.Digest {
			e.Modified = last.Modified
		}
		f.Modified = e.Modified
	}
	if ok && last.Digest == e.Digest && last.Modified.Equal(e.Modified) && j.Target.has(ctx, f.Name, last) {
		e.Variants = last.Variants
		j.keep(f.Name, e, false)
		return nil
	}
	for _, v := range j.variants(f) {
		of := f
		of.Name, of.Body, of.Encoding = f.Name+v.suffix, v.body, v.encoding
		if err := j.Target.write(ctx, of); err != nil {
			return err
		}
		e.Variants += v.suffix
	}
	if err := j.Target.write(ctx, f); err != nil {
		return err
	}
	for _, suffix := range last.suffixes() {
		if !slices.Contains(e.suffixes(), suffix) {
			if err := j.Target.remove(ctx, f.Name+suffix); err != nil {
				return err
			}
		}
	}
	j.keep(f.Name, e, true)
	return nil
}

// variant is a body in a content coding, and what its file's name ends in.
type variant struct {
	suffix, encoding string
	body             []byte
}

// smallBody is below what is worth compressing, in bytes.
const smallBody = 200

// variants returns the body in each coding that makes it smaller.
func (j *job) variants(f File) []variant {
	body := f.Body
	if len(body) < smallBody || isPacked(f.Type) {
		return nil
	}
	all := []variant{
		{".gz", "gzip", j.compressor.Gzip(body)},
		{".zst", "zstd", j.compressor.Zstd(body)},
		{".br", "br", j.compressor.Brotli(body)},
	}
	return slices.DeleteFunc(all, func(v variant) bool { return len(v.body) >= len(body) })
}

// isPacked reports whether files of a media type are packed in themselves: it would take
// seconds to find that they get no smaller.
func isPacked(mediaType string) bool {
	kind, _, _ := strings.Cut(mediaType, "/")
	return kind == "audio" || kind == "video" || kind == "image" && !strings.HasPrefix(mediaType, "image/svg") && mediaType != "image/x-icon" ||
		mediaType == "application/pdf" || strings.HasPrefix(mediaType, "application/vnd.o")
}

// removeOld removes what the last export wrote and this one did not.
func (j *job) removeOld(ctx context.Context) {
	for name, e := range j.before {
		if _, ok := j.after[name]; ok {
			continue
		}
		if err := j.remove(ctx, name, e); err != nil {
			j.errs = append(j.errs, err)
			j.after[name] = e // try again the next time
			continue
		}
		j.result.Removed++
	}
}

func (j *job) remove(ctx context.Context, name string, e exported) error {
	for _, suffix := range append(e.suffixes(), "") {
		if err := j.Target.remove(ctx, name+suffix); err != nil {
			return fmt.Errorf("remove %s: %w", name+suffix, err)
		}
	}
	return nil
}

// keepRest remembers what was not looked at.
func (j *job) keepRest() {
	for name, e := range j.before {
		if _, ok := j.after[name]; !ok {
			j.after[name] = e
		}
	}
}

// goneMark ends the name of the mark of what was withdrawn.
const goneMark = ".gone"

// answer is what the site says at an address.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header { return a.header }

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

func (a *answer) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(b)
}

func ask(ctx context.Context, site http.Handler, at Address) (*answer, error) {
	if address := at.Path; path.Clean(address) != strings.TrimSuffix(address, "/") && address != "/" {
		return nil, errors.New("an address that leads elsewhere")
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://export.invalid"+at.Path, nil)
	if err != nil {
		return nil, err
	}
	if at.AcceptLanguage != "" {
		r.Header.Set("Accept-Language", at.AcceptLanguage)
	}
	a := &answer{header: http.Header{}}
	site.ServeHTTP(a, r)
	return a, nil
}
