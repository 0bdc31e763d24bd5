package check

import (
	"strings"

	"github.com/kairan-news/kairan/feeds/internal/namespace"
	"github.com/kairan-news/kairan/feeds/internal/syntax"
	"github.com/kairan-news/kairan/feeds/internal/value"
)

// rssReader checks an RSS document.
type rssReader struct {
	xmlReader
	ids ids
}

func (c *checker) rss() {
	r := &rssReader{xmlReader: c.xml(), ids: ids{}}
	kind, e, _ := r.Next()
	if kind != syntax.Start {
		if !r.Failed() {
			r.fault(0, RuleRoot, "there is no element")
		}
		return
	}
	if e.Space != "" || e.Name != "rss" {
		r.fault(e.At, RuleRoot, "the root is <%s> and not <rss>", e.Name)
		return
	}
	r.plain(e, "version")
	if v, _ := e.Attr("version"); v != "2.0" {
		r.fault(e.At, RuleRoot, "the version is %s and not 2.0", value.Excerpt(v))
	}
	channels := 0
	r.Children(func(e syntax.Element) {
		if e.Space != "" || e.Name != "channel" {
			r.fault(e.At, RuleUnknown, "<rss> has no <%s>", e.Name)
			r.Skip()
			return
		}
		if channels++; channels > 1 {
			r.fault(e.At, RuleDuplicate, "a second <channel>")
		}
		r.channel(e)
	})
	if channels == 0 && !r.Failed() {
		r.fault(e.At, RuleMissing, "<rss> has no <channel>")
	}
	r.Next() // whatever is behind
}

// channel checks channel, by the profile's "Channel elements".
func (r *rssReader) channel(channel syntax.Element) {
	r.plain(channel)
	c := rssChannel{rssReader: r}
	r.Children(func(e syntax.Element) {
		switch {
		case r.common(e, &c.seen):
		case e.Space == namespace.Atom && e.Name == "link":
			r.atomLink(e, &c.links)
		case e.Space == namespace.History:
			r.history(e, &c.seen)
		case e.Space != "":
			r.foreign(e, "channel")
		case e.Name == "item":
			r.item(e)
		case e.Name == "category":
			r.category(e)
		default:
			c.element(e)
		}
	})
	if !r.Failed() {
		c.finish(channel)
	}
}

// rssChannel is what is read of a channel.
type rssChannel struct {
	*rssReader
	seen                  tally
	links                 atomLinks
	title, link, language string
	image                 rssImage
}

// element checks an element of RSS's own.
func (c *rssChannel) element(e syntax.Element) {
	c.once(e, &c.seen, e.Name)
	switch e.Name {
	case "image":
		c.image = c.rssReader.image(e)
		return
	case "title", "description", "copyright", "generator", "link", "docs", "language", "pubDate", "lastBuildDate", "ttl", "managingEditor", "webMaster":
		c.plain(e)
	default:
		c.fault(e.At, RuleUnknown, "<channel> has no <%s>", e.Name)
		c.Skip()
		return
	}
	s, at := c.Text()
	switch e.Name {
	case "link", "docs":
		c.webURI(at, e.Name, s)
	case "language":
		c.lang(at, e.Name, s)
		c.language = s
	case "pubDate", "lastBuildDate":
		c.rfc822(at, e.Name, s)
	case "ttl":
		c.number(at, e.Name, s)
	case "managingEditor", "webMaster":
		c.mailbox(at, e.Name, s)
	default:
		c.wording(at, e.Name, s)
	}
	switch e.Name {
	case "title":
		c.title = s
	case "link":
		c.link = s
	}
}

