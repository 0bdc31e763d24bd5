package page

import (
	"regexp"
	"strings"

	xhtml "golang.org/x/net/html"

	"github.com/kairan-news/kairan/internal/parse/html"
)

// furniture are what is around the content of a page, by the names of classes and
// ids. A word counts as a whole: "header" and "page-header", and not "headline".
var furniture = regexp.MustCompile(`(^|[\s_-])(nav|navi|navbar|navigation|gnav|gnavi|lnav|menu|submenu|megamenu|footer|foot|ftr|header|hdr|sidebar|side|aside|breadcrumbs?|pankuzu|crumbs?|topicpath|pager|pagination|paging|paginator|pagenavi|share|sharing|sns|social|language|languages|lang|langs|langswitch|translate|cookie|cookies|consent|skip|skiplink|search|banner|banners|bnr|contentinfo|complementary|related|ranking|popular|tags?|tagcloud|login|toolbar)([\s_-]|$)`)

// isFurniture reports whether an element is around the content, such as navigation.
func isFurniture(n *xhtml.Node) bool {
	if n.Type != xhtml.ElementNode {
		return false
	}
	switch n.Data {
	case "nav", "footer", "aside", "form", "select", "noscript", "template", "dialog":
		return true
	case "header":
		// The header of an article or a section is content.
		for up := n.Parent; up != nil; up = up.Parent {
			if up.Type == xhtml.ElementNode && (up.Data == "article" || up.Data == "main" || up.Data == "section" || up.Data == "li") {
				return false
			}
		}
		return true
	case "html", "body", "main", "article":
		return false
	}
	return furniture.MatchString(hints(n))
}

// inFurniture reports whether an element stands in what is around the content.
func inFurniture(n *xhtml.Node) bool {
	for ; n != nil; n = n.Parent {
		if isFurniture(n) {
			return true
		}
	}
	return false
}

// hints returns what an element is called: its name, id, classes and role, in lower
// case.
func hints(n *xhtml.Node) string {
	return strings.ToLower(html.Attr(n.Attr, "id") + " " + html.Attr(n.Attr, "class") + " " + html.Attr(n.Attr, "role"))
}
