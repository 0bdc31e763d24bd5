package notice

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/field"
	"github.com/kairan-news/kairan/internal/parse/language"
	"github.com/kairan-news/kairan/internal/parse/prose"
	"github.com/kairan-news/kairan/internal/plain"
)

// maxFrontMatter is how many bytes front matter may have.
const maxFrontMatter = 16 << 10

// frontMatter reads the front matter, and returns the text behind it.
func (n *reader) frontMatter(text []byte) (body []byte) {
	normal := bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	first, inner, _ := bytes.Cut(bytes.TrimLeft(normal, "\n"), []byte("\n"))
	if !isFence(first) || first[0] != '-' {
		return normal
	}
	head, body, closed := cutFrontMatter(inner)
	if !closed {
		if head, body = unclosedFrontMatter(inner); head == nil {
			return normal // a line, and no front matter
		}
		n.problem("front-matter", "nothing closes the front matter; it was taken to end behind %q: write a line of --- there", lastLine(head))
	} else if !beginsWithKey(head) {
		return normal // text between two lines
	}
	values, err := readFrontMatter(head)
	if err != nil {
		n.problem("front-matter", "the front matter is not YAML and was read line by line: %s", strings.Join(strings.Fields(err.Error()), " "))
		values = readLines(head)
	}
	for _, v := range values {
		n.setFront(v.Key, v.Value)
	}
	return body
}

// isFence reports whether a line begins or ends front matter.
func isFence(line []byte) bool {
	line = bytes.TrimRight(line, " \t\n")
	return string(line) == "---" || string(line) == "..."
}

// cutFrontMatter cuts the text behind the first fence at the second.
func cutFrontMatter(inner []byte) (head, body []byte, closed bool) {
	at := 0
	for line := range bytes.Lines(inner) {
		if isFence(line) {
			return inner[:at], inner[at+len(line):], true
		}
		at += len(line)
	}
	return nil, nil, false
}

// unclosedFrontMatter cuts text that begins as front matter does, and has no second
// fence, behind the last of our keys before the first empty line, and what belongs to
// it: so nobody reads the keys as text, and no text is taken for a key. Without such a
// key in the first line there is no front matter.
func unclosedFrontMatter(inner []byte) (head, body []byte) {
	at, end, within := 0, 0, false
	for line := range bytes.Lines(inner) {
		key, isKey := frontKey(line)
		within = isKey && isFrontKey(key) || within && !isKey && (line[0] == ' ' || line[0] == '\t' || line[0] == '-')
		if len(bytes.TrimSpace(line)) == 0 || at == 0 && !within {
			break
		}
		if at += len(line); within {
			end = at
		}
	}
	if end == 0 {
		return nil, inner
	}
	return inner[:end], inner[end:]
}

// beginsWithKey reports whether what stands between two fences begins as front matter
// does: with a key, or a remark. Nothing at all is front matter, too.
func beginsWithKey(head []byte) bool {
	head = bytes.TrimLeft(head, " \t\n")
	_, ok := frontKey(head)
	return ok || len(head) == 0 || head[0] == '#' || head[0] == '{'
}

// frontKey returns the key that a line begins with, in small letters.
func frontKey(line []byte) (string, bool) {
	key, _, ok := bytes.Cut(line, []byte(":"))
	if !ok || len(key) == 0 || bytes.ContainsAny(key, " \t\n") {
		return "", false
	}
	return strings.ToLower(strings.Trim(string(key), `"'`)), true
}

func lastLine(text []byte) string {
	text = bytes.TrimRight(text, "\n")
	return plain.Shorten(string(text[bytes.LastIndexByte(text, '\n')+1:]), 60)
}

// frontValue is a key of the front matter with its value.
type frontValue struct {
	Key   string
	Value any
}

// aliases finds references to anchors, with which a short document becomes endless.
var aliases = regexp.MustCompile(`(?m)(^|[\s\[,{])\*[\pL\pN_]`)

// readFrontMatter reads YAML.
func readFrontMatter(head []byte) ([]frontValue, error) {
	if len(head) > maxFrontMatter {
		return nil, fmt.Errorf("it has more than %d bytes", maxFrontMatter)
	}
	if aliases.Match(head) {
		return nil, fmt.Errorf("it has aliases, which are not read")
	}
	var m yaml.MapSlice
	if err := yaml.Unmarshal(head, &m); err != nil {
		return nil, err
	}
	values := make([]frontValue, 0, len(m))
	for _, item := range m {
		values = append(values, frontValue{strings.ToLower(fmt.Sprint(item.Key)), item.Value})
	}
	return values, nil
}

