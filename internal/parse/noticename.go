package parse

import (
	"path"
	"strings"
)

// IsNotice tells whether a file of a folder is read as a notice: by its extension,
// .md, .html, .htm or .txt.
func IsNotice(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".html", ".htm", ".txt":
		return true
	}
	return false
}

// NoticeStory returns what the files of one notice share, its path without the
// language and the extension: "2026/seminar" of "2026/seminar.ja.md".
func NoticeStory(name string) string {
	story, _ := splitNoticeName(name)
	return story
}

// splitNoticeName returns the path of a notice without language and extension, and
// the language as it is spelt there; "" if it names none.
func splitNoticeName(name string) (story, lang string) {
	story = strings.TrimSuffix(name, path.Ext(name))
	suffix := strings.TrimPrefix(path.Ext(story), ".")
	if suffix == "" || Language(suffix) == "" {
		return story, ""
	}
	return strings.TrimSuffix(story, "."+suffix), suffix
}
