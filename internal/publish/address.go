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

func addresses(site *feeds.Site, c feeds.Channel) map[feeds.Format]string {
	m := make(map[feeds.Format]string, len(feeds.Formats()))
	for _, format := range feeds.Formats() {
		m[format] = FeedURL(site, c, format)
	}
	return m
}
