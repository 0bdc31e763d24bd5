// Package sample makes feeds for tests: one in which everything is used, an empty one, an
// archive, a long one, and one whose every text is hostile.
package sample

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// Day is the n-th day of the samples.
func Day(n int) time.Time { return time.Date(2026, 2, n, 3, 4, 5, 678e6, time.UTC) }

// Feed is a channel in which everything is used: a fallback from Japanese
// and from Arabic, Thai with a correction, pictures, files, related notices, text
// that is hostile to markup, and a withdrawal.
func Feed() feeds.Feed {
	channel := feeds.Channel{Locale: "en", Kind: feeds.ChannelAll}
	url := func(locale string) map[feeds.Format]string {
		m := map[feeds.Format]string{}
		for _, format := range feeds.Formats() {
			m[format] = "https://news.example/" + locale + "/all." + string(format)
		}
		return m
	}
	return feeds.Feed{
		Channel: channel, ID: feeds.ChannelID("sample", channel), Language: "en", Direction: "ltr",
		Title: "Sample City: all notices", Description: "Everything that Sample City and its partners publish.",
		SiteTitle: "Sample City", HomeURL: "https://news.example/en/", URL: url("en"),
		IconURL: "https://news.example/icon.png", LogoURL: "https://news.example/logo.png",
		RelatedTitle: "Recommended for you", Updated: Day(10), Rights: "© Sample City", TaxonomyURL: feeds.TaxonomyID("sample"),
		Locales: []feeds.FeedLocale{
			{Language: "en", URL: url("en")},
			{Language: "ja", URL: url("ja")},
			{Language: "ar", URL: url("ar")},
		},
		TTL: 30 * time.Minute, LastSeq: 12,
		Gone: []feeds.Tombstone{{ID: feeds.MintID("sample-city", "gone", "en"), Slug: feeds.Slug(feeds.MintID("sample-city", "gone", "en")), When: Day(9), Seq: 12}},
		Entries: []feeds.Entry{
			{
				Article: feeds.Article{
					ID: "https://city.example/2026/1", Slug: feeds.Slug("https://city.example/2026/1"), Story: feeds.StoryID("https://city.example/2026/1"),
					Revision: 2, Publisher: "sample-city", Source: "city-news", Language: "en",
					Title: `Governor meets <guests> & "friends"`, Summary: "On Wednesday, a < b & c > d.",
					Content:   `<p>A <a href="https://city.example/a?b=1&amp;c=2">link</a> &amp; the end of a section: ]]&gt; and ]]> itself.</p>`,
					Link:      "https://city.example/2026/1",
					Authors:   []feeds.Person{{Name: "Pressestelle", Localized: "Press Office", Email: "press@city.example"}, {Name: "Ms. Ōta", URL: "https://city.example/ota"}},
					Published: Day(1), PublishedFrom: feeds.DateDeclared, Updated: Day(8), Corrected: Day(8),
					Terms:      []feeds.Term{{Term: "Gov & Co", Scheme: "https://city.example/terms", Label: "Government", Localized: "The “government”"}},
					Categories: []string{"government", "international"},
					Images:     []feeds.Image{{URL: "https://city.example/1.jpg", Type: "image/jpeg", Alt: "The “guests” & the governor", Credit: "Photo: A. & B. <Ōta>", Width: 640, Height: 480}, {URL: "https://city.example/2"}},
					Enclosures: []feeds.Enclosure{{URL: "https://city.example/1.pdf", Type: "application/pdf", Length: 12345, Title: "Minutes"}, {URL: "https://city.example/1.mp3", Type: "audio/mpeg", Duration: 754}},
					Episode: feeds.Episode{Season: 2, Number: 7, Type: "full", Explicit: "false", Transcripts: []feeds.Transcript{
						{URL: "https://city.example/1.vtt?a=1&b=2", Type: "text/vtt", Language: "en", Captions: true}, {URL: "https://city.example/1.txt", Type: "text/plain"},
					}},
					Rights: "© Press Office",
				},
				Record: feeds.Record{Seq: 11, Time: Day(8), Reason: feeds.ReasonCorrection, Article: "https://city.example/2026/1", Revision: 2, Language: "en", Publisher: "sample-city"},
				URL:    "https://news.example/en/n/" + feeds.Slug("https://city.example/2026/1"), Title: `Governor meets <guests> & "friends"`, Direction: "ltr",
				CorrectedNote: "Corrected on 8 February 2026.", Modified: Day(7), Changed: Day(8),
				Categories: []feeds.Label{
					{Term: "government", Label: "Government", URL: "https://news.example/en/government"},
					{Term: "international", Label: "International relations", URL: "https://news.example/en/international"},
				},
				Versions: []feeds.Version{
					{ID: "urn:uuid:5f2c1a52-8f5c-5a0a-9f0a-0a4a6f6d1d01", Language: "ja", Title: "知事と“来賓”の懇談", URL: "https://news.example/en/n/5f2c1a52-8f5c-5a0a-9f0a-0a4a6f6d1d01", Link: "https://city.example/ja/1"},
					{ID: "urn:uuid:5f2c1a52-8f5c-5a0a-9f0a-0a4a6f6d1d02", Language: "fr", Title: "Le gouverneur reçoit « les invités » & amis", URL: "https://news.example/en/n/5f2c1a52-8f5c-5a0a-9f0a-0a4a6f6d1d02"},
					{ID: "urn:uuid:5f2c1a52-8f5c-5a0a-9f0a-0a4a6f6d1d04", Language: "fr", Title: "Compte rendu", URL: "https://news.example/en/n/5f2c1a52-8f5c-5a0a-9f0a-0a4a6f6d1d04"},
				},
				Replaces: "urn:uuid:5f2c1a52-8f5c-5a0a-9f0a-0a4a6f6d1d01", PublisherName: "Sample City", PublisherURL: "https://city.example/",
				Source:      feeds.EntrySource{ID: "city-news", FeedID: "https://city.example/feed", Title: "City News", URL: "https://city.example/feed.xml", HomeURL: "https://city.example/news", Updated: Day(7)},
				Attribution: "Source: Sample City, CC BY 4.0", LicenseURL: "https://creativecommons.org/licenses/by/4.0/",
				LicenseName: "CC BY 4.0", LicenseDeed: "https://creativecommons.org/licenses/by/4.0/deed.en", Urgency: "Urgent & now",
				Related: []feeds.RelatedLink{
					{Title: "Happy New Year", URL: "https://city.example/ny?a=1&b=2", Language: "en", Date: Day(1), DateText: "1 February 2026"},
					{Title: "Ambassadors’ Night"},
					{ID: "urn:uuid:5f2c1a52-8f5c-5a0a-9f0a-0a4a6f6d1d03", Title: "避難訓練", URL: "https://news.example/en/n/5f2c1a52-8f5c-5a0a-9f0a-0a4a6f6d1d03", Language: "ja", Date: Day(2), DateText: "2 February 2026"},
				},
			},
			sampleEntry(10, "ja", "ltr", "[Japanese] 防災訓練のお知らせ", "防災訓練のお知らせ", "<p>避難所は<b>第一小学校</b>です。</p>", "This notice is in Japanese."),
			sampleEntry(9, "ar", "rtl", "[Arabic] \u2068إشعار: «السوق» & السلام\u2069", "إشعار: «السوق» & السلام", "<p>النص الكامل — 123</p>", "This notice is in Arabic."),
			sampleEntry(8, "th", "ltr", "[Thai] ประกาศเรื่องน้ำท่วม", "ประกาศเรื่องน้ำท่วม", "<p>กรุณาอพยพไปยังที่ปลอดภัย</p>", "This notice is in Thai."),
			sampleEntry(7, "und", "", "??? \x00\x0b\uFFFE\xff", "???", "<p>\x01control \x1fcharacters\r\nand \xff bytes</p>", ""),
		},
	}
}

