package main

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"slices"
	"strings"
	"time"
)

// difficulty is a notice that is hard to publish. Its name says what is hard, and the rest
// is what its source says of it: beside what every notice has, or in the place of that.
type difficulty struct {
	name  string
	lang  string // a language tag; empty is English
	title string // empty is the name
	body  string // HTML before a sentence in its language
	also  string // further elements of the entry; of JSON Feed further keys, as an object
	less  string // which of title, date, link, body and id its source leaves out; with commas
}

// lacks reports whether the source leaves out what every notice has.
func (d difficulty) lacks(what string) bool { return slices.Contains(strings.Split(d.less, ","), what) }

// headline is the title as the source writes it.
func (d difficulty) headline() string {
	if d.title != "" {
		return d.title
	}
	return strings.ToUpper(d.name[:1]) + d.name[1:]
}

// language is the notice's language tag.
func (d difficulty) language() string {
	if d.lang == "" {
		return "en"
	}
	return d.lang
}

// text is the HTML as the source writes it.
func (d difficulty) text() string {
	if d.lacks("body") {
		return d.body
	}
	return d.body + "<p>" + sentences[d.language()] + "</p>"
}

// slug is the name as it stands in ids and addresses.
func (d difficulty) slug() string { return strings.ReplaceAll(d.name, " ", "-") }

// moment is when the i-th notice of a source was published.
func moment(i int) time.Time {
	return time.Date(2026, 11, 1, 9, i, 0, 0, time.FixedZone("", 9*3600))
}

// topic is the category of the i-th notice of a source.
func topic(i int) string { return []string{"government", "environment", "living"}[i%3] }

// oddAddresses are what publishers write where an address is due.
var oddAddresses = map[string]string{
	"very long":                  "https://city.example/" + strings.Repeat("long/", 500) + "a.pdf",
	"of IPv6":                    "https://[2001:db8::1]:8443/a.pdf",
	"of IPv6 with a zone":        "http://[fe80::1%25eth0]/a.pdf",
	"of IPv6 that does not end":  "https://[2001:db8::1/a.pdf",
	"in punycode":                "https://xn--eckwd4c7c.xn--zckzah/a.pdf",
	"in letters":                 "https://ドメイン名例.jp/お知らせ/一.pdf?件=二#三",
	"with user info":             "https://user:pass@city.example/a.pdf",
	"with user info in letters":  "https://名前:語@city.example/a.pdf",
	"with spaces":                "https://city.example/a b  c.pdf?d e#f g",
	"with delimiters":            "https://city.example/a|b{c}\"d\"<e>^`\\.pdf",
	"with brackets":              "https://city.example/a[1].pdf?b[]=2&c[d]=3#e[4]",
	"with two number signs":      "https://city.example/a.pdf#b#c",
	"with bare percent signs":    "https://city.example/100%/%zz/%e3%81.pdf",
	"with control characters":    "https://city.example/a\u0001b\tc\nd\u007f\u0085.pdf",
	"with emoji":                 "https://city.example/🎉/👨‍👩‍👧.pdf",
	"with bidi marks":            "https://city.example/\u202ea\u202c\u200f.pdf",
	"with a noncharacter":        "https://city.example/\ufffe\U0001ffff.pdf",
	"with a private character":   "https://city.example/\ue000.pdf?\ue001#\ue002",
	"with backslashes":           `https:\\city.example\a\b.pdf`,
	"in capitals":                "HTTPS://CITY.EXAMPLE/A.PDF",
	"with a port too high":       "https://city.example:99999/a.pdf",
	"with an empty port":         "https://city.example:/a.pdf",
	"with a port in letters":     "https://city.example:port/a.pdf",
	"with an underscore":         "https://press_office.city.example/a.pdf",
	"with a dot behind its host": "https://city.example./a.pdf",
	"with dots for a host":       "https://../a.pdf",
	"with a space in its host":   "https://city example/a.pdf",
	"with a percent in its host": "https://city%2Eexample/a.pdf",
	"with a quote in its host":   `https://city".example/a.pdf`,
	"without a host":             "https:///a.pdf",
	"without slashes":            "https:city.example/a.pdf",
	"without a scheme":           "//city.example/a.pdf",
	"relative":                   "../a/b.pdf",
	"of a query alone":           "?a=1&b=2",
	"of a fragment alone":        "#part",
	"that is empty":              "",
	"that is white space":        " \n ",
	"of data":                    "data:image/png;base64,iVBORw0KGgo=",
	"of a script":                "javascript:alert(1)",
	"of a script in disguise":    "java\tscript:alert(1)",
	"of a mailbox":               "mailto:press@city.example?subject=a b",
	"of a telephone":             "tel:+81-3-0000-0000",
	"of a file server":           "ftp://city.example/a.pdf",
	"of a file":                  "file:///srv/a.pdf",
	"of a feed":                  "feed:https://city.example/a.pdf",
	"of a name":                  "urn:isbn:0451450523",
	"that is a sentence":         "see our page, please",
}

// oddTexts are what publishers write where a text is due.
var oddTexts = map[string]string{
	"control characters":       "a\u0000b\u0001c\u0008d\u000be\u001bf\u007fg\u0085h",
	"noncharacters":            "a\ufffeb\uffffc\ufdd0d\U0001fffee",
	"replacement characters":   "a\ufffdb\ufffdc",
	"emoji":                    "🎆 👨‍👩‍👧‍👦 🇯🇵 ☎️ 👍🏽",
	"bidi marks":               "\u202eabc\u202c \u2067def\u2069 \u200fghi\u200e \u2066jkl",
	"invisible characters":     "a\u200bb\u200cc\u200dd\ufeffe\u00adf\u2060g",
	"line separators":          "a\r\nb\rc\u2028d\u2029e\tf\u000cg",
	"wide spaces":              "a\u00a0\u00a0b\u3000\u3000c\u2003d",
	"combining marks":          "e\u0301\u0327\u0302 Z\u0351\u036b\u0343 \u0e01\u0e33",
	"characters beyond 16 bit": "𠮷野家 𝔘𝔫𝔦 \U000e0041\U0010fffd",
	"private characters":       "\ue000 \uf8ff \U000f0000",
	"entity references":        "&amp;amp; &nbsp; &eacute; &bogus; &#0; &#x1F389; &#xFFFE; &",
	"the end of a section":     "a ]]> b <![CDATA[ c ]]> d",
	"comments":                 "a <!-- b --> c <!-- d -- e --> f <!-- g",
	"instructions":             "a <?xml version=\"1.0\"?> b <!DOCTYPE c> d",
	"markup":                   "<b>bold</b> <script>alert(1)</script> <a href='x'>y</a> a < b > c <3",
	"quotes":                   `"a" 'b' “c” «d» ‹e› ` + "`f`",
	"formats":                  `%s %d {{.A}} ${B} $(c) \n \u0041 %20`,
	"a very long word":         strings.Repeat("Donaudampfschifffahrt", 200),
	"a very long text":         strings.Repeat("and so on and on, ", 700),
	"white space alone":        " \n\t ",
	"a sign alone":             ".",
}

