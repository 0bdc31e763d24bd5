package feeds

// Where things of a site stand. Paths have no slash at their beginning; an address is the
// site's own, a slash, and a path.

// URL returns the address of a path of the site.
func (s *Site) URL(path string) string { return s.BaseURL + "/" + path }

// PagePath returns the path of a channel's page. That of all that a locale has is the
// locale's home page.
func (c Channel) PagePath() string {
	if c.Kind == ChannelAll {
		return c.Locale + "/"
	}
	return c.String()
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
