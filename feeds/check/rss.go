package check

import (
	"strings"

	"github.com/kairan-news/kairan/feeds/internal/namespace"
	"github.com/kairan-news/kairan/feeds/internal/value"
)

// rssReader checks an RSS document.
type rssReader struct {
	xmlReader
	ids ids
}

func (c *checker) rss() {
	r := &rssReader{xmlReader: xmlReader{checker: c}, ids: ids{}}
	kind, e, _ := r.next()
	if kind != xmlStart {
		if !r.failed {
			r.fault(0, RuleRoot, "there is no element")
		}
		return
	}
	if e.space != "" || e.name != "rss" {
		r.fault(e.at, RuleRoot, "the root is <%s> and not <rss>", e.name)
		return
	}
	r.plain(e, "version")
	if v, _ := e.attr("version"); v != "2.0" {
		r.fault(e.at, RuleRoot, "the version is %s and not 2.0", excerpt(v))
	}
	channels := 0
	r.children(func(e xmlElement) {
		if e.space != "" || e.name != "channel" {
			r.fault(e.at, RuleUnknown, "<rss> has no <%s>", e.name)
			r.skip()
			return
		}
		if channels++; channels > 1 {
			r.fault(e.at, RuleDuplicate, "a second <channel>")
		}
		r.channel(e)
	})
	if channels == 0 && !r.failed {
		r.fault(e.at, RuleMissing, "<rss> has no <channel>")
	}
	r.next() // whatever is behind
}

// channel checks channel, by the profile's "Channel elements".
func (r *rssReader) channel(channel xmlElement) {
	r.plain(channel)
	var (
		seen        tally
		links       atomLinks
		title, link string
		language    string
		image       rssImage
		read        = func(e xmlElement) (string, int) {
			r.plain(e)
			return r.text()
		}
	)
	r.children(func(e xmlElement) {
		switch {
		case r.common(e, &seen):
			return
		case e.space == namespace.Atom && e.name == "link":
			r.atomLink(e, &links)
			return
		case e.space == namespace.History:
			r.history(e, &seen)
			return
		case e.space != "":
			r.foreign(e, "channel")
			return
		case e.name == "item":
			r.item(e)
			return
		case e.name == "category":
			r.category(e)
			return
		}
		r.once(e, &seen, e.name)
		switch e.name {
		case "title", "description", "copyright", "generator":
			s, at := read(e)
			r.nonempty(at, e.name, s)
			if e.name == "title" {
				title = s
			}
		case "link", "docs":
			s, at := read(e)
			r.webURI(at, e.name, s)
			if e.name == "link" {
				link = s
			}
		case "language":
			s, at := read(e)
			r.lang(at, e.name, s)
			language = s
		case "pubDate", "lastBuildDate":
			s, at := read(e)
			r.rfc822(at, e.name, s)
		case "ttl":
			s, at := read(e)
			r.number(at, e.name, s)
		case "managingEditor", "webMaster":
			s, at := read(e)
			r.mailbox(at, e.name, s)
		case "image":
			image = r.image(e)
		default:
			r.fault(e.at, RuleUnknown, "<channel> has no <%s>", e.name)
			r.skip()
		}
	})
	if r.failed {
		return
	}
	for _, name := range []string{"title", "link", "description", "lastBuildDate"} {
		if !seen.has(name) {
			r.fault(channel.at, RuleMissing, "<channel> has no <%s>", name)
		}
	}
	if !seen.has("language") {
		r.fault(channel.at, RuleLanguage, "<channel> has no <language>")
	}
	if links.self != 1 {
		r.fault(channel.at, RuleSelf, "%d links of rel self, not one", links.self)
	}
	r.ownLink(&links, language)
	if n := len(links.alternates); n > 0 && links.alternates[0].address != link {
		r.fault(links.alternates[0].at, RuleOwnLink, "the first alternate leads to %s, and the channel's link to %s", excerpt(links.alternates[0].address), excerpt(link))
	}
	r.archive(channel, &seen, &links)
	if seen.has("image") && (image.title != title || image.link != link) {
		r.fault(image.at, RuleImage, "the image's title and link are not the channel's")
	}
}

// foreign reports an element of a namespace that is not expected in its place.
func (r *rssReader) foreign(e xmlElement, parent string) {
	switch e.space {
	case namespace.Atom, namespace.DublinCore, namespace.Content:
		r.fault(e.at, RuleUnknown, "<%s> is not expected in <%s>", e.name, parent)
	default:
		r.fault(e.at, RuleNamespace, "<%s> is of the namespace %s", e.name, excerpt(e.space))
	}
	r.skip()
}

// atomLink checks atom:link, by the profile's "Namespace elements".
func (r *rssReader) atomLink(e xmlElement, links *atomLinks) {
	r.plain(e, "href", "rel", "type", "hreflang", "title", "length")
	if s, ok := r.required(e, "href"); ok {
		r.webURI(e.at, "href", s)
	}
	r.linkAttributes(e, links)
	if s, at := r.text(); s != "" {
		r.fault(at, RuleText, "text in <link>")
	}
}

type rssImage struct {
	title, link string
	at          int
}

