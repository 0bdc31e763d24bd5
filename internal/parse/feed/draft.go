package feed

import (
	"slices"

	"github.com/mmcdole/gofeed/atom"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

// draft is an article as its format gives it, before its text is cleaned.
type draft struct {
	digest     uint64
	guid, link string
	// former is the link as grammar 0 read it, of an entry without a GUID; "" if it read none.
	former string
	// aliases are identifiers by which the article may be known beside its own: GUIDs, or
	// links where it has no GUID.
	aliases []string
	// base is what relative addresses are resolved against.
	base string
	// title is plain text.
	title string
	// summary and content are HTML, or plain text where the flag says so.
	summary, content           string
	summaryPlain, contentPlain bool
	contentBase, summaryBase   string // what is relative in them is resolved against; "" for base
	// said are the languages that the entry and the feed tell, best first.
	said []string
	// published and updated are dates as they are written, best first.
	published, updated []string
	authors            []feeds.Person
	terms              []feeds.Term
	images             []feeds.Image
	enclosures         []feeds.Enclosure
	episode            feeds.Episode
	related            []feeds.Related
	alternates         []feeds.Alternate
	rights             string
	point              feeds.Point
	external           string
	from               feeds.SourceFeed // the feed that the entry says to be of; the zero value for this one
}

// linkTo takes the first of the references that leads somewhere for the article's own
// address, if there is none yet.
func (d *draft) linkTo(refs ...string) {
	for _, ref := range refs {
		if d.link == "" {
			d.link = address.Article(d.base, ref)
		}
	}
}

// wasKnownBy takes identifiers that the article may be known by, other than its own.
func (d *draft) wasKnownBy(ids ...string) {
	for _, id := range ids {
		if id != "" && id != d.guid && (d.guid != "" || id != d.link) && !slices.Contains(d.aliases, id) {
			d.aliases = append(d.aliases, id)
		}
	}
}

// linkToItself takes an identifier for the article's own address, if it is one and there is
// no other.
func (d *draft) linkToItself(id string) {
	if d.link == "" && isWebAddress(id) {
		d.link = address.Web("", id)
	}
}

// formerly takes the first of the references that leads somewhere for what grammar 0 took for
// the article's own address, where that is what it is known by.
func (d *draft) formerly(base string, refs ...string) {
	for _, ref := range refs {
		if d.former == "" && d.guid == "" {
			d.former = address.Former(base, ref)
		}
	}
}

// knownBy are all identifiers by which the article may be known beside its own, among them
// its link as grammar 0 read it where it has no GUID.
func (d *draft) knownBy() []string {
	if d.guid != "" || d.former == d.link || slices.Contains(d.aliases, d.former) {
		return d.aliases
	}
	return append(d.aliases, d.former)
}

// formerOf takes the former reading of the link that is the entry's own now.
func (d *draft) formerOf(hrefs []*atom.Link) {
	for _, l := range hrefs {
		if d.guid == "" && d.former == "" && d.link == address.Article(d.base, l.Href) {
			d.former = address.Former(d.base, l.Href)
		}
	}
}

// page is where the text of an entry stands at its publisher, as far as is known: its own
// address, unless that only counts who comes by.
func (d *draft) page() string {
	if d.link == "" || address.IsTracker(d.link) {
		return d.base
	}
	return d.link
}

// isBlank reports whether there is nothing in a draft but what it has of its feed.
func (d *draft) isBlank() bool {
	return prose.FirstOf(d.guid, d.link, d.title, d.summary, d.content) == "" && prose.FirstOf(d.published...) == "" && prose.FirstOf(d.updated...) == "" &&
		len(d.terms)+len(d.images)+len(d.enclosures)+len(d.related)+len(d.alternates) == 0
}

// cameFrom takes the feed that the entry says to be of, where it says which that is: by its
// address, or by an identifier. Where only its publisher can reach it, that is nobody's
// business.
func (d *draft) cameFrom(f feeds.SourceFeed) {
	if f.Title != "" && (f.URL != "" || f.ID != "") && (f.URL == "" || address.IsPublic(f.URL)) {
		d.from = f
	}
}
