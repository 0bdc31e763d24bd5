package source

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/notice"
)

// Pictures and files that a folder's notices name by their places beside them are published
// with them. What is published is named by a notice, lies within the folder as a regular
// file that is not hidden, is reached through no symbolic link, and is of a kind that
// readers expect. All else is told, and the notice's text stays.

const (
	// maxFile bounds a file that is published, in bytes.
	maxFile = 10 << 20
	// maxFiles bounds all the files that a folder publishes, in bytes.
	maxFiles = 1 << 30
	// maxFileProblems bounds what is told of the files of one notice.
	maxFileProblems = 5
)

// folderFiles are the files that the notices of a folder name.
type folderFiles struct {
	ctx  context.Context // of the collecting: notices are parsed without one
	root fs.FS
	now  time.Time
	in   Input
	// before are the files that were published when the folder was read last, and published
	// those that are now, by their names. One that looks the same is not read again.
	before, published map[string]publishedFile
	// known are the files that were looked at, by their names.
	known map[string]folderFile
	total int64
	// unsettled says that a file was still being written, and failed is why one could not
	// be kept, for which the folder is not to blame.
	unsettled bool
	failed    error
}

// publishedFile is what is remembered of a file that is published.
type publishedFile struct {
	Size   int64     `json:"size"`
	Time   time.Time `json:"time"`
	Digest string    `json:"digest"` // see [feeds.FileDigest]
}

// folderFile is a file that was looked at: its address, or why it has none.
type folderFile struct {
	address string
	err     error
}

// errUnsettled says that a file may still be being written.
var errUnsettled = errors.New("it is still being written")

// errNoFile is for a reference behind which there is nothing.
var errNoFile = fmt.Errorf("there is no such file in the folder (%w)", fs.ErrNotExist)

func newFolderFiles(ctx context.Context, root fs.FS, now time.Time, in Input, before map[string]publishedFile) *folderFiles {
	return &folderFiles{ctx: ctx, root: root, now: now, in: in, before: before, published: map[string]publishedFile{}, known: map[string]folderFile{}}
}

// besideNotice are the files beside one notice.
type besideNotice struct {
	of       *folderFiles
	dir      string
	problems []parse.Problem
	told     map[string]bool
	wait     string // why the notice can't be read yet; "" if it can
}

func (f *folderFiles) beside(name string) *besideNotice {
	return &besideNotice{of: f, dir: path.Dir(name), told: map[string]bool{}}
}

// file returns the address of the file that a reference names; "" if it names none that is
// published. See [parse.Options].
func (b *besideNotice) file(ref, base string) string {
	name, err := b.named(ref)
	if err != nil {
		b.tell(ref, err)
		return ""
	}
	if name == "" {
		return ""
	}
	if b.of.failed != nil {
		return "" // the folder is not read to its end
	}
	known, ok := b.of.known[name]
	if !ok {
		known.address, known.err = b.of.publish(name)
		b.of.known[name] = known
	}
	switch {
	case known.err == nil:
		return known.address
	case errors.Is(known.err, errUnsettled):
		b.of.unsettled = true
		b.wait = fmt.Sprintf("%s, which it shows, is still being written; the notice stays as it is until then", name)
	case base != "" && errors.Is(known.err, fs.ErrNotExist): // it is elsewhere
	default:
		b.tell(ref, known.err)
	}
	return ""
}

// tell notes why a file is not published, once.
func (b *besideNotice) tell(ref string, err error) {
	if b.told[ref] || len(b.problems) == maxFileProblems {
		return
	}
	b.told[ref] = true
	b.problems = append(b.problems, parse.Problem{Code: "file", Detail: fmt.Sprintf("%q is not published: %v", ref, err)})
}

