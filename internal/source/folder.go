package source

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/notice"
)

// SettleTime is how long a file's size and time must have been the same before it
// is read, so that one which is still being written is not taken for the whole.
const SettleTime = 2 * time.Second

// maxNotice bounds a notice's file, in bytes.
const maxNotice = 10 << 20

// folderMemory is what a folder remembers: the notices' files that had not settled, and the
// files that were published with notices.
type folderMemory struct {
	Unsettled map[string]fileMark      `json:"unsettled,omitempty"`
	Published map[string]publishedFile `json:"published,omitempty"`
}

// fileMark is how a file looked at a time.
type fileMark struct {
	Size  int64     `json:"size"`
	Time  time.Time `json:"time"`
	Since time.Time `json:"since"` // when it was first seen so
}

func (m fileMark) same(o fileMark) bool { return m.Size == o.Size && m.Time.Equal(o.Time) }

// OpenFolder opens a folder of the file system. What lies outside of it can't be
// reached through it, by symbolic links neither.
func OpenFolder(name string) (fs.FS, error) {
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return root.FS(), nil
}

// collectFolder reads a tree of notices, one file a language version.
func (c *Collector) collectFolder(ctx context.Context, in Input) (Result, error) {
	res := Result{State: in.State}
	root, err := c.OpenFolder(in.Source.Path)
	if err != nil {
		return res, fmt.Errorf("collect folder %s: %w; nothing of it was withdrawn: check that the folder is there and may be read", in.Source.Path, err)
	}

	memory, err := recallFolder(in.State)
	if err != nil {
		res.Problems = append(res.Problems, parse.Problem{Code: "memory", Detail: "what was remembered of the folder's files can't be read and was dropped: " + err.Error()})
	}
	walk, err := c.walkSettled(ctx, root, in.Now, memory)
	if err != nil {
		return res, fmt.Errorf("collect folder %s: %w; nothing of it was withdrawn", in.Source.Path, err)
	}
	res.Problems = append(res.Problems, walk.problems...)
	memory.Unsettled = walk.unsettled
	if err := memory.keep(&res.State); err != nil {
		return res, fmt.Errorf("collect folder %s: %w", in.Source.Path, err)
	}
	if len(walk.unsettled) > 0 {
		res.Again = SettleTime
	}
	if walk.digest == in.State.Digest && len(walk.unsettled) == 0 && len(walk.unread) == 0 {
		res.Unchanged = true
		return res, nil
	}

	notices := noticeReader{
		root: root, opts: c.options(in), res: &res, first: map[version]string{},
		files: newFolderFiles(ctx, root, walk.at, in, memory.Published),
	}
	for _, name := range walk.settled {
		notices.read(name)
		if err := cmp.Or(ctx.Err(), notices.files.failed); err != nil {
			return res, fmt.Errorf("collect folder %s: %w", in.Source.Path, err)
		}
	}
	memory.Published = notices.files.published
	if err := memory.keep(&res.State); err != nil {
		return res, fmt.Errorf("collect folder %s: %w", in.Source.Path, err)
	}
	if notices.files.unsettled {
		res.Again = SettleTime
	}
	for _, name := range walk.unread {
		res.Unread = append(res.Unread, notice.Story(name))
	}
	for name := range walk.unsettled {
		res.Unread = append(res.Unread, notice.Story(name))
	}
	slices.Sort(res.Unread)
	res.Complete = walk.complete
	// A folder that was not read whole is read again, whatever its digest.
	if res.State.Digest = ""; walk.complete && len(res.Unread) == 0 {
		res.State.Digest = walk.digest
	}
	return res, nil
}

// recallFolder reads what is remembered of a folder.
func recallFolder(s State) (memory folderMemory, err error) {
	if len(s.Memory) > 0 {
		err = json.Unmarshal(s.Memory, &memory)
	}
	return memory, err
}

// keep has a state remember it.
func (m folderMemory) keep(s *State) error {
	data, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("remember its files: %w", err)
	}
	s.Memory = data
	return nil
}

// noticeReader reads the notices of a folder into a result.
type noticeReader struct {
	root  fs.FS
	files *folderFiles
	opts  parse.Options
	res   *Result
	first map[version]string // the file of each version that was read
}

// version names a notice in a language.
type version struct{ story, language string }

// read reads a notice's file.
func (n *noticeReader) read(name string) {
	data, err := readNotice(n.root, name)
	if err != nil {
		n.unreadable(name, err.Error())
		return
	}
	n.res.Bytes += int64(len(data))
	beside := n.files.beside(name)
	n.opts.File = beside.file
	article, problems, err := notice.Parse(name, data, n.opts)
	for _, p := range append(problems, beside.problems...) {
		n.problem(p.Code, name+": "+p.Detail)
	}
	if beside.wait != "" {
		n.unreadable(name, name+": "+beside.wait)
		return
	}
	if err != nil {
		n.unreadable(name, name+": "+err.Error())
		return
	}
	v := version{article.StoryHint, article.Language}
	if first, taken := n.first[v]; taken {
		n.problem("duplicate", fmt.Sprintf("%s: %s is the same notice in the same language and came first; rename or remove one of them", name, first))
		return
	}
	n.first[v] = name
	n.res.Articles = append(n.res.Articles, article)
}

func (n *noticeReader) problem(code, detail string) {
	n.res.Problems = append(n.res.Problems, parse.Problem{Code: code, Detail: detail})
}

