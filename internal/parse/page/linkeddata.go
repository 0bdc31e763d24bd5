package page

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/html"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

const (
	// linkedDataDepth is how deep JSON-LD is looked into.
	linkedDataDepth = 8
	// linkedDataNodes is how many of its nodes are looked at.
	linkedDataNodes = 2000
)

// node is a node object of JSON-LD (JSON-LD 1.1 §4.2).
type node = map[string]any

// linkedData reads what the JSON-LD of the page says of its article. Where it
// describes several articles, as a listing does, only the one counts that is called
// by the page's own address. Blocks that can't be read are counted.
func (p *page) linkedData() (c claim, broken int) {
	g := graph{byID: map[string]node{}}
	p.doc.Find("script[type]").Each(func(_ int, s *goquery.Selection) {
		kind, _, _ := strings.Cut(s.AttrOr("type", ""), ";")
		if !strings.EqualFold(strings.TrimSpace(kind), "application/ld+json") {
			return
		}
		var value any
		if !decodeLinkedData(elementText(s.Nodes[0]), &value) {
			broken++
			return
		}
		g.collect(value, 0)
	})
	article := g.article(address.Web("", p.o.BaseURL))
	if article == nil {
		// A page that is described as such still knows its dates.
		self := g.first("WebPage")
		return claim{published: text(self["datePublished"]), modified: text(self["dateModified"]), language: g.name(self["inLanguage"])}, broken
	}
	return g.claim(article), broken
}

// claim returns what the node of an article says.
func (g *graph) claim(article node) claim {
	c := claim{
		title:     prose.FirstOf(text(article["headline"]), text(article["name"])),
		published: prose.FirstOf(text(article["datePublished"]), text(article["dateCreated"]), text(article["datePosted"])),
		modified:  text(article["dateModified"]),
		summary:   prose.FirstOf(text(article["description"]), text(article["abstract"])),
		body:      prose.FirstOf(text(article["articleBody"]), text(article["text"])),
		rights:    text(article["copyrightNotice"]),
		language:  g.language(article["inLanguage"]),
	}
	for _, v := range append(list(article["author"]), list(article["creator"])...) {
		c.authors = append(c.authors, feeds.Person{Name: g.name(v)})
	}
	for _, v := range list(article["image"]) {
		i := feeds.Image{URL: text(v)}
		if n := g.resolve(v); n != nil {
			i = feeds.Image{URL: prose.FirstOf(text(n["contentUrl"]), text(n["url"])), Alt: prose.Collapse(text(n["caption"])), Width: number(n["width"]), Height: number(n["height"])}
		}
		c.images = append(c.images, i)
	}
	for _, v := range list(article["articleSection"]) {
		c.terms = append(c.terms, text(v))
	}
	for _, v := range list(article["keywords"]) {
		for _, t := range keywords(g.name(v)) {
			c.terms = append(c.terms, t.Term)
		}
	}
	return c
}

// decodeLinkedData reads a block as JSON, and reports whether it is any. Line ends within
// strings, comments around the block and a semicolon behind it are common faults.
func decodeLinkedData(s string, value *any) bool {
	s = strings.TrimSpace(s)
	for _, wrap := range [][2]string{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"//<![CDATA[", "//]]>"}, {"/*<![CDATA[*/", "/*]]>*/"}} {
		s = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(s, wrap[0]), wrap[1]))
	}
	s = strings.TrimRight(s, "; \t\r\n")
	if json.Unmarshal([]byte(s), value) == nil {
		return true
	}
	s = strings.Map(func(c rune) rune {
		if c < 0x20 {
			return ' '
		}
		return c
	}, s)
	return json.Unmarshal([]byte(s), value) == nil
}

// graph is all nodes that a page's JSON-LD has.
type graph struct {
	nodes []node
	byID  map[string]node
}

// collect takes the nodes of a value, and those within them.
func (g *graph) collect(v any, depth int) {
	if depth > linkedDataDepth || len(g.nodes) >= linkedDataNodes {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			g.collect(e, depth+1)
		}
	case node:
		if v["@type"] != nil {
			g.nodes = append(g.nodes, v)
			if id := text(v["@id"]); id != "" && g.byID[id] == nil {
				g.byID[id] = v
			}
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart", "author", "publisher"} {
			if within := v[key]; within != nil {
				g.collect(within, depth+1)
			}
		}
	}
}

// first returns the first node of that type; nil if there is none.
func (g *graph) first(kind string) node {
	for _, n := range g.nodes {
		if slices.ContainsFunc(list(n["@type"]), func(t any) bool { return typeName(t) == kind }) {
			return n
		}
	}
	return nil
}

// article returns the node that describes the article of the page at that address.
func (g *graph) article(address string) node {
	var articles []node
	for _, n := range g.nodes {
		if slices.ContainsFunc(list(n["@type"]), func(t any) bool { return isArticleType(text(t)) }) {
			articles = append(articles, n)
		}
	}
	if len(articles) == 1 {
		return articles[0]
	}
	for _, n := range articles {
		for _, key := range []string{"mainEntityOfPage", "url", "@id"} {
			own := text(n[key])
			if m, ok := n[key].(node); ok {
				own = prose.FirstOf(text(m["@id"]), text(m["url"]))
			}
			own, _, _ = strings.Cut(own, "#")
			if own != "" && strings.TrimSuffix(address, "/") == strings.TrimSuffix(own, "/") {
				return n
			}
		}
	}
	return nil
}

// resolve returns the node that a value is or refers to; nil if it is none.
func (g *graph) resolve(v any) node {
	n, ok := v.(node)
	if !ok {
		return nil
	}
	if full := g.byID[text(n["@id"])]; full != nil && len(n) <= 2 {
		return full
	}
	return n
}

// name returns the name of what a value is or refers to.
func (g *graph) name(v any) string {
	if n := g.resolve(v); n != nil {
		return prose.FirstOf(text(n["name"]), strings.TrimSpace(text(n["givenName"])+" "+text(n["familyName"])))
	}
	return text(v)
}

// language returns a language, which may be a node with a code and a name.
func (g *graph) language(v any) string {
	if n := g.resolve(v); n != nil {
		return prose.FirstOf(text(n["alternateName"]), text(n["identifier"]), text(n["name"]))
	}
	return text(v)
}

// list returns the elements of a value that may be one or several.
func list(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	default:
		return []any{v}
	}
}

// text returns a value as text: of several the first, of a value object its value.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case []any:
		if len(v) > 0 {
			if _, nested := v[0].([]any); !nested {
				return text(v[0])
			}
		}
	case node:
		if s, ok := v["@value"].(string); ok {
			return strings.TrimSpace(s)
		}
	}
	return ""
}

// number returns a positive number of pixels; 0 if there is none.
func number(v any) int {
	switch v := v.(type) {
	case float64:
		if v > 0 && v < 1<<16 {
			return int(v)
		}
	case string:
		return html.Pixels(v)
	case node:
		return number(v["value"])
	}
	return 0
}

func typeName(v any) string {
	s := text(v)
	return s[strings.LastIndexAny(s, "/:#")+1:]
}