// finish checks what the elements of a channel come to together.
func (c *rssChannel) finish(channel syntax.Element) {
	for _, name := range []string{"title", "link", "description", "lastBuildDate"} {
		if !c.seen.has(name) {
			c.fault(channel.At, RuleMissing, "<channel> has no <%s>", name)
		}
	}
	if !c.seen.has("language") {
		c.fault(channel.At, RuleLanguage, "<channel> has no <language>")
	}
	if c.links.self != 1 {
		c.fault(channel.At, RuleSelf, "%d links of rel self, not one", c.links.self)
	}
	c.ownLink(&c.links, c.language)
	if n := len(c.links.alternates); n > 0 && c.links.alternates[0].address != c.link {
		c.fault(c.links.alternates[0].at, RuleOwnLink, "the first alternate leads to %s, and the channel's link to %s", value.Excerpt(c.links.alternates[0].address), value.Excerpt(c.link))
	}
	c.archive(channel, &c.seen, &c.links)
	if c.seen.has("image") && (c.image.title != c.title || c.image.link != c.link) {
		c.fault(c.image.at, RuleImage, "the image's title and link are not the channel's")
	}
}

// foreign reports an element of a namespace that is not expected in its place.
func (r *rssReader) foreign(e syntax.Element, parent string) {
	switch e.Space {
	case namespace.Atom, namespace.DublinCore, namespace.Terms, namespace.Content:
		r.fault(e.At, RuleUnknown, "<%s> is not expected in <%s>", e.Name, parent)
	default:
		r.fault(e.At, RuleNamespace, "<%s> is of the namespace %s", e.Name, value.Excerpt(e.Space))
	}
	r.Skip()
}

// atomLink checks atom:link, by the profile's "Namespace elements".
func (r *rssReader) atomLink(e syntax.Element, links *atomLinks) {
	r.plain(e, "href", "rel", "type", "hreflang", "title", "length")
	r.required(e, "href", r.webURI)
	r.linkAttributes(e, links)
	if s, at := r.Text(); s != "" {
		r.fault(at, RuleText, "text in <link>")
	}
}

type rssImage struct {
	title, link string
	at          int
}

// image checks the channel's image: "The image must be in the GIF, JPEG or PNG
// formats."
func (r *rssReader) image(image syntax.Element) rssImage {
	r.plain(image)
	of := rssImage{at: image.At}
	var seen tally
	r.Children(func(e syntax.Element) {
		r.once(e, &seen, e.Name)
		r.plain(e)
		s, at := r.Text()
		switch e.Name {
		case "url":
			r.webURI(at, e.Name, s)
			if !value.IsRaster(s) {
				r.fault(at, RuleImage, "the image %s is not a GIF, JPEG or PNG", value.Excerpt(s))
			}
		case "title":
			r.nonempty(at, e.Name, s)
			of.title = s
		case "link":
			r.webURI(at, e.Name, s)
			of.link = s
		case "width", "height":
			r.number(at, e.Name, s)
		case "description":
		default:
			r.fault(e.At, RuleUnknown, "<image> has no <%s>", e.Name)
		}
	})
	for _, name := range []string{"url", "title", "link"} {
		if !r.Failed() && !seen.has(name) {
			r.fault(image.At, RuleMissing, "<image> has no <%s>", name)
		}
	}
	return of
}

// item checks item, by the profile's "Item elements".
func (r *rssReader) item(item syntax.Element) {
	r.based(item)
	var seen tally
	r.Children(func(e syntax.Element) {
		switch {
		case r.common(e, &seen):
		case e.Space == namespace.DublinCore:
			r.dublinCore(e, &seen)
		case e.Space == namespace.Terms:
			r.terms(e, &seen)
		case e.Space == namespace.Content && e.Name == "encoded":
			r.encoded(e, &seen)
		case e.Space != "":
			r.foreign(e, "item")
		case e.Name == "category":
			r.category(e)
		default:
			r.once(e, &seen, e.Name)
			r.itemElement(e)
		}
	})
	if r.Failed() {
		return
	}
	for _, name := range []string{"title", "link", "description", "guid", "pubDate"} {
		if !seen.has(name) {
			r.fault(item.At, RuleMissing, "<item> has no <%s>", name)
		}
	}
}

// encoded checks content:encoded, by the profile's "Namespace elements".
func (r *rssReader) encoded(e syntax.Element, seen *tally) {
	r.once(e, seen, e.Name)
	if !seen.has("description") {
		r.fault(e.At, RuleOrder, "content:encoded before description")
	}
	r.plain(e)
	s, at := r.Text()
	r.nonempty(at, e.Name, s)
	r.html(at, s)
}

