package feed

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed/rss"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/date"
	"github.com/kairan-news/kairan/internal/parse/field"
	"github.com/kairan-news/kairan/internal/parse/html"
	"github.com/kairan-news/kairan/internal/parse/language"
	"github.com/kairan-news/kairan/internal/parse/prose"
	"github.com/kairan-news/kairan/internal/plain"
)

// readRSS takes an RSS or RDF document over from gofeed.
func (r *reader) readRSS(in *rss.Feed, v *survey) {
	f := r.feed
	f.Format = "RSS " + prose.FirstOf(in.Version, "2.0")
	x := extensions(in.Extensions)
	base := address.Within(r.o.BaseURL, v.feed.base)
	f.Title = html.Title(prose.FirstOf(in.Title, x.first("dc", "title")))
	f.Description = plain.Summarize(html.Text(prose.FirstOf(in.Description, x.first("dc", "description"), x.first("itunes", "summary"))))
	home := prose.FirstOf(in.Link, x.atomLink("alternate"))
	f.Link = address.Web(base, home)
	f.Next = r.nextOf(base, x.atomLink, in.Generator)
	said := prose.FirstOf(in.Language, x.first("dc", "language"), v.feed.lang)
	f.Language = language.Tag(said)
	r.dates = date.In(r.o, f.Language)
	f.ID = prose.FirstOf(v.about, x.first("atom", "id"), address.Resolve(base, x.atomLink("self")))
	f.Updated = r.date([]string{in.LastBuildDate, x.first("atom", "updated"), in.PubDate, x.first("dc", "date"), x.first("dcterms", "modified")}).Time
	if minutes, err := strconv.Atoi(strings.TrimSpace(in.TTL)); err == nil && minutes > 0 && minutes < 60*24*366 {
		f.TTL = time.Duration(minutes) * time.Minute
	}
	f.SkipHours = skipHours(in.SkipHours)
	f.SkipDays = skipDays(in.SkipDays)
	f.UpdateEvery = updateEvery(x.first("sy", "updatePeriod"), x.first("sy", "updateFrequency"))
	rights := prose.FirstOf(in.Copyright, x.first("dc", "rights"))

	site := base
	if v.feed.base == "" && address.IsPublic(address.Web("", home)) {
		site = f.Link
	}
	info := r.infoFor(v, len(in.Items))
	f.Articles = make([]feeds.Article, 0, len(in.Items))
	for i, item := range in.Items {
		r.addRSSItem(item, info[i], v, site, said, rights)
	}
}

// addRSSItem takes one item over. What is relative in it belongs to its xml:base, else to
// the site, and what is relative in its text to its own address: RSS itself says nothing of
// it, and the feed may be served far from the site.
func (r *reader) addRSSItem(item *rss.Item, info entryInfo, v *survey, site, said, rights string) {
	x := extensions(item.Extensions)
	document := address.Within(r.o.BaseURL, info.base)
	d := draft{digest: info.digest, base: site, rights: prose.FirstOf(x.first("dc", "rights"), x.first("dcterms", "rights"), x.first("media", "copyright"), rights)}
	if info.base != "" {
		d.base = document
	}
	d.point = x.point()
	if item.Source != nil {
		d.cameFrom(feeds.SourceFeed{Title: html.Title(item.Source.Title), URL: address.Web("", item.Source.URL)})
	}
	unwrapItem(item)
	r.identify(&d, item, info, x, document)

	d.title = html.Title(prose.FirstOf(item.Title, x.first("dc", "title"), x.first("atom", "title"), x.first("itunes", "title"), x.mediaText("title", false)))
	d.summary = prose.FirstOf(item.Description, x.first("dc", "description"), x.first("atom", "summary"), x.first("itunes", "summary"), x.first("media", "description"))
	d.content = prose.FirstOf(item.Content, item.Custom["encoded"], string(info.xhtml), x.first("atom", "content"), item.Custom["content"], item.Custom["body"])
	d.contentBase, d.summaryBase = d.page(), d.page()
	if own := prose.FirstOf(info.content.base, info.base); own != "" {
		d.contentBase = address.Within(r.o.BaseURL, own)
	}
	if own := prose.FirstOf(info.summary.base, info.base); own != "" {
		d.summaryBase = address.Within(r.o.BaseURL, own)
	}
	d.mediaTexts(x)

	own := func(s scope) string {
		if s.lang == v.feed.lang {
			return ""
		}
		return s.lang
	}
	d.said = []string{x.first("dc", "language"), item.Custom["language"], own(info.scope), own(info.content.scope), own(info.summary.scope), own(info.title.scope), said, v.feed.lang}

	d.published = []string{item.PubDate, x.first("atom", "published"), x.first("dc", "date"), x.first("dcterms", "issued"), x.first("dcterms", "created"),
		x.first("dcterms", "date"), item.Custom["published"], item.Custom["date"], item.Custom["created"], x.first("prism", "publicationDate")}
	d.published = append(d.published, r.lostTexts(info, singleDate)...)
	d.updated = []string{x.first("atom", "updated"), x.first("dcterms", "modified"), item.Custom["updated"], item.Custom["modified"]}

	d.authors = rssAuthors(item, r.lostTexts(info, singleAuthor), x)
	d.rssTerms(item, x)
	d.rssEnclosures(item)
	d.media(x)
	d.atomLinks(x, r.o)
	d.podcast(x)
	if !r.isPassedOver(&d, r.sourceOf(info), func() bool { return isBareItem(item) }) {
		r.add(d)
	}
}

