package notice

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
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
	n.article.Images = slices.DeleteFunc(n.article.Images, func(i feeds.Image) bool { return i.URL == "" })
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
		within = isKey && setterOf(key) != nil || within && !isKey && (line[0] == ' ' || line[0] == '\t' || line[0] == '-')
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

// setFront takes one value of the front matter.
func (n *reader) setFront(key string, value any) {
	if set := setterOf(key); set != nil {
		set(n, value)
		return
	}
	n.problem("front-matter", "nothing is known of the key %q; use title, date, updated, category, author, summary, link, language, corrected, rights, image or image_alt", key)
}

// setterOf returns what takes the value of a key; nil if front matter has no such key.
func setterOf(key string) func(n *reader, value any) {
	switch key {
	case "title":
		return line(func(n *reader) *string { return &n.article.Title })
	case "summary", "description":
		return line(func(n *reader) *string { return &n.article.Summary })
	case "rights":
		return line(func(n *reader) *string { return &n.article.Rights })
	case "image_alt", "image-alt":
		return line(func(n *reader) *string { return &n.image().Alt })
	case "date", "published":
		return func(n *reader, value any) { n.setPublished(n.date(frontText(value))) }
	case "updated":
		return moment(func(n *reader) *time.Time { return &n.article.Updated })
	case "corrected":
		return moment(func(n *reader) *time.Time { return &n.article.Corrected })
	case "category":
		return (*reader).setFrontCategory
	case "categories", "tags":
		return (*reader).setFrontCategories
	case "author", "authors":
		return (*reader).setFrontAuthors
	case "link":
		return (*reader).setFrontLink
	case "language", "lang":
		return (*reader).setFrontLanguage
	case "image":
		return (*reader).setFrontImage
	}
	return nil
}

// line takes a text of one line for a field.
func line(field func(n *reader) *string) func(n *reader, value any) {
	return func(n *reader, value any) { *field(n) = prose.Collapse(frontText(value)) }
}

// moment takes a date for a field.
func moment(field func(n *reader) *time.Time) func(n *reader, value any) {
	return func(n *reader, value any) { *field(n) = n.date(frontText(value)).Time }
}

// setFrontCategories takes several categories, which may be one text with commas.
func (n *reader) setFrontCategories(value any) {
	if text, ok := value.(string); ok {
		for term := range strings.SplitSeq(text, ",") {
			n.setFrontCategory(term)
		}
		return
	}
	n.setFrontCategory(value)
}

func (n *reader) setFrontCategory(value any) {
	for _, term := range frontList(value) {
		n.article.Terms = field.AddTerm(n.article.Terms, feeds.Term{Term: prose.Collapse(term)})
	}
}

func (n *reader) setFrontAuthors(value any) {
	for _, name := range frontList(value) {
		if p := field.Person(name); p.Name != "" {
			n.article.Authors = append(n.article.Authors, p)
		}
	}
}

func (n *reader) setFrontLink(value any) {
	text := frontText(value)
	n.article.Link = address.Web(n.o.BaseURL, text)
	if n.article.Link == "" && text != "" {
		n.problem("link", "the link %q is no web address", text)
	}
}

func (n *reader) setFrontLanguage(value any) {
	text := frontText(value)
	if language.Tag(text) == "" && text != "" {
		n.problem("language", "nobody knows the language %q; use a tag such as \"ja\" or \"zh-Hant\"", text)
	}
	n.said = append(n.said, text)
}

func (n *reader) setFrontImage(value any) {
	text := frontText(value)
	if link := n.picture(n.base(), text); link != "" {
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

// frontText returns a value as one text, of a list the first; "" for none.
func frontText(value any) string {
	if list := frontList(value); len(list) > 0 {
		return list[0]
	}
	return ""
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
