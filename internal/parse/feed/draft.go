package feed

import (
	"slices"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

// draft is an article as its format gives it, before its text is cleaned.
type draft struct {
	digest     uint64
	guid, link string
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
	contentBase                string // "" for base
	// said are the languages that the entry and the feed tell, best first.
	said []string
	// published and updated are dates as they are written, best first.
	published, updated []string
	authors            []feeds.Person
	terms              []feeds.Term
	images             []feeds.Image
	enclosures         []feeds.Enclosure
	related            []feeds.Related
	alternates         []feeds.Alternate
	rights             string
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

// isBlank reports whether there is nothing in a draft but what it has of its feed.
func (d *draft) isBlank() bool {
	return prose.FirstOf(d.guid, d.link, d.title, d.summary, d.content) == "" && prose.FirstOf(d.published...) == "" && prose.FirstOf(d.updated...) == "" &&
		len(d.terms)+len(d.images)+len(d.enclosures)+len(d.related)+len(d.alternates) == 0
}
