package feeds

import (
	"strings"

	"github.com/google/uuid"
)

// ours is the UUID namespace (RFC 9562 §5.5) that all ids of Kairan are hashed in. It
// must never change, or every id would.
var ours = uuid.MustParse("9170c452-4c87-5cde-9d1b-f653f8ce6045")

// MintID returns the permanent id of an article as a urn:uuid (RFC 9562 §4):
// version 5 of the publisher's key, the identity key and the language.
func MintID(publisher, key, language string) string {
	return mint("article", publisher, key, language)
}

// ChannelID returns the permanent id of a channel, minted from the site's id and
// not from its address, so that the site can move.
func ChannelID(site string, c Channel) string {
	return mint("channel", site, c.String())
}

// ChannelID returns the permanent id of one of the site's channels. A category or a
// publisher that was renamed keeps the ids of its channels: they are minted from the
// first of the names that it had.
func (s *Site) ChannelID(c Channel) string {
	var formerly []string
	switch c.Kind {
	case ChannelCategory, ChannelOnly:
		category, _ := s.Category(c.Name)
		formerly = category.Formerly
	case ChannelPublisher:
		publisher, _ := s.Publisher(c.Name)
		formerly = publisher.Formerly
	}
	if len(formerly) > 0 {
		c.Name = formerly[0]
	}
	return ChannelID(s.ID, c)
}

// TaxonomyID returns the permanent identifier of a site's categories, minted from
// the site's id and not from its address: whoever filters by it needs to change
// nothing when the site moves.
func TaxonomyID(site string) string {
	return mint("taxonomy", site)
}

// UrgencyScheme identifies in every feed what says how urgent an entry is, beside the site's
// own taxonomy, and Urgent is its only term.
const (
	UrgencyScheme = "urn:uuid:61bc5198-5f2a-5da2-9e00-336312fb161c"
	Urgent        = "urgent"
)

// SourceID returns the permanent id of a source that has none of its own, minted from
// the publisher's key and the source's id.
func SourceID(publisher, source string) string {
	return mint("source", publisher, source)
}

// StoryID returns the key of the story that begins with the article of that id.
func StoryID(article string) string {
	return mint("story", article)
}

// Slug returns the path-safe form of an article's id: the UUID of a urn:uuid,
// else one that is made from the id.
func Slug(id string) string {
	if s, ok := strings.CutPrefix(id, "urn:uuid:"); ok {
		if u, err := uuid.Parse(s); err == nil {
			return u.String()
		}
	}
	return strings.TrimPrefix(mint("slug", id), "urn:uuid:")
}

// mint hashes parts in a way that no two lists of parts share.
func mint(parts ...string) string {
	return uuid.NewSHA1(ours, []byte(strings.Join(parts, "\x00"))).URN()
}
