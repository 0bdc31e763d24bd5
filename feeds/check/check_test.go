package check

import (
	"bytes"
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/internal/sample"
)

// TestRenderedPasses proves that what is rendered passes, whatever is in it.
func TestRenderedPasses(t *testing.T) {
	for name, feed := range map[string]feeds.Feed{"full": sample.Feed(), "empty": sample.Empty(), "archive": sample.Archive(), "long": sample.Long(50, 1200), "hostile": sample.Hostile()} {
		for _, format := range feeds.Formats() {
			if err := Document(format, sample.Render(t, feed, format)); err != nil {
				t.Errorf("%s.%s: %v", name, format, err)
			}
		}
	}
}

// faulty is a document with one fault: what the sample's document becomes when new
// stands in the place of the first old. An empty old puts new behind the document.
type faulty struct {
	name   string
	format feeds.Format
	rule   Rule
	old    string
	new    string
}

var faults = []faulty{
	// Bytes and syntax.
	{"a byte that is not UTF-8", feeds.RSS, RuleEncoding, "Sample City", "S\xffmple City"},
	{"a control character", feeds.Atom, RuleEncoding, "Sample City", "S\x0bmple City"},
	{"a noncharacter", feeds.JSONFeed, RuleEncoding, "Sample City", "S\uFFFFmple City"},
	{"a code point that is no character, in a title", feeds.RSS, RuleEncoding, "<title>Governor", "<title>\U0001FFFEGovernor"},
	{"a code point that is no character, in a summary", feeds.Atom, RuleEncoding, "On Wednesday", "On \uFDD0Wednesday"},
	{"a code point that is no character, in a text", feeds.JSONFeed, RuleEncoding, "link</a>", "link\uFDD0</a>"},
	{"an escaped control character", feeds.JSONFeed, RuleEncoding, "Sample City", `S\u0008mple City`},
	{"an escaped control character by name", feeds.JSONFeed, RuleEncoding, "Sample City", `S\bmple City`},
	{"a byte order mark", feeds.RSS, RuleEncoding, "<?xml", "\uFEFF<?xml"},
	{"a declaration of another encoding", feeds.RSS, RuleEncoding, `encoding="UTF-8"`, `encoding="Shift_JIS"`},
	{"XML 1.1", feeds.RSS, RuleSyntax, `version="1.0"`, `version="1.1"`},
	{"a declaration that is not first", feeds.Atom, RuleSyntax, "<?xml", " <?xml"},
	{"a document type", feeds.RSS, RuleSyntax, "<rss", "<!DOCTYPE rss><rss"},
	{"an element that does not end", feeds.Atom, RuleSyntax, "</generator>", ""},
	{"an end tag of another element", feeds.Atom, RuleSyntax, "</generator>", "</title>"},
	{"a document that is cut off", feeds.RSS, RuleSyntax, "</channel>\n</rss>", ""},
	{"a second root", feeds.RSS, RuleSyntax, "", "<rss/>"},
	{"text after the root", feeds.Atom, RuleSyntax, "", "end"},
	{"an undeclared entity", feeds.RSS, RuleSyntax, "Sample City", "S&auml;mple City"},
	{"a bare ampersand", feeds.Atom, RuleSyntax, "Sample City", "S & C"},
	{"a reference to a forbidden character", feeds.RSS, RuleSyntax, "Sample City", "S&#8;C"},
	{"an undeclared prefix", feeds.RSS, RuleSyntax, "<k:seq>12</k:seq>", "<q:seq>12</q:seq>"},
	{"an undeclared prefix of an attribute", feeds.Atom, RuleSyntax, `<k:seq>`, `<k:seq q:a="1">`},
	{"an attribute twice", feeds.RSS, RuleSyntax, `rel="self"`, `rel="self" rel="self"`},
	{"an attribute without quotes", feeds.RSS, RuleSyntax, `rel="self"`, `rel=self`},
	{"a less-than in an attribute", feeds.RSS, RuleSyntax, `rel="self"`, `rel="<"`},
	{"the end of a CDATA section in text", feeds.RSS, RuleSyntax, "Sample City", "]]> City"},
	{"a CDATA section that does not end", feeds.RSS, RuleSyntax, "<title>", "<title><![CDATA["},
	{"a comment with two hyphens", feeds.RSS, RuleSyntax, "<channel>", "<channel><!-- a -- b -->"},
	{"an instruction that is too short", feeds.RSS, RuleSyntax, "<channel>", "<channel><?>"},
	{"an instruction that does not end", feeds.RSS, RuleSyntax, "<channel>", "<channel><?a"},
	{"elements nested too deep", feeds.RSS, RuleSyntax, "<channel>", strings.Repeat("<a>", 70)},
	{"a trailing comma", feeds.JSONFeed, RuleSyntax, `"Sample City: all notices",`, `"Sample City: all notices",,`},
	{"a comma before the end", feeds.JSONFeed, RuleSyntax, `"tags": [`, `"tags": [,`},
	{"a string that does not end", feeds.JSONFeed, RuleSyntax, `"Sample City: all notices",`, `"Sample City`},
	{"a raw line feed in a string", feeds.JSONFeed, RuleSyntax, "Sample City", "Sample\nCity"},
	{"an escape that is none", feeds.JSONFeed, RuleSyntax, "Sample City", `Sample\x City`},
	{"half a surrogate pair", feeds.JSONFeed, RuleSyntax, "Sample City", `Sample \ud83d City`},
	{"a number with a leading zero", feeds.JSONFeed, RuleSyntax, `"seq": 12`, `"seq": 012`},
	{"something after the document", feeds.JSONFeed, RuleSyntax, "", "{}"},
	{"a word that is no value", feeds.JSONFeed, RuleSyntax, `"seq": 12`, `"seq": twelve`},
	{"values nested too deep", feeds.JSONFeed, RuleSyntax, `"seq": 12`, `"seq": ` + strings.Repeat("[", 70)},

	// The outermost element.
	{"another root", feeds.Atom, RuleRoot, `<feed xmlns="http://www.w3.org/2005/Atom"`, `<feed xmlns="http://purl.org/atom/ns#"`},
	{"another version of RSS", feeds.RSS, RuleRoot, `version="2.0"`, `version="0.92"`},
	{"another version of JSON Feed", feeds.JSONFeed, RuleRoot, "version/1.1", "version/1"},
	{"an array for a feed", feeds.JSONFeed, RuleRoot, "{", "[{"},

	// What is known.
	{"an element of RSS that there is not", feeds.RSS, RuleUnknown, "<ttl>", "<cloudy/><ttl>"},
	{"an element of an item that there is not", feeds.RSS, RuleUnknown, "<guid", "<rating>5</rating><guid"},
	{"an attribute of RSS that there is not", feeds.RSS, RuleUnknown, "<guid ", `<guid color="red" `},
	{"an element of Atom that there is not", feeds.Atom, RuleUnknown, "<icon>", "<modified/><icon>"},
	{"an element of an entry that there is not", feeds.Atom, RuleUnknown, "<published>", "<issued/><published>"},
	{"an icon in an entry", feeds.Atom, RuleUnknown, "<published>", "<icon>https://a.example/</icon><published>"},
	{"an attribute of Atom that there is not", feeds.Atom, RuleUnknown, "<author>", `<author role="x">`},
	{"an element of a person that there is not", feeds.Atom, RuleUnknown, "<author>", `<author><phone>1</phone>`},
	{"content out of line", feeds.Atom, RuleUnknown, "<content ", `<content src="https://a.example/" `},
	{"an element of ours that there is not", feeds.Atom, RuleUnknown, "<k:seq>12</k:seq>", "<k:sequence>12</k:sequence>"},
	{"an attribute of ours that there is not", feeds.RSS, RuleUnknown, "<k:version ", `<k:version page="https://a.example/" `},
	{"a term of the DCMI that we don't write", feeds.RSS, RuleUnknown, "<dcterms:modified>", "<dcterms:issued>2026-02-07</dcterms:issued><dcterms:modified>"},
	{"an element of Media RSS that we don't write", feeds.RSS, RuleUnknown, "<media:description", "<media:hash/><media:description"},
	{"a tombstone's element that there is not", feeds.Atom, RuleUnknown, "<at:deleted-entry", "<at:by/><at:deleted-entry"},
	{"Dublin Core that we don't write", feeds.RSS, RuleUnknown, "<dc:creator>", "<dc:format>x</dc:format><dc:creator>"},
	{"Dublin Core in the channel", feeds.RSS, RuleUnknown, "<ttl>", "<dc:language>en</dc:language><ttl>"},
	{"a key of a feed that there is not", feeds.JSONFeed, RuleUnknown, `"icon":`, `"icons": 1, "icon":`},
	{"a key of an item that there is not", feeds.JSONFeed, RuleUnknown, `"content_html":`, `"content": "", "content_html":`},
	{"a key of an attachment that there is not", feeds.JSONFeed, RuleUnknown, `"mime_type":`, `"size": 1, "mime_type":`},
	{"a key of an author that there is not", feeds.JSONFeed, RuleUnknown, `"name":`, `"email": "a@b.c", "name":`},
	{"an unknown namespace in RSS", feeds.RSS, RuleNamespace, "<ttl>", `<x xmlns="http://x.example/"/><ttl>`},
	{"an unknown namespace in an entry", feeds.Atom, RuleNamespace, "<published>", `<x xmlns="http://x.example/"/><published>`},

	// What is required.
	{"a feed without a title", feeds.Atom, RuleMissing, `<title type="text">Sample City: all notices</title>`, ""},
	{"a feed without an id", feeds.Atom, RuleMissing, "<id>urn:uuid:6ca82994-cd3e-594b-b0d7-05b1473bf558</id>", ""},
	{"a feed without a date", feeds.Atom, RuleMissing, "<updated>2026-02-10T03:04:05Z</updated>", ""},
	{"an entry without a date", feeds.Atom, RuleMissing, "<updated>2026-02-08T03:04:05Z</updated>", ""},
	{"an entry without an id", feeds.Atom, RuleMissing, "<id>https://city.example/2026/1</id>", ""},
	{"a link without an address", feeds.Atom, RuleMissing, ` href="https://news.example/en/all.rss"`, ""},
	{"a category without a term", feeds.Atom, RuleMissing, `term="government" `, ""},
	{"a person without a name", feeds.Atom, RuleMissing, "<name>Press Office</name>", ""},
	{"a tombstone without a date", feeds.Atom, RuleMissing, ` when="2026-02-09T03:04:05Z"`, ""},
	{"a tombstone without an id", feeds.Atom, RuleMissing, `ref="urn:uuid:48fe276f-f68e-57f6-8b4e-93fdf939468a" `, ""},
	{"a channel without a title", feeds.RSS, RuleMissing, "<title>Sample City: all notices</title>\n<link>", "<link>"},
	{"a channel without a description", feeds.RSS, RuleMissing, "<description>Everything that Sample City and its partners publish.</description>", ""},
	{"a channel without a date", feeds.RSS, RuleMissing, "<lastBuildDate>Tue, 10 Feb 2026 03:04:05 +0000</lastBuildDate>", ""},
	{"an item without a guid", feeds.RSS, RuleMissing, `<guid isPermaLink="true">https://city.example/2026/1</guid>`, ""},
	{"an item without a link", feeds.RSS, RuleMissing, `<link>https://city.example/2026/1</link>`, ""},
	{"an item without a date", feeds.RSS, RuleMissing, `<pubDate>Sun, 01 Feb 2026 03:04:05 +0000</pubDate>`, ""},
	{"an enclosure without a length", feeds.RSS, RuleMissing, ` length="12345"`, ""},
	{"an enclosure without a type", feeds.RSS, RuleMissing, ` length="12345" type="application/pdf"`, ` length="12345"`},
	{"a source without an id", feeds.Atom, RuleMissing, "<id>https://city.example/feed</id>", ""},
	{"a source without a title", feeds.Atom, RuleMissing, `<title type="text">City News</title>`, ""},
	{"a source without a date", feeds.Atom, RuleMissing, "<updated>2026-02-07T03:04:05Z</updated>\n<author>", "<author>"},
	{"a source without an address", feeds.RSS, RuleMissing, ` url="https://city.example/feed.xml"`, ""},
	{"an image without a title", feeds.RSS, RuleMissing, "<url>https://news.example/logo.png</url>\n<title>Sample City: all notices</title>", "<url>https://news.example/logo.png</url>"},
	{"a version without an id", feeds.RSS, RuleMissing, `<k:version id="urn:uuid:5f2c1a52-8f5c-5a0a-9f0a-0a4a6f6d1d01"`, "<k:version"},
	{"a category of ours without a term", feeds.RSS, RuleMissing, `<k:category term="government"/>`, "<k:category/>"},
	{"a category of the source without a term", feeds.Atom, RuleMissing, `<k:source-category term="Gov &amp; Co"`, "<k:source-category"},
	{"a picture without an address", feeds.RSS, RuleMissing, `<media:content url="https://city.example/2"`, `<media:content`},
	{"a thumbnail without an address", feeds.Atom, RuleMissing, `<media:thumbnail url="https://city.example/1.jpg"`, `<media:thumbnail`},
	{"a transcript without a type", feeds.RSS, RuleMissing, ` type="text/vtt"`, ""},
	{"an episode's picture without an address", feeds.RSS, RuleMissing, `<itunes:image href="https://city.example/1.jpg"`, `<itunes:image`},
	{"RSS without a channel", feeds.RSS, RuleMissing, "<channel>", "</rss><!--"},
	{"a JSON feed without a title", feeds.JSONFeed, RuleMissing, `"title": "Sample City: all notices",`, ""},
	{"a JSON feed without items", feeds.JSONFeed, RuleMissing, `"items":`, `"_items": {}, "_more":`},
	{"an item of JSON without an id", feeds.JSONFeed, RuleMissing, `"id": "https://city.example/2026/1",`, ""},
	{"an item of JSON without content", feeds.JSONFeed, RuleMissing, `"content_html":`, `"summary_":`},
	{"an author of JSON who is nobody", feeds.JSONFeed, RuleMissing, `"name": "Press Office",
"url": "mailto:press@city.example"`, ""},
	{"an attachment without a type", feeds.JSONFeed, RuleMissing, `"mime_type": "audio/mpeg"`, `"title": "A"`},

	// What stands once.
	{"two titles of a feed", feeds.Atom, RuleDuplicate, "<icon>", "<title>a</title><icon>"},
	{"two contents", feeds.Atom, RuleDuplicate, "<published>", "<content>a</content><published>"},
	{"a withdrawal twice", feeds.Atom, RuleDuplicate, "<at:deleted-entry", `<at:deleted-entry ref="urn:uuid:48fe276f-f68e-57f6-8b4e-93fdf939468a" when="2026-02-09T03:04:05Z"/><at:deleted-entry`},
	{"two descriptions of a channel", feeds.RSS, RuleDuplicate, "<ttl>", "<description>a</description><ttl>"},
	{"two enclosures", feeds.RSS, RuleDuplicate, "<enclosure", `<enclosure url="https://a.example/" length="1" type="a/b"/><enclosure`},
	{"two languages of an item", feeds.RSS, RuleDuplicate, "<dc:language>en</dc:language>", "<dc:language>en</dc:language><dc:language>ja</dc:language>"},
	{"two publishers of an item", feeds.RSS, RuleDuplicate, "<dc:publisher>", "<dc:publisher>a</dc:publisher><dc:publisher>"},
	{"two licences of an item", feeds.RSS, RuleDuplicate, "<dcterms:license>", "<dcterms:license>https://a.example/</dcterms:license><dcterms:license>"},
	{"two thumbnails", feeds.RSS, RuleDuplicate, "<media:thumbnail", `<media:thumbnail url="https://a.example/"/><media:thumbnail`},
	{"two seasons", feeds.RSS, RuleDuplicate, "<itunes:season>", "<itunes:season>1</itunes:season><itunes:season>"},
	{"two of our sequence numbers", feeds.RSS, RuleDuplicate, "<k:seq>", "<k:seq>1</k:seq><k:seq>"},
	{"a key twice", feeds.JSONFeed, RuleDuplicate, `"title":`, `"title": "a", "title":`},
	{"a key of an extension twice", feeds.JSONFeed, RuleDuplicate, `"seq": 12`, `"seq": 12, "seq": 12`},

	// What must say something.
	{"an empty title of a feed", feeds.Atom, RuleEmpty, "Sample City: all notices", ""},
	{"an empty title of an item", feeds.RSS, RuleEmpty, "[Thai] ประกาศเรื่องน้ำท่วม", " "},
	{"an empty title in JSON", feeds.JSONFeed, RuleEmpty, "[Thai] ประกาศเรื่องน้ำท่วม", ""},
	{"an empty tag", feeds.JSONFeed, RuleEmpty, `"International relations"`, `""`},
	{"an empty id", feeds.Atom, RuleEmpty, "https://city.example/2026/1</id>", "</id>"},
	{"an empty category", feeds.RSS, RuleEmpty, ">Government</category>", "></category>"},

	// Text and elements in their places.
	{"text between elements", feeds.Atom, RuleText, "<icon>", "text<icon>"},
	{"text between items", feeds.RSS, RuleText, "<item>", "text<item>"},
	{"an element in a title", feeds.RSS, RuleText, "Sample City", "<b>Sample</b> City"},
	{"text in a version", feeds.RSS, RuleText, `title="Compte rendu"/>`, `title="Compte rendu">a</k:version>`},
	{"text in a link", feeds.Atom, RuleText, `length="12345"/>`, `length="12345">a</link>`},

	// Types.
	{"a type of text that we don't write", feeds.Atom, RuleType, `<title type="text"`, `<title type="xhtml"`},
	{"a negative ttl", feeds.RSS, RuleType, "<ttl>30", "<ttl>-30"},
	{"a length that is no number", feeds.RSS, RuleType, `length="12345"`, `length="12 kB"`},
	{"a medium that is none", feeds.RSS, RuleType, `medium="image"`, `medium="picture"`},
	{"a permalink that is neither true nor false", feeds.RSS, RuleType, `isPermaLink="false"`, `isPermaLink="no"`},
	{"a title that is a number", feeds.JSONFeed, RuleType, `"Sample City: all notices"`, `1`},
	{"items that are no array", feeds.JSONFeed, RuleType, `"tags": [
"Government",
"International relations",
"Urgent & now"
]`, `"tags": "Government"`},
	{"a duration that is a time", feeds.RSS, RuleType, `duration="754"`, `duration="12:34"`},
	{"an episode that is none", feeds.RSS, RuleType, "<itunes:episode>7", "<itunes:episode>0"},
	{"a season that is no number", feeds.Atom, RuleType, "<itunes:season>2", "<itunes:season>two"},
	{"what is neither explicit nor clean", feeds.Atom, RuleType, "<itunes:explicit>false", "<itunes:explicit>no"},
	{"a kind of episode that is none", feeds.RSS, RuleType, "<itunes:episodeType>full", "<itunes:episodeType>long"},
	{"a size that is text", feeds.JSONFeed, RuleType, `"size_in_bytes": 12345`, `"size_in_bytes": "12345"`},
	{"an extension that is no object", feeds.JSONFeed, RuleType, `"icon":`, `"_x": 1, "icon":`},
	{"an item that is no object", feeds.JSONFeed, RuleType, `"items": [`, `"items": [1,`},
	{"expired that is no boolean", feeds.JSONFeed, RuleType, `"icon":`, `"expired": 0, "icon":`},

	// Order, dates, addresses, languages, types of media, e-mail.
	{"content before the description", feeds.RSS, RuleOrder, "<item>", "<item><content:encoded>a</content:encoded>"},
	{"a date without a zone", feeds.Atom, RuleDate, "2026-02-08T03:04:05Z", "2026-02-08T03:04:05"},
	{"a date in lower case", feeds.Atom, RuleDate, "2026-02-08T03:04:05Z", "2026-02-08t03:04:05z"},
	{"a day that there is not", feeds.JSONFeed, RuleDate, "2026-02-01T03:04:05Z", "2026-02-30T03:04:05Z"},
	{"a year of two digits", feeds.RSS, RuleDate, "01 Feb 2026", "01 Feb 26"},
	{"a weekday that it was not", feeds.RSS, RuleDate, "Sun, 01 Feb 2026", "Mon, 01 Feb 2026"},
	{"a zone by name", feeds.RSS, RuleDate, "03:04:05 +0000", "03:04:05 JST"},
	{"a relative link", feeds.Atom, RuleIRI, `href="https://city.example/2026/1"`, `href="/2026/1"`},
	{"a link with a space", feeds.Atom, RuleIRI, `href="https://city.example/2026/1"`, `href="https://city.example/2026 1"`},
	{"a link without a host", feeds.RSS, RuleIRI, "<link>https://news.example/en/</link>", "<link>https:///en/</link>"},
	{"an id that is no IRI", feeds.Atom, RuleIRI, "<id>https://city.example/2026/1</id>", "<id>2026/1</id>"},
	{"an address with a broken escape", feeds.JSONFeed, RuleIRI, `"home_page_url": "https://news.example/en/"`, `"home_page_url": "https://news.example/%e"`},
	{"a link that is not encoded", feeds.RSS, RuleIRI, "<link>https://city.example/2026/1</link>", "<link>https://city.example/回覧</link>"},
	{"an address with brackets", feeds.RSS, RuleIRI, "<link>https://city.example/2026/1</link>", "<link>https://city.example/a[1]</link>"},
	{"an address with two number signs", feeds.RSS, RuleIRI, "<link>https://city.example/2026/1</link>", "<link>https://city.example/#a#b</link>"},
	{"a host of dots", feeds.JSONFeed, RuleIRI, `"home_page_url": "https://news.example/en/"`, `"home_page_url": "https://../en/"`},
	{"a port of letters", feeds.RSS, RuleIRI, "<link>https://city.example/2026/1</link>", "<link>https://city.example:port/</link>"},
	{"a licence that is no address", feeds.RSS, RuleIRI, "<dcterms:license>", "<dcterms:license>CC BY "},
	{"a link that is a script", feeds.RSS, RuleIRI, "<link>https://city.example/2026/1</link>", "<link>javascript:alert(1)</link>"},
	{"a language that is none", feeds.Atom, RuleLanguage, `xml:lang="ja"`, `xml:lang="japanese"`},
	{"a language with an underscore", feeds.RSS, RuleLanguage, "<language>en", "<language>en_US"},
	{"a feed without a language", feeds.Atom, RuleLanguage, ` xml:lang="en" xmlns:at`, ` xmlns:at`},
	{"an entry without a language", feeds.Atom, RuleLanguage, `<entry xml:lang="ja">`, `<entry>`},
	{"a channel without a language", feeds.RSS, RuleLanguage, "<language>en</language>", ""},
	{"a JSON feed without a language", feeds.JSONFeed, RuleLanguage, `"language": "en",`, ""},
	{"a link's language that is none", feeds.Atom, RuleLanguage, `hreflang="fr"`, `hreflang="f r"`},
	{"a type of media that is none", feeds.Atom, RuleMediaType, `type="audio/mpeg"`, `type="mp3"`},
	{"a type of an enclosure that is none", feeds.RSS, RuleMediaType, `type="application/pdf"`, `type="pdf"`},
	{"a type of an attachment that is none", feeds.JSONFeed, RuleMediaType, `"audio/mpeg"`, `"mp3"`},
	{"an address of e-mail that is none", feeds.Atom, RuleEmail, "press@city.example", "press at city"},
	{"an author that is a name", feeds.RSS, RuleEmail, "<guid", "<author>Press Office</author><guid"},

	// What is ours in JSON.
	{"a key of ours that there is not", feeds.JSONFeed, RuleUnknown, `"reason": "correction"`, `"cause": "correction"`},
	{"a key of ours within another that there is not", feeds.JSONFeed, RuleUnknown, `"scheme": "https://city.example/terms"`, `"href": "https://city.example/terms"`},
	{"a reason that there is not", feeds.JSONFeed, RuleType, `"reason": "correction"`, `"reason": "whim"`},
	{"a sequence number in quotes", feeds.JSONFeed, RuleType, `"seq": 12`, `"seq": "12"`},
	{"a sequence number with a fraction", feeds.JSONFeed, RuleType, `"seq": 12`, `"seq": 1.2`},
	{"a date of ours that is none", feeds.JSONFeed, RuleDate, `"seen": "`, `"seen": "on `},
	{"an address of ours that is none", feeds.JSONFeed, RuleIRI, `"about": "https:`, `"about": "urn:`},
	{"a locale in no language", feeds.JSONFeed, RuleLanguage, `"locales": [`, `"locales": [{"language": "Arabic", "url": "https://news.example/"},`},
	{"a version without an id", feeds.JSONFeed, RuleMissing, `"versions": [`, `"versions": [{"url": "https://news.example/"},`},
	{"a picture of half a pixel", feeds.JSONFeed, RuleType, `"width": 640`, `"width": 0.5`},
	{"a transcript of no type", feeds.JSONFeed, RuleMediaType, `"mime_type": "text/vtt"`, `"mime_type": "vtt"`},
	{"a feed without its channel", feeds.JSONFeed, RuleMissing, `"channel": "en/all",`, ""},
	{"a feed whose words are a list", feeds.JSONFeed, RuleType, `"_kairan": {`, `"_kairan": [], "_other": {`},

	// Ids, links, guids, images, withdrawals.
	{"an id twice in Atom", feeds.Atom, RuleUniqueID, "<id>https://city.example/2026/1</id>", "<id>urn:uuid:c27218f0-fc98-5916-814e-fc19ef123a11</id>"},
	{"a guid twice", feeds.RSS, RuleUniqueID, `<guid isPermaLink="true">https://city.example/2026/1</guid>`, `<guid isPermaLink="false">urn:uuid:c27218f0-fc98-5916-814e-fc19ef123a11</guid>`},
	{"an id twice in JSON", feeds.JSONFeed, RuleUniqueID, `"id": "https://city.example/2026/1"`, `"id": "urn:uuid:c27218f0-fc98-5916-814e-fc19ef123a11"`},
	{"a feed without a link to itself", feeds.Atom, RuleSelf, `rel="self"`, `rel="via"`},
	{"a channel with two links to itself", feeds.RSS, RuleSelf, `rel="alternate"`, `rel="self"`},
	{"a JSON feed without its address", feeds.JSONFeed, RuleSelf, `"feed_url"`, `"next_url"`},
	{"two alternates of one kind", feeds.Atom, RuleAlternate, `hreflang="fr"`, `hreflang="ja"`},
	{"two alternates of one kind in RSS", feeds.RSS, RuleAlternate, `type="application/atom+xml" hreflang="en"`, `type="application/feed+json" hreflang="en"`},
	{"a feed whose first alternate has a type", feeds.Atom, RuleOwnLink, `rel="alternate" href="https://news.example/en/"`, `rel="alternate" type="text/html" href="https://news.example/en/"`},
	{"a feed whose first alternate is another format", feeds.Atom, RuleOwnLink, `<link rel="alternate" href="https://news.example/en/"/>`, ""},
	{"a feed whose last alternate is another language's page", feeds.Atom, RuleOwnLink, `<link rel="alternate" type="text/html" hreflang="en" href="https://news.example/en/"/>`, ""},
	{"an entry whose own link is not first", feeds.Atom, RuleOwnLink, `<link rel="alternate" href="https://city.example/2026/1"/>`, ""},
	{"an entry whose own link is not last", feeds.Atom, RuleOwnLink, `<link rel="alternate" type="text/html" hreflang="en" href="https://city.example/2026/1"/>`, ""},
	{"an entry whose own link is last without its type", feeds.Atom, RuleOwnLink, `type="text/html" hreflang="en" href="https://city.example/2026/1"`, `hreflang="en" href="https://city.example/2026/1"`},
	{"an entry whose own link is last with another language", feeds.Atom, RuleOwnLink, `hreflang="en" href="https://city.example/2026/1"`, `hreflang="de" href="https://city.example/2026/1"`},
	{"an entry whose last alternate leads elsewhere", feeds.Atom, RuleOwnLink, `hreflang="en" href="https://city.example/2026/1"`, `hreflang="en" href="https://city.example/2026/2"`},
	{"a channel whose first alternate is another format", feeds.RSS, RuleOwnLink, `<atom:link rel="alternate" href="https://news.example/en/"/>`, ""},
	{"a channel whose last alternate is another language's page", feeds.RSS, RuleOwnLink, `<atom:link rel="alternate" type="text/html" hreflang="en" href="https://news.example/en/"/>`, ""},
	{"a channel whose alternates are not its page", feeds.RSS, RuleOwnLink, "<link>https://news.example/en/</link>\n<description>", "<link>https://news.example/ja/</link>\n<description>"},
	{"a permalink that is no address", feeds.RSS, RulePermalink, `isPermaLink="false"`, `isPermaLink="true"`},
	{"a guid that is a permalink by omission", feeds.RSS, RulePermalink, ` isPermaLink="false"`, ``},
	{"an image with another title", feeds.RSS, RuleImage, "<title>Sample City: all notices</title>\n<link>", "<title>Logo</title>\n<link>"},
	{"an image that is a drawing", feeds.RSS, RuleImage, "logo.png", "logo.svg"},
	{"a live feed with something behind it", feeds.Atom, RuleArchive, `rel="alternate" type="text/html" hreflang="en"`, `rel="next-archive"`},
	{"a live feed that is an archive", feeds.RSS, RuleArchive, "<k:channel>", `<fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/><k:channel>`},
	{"a next page that is the feed itself", feeds.JSONFeed, RuleArchive, `"feed_url"`, `"next_url": "https://news.example/en/all.json", "feed_url"`},
	{"an entry that is withdrawn", feeds.Atom, RuleWithdrawn, `ref="urn:uuid:48fe276f-f68e-57f6-8b4e-93fdf939468a"`, `ref="https://city.example/2026/1"`},

	// Content.
	{"a script", feeds.RSS, RuleActive, "<p>กรุณา", "<script>alert(1)</script><p>กรุณา"},
	{"a frame", feeds.Atom, RuleActive, "<p>กรุณา", `<iframe src="https://a.example/"></iframe><p>กรุณา`},
	{"an event", feeds.JSONFeed, RuleActive, "<p>กรุณา", `<p onclick=\"x()\">กรุณา`},
	{"an event in capitals", feeds.RSS, RuleActive, "<p>กรุณา", `<p ONCLICK="x()">กรุณา`},
	{"a style", feeds.RSS, RuleActive, "<p>กรุณา", `<p style="position:fixed">กรุณา`},
	{"a link that runs", feeds.Atom, RuleActive, "<p>กรุณา", `<a href="JavaScript:x()">กรุณา`},
	{"a link that runs, disguised", feeds.Atom, RuleActive, "<p>กรุณา", `<a href="java&#115;cript:x()">กรุณา`},
	{"a picture of data", feeds.RSS, RuleActive, "<p>กรุณา", `<img src="data:image/png;base64,AA=="/>กรุณา`},
	{"a relative link in content", feeds.RSS, RuleRelative, "<p>กรุณา", `<a href="/a">กรุณา`},
	{"a link in content without a scheme", feeds.Atom, RuleRelative, "<p>กรุณา", `<a href="//a.example/">กรุณา`},
	{"a relative picture", feeds.JSONFeed, RuleRelative, "<p>กรุณา", `<img src=\"a.png\"/>กรุณา`},
	{"a picture of a relative set", feeds.RSS, RuleRelative, "<p>กรุณา", `<img srcset="https://a.example/1 1x, 2.png 2x"/>กรุณา`},
	{"an element that readers don't show", feeds.RSS, RuleMarkup, "<p>กรุณา", "<marquee>กรุณา"},
	{"a bare less-than in content", feeds.Atom, RuleMarkup, "<p>กรุณา", "<p>1 < 2 กรุณา"},
	{"an attribute in content without quotes", feeds.RSS, RuleMarkup, "<p>กรุณา", "<p dir=rtl>กรุณา"},
	{"a tag in content that does not end", feeds.RSS, RuleMarkup, "<p>กรุณาอพยพไปยังที่ปลอดภัย</p></div>", `<p dir="ltr`},
	{"a comment in content", feeds.RSS, RuleMarkup, "<p>กรุณา", "<!-- a --><p>กรุณา"},
}

