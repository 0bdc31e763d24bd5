package feeds

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// Shown returns an article as it is shown to readers: where it is stored it knows neither
// what stands beside it on a page nor the site's address. Its anchors and the links to them
// get a prefix of its own, which is the same on every site that keeps its ID; the files
// that are published with it ([FilePath]) get whole addresses.
func (s *Site) Shown(a Article) Article {
	a.Content = s.shownContent(a.Content, a.ID)
	if slices.ContainsFunc(a.Images, func(i Image) bool { return IsFilePath(i.URL) }) {
		a.Images = slices.Clone(a.Images)
		for i := range a.Images {
			a.Images[i].URL = s.fileURL(a.Images[i].URL)
		}
	}
	if slices.ContainsFunc(a.Enclosures, func(e Enclosure) bool { return IsFilePath(e.URL) }) {
		a.Enclosures = slices.Clone(a.Enclosures)
		for i := range a.Enclosures {
			a.Enclosures[i].URL = s.fileURL(a.Enclosures[i].URL)
		}
	}
	return a
}

// shownContent returns the content of the article of that ID as it is shown.
func (s *Site) shownContent(content, id string) string {
	if !strings.Contains(content, `="#`) && !strings.Contains(content, `="`+filesAt) {
		return content
	}
	prefix := anchorPrefix(id)
	return RewriteAttributes(content, func(key, value string) string {
		switch key {
		case "id":
			return prefixed(prefix, value)
		case "href":
			if name, ok := strings.CutPrefix(value, "#"); ok {
				return "#" + prefixed(prefix, name)
			}
			return s.fileURL(value)
		case "src", "poster":
			return s.fileURL(value)
		}
		return value
	})
}

// anchorPrefix is what the anchors of an article begin with.
func anchorPrefix(id string) string {
	sum := sha256.Sum256([]byte(id))
	return "n" + hex.EncodeToString(sum[:5]) + "-"
}

// prefixed returns a name with the prefix, which it may have from another site already.
func prefixed(prefix, name string) string {
	if strings.HasPrefix(name, prefix) {
		return name
	}
	return prefix + name
}

// linksWithin reports whether content links to places of itself.
func linksWithin(content string) bool { return strings.Contains(content, ` href="#`) }

// RewriteAttributes returns sanitized HTML in which each attribute has the value that
// rewrite gives for it. Values are as they are written, with their character references.
func RewriteAttributes(content string, rewrite func(key, value string) string) string {
	var b strings.Builder
	b.Grow(len(content) + len(content)/8)
	for content != "" {
		// In sanitized HTML every “<” begins a tag, and “>” and quotes in values are escaped.
		start := strings.IndexByte(content, '<')
		if start < 0 {
			break
		}
		end := strings.IndexByte(content[start:], '>')
		if end < 0 {
			break
		}
		end += start + 1
		tag := content[start:end]
		b.WriteString(content[:start])
		content = content[end:]
		for {
			before, rest, ok := strings.Cut(tag, `="`)
			value, after, closed := strings.Cut(rest, `"`)
			if !ok || !closed {
				b.WriteString(tag)
				break
			}
			key := before[strings.LastIndexByte(before, ' ')+1:]
			b.WriteString(before)
			b.WriteString(`="`)
			b.WriteString(rewrite(key, value))
			b.WriteByte('"')
			tag = after
		}
	}
	b.WriteString(content)
	return b.String()
}