// readLines reads "key: value" lines of front matter that is no YAML, such as a title
// with a colon in it.
func readLines(head []byte) []frontValue {
	var values []frontValue
	for line := range bytes.Lines(head[:min(len(head), maxFrontMatter)]) {
		key, value, ok := strings.Cut(string(line), ":")
		if ok && !strings.ContainsAny(key, " \t") && key != "" {
			values = append(values, frontValue{strings.ToLower(key), strings.Trim(strings.TrimSpace(value), `"'`)})
		}
	}
	return values
}

// isFrontKey reports whether a key is one that front matter may have.
func isFrontKey(key string) bool {
	switch key {
	case "title", "date", "published", "updated", "corrected", "category", "categories", "tags", "author", "authors",
		"summary", "description", "link", "language", "lang", "rights", "image", "image_alt", "image-alt":
		return true
	}
	return false
}

// setFront takes one value of the front matter.
func (n *reader) setFront(key string, value any) {
	list := frontList(value)
	text := ""
	if len(list) > 0 {
		text = list[0]
	}
	switch key {
	case "category", "categories", "tags":
		if _, single := value.(string); single && key != "category" {
			list = strings.Split(text, ",")
		}
		for _, term := range list {
			n.article.Terms = field.AddTerm(n.article.Terms, feeds.Term{Term: prose.Collapse(term)})
		}
	case "author", "authors":
		for _, name := range list {
			if p := field.Person(name); p.Name != "" {
				n.article.Authors = append(n.article.Authors, p)
			}
		}
	default:
		n.setFrontText(key, text)
	}
	if a := &n.article; len(a.Images) == 1 && a.Images[0].URL == "" && key != "image_alt" && key != "image-alt" {
		a.Images = nil
	}
}

// setFrontText takes a value that is one text.
func (n *reader) setFrontText(key, text string) {
	a := &n.article
	switch key {
	case "title":
		a.Title = prose.Collapse(text)
	case "date", "published":
		a.Published = n.date(text)
	case "updated":
		a.Updated = n.date(text)
	case "corrected":
		a.Corrected = n.date(text)
	case "summary", "description":
		a.Summary = prose.Collapse(text)
	case "rights":
		a.Rights = prose.Collapse(text)
	case "link":
		n.setFrontLink(text)
	case "language", "lang":
		n.setFrontLanguage(text)
	case "image":
		n.setFrontImage(text)
	case "image_alt", "image-alt":
		n.image().Alt = prose.Collapse(text)
	default:
		n.problem("front-matter", "nothing is known of the key %q; use title, date, updated, category, author, summary, link, language, corrected, rights, image or image_alt", key)
	}
}

func (n *reader) setFrontLink(text string) {
	n.article.Link = address.Web(n.o.BaseURL, text)
	if n.article.Link == "" && text != "" {
		n.problem("link", "the link %q is no web address", text)
	}
}

func (n *reader) setFrontLanguage(text string) {
	if language.Tag(text) == "" && text != "" {
		n.problem("language", "nobody knows the language %q; use a tag such as \"ja\" or \"zh-Hant\"", text)
	}
	n.said = append(n.said, text)
}

func (n *reader) setFrontImage(text string) {
	if link := address.Web(n.base(), text); link != "" {
		n.image().URL = link
	} else if text != "" {
		n.problem("image", "the image %q has no web address", text)
	}
}

// image returns the notice's picture, of which the front matter may tell the text
// before the address.
func (n *reader) image() *feeds.Image {
	if len(n.article.Images) == 0 {
		n.article.Images = []feeds.Image{{}}
	}
	return &n.article.Images[0]
}

// frontList returns a value as a list of texts.
func frontList(value any) []string {
	switch v := value.(type) {
	case nil:
		return nil
	case []any:
		var list []string
		for _, item := range v {
			list = append(list, frontList(item)...)
		}
		return list
	case yaml.MapSlice:
		var list []string
		for _, item := range v { // an author with a name
			if key := fmt.Sprint(item.Key); key == "name" || key == "title" {
				list = append(list, fmt.Sprint(item.Value))
			}
		}
		return list
	case map[string]any:
		if name, ok := v["name"]; ok {
			return []string{fmt.Sprint(name)}
		}
		return nil
	case time.Time:
		if v.Equal(v.Truncate(24 * time.Hour)) { // a day, which begins where the publisher is
			return []string{v.Format(time.DateOnly)}
		}
		return []string{v.Format(time.RFC3339)}
	default:
		return []string{fmt.Sprint(v)}
	}
}
