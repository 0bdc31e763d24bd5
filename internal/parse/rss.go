package parse

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	ext "github.com/mmcdole/gofeed/extensions"
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

// media takes the pictures and files of Media RSS.
func (d *draft) media(x extensions) {
	var visit func(m map[string][]ext.Extension, alt string, depth int)
	visit = func(m map[string][]ext.Extension, alt string, depth int) {
		for _, t := range append(slices.Clone(m["title"]), m["description"]...) {
			alt = firstOf(alt, plainText(t.Value))
		}
		for _, c := range m["content"] {
			text := alt
			for _, t := range append(slices.Clone(c.Children["title"]), c.Children["description"]...) {
				text = plainText(t.Value)
				break
			}
			link, typ := webLink(d.base, c.Attrs["url"]), mediaType(c.Attrs["type"])
			switch {
			case link == "":
			case c.Attrs["medium"] == "image" || strings.HasPrefix(typ, "image/") || typ == "" && c.Attrs["medium"] == "" && isPicture(link):
				d.images = appendImage(d.images, feeds.Image{URL: link, Type: typ, Alt: text, Width: pixels(c.Attrs["width"]), Height: pixels(c.Attrs["height"])})
			case !slices.ContainsFunc(d.enclosures, func(e feeds.Enclosure) bool { return e.URL == link }):
				d.enclosures = append(d.enclosures, feeds.Enclosure{URL: link, Type: typ, Length: byteLength(c.Attrs["fileSize"]), Title: text})
			}
			if depth < 3 {
				visit(map[string][]ext.Extension{"thumbnail": c.Children["thumbnail"]}, text, depth+1)
			}
		}
		for _, g := range m["group"] {
			if depth < 3 {
				visit(g.Children, alt, depth+1)
			}
		}
		for _, t := range m["thumbnail"] {
			if len(d.images) == 0 {
				d.images = appendImage(d.images, feeds.Image{URL: webLink(d.base, t.Attrs["url"]), Alt: alt, Width: pixels(t.Attrs["width"]), Height: pixels(t.Attrs["height"])})
			}
		}
	}
	visit(x["media"], "", 0)
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

// person reads "Name", "address", "address (Name)", "Name (address)" and
// "Name <address>".
func person(s string) feeds.Person {
	s = titleText(strings.NewReplacer("<", "(", ">", ")").Replace(unescapeString(s)))
	outer, inner, ok := strings.Cut(s, "(")
	outer, inner = strings.TrimSpace(outer), strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(inner), ")"))
	switch {
	case ok && isAddress(outer):
		return feeds.Person{Name: firstOf(inner, outer), Email: outer}
	case ok && isAddress(inner):
		return feeds.Person{Name: firstOf(outer, inner), Email: inner}
	case isAddress(s):
		return feeds.Person{Name: s, Email: s}
	}
	return feeds.Person{Name: s}
}

func isAddress(s string) bool {
	at := strings.IndexByte(s, '@')
	return at > 0 && at < len(s)-1 && !strings.ContainsAny(s, " \t")
}

// extensions are gofeed's extension elements by namespace prefix and name.
type extensions map[string]map[string][]ext.Extension

// first returns the first text of an element, its references decoded.
func (x extensions) first(prefix, name string) string {
	if prefix == "atom" {
		for _, e := range x.atom(name) {
			return e.Value
		}
		return ""
	}
	for _, e := range x[prefix][name] {
		if v := strings.TrimSpace(e.Value); v != "" {
			return v
		}
	}
	return ""
}

// all returns the texts of an element.
func (x extensions) all(prefix, name string) []string {
	var texts []string
	for _, e := range x[prefix][name] {
		texts = append(texts, e.Value)
	}
	return texts
}

// atom returns the elements of Atom in RSS.
func (x extensions) atom(name string) []ext.Extension {
	for _, prefix := range []string{"atom", "atom10", "atom03"} {
		if e := x[prefix][name]; len(e) > 0 {
			return e
		}
	}
	return nil
}

// atomLink returns the address of the first Atom link with that relation and
// without a language.
func (x extensions) atomLink(rel string) string {
	for _, l := range x.atom("link") {
		if r := l.Attrs["rel"]; (r == rel || r == "" && rel == "alternate") && l.Attrs["hreflang"] == "" {
			return l.Attrs["href"]
		}
	}
	return ""
}

func childValue(e ext.Extension, name string) string {
	for _, c := range e.Children[name] {
		return strings.TrimSpace(c.Value)
	}
	return ""
}

func appendTerm(terms []feeds.Term, t feeds.Term) []feeds.Term {
	if t.Term == "" || slices.Contains(terms, t) {
		return terms
	}
	return append(terms, t)
}

func appendImage(images []feeds.Image, img feeds.Image) []feeds.Image {
	if img.URL == "" || isTracker(img.URL) || slices.ContainsFunc(images, func(i feeds.Image) bool { return i.URL == img.URL }) {
		return images
	}
	return append(images, img)
}

func appendRelated(related []feeds.Related, title, link string) []feeds.Related {
	title = collapse(title)
	if link == "" {
		return related
	}
	return append(related, feeds.Related{Title: firstOf(title, link), Link: link})
}

// mediaType returns a media type without its parameters; "" if it is none.
func mediaType(s string) string {
	s, _, _ = strings.Cut(s, ";")
	s = strings.ToLower(strings.TrimSpace(s))
	if major, minor, ok := strings.Cut(s, "/"); !ok || major == "" || minor == "" {
		return ""
	}
	return s
}

// byteLength reads a length in bytes; 0 if it is none.
func byteLength(s string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// isPicture tells whether an address looks like a picture's.
func isPicture(link string) bool {
	link, _, _ = strings.Cut(link, "?")
	switch strings.ToLower(path.Ext(link)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg":
		return true
	}
	return false
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

// updateEvery returns the interval of RSS 1.0's syndication module: so many times
// in the period.
func updateEvery(period, frequency string) time.Duration {
	const day = 24 * time.Hour
	var every time.Duration
	switch strings.ToLower(strings.TrimSpace(period)) {
	case "hourly":
		every = time.Hour
	case "daily":
		every = day
	case "weekly":
		every = 7 * day
	case "monthly":
		every = 30 * day
	case "yearly":
		every = 365 * day
	case "":
		if strings.TrimSpace(frequency) == "" {
			return 0
		}
		every = day // the module's default
	default:
		return 0
	}
	if n, err := strconv.Atoi(strings.TrimSpace(frequency)); err == nil && n > 0 {
		every /= time.Duration(n)
	}
	return every
}
