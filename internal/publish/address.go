package publish

import "github.com/kairan-news/kairan/feeds"

// FeedURL returns the permanent address of a channel in a format.
func FeedURL(site *feeds.Site, c feeds.Channel, format feeds.Format) string {
	return site.BaseURL + "/" + c.String() + "." + string(format)
}

// PageURL returns the address of a channel's page.
func PageURL(site *feeds.Site, c feeds.Channel) string {
	if c.Kind == feeds.ChannelAll {
		return site.BaseURL + "/" + c.Locale + "/"
	}
	return site.BaseURL + "/" + c.String()
}

// EntryURL returns the address of an article's page for the readers of a locale.
func EntryURL(site *feeds.Site, locale, slug string) string {
	return site.BaseURL + "/" + locale + "/n/" + slug
}

// ArchiveURL returns the permanent address of an archive in a format.
func ArchiveURL(site *feeds.Site, c feeds.Channel, archive int, format feeds.Format) string {
	return site.BaseURL + "/" + feeds.DocumentKey{Channel: c, Format: format, Archive: archive}.Path()
}

// archiveURLs are the addresses of an archive; nil for the one before the first.
func archiveURLs(site *feeds.Site, c feeds.Channel, archive int) map[feeds.Format]string {
	if archive < 1 {
		return nil
	}
	m := make(map[feeds.Format]string, len(feeds.Formats()))
	for _, format := range feeds.Formats() {
		m[format] = ArchiveURL(site, c, archive, format)
	}
	return m
}

func addresses(site *feeds.Site, c feeds.Channel) map[feeds.Format]string {
	m := make(map[feeds.Format]string, len(feeds.Formats()))
	for _, format := range feeds.Formats() {
		m[format] = FeedURL(site, c, format)
	}
	return m
}
