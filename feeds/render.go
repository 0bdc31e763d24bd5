package feeds

import (
	"fmt"
	"time"
)

// What the documents say of their maker, and where the extension's fields are
// explained.
const (
	// Generator names the program in every document.
	Generator = "Kairan"
	// GeneratorURL is the program's home page.
	GeneratorURL = "https://github.com/kairan-news/kairan"
	// Namespace is the XML namespace of what RSS and Atom have no word for. It is
	// a name, not an address, so that it depends on no host, and will never change.
	Namespace = "urn:uuid:98d0e0f8-f011-4b26-9d03-f3145c03fd6f"
	// ExtensionURL explains the extension's fields; it is the "about" of _kairan.
	ExtensionURL = GeneratorURL + "/blob/main/docs/partners.md#names"
)

// Render returns the feed as a document of the format. The same feed always gives
// the same bytes.
//
// What a format can't hold never fails the document: characters that XML forbids
// are left out, an address that is not absolute is left out, a language that is
// not a tag becomes undetermined. What such an entry lacks is told in the table of
// the package's documentation.
func Render(f Feed, format Format) ([]byte, error) {
	switch format {
	case RSS:
		return renderRSS(&f)
	case Atom:
		return renderAtom(&f)
	case JSONFeed:
		return renderJSON(&f)
	}
	return nil, fmt.Errorf("render %s: no format %q; the formats are %q", f.path(), format, Formats())
}

// epoch stands for a date that is required and not known.
var epoch = time.Unix(0, 0).UTC()

// updated is the feed's date, the Unix epoch where it has none, since RFC 4287 §4.1.1 and
// readers want one.
func (f *Feed) updated() time.Time {
	if f.Updated.IsZero() {
		return epoch
	}
	return writable(f.Updated.UTC())
}

// writable returns the Unix epoch where no format could write a time's year, else the
// time.
func writable(t time.Time) time.Time {
	if year := t.Year(); year < 1 || year > 9999 {
		return epoch
	}
	return t
}

// rfc3339 writes a date as Atom and JSON Feed have it, in its own zone and in whole
// seconds: the documents of a channel are further apart than that. The zero time gives
// "".
func rfc3339(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return writable(t).Format(time.RFC3339)
}

// rfc822 writes a date as RSS has it, in its own zone and with a year of four digits.
// The zero time gives "".
func rfc822(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return writable(t).Format(time.RFC1123Z)
}
