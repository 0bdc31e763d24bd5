package html

import (
	"strconv"
	"strings"

	xhtml "golang.org/x/net/html"
)

// imageSource returns the address of a picture, which stands in another attribute
// where a script is meant to load it when it comes into view.
func imageSource(attrs []xhtml.Attribute) string {
	for _, key := range []string{"data-src", "data-original", "data-lazy-src", "data-orig-file", "data-actualsrc", "data-url"} {
		if v := strings.TrimSpace(Attr(attrs, key)); v != "" && !strings.HasPrefix(v, "data:") {
			return v
		}
	}
	if src := strings.TrimSpace(Attr(attrs, "src")); src != "" && !strings.HasPrefix(strings.ToLower(src), "data:") {
		return src
	}
	for _, key := range []string{"srcset", "data-srcset", "data-lazy-srcset"} {
		if v := strings.TrimSpace(Attr(attrs, key)); v != "" {
			if first := firstCandidate(v); first != "" {
				return first
			}
		}
	}
	return ""
}

// firstCandidate returns the first address of a srcset (HTML, "parse a srcset attribute");
// "" if there is none.
func firstCandidate(srcset string) string {
	fields := strings.Fields(strings.TrimLeft(srcset, " \t\r\n\f,"))
	if len(fields) == 0 {
		return ""
	}
	return strings.TrimRight(fields[0], ",")
}

// isHidden reports whether a picture is so small that only a server sees it.
func isHidden(attrs []xhtml.Attribute) bool {
	for _, key := range []string{"width", "height"} {
		if v := strings.TrimSuffix(strings.TrimSpace(Attr(attrs, key)), "px"); v == "0" || v == "1" {
			return true
		}
	}
	style := strings.ReplaceAll(strings.ToLower(Attr(attrs, "style")), " ", "")
	return strings.Contains(style, "display:none") || strings.Contains(style, "width:1px") || strings.Contains(style, "height:1px")
}

// Attr returns the value of the attribute of that key; "" if there is none.
func Attr(attrs []xhtml.Attribute, key string) string {
	for _, a := range attrs {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// Pixels reads a width or height; 0 if it is none in pixels.
func Pixels(s string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(s), "px"))
	if err != nil || n < 0 || n > 1<<16 {
		return 0
	}
	return n
}