// places are the elements and keys in which each odd text and address stands at once, by
// the format. In each %[1]s is the text and %[2]s is a slug.
var textPlaces = map[string]string{
	"atom": `<summary>%[1]s</summary><rights>%[1]s</rights><author><name>%[1]s</name><email>%[1]s</email></author><contributor><name>%[1]s</name></contributor>` +
		`<category term="%[1]s" scheme="%[1]s" label="%[1]s"/><link rel="enclosure" href="https://city.example/%[2]s.pdf" type="application/pdf" title="%[1]s"/>` +
		`<link rel="related" href="https://city.example/related" title="%[1]s"/><link rel="alternate" hreflang="%[1]s" href="https://city.example/version"/>` +
		`<media:content url="https://city.example/%[2]s.jpg" type="image/jpeg"><media:title>%[1]s</media:title><media:description>%[1]s</media:description><media:credit>%[1]s</media:credit></media:content>` +
		`<itunes:explicit>%[1]s</itunes:explicit><itunes:season>%[1]s</itunes:season><itunes:episodeType>%[1]s</itunes:episodeType><podcast:transcript url="https://city.example/%[2]s.vtt" type="text/vtt" language="%[1]s" rel="%[1]s"/>` +
		`<source><id>https://city.example/%[2]s.feed</id><title>%[1]s</title><updated>%[1]s</updated></source><georss:point>%[1]s</georss:point>`,
	"rss": `<description>%[1]s</description><author>%[1]s</author><dc:creator>%[1]s</dc:creator><dc:rights>%[1]s</dc:rights><dc:subject>%[1]s</dc:subject><category domain="%[1]s">%[1]s</category>` +
		`<source url="https://city.example/%[2]s.feed">%[1]s</source><media:content url="https://city.example/%[2]s.jpg" type="image/jpeg"/><media:description>%[1]s</media:description><media:credit role="%[1]s">%[1]s</media:credit>` +
		`<enclosure url="https://city.example/%[2]s.mp3" type="audio/mpeg" length="1"/><itunes:duration>%[1]s</itunes:duration><itunes:episode>%[1]s</itunes:episode><itunes:author>%[1]s</itunes:author><itunes:subtitle>%[1]s</itunes:subtitle>` +
		`<podcast:transcript url="https://city.example/%[2]s.srt" type="application/x-subrip" language="%[1]s"/>`,
	"json": `{"summary": %[1]s, "authors": [{"name": %[1]s}], "tags": [%[1]s, %[1]s], "language": %[1]s, "image": "https://city.example/%[2]s.jpg",
		"attachments": [{"url": "https://city.example/%[2]s.pdf", "mime_type": "application/pdf", "title": %[1]s}], "_of_another": {"a": %[1]s}, "unknown": %[1]s}`,
}

var addressPlaces = map[string]string{
	"atom": `<author><name>Press Office</name><uri>%[1]s</uri></author><link rel="enclosure" href="%[1]s" type="application/pdf" length="5"/><link rel="related" href="%[1]s"/>` +
		`<link rel="license" href="%[1]s"/><link rel="via" href="%[1]s"/><link rel="alternate" hreflang="ja" href="%[1]s"/><category term="a" scheme="%[1]s"/>` +
		`<media:content url="%[1]s" type="image/jpeg"/><media:thumbnail url="%[1]s"/><itunes:image href="%[1]s"/><podcast:transcript url="%[1]s" type="text/vtt"/>` +
		`<source><id>%[1]s</id><title>Elsewhere</title><link rel="self" href="%[1]s"/><link href="%[1]s"/></source>`,
	"rss": `<comments>%[1]s</comments><enclosure url="%[1]s" type="audio/mpeg" length="5"/><source url="%[1]s">Elsewhere</source><category domain="%[1]s">a</category>` +
		`<media:group><media:content url="%[1]s" medium="image"/><media:content url="%[1]s" medium="video"/></media:group><media:thumbnail url="%[1]s"/><itunes:image href="%[1]s"/>` +
		`<podcast:transcript url="%[1]s" type="text/vtt"/><cc:license>%[1]s</cc:license><atom:link rel="related" href="%[1]s"/>`,
	"json": `{"external_url": %[1]s, "image": %[1]s, "banner_image": %[1]s, "authors": [{"name": "Press Office", "url": %[1]s, "avatar": %[1]s}],
		"attachments": [{"url": %[1]s, "mime_type": "audio/mpeg", "size_in_bytes": 5}, {"url": %[1]s, "mime_type": "image/png"}]}`,
}

var linkPlaces = map[string]string{"atom": `<link href="%s"/>`, "rss": `<link>%s</link>`, "json": `{"url": %s}`}

// ownOf returns an odd address that notices of no other format have: what a publisher has
// twice at one address is one notice.
func ownOf(format, address string) string {
	return strings.NewReplacer("a.pdf", format+".pdf", "A.PDF", strings.ToUpper(format)+".PDF", ".pdf", "."+format+".pdf", "a=1", "a="+format, "#part", "#"+format, "see", "see "+format).Replace(address)
}

// inLinks has the links, pictures and frames of a text lead to an address.
const inLinks = `<p><a href="%[1]s">a</a> <img src="%[1]s" alt="b" srcset="%[1]s 1x, %[1]s 2x"> <q cite="%[1]s">c</q></p><video src="%[1]s" poster="%[1]s"></video><iframe src="%[1]s"></iframe>`