// itemElement checks an element of an item that is RSS's own.
func (r *rssReader) itemElement(e syntax.Element) {
	switch e.Name {
	case "guid":
		r.guid(e)
	case "enclosure":
		r.enclosure(e)
	case "source":
		r.source(e)
	case "title", "description", "link", "comments", "pubDate", "author":
		r.plain(e)
		s, at := r.Text()
		r.itemText(e.Name, s, at)
	default:
		r.fault(e.At, RuleUnknown, "<item> has no <%s>", e.Name)
		r.Skip()
	}
}

// itemText checks the text of an element of an item.
func (r *rssReader) itemText(name, s string, at int) {
	switch name {
	case "title":
		r.wording(at, name, s)
	case "description":
		r.nonempty(at, name, s)
		r.html(at, s)
	case "link", "comments":
		r.webURI(at, name, s)
	case "pubDate":
		r.rfc822(at, name, s)
	case "author":
		r.mailbox(at, name, s)
	}
}

// source checks source, whose url is required.
func (r *rssReader) source(e syntax.Element) {
	r.plain(e, "url")
	r.required(e, "url", r.webURI)
	r.Text()
}

// guid checks guid: "If the guid's isPermaLink attribute is omitted or has the value
// true, the guid must be the permanent URL of the web page associated with the item."
func (r *rssReader) guid(e syntax.Element) {
	r.plain(e, "isPermaLink")
	permalink, _ := r.optional(e, "isPermaLink", r.oneOf("true", "false"))
	s, at := r.Text()
	r.nonempty(at, e.Name, s)
	if permalink != "false" && !value.IsWebIRI(s) {
		r.fault(at, RulePermalink, "the guid %s is no address", value.Excerpt(s))
	}
	r.unique(r.ids, at, s)
}

// enclosure checks enclosure: url, length and type are required.
func (r *rssReader) enclosure(e syntax.Element) {
	r.plain(e, "url", "length", "type")
	r.required(e, "url", r.webURI)
	r.required(e, "length", r.number)
	r.required(e, "type", r.mediaType)
	r.Text()
}

// category checks category, of a channel or an item.
func (r *rssReader) category(e syntax.Element) {
	r.plain(e, "domain")
	r.optional(e, "domain", r.nonempty)
	s, at := r.Text()
	r.nonempty(at, e.Name, s)
}

// dublinCore checks the elements of Dublin Core that an item has.
func (r *rssReader) dublinCore(e syntax.Element, seen *tally) {
	r.plain(e)
	s, at := r.Text()
	switch e.Name {
	case "creator":
		r.nonempty(at, e.Name, s)
	case "language":
		r.once(e, seen, "dc:language")
		r.lang(at, e.Name, s)
	case "publisher", "rights":
		r.once(e, seen, "dc:"+e.Name)
		r.nonempty(at, e.Name, s)
	default:
		r.fault(e.At, RuleUnknown, "<dc:%s> is not expected in <item>", e.Name)
	}
}

// terms checks the DCMI Metadata Terms that an item has.
func (r *rssReader) terms(e syntax.Element, seen *tally) {
	r.once(e, seen, "dcterms:"+e.Name)
	r.plain(e)
	s, at := r.Text()
	switch e.Name {
	case "modified":
		r.dateTime(at, e.Name, s)
	case "license":
		r.webURI(at, e.Name, s)
	default:
		r.fault(e.At, RuleUnknown, "<dcterms:%s> is not expected in <item>", e.Name)
	}
}

// mailbox checks an address of e-mail, with a name in brackets behind it or none.
func (r *rssReader) mailbox(at int, what, s string) {
	address, name, named := strings.Cut(s, " (")
	if !value.IsEmail(address) || named && !strings.HasSuffix(name, ")") {
		r.fault(at, RuleEmail, "%s %s is no address of e-mail", what, value.Excerpt(s))
	}
}