// TestFaults proves that each fault is found, by its rule, and in its place.
func TestFaults(t *testing.T) {
	docs := map[feeds.Format]string{}
	for _, format := range feeds.Formats() {
		docs[format] = string(sample.Render(t, sample.Feed(), format))
	}
	for _, f := range faults {
		t.Run(string(f.format)+"/"+f.name, func(t *testing.T) {
			doc, at := docs[f.format]+f.new, len(docs[f.format])
			if f.old != "" {
				if at = strings.Index(docs[f.format], f.old); at < 0 {
					t.Fatalf("the sample has no %q", f.old)
				}
				doc = strings.Replace(docs[f.format], f.old, f.new, 1)
			}
			if strings.HasSuffix(f.new, "<!--") {
				doc = doc[:at] + "</rss>" // the rest is not there
			}
			var found Faults
			if err := Document(f.format, []byte(doc)); !errors.As(err, &found) {
				t.Fatalf("Check says %v, not that %s", err, f.rule)
			}
			for _, fault := range found {
				if fault.Rule == f.rule {
					return
				}
			}
			t.Errorf("Check finds %v, not rule %s", found, f.rule)
		})
	}
}

// TestEveryRuleHasAFault proves that no rule is a dead letter.
func TestEveryRuleHasAFault(t *testing.T) {
	source, err := os.ReadFile("rule.go")
	if err != nil {
		t.Fatal(err)
	}
	broken := map[Rule]bool{}
	for _, f := range faults {
		broken[f.rule] = true
	}
	rules := regexp.MustCompile(`Rule\w+ +Rule = "([a-z-]+)"`).FindAllSubmatch(source, -1)
	if len(rules) < 20 {
		t.Fatalf("found only %d rules in rule.go", len(rules))
	}
	for _, m := range rules {
		if !broken[Rule(m[1])] {
			t.Errorf("no document breaks rule %s", m[1])
		}
	}
}