// everywhere makes a notice of each odd text and each odd address, which stands in it
// wherever it can in a format.
func everywhere(format string) []difficulty {
	quoted := html.EscapeString
	if format == "json" {
		quoted = func(s string) string {
			text, err := json.Marshal(s)
			if err != nil {
				panic(err) // a string always has a text
			}
			return string(text)
		}
	}
	var all []difficulty
	for _, name := range slices.Sorted(maps.Keys(oddTexts)) {
		d := difficulty{name: name + " in " + format, title: oddTexts[name], body: "<p title=\"" + html.EscapeString(oddTexts[name]) + "\">" + oddTexts[name] + "</p>"}
		d.also = fmt.Sprintf(textPlaces[format], quoted(oddTexts[name]), d.slug())
		all = append(all, d)
	}
	for _, name := range slices.Sorted(maps.Keys(oddAddresses)) {
		d := difficulty{name: "an address " + name + " in " + format, body: fmt.Sprintf(inLinks, html.EscapeString(oddAddresses[name]))}
		d.also = fmt.Sprintf(addressPlaces[format], quoted(oddAddresses[name]))
		all = append(all, d)
		// And where the notice's own address is due.
		d.name, d.body, d.less = "a link "+name+" in "+format, "", "link"
		d.also = fmt.Sprintf(linkPlaces[format], quoted(ownOf(format, oddAddresses[name])))
		all = append(all, d)
	}
	return all
}

