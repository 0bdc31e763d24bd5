package feeds

import "github.com/kairan-news/kairan/feeds/internal/value"

// feedLink is a link of a feed to another form of itself.
type feedLink struct {
	Rel, Type, Hreflang, Href string
}

// links returns the feed's links in a document of the format: itself, its page,
// the other formats, and the same in the site's other locales, each of which links its own
// page; its archives (RFC 5005 §4), and in an archive the live feed. No two alternates share a type and a
// language (RFC 4287 §4.1.1). The archives of other locales hold other records, so
// an archive does not link them.
//
// Readers take the first alternate for the feed's page, or the last, whatever its type
// and language. So the page is both: bare, and again with its type and language. Some
// take the very first link of Atom for it, so there it comes before all others; the
// first that RSS has in Atom's namespace is by custom the feed itself.
func (f *Feed) links(format Format) []feedLink {
	var links []feedLink
	add := func(rel, mediaType, hreflang, href string) {
		if href = value.WebURI(href); href != "" {
			links = append(links, feedLink{rel, mediaType, hreflang, href})
		}
	}
	own := f.URL
	if f.Archive > 0 {
		own = f.Self
	}
	if format == Atom {
		add("alternate", "", "", f.HomeURL)
		add("self", format.linkType(), "", own[format])
	} else {
		add("self", format.linkType(), "", own[format])
		add("alternate", "", "", f.HomeURL)
	}
	for _, other := range Formats() {
		if other != format {
			add("alternate", other.linkType(), f.Language, own[other])
		}
	}
	if f.Archive > 0 {
		add("current", format.linkType(), "", f.URL[format])
	}
	add("prev-archive", format.linkType(), "", f.Previous[format])
	add("next-archive", format.linkType(), "", f.Next[format])
	for _, l := range f.Locales {
		if l.Language != f.Language && f.Archive == 0 {
			add("alternate", format.linkType(), l.Language, l.URL[format])
		}
	}
	add("alternate", "text/html", f.Language, f.HomeURL)
	return links
}

// linkType is the format's media type without parameters, as links have it.
func (f Format) linkType() string {
	switch f {
	case RSS:
		return "application/rss+xml"
	case Atom:
		return "application/atom+xml"
	}
	return f.MediaType()
}

// hreflang is a language as a link has it; "" if undetermined.
func hreflang(language string) string {
	if l := value.LangTag(language); l != value.Undetermined {
		return l
	}
	return ""
}

// title is never empty.
func (f *Feed) title() string {
	for _, s := range []string{f.Title, f.SiteTitle} {
		if s = value.Line(s); s != "" {
			return s
		}
	}
	return f.path()
}

// description is never empty, since RSS requires one.
func (f *Feed) description() string {
	if s := value.Line(f.Description); s != "" {
		return s
	}
	return f.title()
}

// author is who publishes the feed.
func (f *Feed) author() string {
	if s := value.Line(f.SiteTitle); s != "" {
		return s
	}
	return f.title()
}

// picture returns the first of these addresses that is one of a picture which every reader
// can show.
func picture(addresses ...string) string {
	for _, u := range addresses {
		if u = value.WebURI(u); u != "" && value.IsRaster(u) {
			return u
		}
	}
	return ""
}

// size guesses the length of a document, in bytes, so that its buffer need not
// grow.
func (f *Feed) size() int {
	n := 4096
	for i := range f.Entries {
		n += f.Entries[i].size()
	}
	return n
}

// size is about the length of the entry in a document, in bytes.
func (e *Entry) size() int {
	a := &e.Article
	n := 3072 + len(a.Content) + 2*len(a.Summary) + len(e.Title)
	n += 640*len(e.Related) + 256*len(e.Versions) + 256*len(a.Images) + 256*len(a.Enclosures) + 128*len(a.Terms) + 192*len(e.Categories)
	return n
}

// EntrySize is about the length that an entry has in a document, in bytes, by the
// lengths of its text, of its summary, and of its lists of files, people and links as they
// are stored. It is what the bound of a document is measured with, before an article is
// read.
func EntrySize(content, summary, lists int) int { return 3072 + content + 2*summary + 2*lists }

func (l *Label) label() string {
	if s := value.Line(l.Label); s != "" {
		return s
	}
	return value.Line(l.Term)
}