// TestEveryFaultIsReported proves that the check does not end with the first fault,
// and says where each is.
func TestEveryFaultIsReported(t *testing.T) {
	doc := `<?xml version="1.0"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>回覧</title><link>https://a.example/</link><description>a</description><language>ja</language>
<lastBuildDate>Sun, 01 Feb 2026 03:04:05 GMT</lastBuildDate>
<atom:link rel="self" href="https://a.example/a.rss"/>
<item><title>題</title><link>/b</link><description>二 &lt;script></description><guid>b</guid><pubDate>gestern</pubDate></item>
</channel></rss>`
	want := []string{"6:29: iri", "6:51: active", "6:84: permalink", "6:101: date"}
	var found Faults
	if !errors.As(Document(feeds.RSS, []byte(doc)), &found) {
		t.Fatal("no faults")
	}
	if len(found) != len(want) {
		t.Fatalf("faults:\n%v", found)
	}
	for i, fault := range found {
		if !strings.HasPrefix(fault.String(), want[i]) {
			t.Errorf("fault %d is %s; want %s", i, fault, want[i])
		}
	}
}

// TestFaultsAreBounded proves that a document of nothing but faults is reported in
// bounded space and time.
func TestFaultsAreBounded(t *testing.T) {
	doc := `<rss version="2.0"><channel>` + strings.Repeat("<item/>", 1000) + "</channel></rss>"
	var found Faults
	if !errors.As(Document(feeds.RSS, []byte(doc)), &found) || len(found) != mostFaults {
		t.Errorf("%d faults; want %d", len(found), mostFaults)
	}
}