// sampleEntry is a notice of a folder: it has no address of its own.
func sampleEntry(seq int64, language, direction, marked, title, content, note string) feeds.Entry {
	id := feeds.MintID("sample-city", fmt.Sprint("notice-", seq), language)
	return feeds.Entry{
		Article: feeds.Article{
			ID: id, Slug: feeds.Slug(id), Story: feeds.StoryID(id), Revision: 1, Publisher: "sample-city", Source: "notices",
			Language: language, Title: title, Content: content, Published: Day(int(seq)), PublishedFrom: feeds.DateFirstSeen,
		},
		Record: feeds.Record{Seq: seq, Time: Day(int(seq)), Reason: feeds.ReasonNew, Article: id, Revision: 1, Language: language, Publisher: "sample-city"},
		URL:    "https://news.example/en/n/" + feeds.Slug(id), Title: marked, Direction: direction, LanguageNote: note,
		Changed: Day(int(seq)), PublisherName: "Sample City", Source: feeds.EntrySource{ID: "notices", Title: "Sample City"},
		Categories:  []feeds.Label{{Term: "living", Label: "Daily Life"}},
		Attribution: "Source: Sample City",
	}
}

// Long has n entries of about size bytes of content each.
func Long(n, size int) feeds.Feed {
	f := Feed()
	f.Entries = nil
	word := `<p>The <a href="https://city.example/x">city</a> will &amp; shall 回覧板をまわす.</p>` + "\n"
	for i := range n {
		e := sampleEntry(int64(n-i), "ja", "ltr", "[Japanese] お知らせ", "お知らせ", strings.Repeat(word, 1+size/len(word)), "This notice is in Japanese.")
		e.Article.Summary = "お知らせの要約。"
		e.Article.Published, e.Changed = Day(1), Day(1)
		e.Categories = []feeds.Label{{Term: "government", Label: "Government"}}
		f.Entries = append(f.Entries, e)
	}
	return f
}