// identify finds an item's identity, and the article's own address: that of the item's
// link, or of what a service wrote it over, else a permalink, else what RDF says that the
// item is about, else where the item itself can be had. document is what grammar 0 resolved
// relative ones against.
func (r *reader) identify(d *draft, item *rss.Item, info entryInfo, x extensions, document string) {
	permalink := ""
	if item.GUID != nil {
		d.guid = r.givenID(info, item.GUID.Value)
		permalink = permalinkOf(d.guid, prose.FirstOf(info.permalink, strings.ToLower(item.GUID.IsPermalink)), info.permalink != "")
	}
	d.guid = prose.FirstOf(d.guid, info.about, x.first("atom", "id"))
	link := prose.FirstOf(item.Link, x.atomLink("alternate"))
	d.linkTo(x.original(), link)
	d.formerly(document, append([]string{link}, item.Links...)...)
	d.linkTo(r.lostTexts(info, singleLink)...)
	d.linkTo(item.Custom["url"], item.Custom["permalink"])
	d.linkTo(permalink)
	d.linkToItself(info.about)
	d.linkTo(x.atomLink("self"))

	if item.GUID != nil {
		d.wasKnownBy(strings.TrimSpace(item.GUID.Value))
	}
	d.wasKnownBy(r.lostTexts(info, singleID)...)
	if d.guid == "" {
		for _, other := range append(r.lostTexts(info, singleLink), link) {
			d.wasKnownBy(address.Article(d.base, other))
		}
	}
}

// givenID returns an entry's identifier as it stands in the document, character for
// character; gofeeds is how gofeed reads it, where the document is not known.
func (r *reader) givenID(info entryInfo, gofeeds string) string {
	gofeeds = strings.TrimSpace(gofeeds)
	if info.id.to <= len(r.text) && strings.IndexByte(gofeeds, '<') < 0 && string(bytes.TrimSpace(r.text[info.id.from:info.id.to])) == gofeeds {
		return gofeeds
	}
	return prose.FirstOf(r.textAt(info.id), gofeeds)
}

// permalinkOf returns the address that a guid is; "" if it is none. RSS 2.0: a guid is one
// unless it says otherwise. A relative one is no such thing by the standard, but is meant
// where it begins with a slash, or where it says that it is one and looks like a path.
func permalinkOf(guid, isPermalink string, isSaid bool) string {
	switch {
	case isPermalink == "false" || guid == "":
		return ""
	case isWebAddress(guid) || strings.HasPrefix(guid, "/"):
		return guid
	case isSaid && strings.ContainsAny(guid, "/.?") && !strings.ContainsAny(guid, ": <>\""):
		return guid
	}
	return ""
}

// isWebAddress reports whether a text begins as an address of the web does.
func isWebAddress(s string) bool {
	return len(s) > 4 && strings.EqualFold(s[:4], "http")
}

