package normalize

import (
	"cmp"
	"encoding/hex"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/plain"
)

// Context is what is known of the articles' source.
type Context struct {
	Source    feeds.Source
	Publisher feeds.Publisher
	// Format is the feed's, such as "Atom 1.0": only Atom has ids that are meant to
	// be permanent.
	Format string
	Mapper *Mapper
	// Edition is what the source has in common with others that have the same notices
	// under the same GUIDs ([Editions]); "" for none.
	Edition string
}

// Result is the outcome of [Articles].
type Result struct {
	Articles []feeds.Article
	// Unmapped counts the raw terms that no rule and no label placed.
	Unmapped map[string]int
	// Undetermined is how many articles are in a language that nothing tells.
	Undetermined int
}

// Articles fills in Publisher, Source, Key, Language, Categories and ByDefault of what a
// source brought, ID where the source's own may be kept, and StoryHint where the
// source's configuration tells which versions belong together. It changes nothing
// else, drops no article, and keeps their order.
func Articles(articles []feeds.Article, c Context) Result {
	res := Result{Articles: make([]feeds.Article, 0, len(articles)), Unmapped: map[string]int{}}
	rules := foldRules(c.Source)
	for _, a := range articles {
		a.Publisher, a.Source = c.Publisher.Key, c.Source.ID
		a.Key = Key(a)
		a.Aliases = aliases(a)
		joinEditions(&a, c)
		a.Language = languageOf(a, c.Publisher)
		if a.Language == feeds.Undetermined {
			res.Undetermined++
		}
		if strings.HasPrefix(c.Format, "Atom") && mayKeepID(a.GUID, c) {
			a.ID = a.GUID
		}
		if a.Title == "" {
			a.Title = fallbackTitle(a)
		}
		p := c.Mapper.placeBy(a, c.Source, rules)
		a.Categories, a.ByDefault = p.Categories, p.ByDefault
		for _, term := range p.Unmapped {
			res.Unmapped[term]++
		}
		a.Terms = a.Terms[:min(len(a.Terms), maxTerms)]
		res.Articles = append(res.Articles, a)
	}
	return res
}

// Key returns the identity key of an article.
func Key(a feeds.Article) string {
	switch {
	case a.GUID != "":
		return a.GUID
	case a.Link != "":
		return feeds.LinkIdentity(a.Link)
	case a.StoryHint != "":
		return "path:" + a.StoryHint
	default:
		return "title:" + strings.Join(strings.Fields(a.Title), " ") // whatever its spaces are
	}
}

// maxTerms is how many terms of an article are kept. All of them were asked for categories.
const maxTerms = 50

// aliases returns the keys that an article may be known by beside its own: other GUIDs, or
// those of other links where it has no
// GUID, among them its link as it was before hosts were spelled in ASCII, and as its
// percent-encodings are spelled elsewhere.
func aliases(a feeds.Article) []string {
	if a.GUID != "" {
		return a.Aliases
	}
	var keys []string
	for _, link := range append(slices.Clone(a.Aliases), inUnicode(a.Link), reencoded(a.Link)) {
		before := a
		before.Link = link
		if key := Key(before); key != a.Key && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// inUnicode returns a link whose host is spelled in ASCII with the host in Unicode; the
// link itself where that is the same.
func inUnicode(link string) string {
	const mark = "xn--"
	if !strings.Contains(link, mark) {
		return link
	}
	u, err := url.Parse(link)
	if err != nil {
		return link
	}
	name, err := idna.Display.ToUnicode(u.Hostname())
	if err != nil {
		return link
	}
	return strings.Replace(link, u.Hostname(), name, 1)
}

// reencoded returns a link with its percent-encodings in the usual spelling: with capitals
// (RFC 3986 §6.2.2.1), and none of characters that need none (§6.2.2.2).
func reencoded(link string) string {
	if !strings.Contains(link, "%") {
		return link
	}
	return percentEncoding.ReplaceAllStringFunc(link, func(encoded string) string {
		b, err := hex.DecodeString(encoded[1:])
		if err != nil || !isUnreserved(b[0]) {
			return strings.ToUpper(encoded)
		}
		return string(b)
	})
}

var percentEncoding = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)

// isUnreserved reports whether a byte is an unreserved character (RFC 3986 §2.3).
func isUnreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

// mayKeepID reports whether an atom:id is the publisher's own to give: an absolute
// IRI (RFC 4287 §4.2.6) whose authority lies in the registrable domain of the
// publisher's home page or of the source. Where the source is declared to have its
// notices under the same ids as others in other languages, an id names a notice and
// not one version of it, and none of them keeps it, whichever comes first. Nor is one kept
// in which a password stands: ids are published.
func mayKeepID(id string, c Context) bool {
	if u, err := url.Parse(id); c.Edition != "" || err == nil && u.User != nil {
		return false
	}
	authority := Authority(id)
	if authority == "" {
		return false
	}
	domain := registrable(authority)
	return slices.ContainsFunc([]string{c.Publisher.HomePage, c.Source.URL}, func(own string) bool {
		u, err := url.Parse(own)
		return err == nil && u.Host != "" && registrable(u.Hostname()) == domain
	})
}

// Authority returns the host that stands behind an IRI: that of an http or https
// address, or the authority's name of a tag URI (RFC 4151 §2.1). It returns "" for
// all others, such as a urn:uuid, which belong to nobody.
func Authority(id string) string {
	u, err := url.Parse(id)
	if err != nil {
		return ""
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		return strings.ToLower(u.Hostname())
	case "tag":
		authority, _, ok := strings.Cut(u.Opaque, ",")
		if !ok {
			return ""
		}
		if at := strings.LastIndexByte(authority, '@'); at >= 0 {
			authority = authority[at+1:]
		}
		return strings.ToLower(authority)
	}
	return ""
}

// registrable returns the registrable domain of a host, or the host where it has
// none, as an address or a name within a network.
func registrable(host string) string {
	if domain, err := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(host)); err == nil {
		return domain
	}
	return strings.ToLower(host)
}

// fallbackTitle gives a title to an article without one, since no format and no
// reader does without: the beginning of its summary, else its link, else its key.
func fallbackTitle(a feeds.Article) string {
	return cmp.Or(plain.Headline(strings.Join(strings.Fields(a.Summary), " ")), a.Link, a.Key)
}
