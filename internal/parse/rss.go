package parse

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed/rss"

	"github.com/kairan-news/kairan/feeds"
)

// readRSS takes an RSS or RDF document over from gofeed.
func (r *feedReader) readRSS(in *rss.Feed, v *survey) {
	f := r.feed
	f.Format = "RSS " + firstOf(in.Version, "2.0")
	x := extensions(in.Extensions)
	base := innerBase(r.o.BaseURL, v.feed.base)
	f.Title = titleText(firstOf(in.Title, x.first("dc", "title")))
	f.Description = summarize(plainText(firstOf(in.Description, x.first("dc", "description"), x.first("itunes", "summary"))))
	f.Link = webLink(base, firstOf(in.Link, x.atomLink("alternate")))
	said := firstOf(in.Language, x.first("dc", "language"), v.feed.lang)
	f.Language = Language(said)
	f.ID = firstOf(v.about, x.first("atom", "id"), resolveURL(base, x.atomLink("self")))
	f.Updated = r.date([]string{in.LastBuildDate, x.first("atom", "updated"), in.PubDate, x.first("dc", "date"), x.first("dcterms", "modified")})
	if minutes, err := strconv.Atoi(strings.TrimSpace(in.TTL)); err == nil && minutes > 0 && minutes < 60*24*366 {
		f.TTL = time.Duration(minutes) * time.Minute
	}
	f.SkipHours = skipHours(in.SkipHours)
	f.SkipDays = skipDays(in.SkipDays)
	f.UpdateEvery = updateEvery(x.first("sy", "updatePeriod"), x.first("sy", "updateFrequency"))
	rights := firstOf(in.Copyright, x.first("dc", "rights"))

	info := r.infoFor(v, len(in.Items))
	f.Articles = make([]feeds.Article, 0, len(in.Items))
	for i, item := range in.Items {
		r.addRSSItem(item, info[i], v, said, rights)
	}
}

// addRSSItem takes one item over.
func (r *feedReader) addRSSItem(item *rss.Item, info entryInfo, v *survey, said, rights string) {
	x := extensions(item.Extensions)
	d := draft{digest: info.digest, base: innerBase(r.o.BaseURL, info.base), rights: firstOf(x.first("dc", "rights"), x.first("dcterms", "rights"), x.first("media", "copyright"), rights)}

	permalink := ""
	if item.GUID != nil {
		d.guid = strings.TrimSpace(item.GUID.Value)
		if !strings.EqualFold(item.GUID.IsPermalink, "false") {
			permalink = d.guid
		}
	}
	d.guid = firstOf(d.guid, info.about, x.first("atom", "id"))
	d.link = articleLink(d.base, firstOf(item.Link, x.atomLink("alternate")))
	for _, l := range item.Links {
		if d.link == "" {
			d.link = articleLink(d.base, l)
		}
	}
	if d.link == "" && strings.HasPrefix(permalink, "http") {
		d.link = webLink("", permalink)
	}
	if d.link == "" && strings.HasPrefix(info.about, "http") {
		d.link = webLink("", info.about)
	}

	d.title = titleText(firstOf(item.Title, x.first("dc", "title"), x.first("media", "title")))
	d.summary = firstOf(item.Description, x.first("dc", "description"), x.first("atom", "summary"), x.first("itunes", "summary"), x.first("media", "description"))
	d.content = firstOf(item.Content, item.Custom["encoded"], string(info.xhtml), x.first("atom", "content"), item.Custom["content"], item.Custom["body"])
	d.contentBase = innerBase(r.o.BaseURL, info.content.base)

	own := func(s scope) string {
		if s.lang == v.feed.lang {
			return ""
		}
		return s.lang
	}
	d.said = []string{x.first("dc", "language"), item.Custom["language"], own(info.scope), own(info.content.scope), own(info.summary.scope), own(info.title.scope), said, v.feed.lang}

	d.published = []string{item.PubDate, x.first("atom", "published"), x.first("dc", "date"), x.first("dcterms", "issued"), x.first("dcterms", "created"),
		x.first("dcterms", "date"), item.Custom["published"], item.Custom["date"], item.Custom["created"], x.first("prism", "publicationDate")}
	d.updated = []string{x.first("atom", "updated"), x.first("dcterms", "modified"), item.Custom["updated"], item.Custom["modified"]}

	d.authors = rssAuthors(item, x)
	for _, c := range item.Categories {
		d.terms = appendTerm(d.terms, feeds.Term{Term: titleText(c.Value), Scheme: strings.TrimSpace(c.Domain)})
	}
	for _, s := range x.all("dc", "subject") {
		d.terms = appendTerm(d.terms, feeds.Term{Term: titleText(s)})
	}
	for _, c := range x.atom("category") {
		d.terms = appendTerm(d.terms, feeds.Term{Term: collapse(c.Attrs["term"]), Scheme: c.Attrs["scheme"], Label: collapse(c.Attrs["label"])})
	}

	for _, e := range item.Enclosures {
		link := webLink(d.base, e.URL)
		if link == "" {
			continue
		}
		enc := feeds.Enclosure{URL: link, Type: mediaType(e.Type), Length: byteLength(e.Length)}
		d.enclosures = append(d.enclosures, enc)
		if strings.HasPrefix(enc.Type, "image/") || enc.Type == "" && isPicture(link) {
			d.images = appendImage(d.images, feeds.Image{URL: link, Type: enc.Type})
		}
	}
	d.media(x)
	for _, i := range x["itunes"]["image"] {
		d.images = appendImage(d.images, feeds.Image{URL: webLink(d.base, firstOf(i.Attrs["href"], i.Value))})
	}
	for _, l := range x.atom("link") {
		href := webLink(d.base, l.Attrs["href"])
		switch l.Attrs["rel"] {
		case "related":
			d.related = appendRelated(d.related, l.Attrs["title"], href)
		case "alternate", "":
			if lang := l.Attrs["hreflang"]; lang != "" {
				d.alternates = append(d.alternates, feeds.Alternate{Language: Language(lang), Link: href})
			}
		case "enclosure":
			if href != "" {
				d.enclosures = append(d.enclosures, feeds.Enclosure{URL: href, Type: mediaType(l.Attrs["type"]), Length: byteLength(l.Attrs["length"]), Title: collapse(l.Attrs["title"])})
			}
		}
	}
	if !r.isPassedOver(&d, r.sourceOf(info), func() bool { return isBareItem(item) }) {
		r.add(d)
	}
}

// rssAuthors returns the authors of an item, each once.
func rssAuthors(item *rss.Item, x extensions) []feeds.Person {
	var all []feeds.Person
	add := func(p feeds.Person) {
		if p.Name == "" && p.Email == "" {
			return
		}
		if !slices.ContainsFunc(all, func(q feeds.Person) bool { return q.Name == p.Name }) {
			all = append(all, p)
		}
	}
	for _, s := range x.all("dc", "creator") {
		add(person(s))
	}
	add(person(item.Author))
	for _, a := range x.atom("author") {
		add(feeds.Person{Name: collapse(childValue(a, "name")), Email: childValue(a, "email"), URL: webLink("", childValue(a, "uri"))})
	}
	if len(all) == 0 {
		add(person(firstOf(x.first("itunes", "author"), x.first("dc", "author"))))
	}
	return all
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
