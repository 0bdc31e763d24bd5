package html

import (
	"slices"
	"strings"

	xhtml "golang.org/x/net/html"
)

// Most HTML is plain: text, and tags of everyday elements in small letters whose attributes
// stand in double quotes. That is cut into tokens here, without a copy of it. From the first
// token on that is not plain, the rest is the tokenizer's of x/net/html, as all tokens
// begin where the one before ends. That it would have cut the same is what FuzzPlainToken
// holds this to.

// plainToken returns the token that HTML begins with, and its length; 0 where it is not
// plain, or there is none. The data of a text is as it is written, its references not
// decoded. The attributes of a tag are appended to attrs.
func plainToken(source string, attrs []xhtml.Attribute) (t xhtml.Token, size int) {
	if strings.HasPrefix(source, "<") {
		return plainTag(source, attrs)
	}
	end := strings.IndexByte(source, '<')
	if end < 0 {
		end = len(source)
	} else if _, size := plainTag(source[end:], attrs); size == 0 {
		return t, 0 // perhaps that is text, too
	}
	return xhtml.Token{Type: xhtml.TextToken, Data: source[:end]}, end
}

// plainTag is plainToken for a tag.
func plainTag(source string, attrs []xhtml.Attribute) (t xhtml.Token, size int) {
	t.Type = xhtml.StartTagToken
	rest, isEnd := strings.CutPrefix(source, "</")
	if isEnd {
		t.Type = xhtml.EndTagToken
	} else {
		rest = source[1:]
	}
	end := plainNameLen(rest)
	t.Data, rest = rest[:end], rest[end:]
	if !isKept(t.Data) && t.Data != "img" { // no other is known to have its like in it
		return t, 0
	}
	for !isEnd && len(rest) > 1 && rest[0] == ' ' && rest[1] != '/' {
		a, size := plainAttribute(rest[1:])
		if size == 0 || slices.ContainsFunc(attrs, func(b xhtml.Attribute) bool { return b.Key == a.Key }) {
			return t, 0
		}
		attrs = append(attrs, a)
		rest = rest[1+size:]
	}
	if empty, ok := strings.CutPrefix(strings.TrimPrefix(rest, " "), "/"); ok && !isEnd {
		t.Type, rest = xhtml.SelfClosingTagToken, empty
	}
	if !strings.HasPrefix(rest, ">") {
		return t, 0
	}
	t.Attr = attrs
	return t, len(source) - len(rest) + 1
}

// plainNameLen returns how long the name of an element is that a part of a tag begins with.
func plainNameLen(source string) int {
	for i := range len(source) {
		if c := source[i]; (c < 'a' || c > 'z') && (c < '1' || c > '6') {
			return i
		}
	}
	return len(source)
}

// plainAttribute returns the attribute that a part of a tag begins with, and its length; 0
// where it is not plain: where it has another reference than that to an ampersand, or a
// character that is read as another.
func plainAttribute(source string) (a xhtml.Attribute, size int) {
	end := 0
	for end < len(source) && ('a' <= source[end] && source[end] <= 'z' || source[end] == '-') {
		end++
	}
	value, ok := strings.CutPrefix(source[end:], `="`)
	quote := strings.IndexByte(value, '"')
	if end == 0 || !ok || quote < 0 {
		return a, 0
	}
	a.Key, a.Val = source[:end], value[:quote]
	if strings.IndexByte(a.Val, '\r') >= 0 || strings.IndexByte(a.Val, 0) >= 0 {
		return a, 0
	}
	if n := strings.Count(a.Val, "&"); n > 0 {
		if n != strings.Count(a.Val, "&amp;") {
			return a, 0
		}
		a.Val = strings.ReplaceAll(a.Val, "&amp;", "&")
	}
	return a, end + len(`="`) + quote + len(`"`)
}