// TestCheckNeverPanics cuts documents off everywhere, and garbles each byte.
func TestCheckNeverPanics(t *testing.T) {
	f := sample.Feed()
	f.Entries = f.Entries[:1]
	for _, format := range feeds.Formats() {
		doc := bytes.TrimSpace(sample.Render(t, f, format))
		for i := 0; i < len(doc); i += 3 {
			if Document(format, doc[:i]) == nil {
				t.Errorf("%s cut off at byte %d passes", format, i)
			}
			garbled := append([]byte(nil), doc...)
			garbled[i] = "<>&\"{}[],:\\/ a0"[i%15]
			_ = Document(format, garbled)
		}
	}
}

func TestCheckOfAnUnknownFormat(t *testing.T) {
	if err := Document("gopher", []byte("a")); err == nil || !strings.Contains(err.Error(), "gopher") {
		t.Errorf("Check says %v", err)
	}
	if _, err := feeds.Render(sample.Feed(), "gopher"); err == nil || !strings.Contains(err.Error(), "gopher") {
		t.Errorf("Render says %v", err)
	}
}

func TestCheckContent(t *testing.T) {
	for content, want := range map[string]string{
		`<p>1 &lt; 2 <a href="https://a.example/?a=1&amp;b=2">a</a><br/><img src="http://a.example/a" alt="x > y"></p>`: "",
		`<a href="mailto:a@b.example">a</a> <a href="tel:+81312345678">b</a>`:                                           "",
		"":                        "",
		`a <blink>`:               "1:3: markup",
		"a\n<a href=\"b\">":       "2:4: relative",
		`<a href="vbscript:a()">`: "1:4: active",
		`<img src="tel:1"/>`:      "1:6: active",
		"\x00":                    "1:1: encoding",
		`<a href="https://">`:     "1:4: relative",
		`<p CLASS="x">`:           "1:4: markup",
	} {
		got := ""
		if err := Content(content); err != nil {
			got = err.Error()
		}
		if want == "" && got != "" || !strings.HasPrefix(got, want) {
			t.Errorf("CheckContent(%q) says %q; want %q", content, got, want)
		}
	}
}
