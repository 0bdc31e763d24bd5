package check

import (
	"slices"

	"github.com/kairan-news/kairan/feeds/internal/syntax"
	"github.com/kairan-news/kairan/feeds/internal/value"
)

// jsonReader checks a JSON Feed.
type jsonReader struct {
	*checker
	*syntax.JSON
	ids ids
}

func (c *checker) json() {
	j := &jsonReader{checker: c, JSON: syntax.NewJSON(c.doc, c.flaw), ids: ids{}}
	if j.Kind() != '{' {
		c.fault(j.Pos(), RuleRoot, "the document is not an object")
		return
	}
	j.feed()
	j.End()
}

// feed checks JSON Feed 1.1's "Top-level".
func (j *jsonReader) feed() {
	start := j.Pos()
	var address, next string
	seen := j.Object("the feed", func(key string) {
		at := j.Pos()
		switch key {
		case "feed_url":
			address = j.address(key)
		case "next_url":
			next = j.address(key)
		case "version":
			j.version()
		case "title":
			j.words(key)
		case "description", "user_comment":
			j.String(key)
		case "home_page_url", "icon", "favicon":
			j.address(key)
		case "language":
			j.language(key)
		case "expired":
			j.boolean(key)
		case "authors":
			j.authors()
		case "hubs":
			j.Array(key, func() { j.hub(at) })
		case "items":
			j.Array(key, j.item)
		case extension:
			ofFeed(j, key)
		default:
			j.unknown("the feed", key)
		}
	})
	if j.Failed() {
		return
	}
	j.needs(start, "the feed", seen, "version", "title", "items", "home_page_url")
	j.tells(start, seen, "feed_url", RuleSelf)
	j.tells(start, seen, "language", RuleLanguage)
	if next != "" && next == address {
		j.fault(start, RuleArchive, "next_url leads to the feed itself") // "must not be the same as feed_url"
	}
}

// tells reports a key of the feed that a rule of its own asks for, if it was not there.
func (j *jsonReader) tells(at int, seen []string, key string, rule Rule) {
	if !slices.Contains(seen, key) {
		j.fault(at, rule, "the feed has no %s", key)
	}
}

// version reads the version, which is an address.
func (j *jsonReader) version() {
	at := j.Pos()
	if s, ok := j.String("version"); ok && s != "https://jsonfeed.org/version/1.1" {
		j.fault(at, RuleRoot, "the version is %s", value.Excerpt(s))
	}
}

// boolean reads a truth value.
func (j *jsonReader) boolean(what string) {
	if j.Kind() != 't' && j.Kind() != 'f' {
		j.fault(j.Pos(), RuleType, "%s is not a boolean", what)
	}
	j.Skip()
}

// hub checks one of the hubs, which begin at an offset.
func (j *jsonReader) hub(hubs int) {
	seen := j.Object("a hub", func(key string) {
		switch key {
		case "type":
			j.words(key)
		case "url":
			j.address(key)
		default:
			j.unknown("a hub", key)
		}
	})
	j.needs(hubs, "a hub", seen, "type", "url")
}

// item checks JSON Feed 1.1's "Items".
func (j *jsonReader) item() {
	start := j.Pos()
	seen := j.Object("an item", func(key string) {
		at := j.Pos()
		switch key {
		case "id":
			if s, ok := j.words(key); ok {
				j.unique(j.ids, at, s)
			}
		case "url", "external_url", "image", "banner_image":
			j.address(key)
		case "title", "content_text", "summary":
			at := j.Pos()
			if s, ok := j.words(key); ok {
				j.letters(at, s)
			}
		case "content_html":
			j.markup(key)
		case "date_published", "date_modified":
			j.date(key)
		case "language":
			j.language(key)
		case "authors":
			j.authors()
		case "tags":
			j.Array(key, func() { j.words("a tag") })
		case "attachments":
			j.Array(key, j.attachment)
		case extension:
			ofItem(j, key)
		default:
			j.unknown("an item", key)
		}
	})
	if j.Failed() {
		return
	}
	j.needs(start, "an item", seen, "id", "title", "date_published")
	if seen != nil && !slices.ContainsFunc(seen, func(key string) bool { return key == "content_html" || key == "content_text" }) {
		j.fault(start, RuleMissing, "an item has neither content_html nor content_text")
	}
}

// markup reads a string of HTML, which must say something.
func (j *jsonReader) markup(what string) {
	at := j.Pos()
	if s, ok := j.words(what); ok {
		j.html(at+1, s) // behind the quotation mark
	}
}

// attachment checks one of JSON Feed 1.1's "Attachments".
func (j *jsonReader) attachment() {
	start := j.Pos()
	seen := j.Object("an attachment", func(key string) {
		at := j.Pos()
		switch key {
		case "url":
			j.address(key)
		case "mime_type":
			if s, ok := j.String(key); ok {
				j.mediaType(at, key, s)
			}
		case "title":
			j.words(key)
		case "size_in_bytes", "duration_in_seconds":
			if k := j.Kind(); k < '0' || k > '9' {
				j.fault(at, RuleType, "%s is not a number", key)
			}
			j.Skip()
		default:
			j.unknown("an attachment", key)
		}
	})
	j.needs(start, "an attachment", seen, "url", "mime_type")
}

// authors checks an array of authors: "all are optional, though if you provide an
// author object, then at least one is required".
func (j *jsonReader) authors() {
	j.Array("authors", func() {
		at := j.Pos()
		seen := j.Object("an author", func(key string) {
			switch key {
			case "name":
				j.words(key)
			case "url":
				at := j.Pos()
				if s, ok := j.String(key); ok {
					j.iri(at, key, s)
				}
			case "avatar":
				j.address(key)
			default:
				j.unknown("an author", key)
			}
		})
		if seen != nil && len(seen) == 0 && !j.Failed() {
			j.fault(at, RuleMissing, "an author has neither name, url nor avatar")
		}
	})
}

// unknown reads a value that the format does not know: an extension's, "an object
// whose key begins with an underscore", or a fault.
func (j *jsonReader) unknown(owner, key string) {
	if len(key) < 2 || key[0] != '_' {
		j.fault(j.Pos(), RuleUnknown, "%s has no %s", owner, value.Excerpt(key))
	} else if j.Kind() != '{' {
		j.fault(j.Pos(), RuleType, "the extension %s is not an object", value.Excerpt(key))
	}
	j.Skip()
}

// needs reports keys that are required and were not there.
func (j *jsonReader) needs(at int, owner string, seen []string, keys ...string) {
	if seen == nil || j.Failed() {
		return // it was no object, which was reported
	}
	for _, key := range keys {
		if !slices.Contains(seen, key) {
			j.fault(at, RuleMissing, "%s has no %s", owner, key)
		}
	}
}

// words reads a string that must say something.
func (j *jsonReader) words(what string) (string, bool) {
	at := j.Pos()
	s, ok := j.String(what)
	if ok {
		j.nonempty(at, what, s)
	}
	return s, ok
}

// address reads an absolute address.
func (j *jsonReader) address(what string) string {
	at := j.Pos()
	s, ok := j.String(what)
	if ok {
		j.webURI(at, what, s)
	}
	return s
}

// date reads a date of RFC 3339.
func (j *jsonReader) date(what string) {
	at := j.Pos()
	if s, ok := j.String(what); ok {
		j.dateTime(at, what, s)
	}
}

// language reads a language tag.
func (j *jsonReader) language(what string) {
	at := j.Pos()
	if s, ok := j.String(what); ok {
		j.lang(at, what, s)
	}
}
