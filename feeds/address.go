package feeds

import (
	"strconv"
	"strings"
)

// Where things of a site stand. Paths have no slash at their beginning; an address is the
// site's own, a slash, and a path.

// URL returns the address of a path of the site.
func (s *Site) URL(path string) string { return s.BaseURL + "/" + path }

// The paths of the program's own icon, which stands for a site that has neither an icon nor
// a logo.
const (
	OwnIconPath    = "favicon.svg"
	OwnOldIconPath = "favicon.ico"
)

// PictureURL returns the address of a picture of the site; "" of none.
func (s *Site) PictureURL(p Picture) string {
	if p.Path != "" {
		return s.URL(p.Path)
	}
	return p.URL
}

// IconURL returns the address of the site's icon. That of a site that has a logo alone is
// "".
func (s *Site) IconURL() string {
	if !s.Icon.IsSet() && !s.Logo.IsSet() {
		return s.URL(OwnIconPath)
	}
	return s.PictureURL(s.Icon)
}

// PagePath returns the path of a channel's page. That of all that a locale has is the
// locale's home page.
func (c Channel) PagePath() string {
	if c.Kind == ChannelAll {
		return c.Locale + "/"
	}
	return c.String()
}

// ListPath returns the path of the page that lists a channel's notices, or those of an
// archive, counted from 1: that of its documents without the extension.
func (c Channel) ListPath(archive int) string {
	if archive == 0 {
		return c.String()
	}
	return c.String() + "." + strconv.Itoa(archive)
}

// ParseListPath reads the path of a page that lists notices, the inverse of
// [Channel.ListPath]. It does not look whether a site has the channel.
func ParseListPath(path string) (c Channel, archive int, ok bool) {
	name, number, isArchive := strings.Cut(path, ".")
	if isArchive {
		if archive, ok = parseArchive(number); !ok {
			return Channel{}, 0, false
		}
	}
	c, ok = ParseChannel(name)
	return c, archive, ok
}

// parseArchive reads the number of an archive as it stands in addresses: one document has
// one address.
func parseArchive(number string) (archive int, ok bool) {
	n, err := strconv.Atoi(number)
	return n, err == nil && n >= 1 && strconv.Itoa(n) == number
}

// ArticlePath returns the path of an article's page for the readers of a locale.
func ArticlePath(locale, slug string) string { return locale + "/n/" + slug }

// DocumentURLs returns the addresses of a channel's documents in all formats: of its live
// ones, or of an archive, counted from 1.
func (s *Site) DocumentURLs(c Channel, archive int) map[Format]string {
	urls := make(map[Format]string, len(Formats()))
	for _, format := range Formats() {
		urls[format] = s.URL(DocumentKey{Channel: c, Format: format, Archive: archive}.Path())
	}
	return urls
}