// inAtom are difficulties of Atom, and of the HTML that every format carries.
var inAtom = []difficulty{
	// HTML.
	{name: "in-page links and notes", body: `<p>A<a href="#fn1" id="ref1">1</a> and <a name="top"></a><a href="#top">up</a></p><ol><li id="fn1">One <a href="#ref1">back</a></li></ol>`},
	{name: "the same notes in another notice", body: `<p>B<a href="#fn1" id="ref1">1</a></p><ol><li id="fn1">Two <a href="#ref1">back</a></li></ol>`},
	{name: "an id twice", body: `<p id="a">A</p><p id="a">B</p><p id="b c">C</p><p id="">D</p><p id="項">E</p><a href="#項">F</a>`},
	{name: "a link to the page itself with a place", body: `<p><a href="https://city.example/a-link-to-the-page-itself-with-a-place#here">here</a></p><p id="here">There</p>`},
	{name: "a YouTube frame", body: `<iframe width="560" height="315" src="https://www.youtube.com/embed/dQw4w9WgXcQ?rel=0&amp;start=5" title="A film" allowfullscreen></iframe>`},
	{name: "a frame of another provider", body: `<iframe src="https://player.vimeo.com/video/76979871"></iframe><iframe src="https://www.google.com/maps/embed?pb=1"></iframe><iframe src="https://unknown.example/x"></iframe>`},
	{name: "a frame in a frame", body: `<iframe srcdoc="&lt;iframe src='https://www.youtube.com/embed/a'&gt;&lt;/iframe&gt;"><iframe src="https://www.youtube.com/embed/b"></iframe></iframe>`},
	{name: "formulas", body: `<p>So <math xmlns="http://www.w3.org/1998/Math/MathML"><mfrac><mi>a</mi><msup><mi>b</mi><mn>2</mn></msup></mfrac><annotation encoding="TeX">\frac{a}{b^2}</annotation></math> it is.</p>`},
	{name: "an object", body: `<object data="https://city.example/film.swf" type="application/x-shockwave-flash"><param name="movie" value="x"><embed src="https://city.example/film.swf"><p>No film.</p></object>`},
	{name: "a picture drawn in the text", body: `<svg viewBox="0 0 1 1" onload="alert(1)"><title>A map</title><text>Here</text><script>alert(1)</script><a xlink:href="javascript:x"><circle r="1"/></a><foreignObject><p>P</p></foreignObject></svg>`},
	{name: "a form", body: `<form action="https://city.example/vote"><label>Name <input name="n" value="v"></label><select><option>One<option>Two</select><textarea>T</textarea><button>Send</button></form>`},
	{name: "scripts and styles", body: `<style>p { color: red }</style><script>document.write("<p>")</script><noscript>No script</noscript><p style="background:url(javascript:x)" onclick="x()" class="a">Text</p><link rel="stylesheet" href="a.css"><base href="https://evil.example/"><meta http-equiv="refresh" content="0">`},
	{name: "a picture in several sizes", body: `<picture><source srcset="/a.avif 1x, /a2.avif 2x" type="image/avif"><source media="(min-width: 9em)" srcset="b,1.jpg 100w, c.jpg 200w"><img src="/a.jpg" alt="A" loading="lazy" decoding="async" sizes="50vw" width="10%" height="auto"></picture>`},
	{name: "a film with sources", body: `<video controls autoplay poster="/p.jpg" width="640"><source src="/a.mp4" type="video/mp4"><source src="/a.webm"><track kind="captions" src="/a.vtt" srclang="en" label="English"><p>No film</p></video>`},
	{name: "a sound in the text", body: `<audio src="/a.mp3" controls></audio><audio><source src="/b.ogg" type="audio/ogg"></audio>`},
	{name: "nested tables", body: strings.Repeat(`<table border="1" bgcolor="red"><caption>C</caption><tr><td colspan="2" background="/x.png">`, 12) + "deep" + strings.Repeat("</td></tr></table>", 12)},
	{name: "very deep markup", body: strings.Repeat("<div><b>", 400) + "deep" + strings.Repeat("</b></div>", 400)},
	{name: "unclosed tags", body: `<p>One<p>Two<b>bold<i>both</b>italic<ul><li>a<li>b<table><tr><td>c<div>d`},
	{name: "closing tags alone", body: `</div></p></b>Text</td></body></html>More</br>`},
	{name: "a tag that does not end", body: `<p>Text</p><a href="https://city.example/`, less: "body"},
	{name: "an attribute without an end", body: `<p title="no end>Text</p><p>More</p>`},
	{name: "attributes without quotes", body: `<a href=https://city.example/a?b=1&c=2 title=it's>A</a><img src='/i.png' alt='"quoted"' ALT=two data-x="1" data-x="2" 1a="b" =c>`},
	{name: "comments in the text", body: `<!-- a -- b --><p>A<!--[if IE]><b>IE</b><![endif]-->B</p><!--> C --><!--- D`},
	{name: "a section in the text", body: `<p>A <![CDATA[ <b>B</b> ]]> C ]]&gt; D</p>`},
	{name: "references in the text", body: `<p>&amp;lt;b&amp;gt; &lt;i&gt; &nbsp;&hellip;&bogus;&#0;&#xD800;&#x1F389;&#128;&#xFFFF;&copy &ampx</p>`},
	{name: "a whole page as the text", body: `<!DOCTYPE html><html lang="en"><head><title>T</title></head><body bgcolor="white"><p>Body</p></body></html>`},
	{name: "elements that no one knows", body: `<o:p>Word</o:p><city-map zoom="3">Map</city-map><blink>B</blink><marquee>M</marquee><font color="red" face="x">F</font><xmp><b></xmp><plaintext>P`},
	{name: "templates and dialogs", body: `<template><p>T</p></template><dialog open>D</dialog><slot>S</slot><canvas>C</canvas><details open><summary>S</summary>D</details><menu><li>M</menu>`},
	{name: "ruby and directions", lang: "ja", body: `<p dir="auto"><ruby>回覧<rp>(</rp><rt>かいらん</rt><rp>)</rp></ruby> <bdo dir="rtl">abc</bdo> <bdi>x</bdi> <span lang="ar" dir="rtl">السوق</span></p>`},
	{name: "a map of areas", body: `<img src="/m.png" usemap="#m" ismap alt=""><map name="m"><area shape="rect" coords="0,0,1,1" href="/a" alt="A"><area shape="default" nohref></map>`},
	{name: "tracking pictures", body: `<img src="https://feeds.example/~r/x" width="1" height="1"><img src="/spacer.gif" width=1 height=1><img src="https://pixel.example/?id=1" style="display:none">`},
	{name: "pictures that come later", body: `<img data-src="/late.jpg" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="Late"><noscript><img src="/late.jpg"></noscript><img data-srcset="/x.jpg 2x">`},
	{name: "empty text", body: "", less: "body"},
	{name: "white text", body: "<p> &nbsp; </p><div><br></div>", less: "body"},
	{name: "a very long text in full", body: strings.Repeat("<p>The work goes on, and residents are asked for their patience. </p>", 1500)},
	{name: "a picture alone", body: `<img src="https://city.example/alone.jpg">`, less: "body"},
	{name: "control characters in markup", body: "<p\u0000 title=\"a\u0001b\">C\u000bD\u001f</p><a href=\"https://city.example/\u0000a\">x\ufffe</a>"},
	{name: "times and meters", body: `<time datetime="2026-13-45">never</time><meter value="x" min=0>M</meter><progress max="a">P</progress><data value="1">D</data><output>O</output>`},
	{name: "lists that begin elsewhere", body: `<ol start="-5" reversed type="i"><li value="99999999999999999999">A</ol><dl><dt>T<dd>D</dl>`},
	{name: "the classes of our own lines", body: `<p class="kairan-note">Not ours</p><div class="kairan-related">x</div><p class="kairan-source">y</p>`},
	// Titles.
	{name: "no title", less: "title"},
	{name: "an empty title", less: "title", also: `<title></title>`},
	{name: "a title in HTML", less: "title", also: `<title type="html">&lt;h1 onclick="x"&gt;A &amp;amp; B&lt;/h1&gt;&lt;script&gt;x&lt;/script&gt;</title>`},
	{name: "a title in XHTML", less: "title", also: `<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">H<sub>2</sub>O &lt;b&gt;<img src="/x" alt="a picture"/></div></title>`},
	{name: "a title of a picture alone", less: "title", also: `<title type="html">&lt;img src="x"&gt;</title>`},
	// Dates.
	{name: "declared updated", also: `<updated>2026-11-05T09:00:00+09:00</updated>`},
	{name: "updated before it was published", also: `<updated>1990-01-01T00:00:00Z</updated>`},
	{name: "no date", less: "date"},
	{name: "updated alone", less: "date", also: `<updated>2026-10-09T09:00:00.123456789+05:45</updated>`},
	{name: "a date that is none", less: "date", also: `<published>soon</published><updated>2026-02-30T25:61:61Z</updated>`},
	{name: "a date before all clocks", less: "date", also: `<published>0001-01-01T00:00:00Z</published>`},
	{name: "a date far ahead", less: "date", also: `<published>2999-12-31T23:59:59Z</published>`},
	{name: "a date of five digits", less: "date", also: `<published>12026-01-01T00:00:00Z</published>`},
	{name: "a date with a leap second", less: "date", also: `<published>2016-12-31T23:59:60Z</published>`},
	{name: "a date of a Buddhist year", lang: "th", less: "date", also: `<published>2569-10-01T09:00:00+07:00</published>`},
	// Authors.
	{name: "several authors", also: `<author><name>大田 花子</name></author><author><name>O’Neill, Pat</name><email>pat@city.example</email></author><author><name>大田 花子</name></author>`},
	{name: "an author without a name", also: `<author><email>press@city.example</email></author><author><uri>https://city.example/press</uri></author><author/>`},
	{name: "a name for an address of e-mail", also: `<author><name>Press</name><email>Press Office &lt;press@city.example&gt;</email></author><author><name>Q</name><email>not one</email></author>`},
	// Versions.
	{name: "a version in Arabic", lang: "ar", title: "إشعار: إغلاق شارع «السوق»", also: `<link rel="alternate" hreflang="en" href="https://city.example/a-version-in-English"/><link rel="alternate" hreflang="ja" href="https://city.example/a-version-in-Japanese"/>`},
	{name: "a version in English", title: "Notice: the market street is closed", also: `<link rel="alternate" hreflang="ar" href="https://city.example/a-version-in-Arabic"/><link rel="alternate" hreflang="ja" href="https://city.example/a-version-in-Japanese"/>`},
	{name: "a second version in English", title: "In short: the market street is closed", also: `<link rel="alternate" hreflang="ar" href="https://city.example/a-version-in-Arabic"/>`},
	{name: "a language that nobody knows", lang: "tlh-Latn-x-city", less: "body", body: "<p>nuqneH, qaStaH nuq</p>"},
	{name: "a language that is none", lang: "English (UK)", less: "body", body: "<p>" + "The road is open again, and the city thanks all residents for their patience." + "</p>"},
	{name: "an undetermined language", lang: "und", less: "body", body: "<p>1 2 3</p>", title: "123"},
	{name: "a language of three letters", lang: "fil", less: "body", body: "<p>Magsisimula ang trabaho sa Lunes sa pangunahing kalsada ng lungsod.</p>", title: "Paalala sa mga residente ng lungsod"},
	{name: "a language in another script", lang: "sr-Latn", less: "body", body: "<p>Radovi na glavnoj ulici počinju u ponedeljak.</p>", title: "Radovi na glavnoj ulici"},
	// Places.
	{name: "a point", also: `<georss:point>35.6895 139.6917</georss:point>`},
	{name: "a point at the pole", also: `<georss:point>90 -180</georss:point>`},
	{name: "a point at nought", also: `<georss:point>0 0</georss:point>`},
	{name: "a point of many digits", also: `<georss:point>35.68950000000000000001,139.6917e0</georss:point>`},
	{name: "a point off the earth", also: `<georss:point>91 181</georss:point><georss:point>NaN Inf</georss:point>`},
	{name: "several points", also: `<georss:point>1 2</georss:point><georss:point>3 4</georss:point><georss:line>1 2 3 4</georss:line>`},
	{name: "a point of GML", also: `<georss:where><gml:Point xmlns:gml="http://www.opengis.net/gml"><gml:pos>-0.00000001 1e2</gml:pos></gml:Point></georss:where>`},
	// Pictures and files.
	{name: "a lead picture of media alone", also: `<media:content url="https://city.example/lead.jpg" type="image/jpeg" medium="image" width="640" height="480"><media:description type="html">&lt;p&gt;The &lt;b&gt;bridge&lt;/b&gt;&lt;/p&gt;</media:description><media:credit role="photographer" scheme="urn:ebu">Ōta &amp; Sons</media:credit></media:content>`},
	{name: "a thumbnail alone", also: `<media:thumbnail url="https://city.example/thumb.jpg" width="0" height="-1"/>`},
	{name: "two thumbnails", also: `<media:thumbnail url="https://city.example/t1.jpg" width="75" height="50" time="12:05:01.123"/><media:thumbnail url="https://city.example/t2.webp"/>`},
	{name: "the same picture thrice", body: `<img src="https://city.example/same.jpg?w=100">`, also: `<media:content url="https://city.example/same.jpg?w=640" medium="image"/><media:thumbnail url="https://city.example/same.jpg?w=50"/><link rel="enclosure" type="image/jpeg" href="https://city.example/same.jpg"/>`},
	{name: "a picture of no size", also: `<media:content url="https://city.example/nosize.jpg" medium="image" width="wide" height="1.5" fileSize="-4"/>`},
	{name: "an enclosed picture", also: `<link rel="enclosure" type="image/png" length="999" href="https://city.example/enclosed.png" title="A plan &lt;1&gt;"/>`},
	{name: "a group of media", also: `<media:group><media:content url="https://city.example/g.mp4" type="video/mp4" duration="185" bitrate="128" lang="en" isDefault="true"/><media:content url="https://city.example/g.webm" medium="video" duration="3:05"/><media:title>G</media:title></media:group>`},
	{name: "a film to be played elsewhere", also: `<media:content duration="95"><media:player url="https://www.youtube.com/watch?v=dQw4w9WgXcQ"/></media:content>`},
	{name: "a video id of YouTube", also: `<yt:videoId xmlns:yt="http://www.youtube.com/xml/schemas/2015">dQw4w9WgXcQ</yt:videoId><media:group><media:content url="https://www.youtube.com/v/dQw4w9WgXcQ?version=3" type="application/x-shockwave-flash" width="640" height="390"/><media:thumbnail url="https://i4.ytimg.com/vi/dQw4w9WgXcQ/hqdefault.jpg" width="480" height="360"/></media:group>`},
	{name: "forty files", also: strings.Repeat(`<link rel="enclosure" type="application/pdf" href="https://city.example/same.pdf"/>`, 20) + `<link rel="enclosure" href="https://city.example/1"/><link rel="enclosure" href="https://city.example/2.zip"/>`},
	// Other things of Atom.
	{name: "text out of line", less: "body", also: `<content type="application/pdf" src="https://city.example/out.pdf"/><summary>The text is in the file.</summary>`},
	{name: "text in base 64", less: "body", also: `<content type="image/png">iVBORw0KGgo=</content>`},
	{name: "text in XHTML", less: "body", also: `<content type="xhtml" xml:base="https://city.example/base/"><div xmlns="http://www.w3.org/1999/xhtml"><p>A<br/><img src="x.png" alt=""/> <x:y xmlns:x="urn:x">Z</x:y></p></div></content>`},
	{name: "text in plain letters", less: "body", also: "<content type=\"text\">One &lt;b&gt;\n\nTwo\n- a\n- b https://city.example/x?a=1&amp;b=2</content>"},
	{name: "a source of its own", also: `<source><id>https://other.example/feed</id><title type="html">&lt;b&gt;Other&lt;/b&gt;</title><updated>2026-10-30T00:00:00Z</updated><link rel="self" href="https://other.example/feed.atom"/><link href="https://other.example/"/><rights>© Other</rights></source>`},
	{name: "rights and a licence of its own", also: `<rights type="html">© &lt;b&gt;City&lt;/b&gt;</rights><link rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/"/>`},
	{name: "corrected text with the same date", body: `<p>The time is nine.</p>`},
	{name: "an id that is no IRI", less: "id", also: `<id>notice 12 | b</id>`},
	{name: "an id in letters", less: "id", also: `<id>tag:city.example,2026:お知らせ/１</id>`},
	{name: "an id of a script", less: "id", also: `<id>javascript:alert(1)</id>`},
	{name: "an id with brackets", less: "id", also: `<id>tag:city.example,2026:a[1]#b#c</id>`},
	{name: "an id in capitals", less: "id", also: `<id>URN:UUID:98D0E0F8-F011-4B26-9D03-F3145C03FD60</id>`},
	{name: "an id that is no UUID", less: "id", also: `<id>urn:uuid:not-one</id>`},
	{name: "an id of a name without a space", less: "id", also: `<id>urn:x</id>`},
	{name: "no id", less: "id"},
}