// Hostile has entries in which every field is missing or as bad as it can be.
func Hostile() feeds.Feed {
	f := Feed()
	bad := "\x00\xff]]><script>&\uFFFF\r\n" + "\u202e"
	f.Title, f.Description, f.SiteTitle, f.Rights, f.RelatedTitle = bad, bad, bad, bad, bad
	f.IconURL, f.LogoURL = "icon", "javascript:alert(1)"
	f.Gone = append(f.Gone, feeds.Tombstone{ID: "no IRI"})
	f.Entries = []feeds.Entry{
		{},
		{
			Article: feeds.Article{
				ID: "a b", Language: "klingon language", Title: bad, Summary: bad, Content: "", Link: "https://city.example/a b|c%zz",
				Authors:    []feeds.Person{{Name: bad, Email: "a b@c", URL: "x"}, {Email: "x@y.example"}},
				Terms:      []feeds.Term{{Term: bad, Scheme: bad, Label: bad}, {}},
				Images:     []feeds.Image{{URL: "x"}, {URL: "https://city.example/<i>", Type: "bad", Alt: bad, Credit: bad, Width: -1}},
				Enclosures: []feeds.Enclosure{{URL: "data:x"}, {URL: "https://city.example/e", Type: "bad", Length: -5, Title: bad, Duration: -5}},
				Episode:    feeds.Episode{Season: -1, Number: -1, Type: bad, Explicit: bad, Transcripts: []feeds.Transcript{{URL: "javascript:x", Type: "text/vtt"}, {URL: "https://city.example/t", Type: "bad"}, {URL: "https://city.example/t", Type: "text/vtt", Language: bad}}},
				Rights:     bad, Published: time.Date(2026, 2, 1, 0, 0, 0, 0, time.FixedZone("JST", 9*3600)),
			},
			Title: bad, LanguageNote: bad, CorrectedNote: bad, Attribution: bad, LicenseURL: "x",
			PublisherName: bad, PublisherURL: "ftp://x.example/", Source: feeds.EntrySource{ID: bad, Title: bad, URL: "x"},
			Related:    []feeds.RelatedLink{{Title: bad, URL: "x", Language: bad, DateText: bad}, {Title: bad, URL: "https://city.example/r"}},
			Versions:   []feeds.Version{{ID: bad, Language: bad, URL: "x"}, {ID: bad, Language: bad, Title: bad, URL: "https://news.example/0"}, {ID: "v1", Language: "ja", URL: "https://news.example/1"}, {ID: "v2", Language: "ja", URL: "https://news.example/2"}},
			Categories: []feeds.Label{{}, {Term: bad, Label: ""}, {Term: "t"}},
			Direction:  "sideways", Replaces: bad,
		},
		{Article: feeds.Article{ID: feeds.MintID("a", "b", "ja"), Title: strings.Repeat("防災", 100_000), Language: "ja"}},
	}
	return f
}

// Empty is a channel that never held anything.
func Empty() feeds.Feed {
	f := Feed()
	return feeds.Feed{Channel: f.Channel, ID: f.ID, Language: "en", Title: f.Title, HomeURL: f.HomeURL, URL: f.URL, TaxonomyURL: f.TaxonomyURL}
}

// Archive is the second of three archives of the sample.
func Archive() feeds.Feed {
	f := Feed()
	at := func(n int) map[feeds.Format]string {
		m := map[feeds.Format]string{}
		for _, format := range feeds.Formats() {
			m[format] = "https://news.example/" + feeds.DocumentKey{Channel: f.Channel, Format: format, Archive: n}.Path()
		}
		return m
	}
	f.Archive, f.Since, f.Self, f.Previous, f.Next = 2, 9, at(2), at(1), at(3)
	f.Entries = f.Entries[1:2]
	return f
}

// Render renders a feed in a format.
func Render(t testing.TB, f feeds.Feed, format feeds.Format) []byte {
	t.Helper()
	doc, err := feeds.Render(f, format)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
