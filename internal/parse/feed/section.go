package feed

import (
	"strings"

	"github.com/mmcdole/gofeed/rss"
)

// Who puts a text into a CDATA section that was in one already, or escapes the section with
// the text, leaves its marks in what readers get: to HTML they are a comment, with all that
// stands between them. A library that writes HTML makes a comment of them itself.

// unwrapped returns HTML without the marks of CDATA sections, and what stands in them.
func unwrapped(s string) string {
	if !strings.Contains(s, "<!") {
		return s
	}
	for _, marks := range [...][2]string{{"<![CDATA[", "]]>"}, {"<![cdata[", "]]>"}, {"<!--[CDATA[", "]]-->"}} {
		count := strings.Count(s, marks[0])
		if count > 0 {
			s = strings.Replace(strings.ReplaceAll(s, marks[0], ""), marks[1], "", count)
		}
	}
	return s
}

// unwrappedWhole is unwrapped for plain text, in which marks may be what is written about:
// they are none of the text where they are around it.
func unwrappedWhole(s string) string {
	text := strings.TrimSpace(s)
	if !strings.HasPrefix(text, "<![") || !strings.HasSuffix(text, "]]>") {
		return s
	}
	return unwrapped(text)
}

// unwrapItem takes the marks of sections from the texts of an item.
func unwrapItem(item *rss.Item) {
	for _, text := range []*string{&item.Title, &item.Description, &item.Content, &item.Link, &item.Author, &item.PubDate} {
		*text = unwrapped(*text)
	}
	for _, c := range item.Categories {
		c.Value = unwrapped(c.Value)
	}
}