// inRSS are difficulties of RSS: of podcasts, of types and lengths, of its dates.
var inRSS = []difficulty{
	{name: "an episode", also: `<enclosure url="https://city.example/e1.mp3" length="123" type="audio/mpeg"/><itunes:duration>1:02:03</itunes:duration><itunes:explicit>no</itunes:explicit><itunes:image href="https://city.example/e1.png"/><itunes:season>1</itunes:season><itunes:episode>2</itunes:episode><itunes:episodeType>Full</itunes:episodeType><podcast:transcript url="https://city.example/e1.vtt" type="text/vtt" rel="captions" language="en"/><podcast:transcript url="https://city.example/e1.json" type="application/json"/>`},
	{name: "a duration in minutes", also: `<enclosure url="https://city.example/e2.mp3" length="1" type="audio/mpeg"/><itunes:duration>62:03</itunes:duration><itunes:explicit>clean</itunes:explicit>`},
	{name: "a duration that is none", also: `<enclosure url="https://city.example/e3.mp3" length="1" type="audio/mpeg"/><itunes:duration>an hour</itunes:duration><itunes:explicit>maybe</itunes:explicit>`},
	{name: "a duration with a fraction", also: `<enclosure url="https://city.example/e4.mp3" length="1" type="audio/mpeg"/><itunes:duration>75.5</itunes:duration><itunes:explicit>yes</itunes:explicit>`},
	{name: "a duration without a file", also: `<itunes:duration>300</itunes:duration><itunes:season>0</itunes:season><itunes:episode>-3</itunes:episode>`},
	{name: "a duration beyond numbers", also: `<enclosure url="https://city.example/e5.mp3" length="1" type="audio/mpeg"/><itunes:duration>99999999999999999999</itunes:duration><itunes:season>99999999999999999999</itunes:season><itunes:episode>1.5</itunes:episode>`},
	{name: "an episode's picture of another kind", also: `<enclosure url="https://city.example/e6.mp3" length="1" type="audio/mpeg"/><itunes:image href="https://city.example/e6.webp"/>`},
	{name: "an episode's picture without an extension", also: `<enclosure url="https://city.example/e7.mp3" length="1" type="audio/mpeg"/><itunes:image href="https://city.example/image/7?format=jpeg"/>`},
	{name: "an episode's picture as text", also: `<itunes:image>https://city.example/e8.jpg</itunes:image>`},
	{name: "a transcript of no type", also: `<podcast:transcript url="https://city.example/t.txt"/><podcast:transcript type="text/vtt"/><podcast:transcript url="https://city.example/t.srt" type="srt" rel="other" language="xx yy"/>`},
	{name: "a trailer", also: `<enclosure url="https://city.example/e9.mp4" length="1" type="video/mp4"/><itunes:episodeType>trailer</itunes:episodeType>`},
	{name: "a picture for an enclosure", also: `<enclosure url="https://city.example/p.jpg" length="1" type="image/jpeg"/>`},
	{name: "two enclosures", also: `<enclosure url="https://city.example/1.pdf" length="1" type="application/pdf"/><enclosure url="https://city.example/2.mp3" length="2" type="audio/mpeg"/>`},
	{name: "an enclosure without a type", also: `<enclosure url="https://city.example/typeless.pdf"/>`},
	{name: "an enclosure without an address", also: `<enclosure length="1" type="audio/mpeg"/>`},
	{name: "a length in words", also: `<enclosure url="https://city.example/l1.pdf" length="2 MB" type="application/pdf"/>`},
	{name: "a length with commas", also: `<enclosure url="https://city.example/l2.pdf" length="12,345" type="application/pdf"/>`},
	{name: "a length below nought", also: `<enclosure url="https://city.example/l3.pdf" length="-1" type="application/pdf"/>`},
	{name: "a length beyond numbers", also: `<enclosure url="https://city.example/l4.pdf" length="99999999999999999999" type="application/pdf"/>`},
	{name: "a length in hexadecimal", also: `<enclosure url="https://city.example/l5.pdf" length="0x1F" type="application/pdf"/>`},
	{name: "a type with parameters", also: `<enclosure url="https://city.example/m1.txt" length="1" type="text/plain; charset=&quot;utf-8&quot;; format=flowed"/>`},
	{name: "a type in capitals", also: `<enclosure url="https://city.example/m2.pdf" length="1" type="APPLICATION/PDF"/>`},
	{name: "a type without a subtype", also: `<enclosure url="https://city.example/m3.mp3" length="1" type="audio"/>`},
	{name: "a type with a star", also: `<enclosure url="https://city.example/m4.jpg" length="1" type="image/*"/>`},
	{name: "a type with two slashes", also: `<enclosure url="https://city.example/m5" length="1" type="a/b/c"/>`},
	{name: "a type in letters", also: `<enclosure url="https://city.example/m6" length="1" type="音/声"/>`},
	{name: "a type with signs", also: `<enclosure url="https://city.example/m7" length="1" type="application/vnd.city+x.y-z!#$&amp;^_"/>`},
	{name: "a type that is very long", also: `<enclosure url="https://city.example/m8" length="1" type="application/` + strings.Repeat("x", 300) + `"/>`},
	{name: "a type with a broken parameter", also: `<enclosure url="https://city.example/m9.pdf" length="1" type="application/pdf; name"/>`},
	{name: "a type with spaces around", also: `<enclosure url="https://city.example/m10.pdf" length=" 1 " type=" application / pdf "/>`},
	{name: "the source of an item", also: `<source url="https://other.example/rss">Other &amp; <![CDATA[<b>Sons</b>]]></source>`},
	{name: "a source without a name", also: `<source url="https://other.example/rss"></source>`},
	{name: "a source without an address", also: `<source>Somebody</source>`},
	{name: "a guid that is a permalink and no address", less: "id", also: `<guid isPermaLink="true">not an address</guid>`},
	{name: "a guid that is another address", less: "id", also: `<guid>https://city.example/other-page</guid>`},
	{name: "a guid with odd letters", less: "id", also: "<guid isPermaLink=\"false\">a b\t|é]]&gt;&lt;</guid>"},
	{name: "no guid", less: "id"},
	{name: "neither guid nor link", less: "id,link"},
	{name: "an author of RSS", also: `<author>press@city.example (Press Office)</author><dc:creator>Culture Division</dc:creator><dc:creator>Culture Division</dc:creator>`},
	{name: "an author who is an address of e-mail", also: `<author>press@city.example</author>`},
	{name: "an author with commas", also: `<dc:creator>Ōta, H., Neill, P. and others</dc:creator>`},
	{name: "a date of two digits", less: "date", also: `<pubDate>Sun, 01 Nov 26 09:00:00 JST</pubDate>`},
	{name: "a date with the wrong day", less: "date", also: `<pubDate>Mon, 01 Nov 2026 09:00:00 +0900</pubDate>`},
	{name: "a date without a time", less: "date", also: `<pubDate>2026-11-01</pubDate>`},
	{name: "a date in Japanese", lang: "ja", less: "date", also: `<pubDate>令和8年11月1日</pubDate>`},
	{name: "a date in a zone of seconds", less: "date", also: `<pubDate>Sun, 01 Nov 2026 09:00:00 +09:18:59</pubDate>`},
	{name: "a date in a zone far away", less: "date", also: `<pubDate>Sun, 01 Nov 2026 09:00:00 +2359</pubDate>`},
	{name: "modified by Dublin Core", also: `<dcterms:modified>2026-11-04T09:00:00Z</dcterms:modified><atom:updated>2026-11-04T09:00:00Z</atom:updated>`},
	{name: "no title in RSS", less: "title"},
	{name: "no text in RSS", less: "body"},
	{name: "text and a summary that is the same", body: "<p>Same.</p>", also: `<description>&lt;p&gt;Same.&lt;/p&gt;</description>`},
	{name: "categories without a name", also: `<category/><category domain="https://city.example/terms"> </category><category domain="a b">R&amp;D &lt;new&gt;</category>`},
	{name: "fifty categories", also: strings.Repeat(`<category>Town</category>`, 10) + manyCategories(50)},
	{name: "elements in wrong places", also: `<item><title>Inner</title></item><channel/><b>bold</b>loose text<content:encoded>second</content:encoded>`},
	{name: "elements of unknown namespaces", also: `<x:y xmlns:x="urn:x" x:z="1">Z<x:w/></x:y><slash:comments xmlns:slash="http://purl.org/rss/1.0/modules/slash/">5</slash:comments>`},
	{name: "a place of W3C", also: `<geo:lat xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#">35.6</geo:lat><geo:long xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#">139.6</geo:long>`},
}

