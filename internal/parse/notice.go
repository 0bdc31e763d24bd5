package parse

import (
	"fmt"
	"path"
	"strings"

	"github.com/kairan-news/kairan/feeds"
)

// ParseNotice reads one file of a folder: Markdown with front matter (.md), HTML
// (.html, .htm) or plain text as cities print it (.txt). The name is the slash
// path of the file within the folder's root.
func ParseNotice(name string, data []byte, o Options) (feeds.Article, []Problem, error) {
	switch ext := strings.ToLower(path.Ext(name)); ext {
	case ".md", ".html", ".htm", ".txt":
		title, body, _ := strings.Cut(string(data), "\n")
		return feeds.Article{Title: strings.TrimSpace(title), Content: body, Language: o.Language, StoryHint: strings.TrimSuffix(name, ext)}, nil, nil
	default:
		return feeds.Article{}, nil, fmt.Errorf("parse notice %s: a file of type %q is no notice; use .md, .html or .txt", name, ext)
	}
}
