package page

import (
	"strings"

	"github.com/PuerkitoBio/goquery"
	xhtml "golang.org/x/net/html"

	"github.com/kairan-news/kairan/feeds"
)

// claim is what a page says of its article for machines, as it says it.
type claim struct {
	title, published, modified, language, summary, rights, body string
	// bodyHTML is the element of the text.
	bodyHTML *goquery.Selection
	authors  []feeds.Person
	images   []feeds.Image
	terms    []string
}

// isArticleType reports whether a type of schema.org is one of articles.
func isArticleType(name string) bool {
	name = name[strings.LastIndexAny(name, "/:#")+1:]
	return strings.HasSuffix(name, "Article") || name == "BlogPosting" || name == "LiveBlogPosting" || name == "SpecialAnnouncement" || name == "Report"
}

// elementText returns the raw text of an element such as a script.
func elementText(n *xhtml.Node) string {
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == xhtml.TextNode || c.Type == xhtml.CommentNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}
