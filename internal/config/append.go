package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"github.com/kairan-news/kairan/feeds"
)

// FormatSources returns sources as they are written under "sources:", each line
// after so many blanks. It writes what a person would write first, and whether
// its host may be on a private network: the selectors, rules and other flags of a source
// are left to that person.
func FormatSources(sources []feeds.Source, indent int) []byte {
	var b bytes.Buffer
	blanks := strings.Repeat(" ", indent)
	for _, s := range sources {
		lead := "- "
		line := func(key, value string) {
			if value != "" {
				b.WriteString(blanks + lead + key + ": " + scalar(value) + "\n")
				lead = "  "
			}
		}
		line("id", s.ID)
		line("publisher", s.Publisher)
		line("kind", string(s.Kind))
		line("url", s.URL)
		line("path", s.Path)
		line("language", s.Language)
		line("schedule", s.Schedule)
		if s.AllowPrivate {
			b.WriteString(blanks + "  allow_private: true\n")
		}
		line("comment", oneLine(s.Comment))
	}
	return b.Bytes()
}

// plain matches what YAML reads as the same text without quotes.
var plain = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9._/-]*$|^https?://[A-Za-z0-9._~/?&=%+:@-]*[A-Za-z0-9_~/=-]$`)

// scalar writes a text for YAML, quoted where it could be read as something else.
// A string of JSON is one of YAML.
func scalar(s string) string {
	switch strings.ToLower(s) {
	case "y", "n", "yes", "no", "on", "off", "true", "false", "null":
		return strconv.Quote(s)
	}
	if plain.MatchString(s) {
		return s
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic(fmt.Sprintf("a text can be written as JSON: %v", err))
	}
	return strings.TrimSpace(b.String())
}

// ErrNoPlace is the cause of an error where sources can't be put into a file without
// writing it anew.
var ErrNoPlace = errors.New(`there is no "sources:" with a list below it, one source after the other; paste them yourself, or include a file with what "kairan import" prints`)

// AppendSources returns the file with more sources at the end of its list. All else
// in it stays as it is, to the letter. The file before and the one after must be
// without a fault, and differ in these sources alone, else there is an error.
func AppendSources(name string, data []byte, sources []feeds.Source, files Files, labels Labels) ([]byte, error) {
	read := Read(name, data, files)
	before, err := read.Check(labels)
	if err != nil {
		return nil, err
	}
	at, indent, ok := endOfSources(data)
	if !ok {
		return nil, fmt.Errorf("append to %s: %w", name, ErrNoPlace)
	}
	added := FormatSources(sources, indent)
	if at > 0 && data[at-1] != '\n' {
		added = append([]byte("\n"), added...)
	}
	if bytes.Contains(data, []byte("\r\n")) {
		added = bytes.ReplaceAll(added, []byte("\n"), []byte("\r\n"))
	}
	out := append(append(append(make([]byte, 0, len(data)+len(added)), data[:at]...), added...), data[at:]...)
	after, err := Read(name, out, files).Check(labels)
	if err != nil {
		return nil, fmt.Errorf("with the new sources %w", err)
	}
	own := len(read.roots[0].get("sources").list()) // after which those of other files stand
	if len(after.Sources) != len(before.Sources)+len(sources) ||
		!reflect.DeepEqual(before.Sources, slices.Delete(slices.Clone(after.Sources), own, own+len(sources))) ||
		!reflect.DeepEqual(before.Site, after.Site) {
		return nil, fmt.Errorf("append to %s: %w", name, ErrNoPlace)
	}
	return out, nil
}

// endOfSources finds the place behind the last source of the list, in bytes, and how far
// its items are indented. The file has no fault.
func endOfSources(data []byte) (at, indent int, ok bool) {
	file, err := parseYAML(data)
	if err != nil || len(file.Docs) == 0 {
		return 0, 0, false
	}
	root, ok := file.Docs[0].Body.(*ast.MappingNode)
	if !ok || root.IsFlowStyle {
		return 0, 0, false
	}
	i := slices.IndexFunc(root.Values, func(p *ast.MappingValueNode) bool { return p.Key.GetToken().Value == "sources" })
	if i < 0 {
		return 0, 0, false
	}
	list, ok := root.Values[i].Value.(*ast.SequenceNode)
	if !ok || list.IsFlowStyle || len(list.Values) == 0 {
		return 0, 0, false
	}
	var end *token.Token // of the list: the next key
	if i+1 < len(root.Values) {
		end = root.Values[i+1].Key.GetToken()
	}
	lines := bytes.SplitAfter(data, []byte("\n"))
	return offsetOf(lines, lineAfter(list.GetToken(), end, lines)), list.Start.Position.Column - 1, true
}

// lineAfter returns the line, from 0, on which what follows the tokens from first to end
// begins: end, or before it a comment that has a line of its own. Without an end it is
// that of the document.
func lineAfter(first, end *token.Token, lines [][]byte) int {
	follows := end
	for t := first; t != nil && t != end; t = t.Next {
		switch {
		case t.Type == token.DocumentEndType:
			return t.Position.Line - 1
		case t.Type != token.CommentType:
			follows = end
		case follows == end && bytes.HasPrefix(bytes.TrimSpace(lines[t.Position.Line-1]), []byte("#")):
			follows = t
		}
	}
	if follows == nil {
		return len(lines)
	}
	return follows.Position.Line - 1
}

// offsetOf returns where a line begins, in bytes, or the blank lines before it.
func offsetOf(lines [][]byte, line int) int {
	for line > 0 && len(bytes.TrimSpace(lines[line-1])) == 0 {
		line--
	}
	offset := 0
	for _, l := range lines[:line] {
		offset += len(l)
	}
	return offset
}