// rssTerms takes the categories of an item.
func (d *draft) rssTerms(item *rss.Item, x extensions) {
	for _, c := range item.Categories {
		d.terms = field.AddTerm(d.terms, feeds.Term{Term: html.Title(c.Value), Scheme: strings.TrimSpace(c.Domain)})
	}
	for _, s := range x.all("dc", "subject") {
		d.terms = field.AddTerm(d.terms, feeds.Term{Term: html.Title(s)})
	}
	for _, c := range x.atom("category") {
		d.terms = field.AddTerm(d.terms, feeds.Term{Term: prose.Collapse(c.Attrs["term"]), Scheme: c.Attrs["scheme"], Label: prose.Collapse(c.Attrs["label"])})
	}
}

// rssEnclosures takes the files of an item.
func (d *draft) rssEnclosures(item *rss.Item) {
	for _, e := range item.Enclosures {
		link := address.File(d.base, e.URL)
		if link == "" || isFlash(link, mediaType(e.Type)) {
			continue
		}
		enc := feeds.Enclosure{URL: link, Type: mediaType(e.Type), Length: byteLength(e.Length)}
		d.enclosures = append(d.enclosures, enc)
		if strings.HasPrefix(enc.Type, "image/") || enc.Type == "" && isPicture(link) {
			d.images = field.AddImage(d.images, feeds.Image{URL: address.Web(d.base, e.URL), Type: enc.Type})
		}
	}
}

// atomLinks takes the links of Atom in an item.
func (d *draft) atomLinks(x extensions, o parse.Options) {
	for _, l := range x.atom("link") {
		href := address.Web(d.base, l.Attrs["href"])
		switch relation(l.Attrs["rel"]) {
		case "related":
			d.related = appendRelated(d.related, l.Attrs["title"], href)
		case "alternate":
			if lang := l.Attrs["hreflang"]; lang != "" {
				d.alternates = append(d.alternates, feeds.Alternate{Language: language.Said(lang, o), Link: href})
			}
		case "enclosure":
			if href != "" {
				d.enclosures = append(d.enclosures, feeds.Enclosure{URL: address.File(d.base, l.Attrs["href"]), Type: mediaType(l.Attrs["type"]), Length: byteLength(l.Attrs["length"]), Title: prose.Collapse(l.Attrs["title"])})
			}
		}
	}
}

// mostAuthors is how many authors an item may have.
const mostAuthors = 50

// rssAuthors returns the authors of an item, each once; others are those beside the first one.
func rssAuthors(item *rss.Item, others []string, x extensions) []feeds.Person {
	all := creators(x)
	add := func(p feeds.Person) { all = addPerson(all, p) }
	for _, s := range append([]string{item.Author}, others...) {
		add(field.Person(s))
	}
	for _, a := range x.atom("author") {
		add(atomPerson(prose.FirstOf(childValue(a, "name"), a.Value), childValue(a, "email"), address.Web("", childValue(a, "uri"))))
	}
	if len(all) == 0 {
		add(field.Person(prose.FirstOf(x.first("itunes", "author"), x.first("dc", "author"))))
	}
	return all
}

// creators returns the creators of an entry by Dublin Core, each once.
func creators(x extensions) (all []feeds.Person) {
	for _, s := range x.all("dc", "creator") {
		all = addPerson(all, field.Person(s))
	}
	return all
}

// addPerson adds a person who is named, and is not there yet.
func addPerson(all []feeds.Person, p feeds.Person) []feeds.Person {
	is := func(q feeds.Person) bool { return q.Name == p.Name }
	if p.Name == "" && p.Email == "" || len(all) == mostAuthors || slices.ContainsFunc(all, is) {
		return all
	}
	return append(all, p)
}

// skipHours reads RSS's skipHours; 24 is midnight as well.
func skipHours(list []string) []int {
	var hours []int
	for _, s := range list {
		h, err := strconv.Atoi(strings.TrimSpace(s))
		if err != nil || h < 0 || h > 24 {
			continue
		}
		if h %= 24; !slices.Contains(hours, h) {
			hours = append(hours, h)
		}
	}
	return hours
}

// skipDays reads RSS's skipDays.
func skipDays(list []string) []time.Weekday {
	var days []time.Weekday
	for _, s := range list {
		for d := time.Sunday; d <= time.Saturday; d++ {
			if strings.EqualFold(strings.TrimSpace(s), d.String()) && !slices.Contains(days, d) {
				days = append(days, d)
			}
		}
	}
	return days
}
