package readertest

import (
	_ "embed"
	"encoding/json"
)

// Libraries are run by a few lines in their own language, which print a [Feed] as JSON.
var (
	//go:embed feedparser.py
	feedparserScript string
	//go:embed xmlfeed.pl
	xmlFeedScript string

	// feedparser is what rss2email, feed2exec and many others read with.
	feedparser = Reader{Name: "feedparser", Package: "python3-feedparser", program: "python3", probe: []string{"-c", "import feedparser"}, read: readBy(feedparserScript, "-")}

	// xmlFeed is XML::Feed, with XML::RSS and XML::Atom beneath it.
	xmlFeed = Reader{Name: "XML::Feed", Package: "libxml-feed-perl", program: "perl", probe: []string{"-MXML::Feed", "-e", "1"}, read: readBy(xmlFeedScript, "-")}
)

// readBy reads with a script that stands on standard input, and is told the address.
func readBy(script, input string) func(v visit) (Feed, error) {
	return func(v visit) (Feed, error) {
		out, err := v.run(script, input, v.address)
		if err != nil {
			return Feed{}, err
		}
		var f Feed
		return f, json.Unmarshal(out, &f)
	}
}