// unreadable takes note of a notice that stays as it is.
func (n *noticeReader) unreadable(name, why string) {
	n.problem("unreadable", why)
	n.res.Unread = append(n.res.Unread, notice.Story(name))
}

// walkSettled lists the notices of a tree, a second time where some had not settled: who
// has just saved a file is waiting for it.
func (c *Collector) walkSettled(ctx context.Context, root fs.FS, now time.Time, memory folderMemory) (walked, error) {
	walk, err := walkFolder(ctx, root, now, memory)
	if err != nil || len(walk.unsettled) == 0 {
		return walk, err
	}
	if err := c.wait(ctx, SettleTime); err != nil {
		return walk, err
	}
	return walkFolder(ctx, root, now.Add(SettleTime), folderMemory{Unsettled: walk.unsettled})
}

// walked is a folder's listing.
type walked struct {
	at        time.Time // when it was made
	settled   []string  // names of notices that can be read, sorted
	unsettled map[string]fileMark
	unread    []string // names of notices that can't be looked at
	problems  []parse.Problem
	complete  bool // every directory could be read
	digest    string
}

// walkFolder lists the notices of a tree. A root that can't be read, or that holds
// no notice at all, is an error: more likely a lost mount than the wish to withdraw
// everything.
func walkFolder(ctx context.Context, root fs.FS, now time.Time, memory folderMemory) (walked, error) {
	w := folderWalk{
		root: root, now: now, before: memory.Unsettled, hash: sha256.New(),
		walked: walked{at: now, unsettled: map[string]fileMark{}, complete: true},
	}
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if ctxErr := ctx.Err(); ctxErr != nil {
			return ctxErr
		}
		return w.meet(name, entry, err)
	})
	switch {
	case err != nil:
		return w.walked, err
	case len(w.settled) == 0 && len(w.unsettled) == 0 && w.complete:
		return w.walked, errors.New("it holds no notice (.md, .html or .txt); if that is meant, remove the source from the configuration")
	}
	w.digest = hex.EncodeToString(w.hash.Sum(nil))
	return w.walked, nil
}

// folderWalk is a walk through a folder.
type folderWalk struct {
	walked
	root   fs.FS
	now    time.Time
	before map[string]fileMark // the files that had not settled
	hash   hash.Hash           // of the files that settled
}

// meet looks at a file or a directory, as [fs.WalkDirFunc] does.
func (w *folderWalk) meet(name string, entry fs.DirEntry, err error) error {
	isHidden := strings.HasPrefix(path.Base(name), ".") && name != "."
	switch {
	case err != nil && name == ".":
		return err
	case err != nil:
		w.complete = false
		w.problems = append(w.problems, parse.Problem{Code: "unreadable", Detail: err.Error() + "; nothing is withdrawn until it can be read"})
	case isHidden && entry.IsDir():
		return fs.SkipDir
	case !isHidden && !entry.IsDir() && notice.Is(name):
		w.look(name)
	case !isHidden && !entry.IsDir() && isPublishable(name):
		// Another file beside a notice is another notice.
		if info, err := entry.Info(); err == nil {
			fmt.Fprintf(w.hash, "%s\x00%d\x00%d\x00", name, info.Size(), info.ModTime().UnixNano())
		}
	}
	return nil
}

// look looks at a notice's file, as to whether it can be read now.
func (w *folderWalk) look(name string) {
	info, err := fs.Stat(w.root, name) // follows a symbolic link within the root
	if err != nil {
		w.unread = append(w.unread, name)
		w.problems = append(w.problems, parse.Problem{Code: "unreadable", Detail: err.Error() + "; its notice stays as it is"})
		return
	}
	if !info.Mode().IsRegular() {
		return
	}
	mark := fileMark{Size: info.Size(), Time: info.ModTime(), Since: w.now}
	old, known := w.before[name]
	if !settled(mark, old, w.now) {
		if known && old.same(mark) {
			mark.Since = old.Since
		}
		w.unsettled[name] = mark
		return
	}
	w.settled = append(w.settled, name)
	fmt.Fprintf(w.hash, "%s\x00%d\x00%d\x00", name, mark.Size, mark.Time.UnixNano())
}

// settled reports whether a file has not changed for [SettleTime]: by its time, or,
// where its time lies in the future, by how long we have seen it so.
func settled(mark, before fileMark, now time.Time) bool {
	if age := now.Sub(mark.Time); age >= SettleTime {
		return true
	}
	return before.same(mark) && !before.Since.IsZero() && now.Sub(before.Since) >= SettleTime
}

// readNotice reads a file that must look the same before and after.
func readNotice(root fs.FS, name string) ([]byte, error) {
	before, err := fs.Stat(root, name)
	if err != nil {
		return nil, err
	}
	if before.Size() > maxNotice {
		return nil, fmt.Errorf("%s: %d bytes are more than a notice may have (%d)", name, before.Size(), maxNotice)
	}
	data, err := fs.ReadFile(root, name)
	if err != nil {
		return nil, err
	}
	after, err := fs.Stat(root, name)
	if err != nil {
		return nil, err
	}
	if before.Size() != after.Size() || !before.ModTime().Equal(after.ModTime()) || int64(len(data)) != after.Size() {
		return nil, fmt.Errorf("%s: it changed while it was read; it will be read again", name)
	}
	return data, nil
}