// named returns the name within the folder that a reference means; "" if it means an address
// or a place of the same text.
func (b *besideNotice) named(ref string) (string, error) {
	ref = strings.ReplaceAll(strings.TrimSpace(ref), `\`, "/")
	if ref == "" || strings.HasPrefix(ref, "#") || strings.HasPrefix(ref, "/") {
		return "", nil
	}
	if before, _, ok := strings.Cut(ref, ":"); ok && !strings.ContainsAny(before, "/?#") {
		return "", nil // it has a scheme
	}
	ref, _, _ = strings.Cut(ref, "#")
	ref, _, _ = strings.Cut(ref, "?")
	if plain, err := url.PathUnescape(ref); err == nil {
		ref = plain
	}
	name := path.Join(b.dir, ref)
	switch {
	case ref == "" || name == ".":
		return "", nil
	case name == ".." || strings.HasPrefix(name, "../") || !fs.ValidPath(name):
		return "", errors.New("it is not in the folder")
	}
	return name, nil
}

// publish keeps a file of the folder and returns its address.
func (f *folderFiles) publish(name string) (string, error) {
	info, err := f.look(name)
	if err != nil {
		return "", err
	}
	switch age := f.now.Sub(info.ModTime()); {
	case age < SettleTime && age > -SettleTime:
		return "", errUnsettled
	case info.Size() > maxFile:
		return "", fmt.Errorf("it has %d bytes, and a file may have %d", info.Size(), maxFile)
	case info.Size() > maxFiles-f.total:
		return "", fmt.Errorf("the files of a folder's notices may have %d bytes together", maxFiles)
	}
	file := publishedFile{Size: info.Size(), Time: info.ModTime(), Digest: f.before[name].Digest}
	if kept, err := f.keeps(name, file); err != nil {
		return "", err
	} else if !kept {
		if file.Digest, err = f.read(name); err != nil {
			return "", err
		}
	}
	f.published[name] = file
	f.total += file.Size
	return feeds.FilePath(file.Digest, path.Base(name)), nil
}

// keeps reports whether a file looks as it did when it was read, and is kept still.
func (f *folderFiles) keeps(name string, now publishedFile) (bool, error) {
	before, ok := f.before[name]
	if !ok || before.Size != now.Size || !before.Time.Equal(now.Time) || f.in.KeepsFile == nil {
		return false, nil
	}
	kept, err := f.in.KeepsFile(f.ctx, before.Digest)
	f.failed = err
	return kept, err
}

// read reads a file, keeps it, and returns its digest.
func (f *folderFiles) read(name string) (digest string, err error) {
	data, err := readNotice(f.root, name)
	if err != nil {
		return "", errors.Join(errUnsettled, err)
	}
	if kind := http.DetectContentType(data); claims(name, "image/") && !claims(name, "image/svg+xml") && !strings.HasPrefix(kind, "image/") && !claims(name, "image/avif") {
		return "", fmt.Errorf("it is no picture, whatever its name says (%s)", kind)
	}
	digest = feeds.FileDigest(data)
	if f.in.KeepFile != nil {
		f.failed = f.in.KeepFile(f.ctx, digest, data)
	}
	return digest, f.failed
}

// look looks whether a file may be published.
func (f *folderFiles) look(name string) (fs.FileInfo, error) {
	var info fs.FileInfo
	steps := strings.Split(name, "/")
	for i, step := range steps {
		if strings.HasPrefix(step, ".") {
			return nil, errors.New("it is hidden: its name, or that of its folder, begins with a dot")
		}
		var err error
		info, err = fs.Lstat(f.root, strings.Join(steps[:i+1], "/"))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, errNoFile
		case err != nil:
			return nil, err
		case info.Mode()&fs.ModeSymlink != 0:
			return nil, errors.New("symbolic links are not followed: put the file itself there")
		}
	}
	switch {
	case notice.Is(name):
		return nil, errors.New("it is a notice itself; the words of the link stay")
	case !info.Mode().IsRegular():
		return nil, errors.New("it is no file")
	case !isPublishable(name):
		return nil, fmt.Errorf("files of type %q are not published; use a picture, a recording, .pdf or a document", path.Ext(name))
	}
	return info, nil
}

// isPublishable reports whether a file is of a kind that may be published, by its name.
func isPublishable(name string) bool { return feeds.FileType(name) != "" }

// claims reports whether a file is of a media type that begins so, by its name.
func claims(name, kind string) bool { return strings.HasPrefix(feeds.FileType(name), kind) }
