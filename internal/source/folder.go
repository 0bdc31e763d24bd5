package source

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
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

// folderMemory is what a folder remembers: the files that had not settled.
type folderMemory struct {
	Unsettled map[string]fileMark `json:"unsettled,omitempty"`
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

	var memory folderMemory
	if len(in.State.Memory) > 0 {
		if err := json.Unmarshal(in.State.Memory, &memory); err != nil {
			res.Problems = append(res.Problems, parse.Problem{Code: "memory", Detail: "what was remembered of the folder's files can't be read and was dropped: " + err.Error()})
		}
	}
	walk, err := walkFolder(ctx, root, in.Now, memory)
	if err == nil && len(walk.unsettled) > 0 {
		// Who has just saved a file is waiting for it.
		if err = c.wait(ctx, SettleTime); err == nil {
			walk, err = walkFolder(ctx, root, in.Now.Add(SettleTime), folderMemory{walk.unsettled})
		}
	}
	if err != nil {
		return res, fmt.Errorf("collect folder %s: %w; nothing of it was withdrawn", in.Source.Path, err)
	}
	res.Problems = append(res.Problems, walk.problems...)
	if res.State.Memory, err = json.Marshal(folderMemory{Unsettled: walk.unsettled}); err != nil {
		return res, fmt.Errorf("collect folder %s: remember its files: %w", in.Source.Path, err)
	}
	if len(walk.unsettled) > 0 {
		res.Again = SettleTime
	}
	if walk.digest == in.State.Digest && len(walk.unsettled) == 0 && len(walk.unread) == 0 {
		res.Unchanged = true
		return res, nil
	}

	opts := c.options(in)
	firstFile := map[[2]string]string{}
	for _, name := range walk.settled {
		if err := ctx.Err(); err != nil {
			return res, fmt.Errorf("collect folder %s: %w", in.Source.Path, err)
		}
		data, err := readNotice(root, name)
		if err != nil {
			res.Problems = append(res.Problems, parse.Problem{Code: "unreadable", Detail: err.Error()})
			res.Unread = append(res.Unread, notice.Story(name))
			continue
		}
		res.Bytes += int64(len(data))
		article, problems, err := notice.Parse(name, data, opts)
		for _, p := range problems {
			res.Problems = append(res.Problems, parse.Problem{Code: p.Code, Detail: name + ": " + p.Detail})
		}
		if err != nil {
			res.Problems = append(res.Problems, parse.Problem{Code: "unreadable", Detail: name + ": " + err.Error()})
			res.Unread = append(res.Unread, notice.Story(name))
			continue
		}
		version := [2]string{article.StoryHint, article.Language}
		if first, taken := firstFile[version]; taken {
			res.Problems = append(res.Problems, parse.Problem{Code: "duplicate", Detail: fmt.Sprintf("%s: %s is the same notice in the same language and came first; rename or remove one of them", name, first)})
			continue
		}
		firstFile[version] = name
		res.Articles = append(res.Articles, article)
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

// walked is a folder's listing.
type walked struct {
	settled   []string // names of notices that can be read, sorted
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
	w := walked{unsettled: map[string]fileMark{}, complete: true}
	hash := sha256.New()
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if ctxErr := ctx.Err(); ctxErr != nil {
			return ctxErr
		}
		if err != nil {
			if name == "." {
				return err
			}
			w.complete = false
			w.problems = append(w.problems, parse.Problem{Code: "unreadable", Detail: err.Error() + "; nothing is withdrawn until it can be read"})
			return nil
		}
		if hidden := strings.HasPrefix(path.Base(name), ".") && name != "."; hidden && entry.IsDir() {
			return fs.SkipDir
		} else if hidden || entry.IsDir() || !notice.Is(name) {
			return nil
		}
		info, err := fs.Stat(root, name) // follows a symbolic link within the root
		if err != nil {
			w.unread = append(w.unread, name)
			w.problems = append(w.problems, parse.Problem{Code: "unreadable", Detail: err.Error() + "; its notice stays as it is"})
			return nil
		}
		if !info.Mode().IsRegular() {
			return nil
		}
		mark := fileMark{Size: info.Size(), Time: info.ModTime(), Since: now}
		if !settled(mark, memory.Unsettled[name], now) {
			if old, known := memory.Unsettled[name]; known && old.same(mark) {
				mark.Since = old.Since
			}
			w.unsettled[name] = mark
			return nil
		}
		w.settled = append(w.settled, name)
		fmt.Fprintf(hash, "%s\x00%d\x00%d\x00", name, mark.Size, mark.Time.UnixNano())
		return nil
	})
	switch {
	case err != nil:
		return w, err
	case len(w.settled) == 0 && len(w.unsettled) == 0 && w.complete:
		return w, errors.New("it holds no notice (.md, .html or .txt); if that is meant, remove the source from the configuration")
	}
	w.digest = hex.EncodeToString(hash.Sum(nil))
	return w, nil
}

// settled tells whether a file has not changed for [SettleTime]: by its time, or,
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