func manyCategories(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<category domain="https://city.example/terms/%d">Topic %d</category>`, i%3, i)
	}
	return b.String()
}

// inJSON are difficulties of JSON Feed.
var inJSON = []difficulty{
	{name: "a page elsewhere", also: `{"external_url": "https://other.example/page?a=1&b=2"}`},
	{name: "a page elsewhere that is the same", also: `{"external_url": "https://city.example/a-page-elsewhere-that-is-the-same"}`},
	{name: "a page elsewhere alone", less: "link", also: `{"external_url": "https://other.example/alone"}`},
	{name: "a picture of JSON", also: `{"image": "https://city.example/j.jpg", "banner_image": "https://city.example/banner.jpg"}`},
	{name: "a drawn picture of JSON", also: `{"image": "https://city.example/j.svg"}`},
	{name: "attachments of JSON", also: `{"attachments": [{"url": "https://city.example/j.mp3", "mime_type": "audio/mpeg", "title": "Listen", "size_in_bytes": 1.5e6, "duration_in_seconds": 12.75}, {"url": "https://city.example/j.mp3", "mime_type": "audio/mpeg"}]}`},
	{name: "attachments of wrong types", also: `{"attachments": [{"url": "https://city.example/w.pdf", "mime_type": 5, "size_in_bytes": "12", "duration_in_seconds": -3}, {"url": 7}, "x", null, {"mime_type": "a/b"}, {"url": "https://city.example/huge", "mime_type": "a/b", "size_in_bytes": 1e300, "duration_in_seconds": 1e300}]}`},
	{name: "an id that is a number", less: "id", also: `{"id": 12345678901234567890}`},
	{name: "an id that is an address", less: "id", also: `{"id": "https://city.example/json?id=[1]"}`},
	{name: "no id in JSON", less: "id"},
	{name: "no title in JSON", less: "title"},
	{name: "a title that is a number", less: "title", also: `{"title": 2026}`},
	{name: "text alone", less: "body", also: `{"content_text": "One <b>.\n\nTwo & three."}`},
	{name: "text of both kinds", also: `{"content_text": "Another text than the HTML."}`},
	{name: "no text in JSON", less: "body", also: `{"summary": "A summary alone."}`},
	{name: "an author of version 1", also: `{"author": {"name": "Old Office", "url": "mailto:old@city.example", "avatar": "https://city.example/a.png"}}`},
	{name: "authors of JSON", also: `{"authors": [{"name": "A & B"}, {"url": "https://city.example/c"}, {"avatar": "https://city.example/d.png"}, {}, null, 5]}`},
	{name: "tags of wrong types", also: `{"tags": ["Living", "", " ", 5, null, "Living", "R&D <new>"]}`},
	{name: "a date that is a number", less: "date", also: `{"date_published": 1793491200, "date_modified": false}`},
	{name: "a changed date in JSON", also: `{"date_modified": "2026-11-06T00:00:00-00:00"}`},
	{name: "a language of JSON in another spelling", lang: "zh-Hant", title: "關於道路施工的通知", also: `{"language": "ZH_tw"}`},
	{name: "half a pair of surrogates", less: "title", also: `{"title": "half \ud83d of it \udc00", "summary": "\ud83d"}`},
	{name: "our own words from somebody else", also: `{"_kairan": {"story": 5, "seq": -1, "language_note": "x", "withdrawn": true}}`},
}

// afterwards are what the Atom source says at its second visit in the place of what it said
// at its first.
var afterwards = []difficulty{
	{name: "corrected text with the same date", body: `<p>The time is ten, and not nine.</p>`},
	{name: "declared updated", also: `<updated>2026-11-15T09:00:00+09:00</updated>`, body: "<p>Changed once more.</p>"},
	{name: "a version in Japanese", lang: "ja", title: "お知らせ：市場通りの通行止め", also: `<link rel="alternate" hreflang="en" href="https://city.example/a-version-in-English"/><link rel="alternate" hreflang="ar" href="https://city.example/a-version-in-Arabic"/>`},
}

// withoutFullText are notices of a publisher whose licence allows no full texts.
var withoutFullText = []difficulty{
	{name: "a summary alone", also: `<summary>The summary of it.</summary>`},
	{name: "markup in a summary", also: `<summary type="html">&lt;p&gt;A &lt;b&gt;bold&lt;/b&gt; &amp;amp; &lt;img src="https://city.example/s.jpg"&gt;&lt;/p&gt;</summary>`},
	{name: "a summary of white space", also: `<summary> </summary>`},
	{name: "a picture that may not be shown", body: `<img src="https://city.example/no.jpg">`, also: `<media:content url="https://city.example/no.jpg" medium="image"><media:credit>C</media:credit></media:content><itunes:image href="https://city.example/no.jpg"/>`},
	{name: "a file that may not be passed on", also: `<link rel="enclosure" type="audio/mpeg" href="https://city.example/no.mp3"/><podcast:transcript url="https://city.example/no.vtt" type="text/vtt"/>`},
	{name: "neither text nor summary", less: "body"},
	{name: "neither title nor text", less: "title,body"},
	{name: "a summary with all odd characters", also: "<summary>a\u0001b\ufffe \u202e ]]&gt; 🎆 &amp;amp;amp;</summary>"},
}

// inFolder are the files of a folder, by their paths.
func inFolder() map[string]string {
	front := func(title, date, more string) string {
		return fmt.Sprintf("---\ntitle: %q\ndate: %s\n%s---\n", title, date, more)
	}
	files := map[string]string{
		"plain.en.md":               front("A file", "2026-10-01", "") + sentences["en"],
		"relative.en.md":            front("Relative pictures and files", "2026-10-02T09:00:00+09:00", "image: pictures/lead.png\nimage_alt: The \"lead\" <1>\n") + "![A plan](pictures/plan%20b.svg \"T\") [PDF](<files/a b.pdf>) [Sheet](files/c.xlsx)\n\n" + sentences["en"],
		"refused.en.md":             front("Files of refused types", "2026-10-03", "image: files/run.exe\n") + "[Run](files/run.exe) [Script](files/x.js) [Page](files/x.html) ![none](pictures/not-there.png) [Up](../../secret.pdf)\n\n" + sentences["en"],
		"pictures/lead.png":         "\x89PNG\r\n\x1a\n",
		"pictures/plan b.svg":       `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`,
		"files/a b.pdf":             "%PDF-1.4",
		"files/c.xlsx":              "PK",
		"files/run.exe":             "MZ",
		"files/x.js":                "alert(1)",
		"notes.en.md":               front("Notes at the foot", "2026-10-04", "author: [A & B, \"<c>\"]\ncategories: [living, \"R&D\"]\n") + "One[^1] and two[^note].\n\n[^1]: First.\n[^note]: Second with `code`.\n\n" + sentences["en"],
		"again.en.md":               front("Notes at the foot of another", "2026-10-05", "rights: © “City” & Co\n") + "One[^1].\n\n[^1]: First.\n\n" + sentences["en"],
		"two.en.md":                 front("In two languages", "2026-10-06", "") + sentences["en"],
		"two.ja.md":                 front("二つの言語で", "2026-10-06", "") + sentences["ja"],
		"page.ar.html":              "<html><head><title>نشرة الحي</title></head><body><h1>نشرة الحي رقم ٣</h1><p dir=rtl>" + sentences["ar"] + "<p><a href='files/a%20b.pdf'>PDF</a>",
		"letters.en.txt":            "Letters alone: <b> & \"c\"\n\n" + sentences["en"] + "\n\nhttps://city.example/a?b=1&c=2",
		"お知らせ.ja.md":                front("題名\u202e逆", "2026-10-07", "link: https://例え.jp/頁\n") + sentences["ja"],
		"corrected.en.md":           front("Corrected by its office", "2026-10-08", "corrected: 2026-10-09\nupdated: 2026-10-09\n") + sentences["en"],
		"dateless.en.md":            "# No front matter\n\n" + sentences["en"],
		"empty.en.md":               front("An empty file", "2026-10-10", ""),
		"html-in-markdown.en.md":    front("HTML in Markdown", "2026-10-11", "summary: A \"summary\" & <more>\n") + "<details><summary>S</summary>\n\n| a | b |\n|---|---|\n| 1 | `<script>` |\n\n</details>\n\n<script>x</script>\n\n" + sentences["en"],
		"taken-back-by-name.en.md":  front("A file that is taken away", "2026-10-12", "") + sentences["en"],
		"sound.en.md":               front("A sound and a film", "2026-10-13", "") + "[Listen](files/s.mp3) ![film](files/v.mp4)\n\n" + sentences["en"],
		"files/s.mp3":               "ID3",
		"files/v.mp4":               "ftyp",
		"in/a/deep/folder.en.md":    front("In a deep folder", "2026-10-14", "") + "![up](../../../pictures/lead.png)\n\n" + sentences["en"],
		"many words (1) [x].en.md":  front("A name with signs", "2026-10-15", "") + sentences["en"],
		"old-encoding.en.txt":       "Caf\xe9 \x96 in an old encoding\n\n" + sentences["en"],
		"first-of-its-kind.zh.md":   front("关于道路施工的通知", "2026-10-16", "") + sentences["zh-Hans"],
		"control.en.md":             front("Control", "2026-10-17", "") + "a\x00b\x01c\ufffe\n\n" + sentences["en"],
		"very-old.en.md":            front("Very old", "1868-01-03", "") + sentences["en"],
		"with-a-wrong-date.en.md":   front("With a wrong date", "someday", "") + sentences["en"],
		"with-a-wrong-link.en.md":   front("With a wrong link", "2026-10-18", "link: \"javascript:alert(1)\"\n") + sentences["en"],
		"with-other-keys.en.md":     front("With other keys", "2026-10-19", "draft: false\nlayout: post\n") + sentences["en"],
		"with-broken-front.en.md":   "---\ntitle: [a\n---\n" + sentences["en"],
		"title-in-the-text.en.html": "<h1>Title <em>in</em> the text</h1><p>" + sentences["en"] + "</p><img src=\"pictures/lead.png\" srcset=\"pictures/lead.png 2x\">",
	}
	return files
}
