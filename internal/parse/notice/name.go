package notice

import (
	"path"
	"strings"

	"github.com/kairan-news/kairan/internal/parse/language"
)

// Is reports whether a file of a folder is read as a notice: by its extension,
// .md, .html, .htm or .txt.
func Is(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".html", ".htm", ".txt":
		return true
	}
	return false
}

// Story returns what the files of one notice share, its path without the
// language and the extension: "2026/seminar" of "2026/seminar.ja.md".
func Story(name string) string {
	story, _ := splitName(name)
	return story
}

// splitName returns the path of a notice without language and extension, and
// the language as it is spelt there; "" if it names none.
func splitName(name string) (story, lang string) {
	story = strings.TrimSuffix(name, path.Ext(name))
	suffix := strings.TrimPrefix(path.Ext(story), ".")
	if suffix == "" || language.Tag(suffix) == "" {
		return story, ""
	}
	return strings.TrimSuffix(story, "."+suffix), suffix
}