// image checks the channel's image: "The image must be in the GIF, JPEG or PNG
// formats."
func (r *rssReader) image(image xmlElement) rssImage {
	r.plain(image)
	of := rssImage{at: image.at}
	var seen tally
	r.children(func(e xmlElement) {
		r.once(e, &seen, e.name)
		r.plain(e)
		s, at := r.text()
		switch e.name {
		case "url":
			r.webURI(at, e.name, s)
			if !value.IsRaster(s) {
				r.fault(at, RuleImage, "the image %s is not a GIF, JPEG or PNG", excerpt(s))
			}
		case "title":
			r.nonempty(at, e.name, s)
			of.title = s
		case "link":
			r.webURI(at, e.name, s)
			of.link = s
		case "width", "height":
			r.number(at, e.name, s)
		case "description":
		default:
			r.fault(e.at, RuleUnknown, "<image> has no <%s>", e.name)
		}
	})
	for _, name := range []string{"url", "title", "link"} {
		if !r.failed && !seen.has(name) {
			r.fault(image.at, RuleMissing, "<image> has no <%s>", name)
		}
	}
	return of
}

// item checks item, by the profile's "Item elements".
func (r *rssReader) item(item xmlElement) {
	r.plain(item)
	var seen tally
	r.children(func(e xmlElement) {
		switch {
		case r.common(e, &seen):
			return
		case e.space == namespace.DublinCore:
			r.dublinCore(e, &seen)
			return
		case e.space == namespace.Content && e.name == "encoded":
			r.once(e, &seen, e.name)
			if !seen.has("description") {
				r.fault(e.at, RuleOrder, "content:encoded before description")
			}
			r.plain(e)
			s, at := r.text()
			r.nonempty(at, e.name, s)
			r.html(at, s)
			return
		case e.space != "":
			r.foreign(e, "item")
			return
		case e.name == "category":
			r.category(e)
			return
		}
		r.once(e, &seen, e.name)
		switch e.name {
		case "title":
			r.plain(e)
			s, at := r.text()
			r.nonempty(at, e.name, s)
		case "description":
			r.plain(e)
			s, at := r.text()
			r.nonempty(at, e.name, s)
			r.html(at, s)
		case "link", "comments":
			r.plain(e)
			s, at := r.text()
			r.webURI(at, e.name, s)
		case "pubDate":
			r.plain(e)
			s, at := r.text()
			r.rfc822(at, e.name, s)
		case "author":
			r.plain(e)
			s, at := r.text()
			r.mailbox(at, e.name, s)
		case "guid":
			r.guid(e)
		case "enclosure":
			r.enclosure(e)
		case "source":
			r.plain(e, "url")
			if s, ok := r.required(e, "url"); ok {
				r.webURI(e.at, "url", s)
			}
			r.text()
		default:
			r.fault(e.at, RuleUnknown, "<item> has no <%s>", e.name)
			r.skip()
		}
	})
	if r.failed {
		return
	}
	for _, name := range []string{"title", "link", "description", "guid", "pubDate"} {
		if !seen.has(name) {
			r.fault(item.at, RuleMissing, "<item> has no <%s>", name)
		}
	}
}

// guid checks guid: "If the guid's isPermaLink attribute is omitted or has the value
// true, the guid must be the permanent URL of the web page associated with the item."
func (r *rssReader) guid(e xmlElement) {
	r.plain(e, "isPermaLink")
	permalink, ok := e.attr("isPermaLink")
	if ok {
		r.oneOf(e.at, "isPermaLink", permalink, "true", "false")
	}
	s, at := r.text()
	r.nonempty(at, e.name, s)
	if permalink != "false" && !value.IsWebIRI(s) {
		r.fault(at, RulePermalink, "the guid %s is no address", excerpt(s))
	}
	r.unique(r.ids, at, s)
}

// enclosure checks enclosure: url, length and type are required.
func (r *rssReader) enclosure(e xmlElement) {
	r.plain(e, "url", "length", "type")
	if s, ok := r.required(e, "url"); ok {
		r.webURI(e.at, "url", s)
	}
	if s, ok := r.required(e, "length"); ok {
		r.number(e.at, "length", s)
	}
	if s, ok := r.required(e, "type"); ok {
		r.mediaType(e.at, "type", s)
	}
	r.text()
}

// category checks category, of a channel or an item.
func (r *rssReader) category(e xmlElement) {
	r.plain(e, "domain")
	if s, ok := e.attr("domain"); ok {
		r.nonempty(e.at, "domain", s)
	}
	s, at := r.text()
	r.nonempty(at, e.name, s)
}

// dublinCore checks the elements of Dublin Core that an item has.
func (r *rssReader) dublinCore(e xmlElement, seen *tally) {
	r.plain(e)
	s, at := r.text()
	switch e.name {
	case "creator":
		r.nonempty(at, e.name, s)
	case "language":
		r.once(e, seen, "dc:language")
		r.lang(at, e.name, s)
	case "rights":
		r.once(e, seen, "dc:rights")
		r.nonempty(at, e.name, s)
	default:
		r.fault(e.at, RuleUnknown, "<dc:%s> is not expected in <item>", e.name)
	}
}

// mailbox checks an address of e-mail, with a name in brackets behind it or none.
func (r *rssReader) mailbox(at int, what, s string) {
	address, name, named := strings.Cut(s, " (")
	if !value.IsEmail(address) || named && !strings.HasSuffix(name, ")") {
		r.fault(at, RuleEmail, "%s %s is no address of e-mail", what, excerpt(s))
	}
}
