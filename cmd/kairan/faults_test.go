package main

import "slices"

// fault is what readers do not show of what they are told, and why.
type fault struct {
	readers []string
	format  string // empty for each
	field   string
	says    string   // in a sentence after the readers' names
	of      []string // the notices that show it; nil are all that have the field
}

// faults are those of readers, and what their formats have no room for. The table in
// docs/partners.md is made of them.
var faults = []fault{
	{readers: []string{"newsboat", "sfeed", "rsstail", "rss2email", "feed2exec", "XML::Feed"}, field: "language", says: "tells no language of an entry"},
	{readers: []string{"sfeed", "rsstail", "rss2email", "feed2exec"}, field: "site", says: "tells nothing of the feed's page"},

	{readers: []string{"feedparser", "rss2email"}, format: "rss", field: "title", says: "takes an RSS title for HTML where what it says looks like it, so that a title about `&amp;` shows `&`", of: []string{"entity"}},

	{readers: []string{"rsstail"}, format: "atom", field: "date", says: "dates an Atom entry by its last change", of: []string{"changed", "corrected"}},
	{readers: []string{"feed2exec"}, field: "date", says: "dates an entry by its last change", of: []string{"changed", "corrected"}},

	{readers: []string{"newsboat"}, format: "rss", field: "author", says: "shows the last of several authors of RSS", of: []string{"authors"}},
	{readers: []string{"sfeed"}, field: "author", says: "shows the first of several authors", of: []string{"authors"}},
	{readers: []string{"rsstail"}, format: "rss", field: "author", says: "reads RSS's `author`, which is an address, and no `dc:creator`"},
	{readers: []string{"rsstail"}, format: "atom", field: "author", says: "shows the first of several authors", of: []string{"authors"}},
	{readers: []string{"rss2email", "feed2exec"}, format: "rss", field: "author", says: "writes in the name of the first of several authors of RSS", of: []string{"authors"}},
	{readers: []string{"rss2email", "feed2exec"}, format: "atom", field: "author", says: "writes in the name of the last of several authors of Atom", of: []string{"authors"}},
	{readers: []string{"XML::Feed"}, format: "atom", field: "author", says: "shows the first of several authors of Atom", of: []string{"authors"}},

	{readers: []string{"rsstail"}, field: "picture", says: "prints no picture"},

	{readers: []string{"newsboat"}, field: "enclosure", says: "keeps one file, and only sound and film", of: []string{"files", "unmeasured"}},
	{readers: []string{"sfeed"}, field: "enclosure", says: "keeps the first of several files", of: []string{"files"}},
	{readers: []string{"feedparser", "rss2email", "XML::Feed"}, format: "rss", field: "enclosure", says: "shows the first of several files of RSS, where one `enclosure` stands and Media RSS has the others", of: []string{"files"}},
	{readers: []string{"rsstail", "feed2exec"}, field: "enclosure", says: "tells no files"},
}

// faultOf returns what is known to be wrong; the zero fault is nothing.
func faultOf(reader, format, field string) fault {
	for _, f := range faults {
		if slices.Contains(f.readers, reader) && f.field == field && (f.format == "" || f.format == format) {
			return f
		}
	}
	return fault{}
}
