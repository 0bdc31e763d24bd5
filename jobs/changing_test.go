package jobs

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// changingFeed is a feed that its publisher treats as publishers do.
type changingFeed struct {
	items    []changingItem // the newest first
	host     string
	scheme   string
	language string
	zone     time.Duration // by which all dates are wrong
	format   string        // "rss", "rdf" or "atom"
	name     string        // of its own notices, at paths of their own
	n        int
	// past are states that it had, to which it may go back.
	past [][]changingItem
}

type changingItem struct {
	guid, path, title, text, term, language, file string
	alternate                                     string    // the path of a version in another language
	date                                          time.Time // zero for none
	updated                                       time.Time // likewise
}

// change does one thing to the feed, and says what.
func (f *changingFeed) change(r *rand.Rand, now time.Time) string {
	some := func() int { return r.IntN(max(1, len(f.items))) }
	if len(f.items) < 4 {
		f.add(r, now, 6)
		return "six new items"
	}
	f.past = append(f.past, slices.Clone(f.items))
	switch r.IntN(33) {
	case 0, 1, 2, 3, 4:
		n := 1 + r.IntN(3)
		f.add(r, now, n)
		return fmt.Sprint(n, " new items")
	case 5, 6:
		f.items[some()].text += " And more."
		return "another text"
	case 7:
		f.items[some()].title += " (updated)"
		return "another title"
	case 8:
		i := some()
		f.items = slices.Delete(f.items, i, i+1)
		return "an item left out"
	case 9:
		f.items = f.items[:len(f.items)-1-r.IntN(2)]
		return "the oldest left out"
	case 10:
		f.items = append(f.items, f.items[some()])
		return "an item twice"
	case 11:
		f.add(r, now, 1)
		f.items[0].guid = f.items[some()].guid
		return "a new item with an old GUID"
	case 12:
		f.add(r, now, 1)
		f.items[0].path = f.items[some()].path
		return "a new item with an old link"
	case 13:
		f.n++
		for i := range f.items {
			f.items[i].guid = fmt.Sprint("again-", f.n, "-", i)
		}
		return "other GUIDs"
	case 14:
		f.host = fmt.Sprintf("www%d.city.example", r.IntN(3))
		return "another host"
	case 15:
		f.scheme = []string{"http", "https"}[r.IntN(2)]
		return "scheme " + f.scheme
	case 16:
		f.zone = time.Duration(r.IntN(3)) * time.Hour
		return "shifted dates"
	case 17:
		f.language = []string{"en", "de"}[r.IntN(2)]
		return "language " + f.language
	case 18:
		f.items = f.items[:len(f.items)/3]
		return "most left out"
	case 19:
		f.items[some()].date = time.Time{}
		return "an item without a date"
	case 20:
		f.items[some()].term = []string{"Environment", "Potholes", ""}[r.IntN(3)]
		return "another category"
	case 21:
		i, j := some(), some()
		f.items[i], f.items[j] = f.items[j], f.items[i]
		return "another order"
	case 22:
		f.add(r, now, 1)
		i := 1 + r.IntN(len(f.items)-1)
		f.items[0] = f.items[i]
		f.items[0].language = "fr"
		return "an item in another language"
	case 23, 24, 25:
		f.items = slices.Clone(f.past[max(0, len(f.past)-1-r.IntN(4))])
		return "what it was before"
	case 26:
		f.items[some()].file = fmt.Sprint("plan-", r.IntN(3), ".pdf")
		return "another enclosure"
	case 27:
		f.items[some()].alternate = f.items[some()].path
		return "a version in another language"
	case 28:
		f.items[some()].updated = now
		return "another date of change"
	case 29, 30:
		f.add(r, now, 1)
		of := f.items[some()]
		f.items[0].guid, f.items[0].path = of.guid, of.path
		if r.IntN(2) == 0 {
			f.items[0].date = of.date
		}
		return "a new item with an old GUID and link"
	case 31:
		i, j := some(), some()
		f.items[i].guid, f.items[i].path, f.items[j].guid, f.items[j].path = "", "", "", ""
		return "two items with a front page alone"
	default:
		i := some()
		f.items[i].path = fmt.Sprint("elsewhere/", f.n, "/", i)
		return "another link"
	}
}

func (f *changingFeed) add(r *rand.Rand, now time.Time, n int) {
	for range n {
		f.n++
		it := changingItem{
			guid: fmt.Sprint("g", f.n), path: fmt.Sprint("n/", f.n), title: fmt.Sprint("Notice ", f.n),
			text: fmt.Sprint("What the city has to say of <b>", f.n, "</b>."), date: now.Add(-time.Duration(r.IntN(300)) * time.Minute),
		}
		if r.IntN(3) == 0 {
			it.term = []string{"Culture", "Environment", "Unheard of"}[r.IntN(3)]
		}
		if r.IntN(12) == 0 {
			it.guid = ""
		}
		if f.name != "" && r.IntN(3) == 0 {
			it.path, it.title = f.name+"/"+it.path, f.name+" "+it.title // under a GUID that the other may have
		}
		if r.IntN(20) == 0 {
			it.date = now.Add(time.Duration(72*r.Float64()) * time.Hour) // and what it has instead, until then
			if r.IntN(2) == 0 {
				it.updated = now.Add(-time.Hour)
			}
		}
		f.items = append([]changingItem{it}, f.items...)
	}
	f.items = f.items[:min(len(f.items), 25)]
}

// document writes the feed at a time.
func (f *changingFeed) document(now time.Time) string {
	base := f.scheme + "://" + f.host + "/"
	var b strings.Builder
	switch f.format {
	case "atom":
		fmt.Fprintf(&b, `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang=%q><title>News</title><id>%s</id><updated>%s</updated>`, f.language, "https://city.example/feed", now.Format(time.RFC3339))
	case "rdf":
		fmt.Fprintf(&b, `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dcterms="http://purl.org/dc/terms/"><channel rdf:about=%q><title>News</title><link>%s</link><description>News</description><dc:language>%s</dc:language><dc:date>%s</dc:date><items><rdf:Seq>`, base, base, f.language, now.Format(time.RFC3339))
		for _, it := range f.items {
			fmt.Fprintf(&b, `<rdf:li rdf:resource="%s%s"/>`, base, it.path)
		}
		b.WriteString(`</rdf:Seq></items></channel>`)
	default:
		fmt.Fprintf(&b, `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dcterms="http://purl.org/dc/terms/"><channel><title>News</title><link>%s</link><description>News</description><language>%s</language><lastBuildDate>%s</lastBuildDate>`, base, f.language, now.Format(time.RFC1123Z))
	}
	for _, it := range f.items {
		b.WriteByte('\n')
		if f.format == "atom" {
			f.entry(&b, it, base)
		} else {
			f.item(&b, it, base)
		}
	}
	b.WriteString(map[string]string{"atom": "</feed>", "rdf": "</rdf:RDF>", "rss": "</channel></rss>"}[f.format])
	fmt.Fprintf(&b, "<!-- made at %s -->", now)
	return b.String()
}

// entry writes an entry of Atom.
func (f *changingFeed) entry(b *strings.Builder, it changingItem, base string) {
	fmt.Fprintf(b, "<entry%s><title>%s</title>", given(` xml:lang=%q`, it.language), it.title)
	b.WriteString(given(`<id>tag:city.example,2026:%s</id>`, it.guid))
	fmt.Fprintf(b, `<link href="%s%s"/><content type="html"><![CDATA[<p>%s</p>]]></content>`, base, it.path, it.text)
	b.WriteString(given(`<link rel="alternate" hreflang="fr" href="`+base+`%s"/>`, it.alternate))
	b.WriteString(given(`<link rel="enclosure" type="application/pdf" href="`+base+`%s"/>`, it.file))
	b.WriteString(given(`<category term=%q/>`, it.term))
	if !it.date.IsZero() {
		fmt.Fprintf(b, `<published>%s</published>`, it.date.Add(f.zone).Format(time.RFC3339))
	}
	if !it.updated.IsZero() {
		fmt.Fprintf(b, `<updated>%s</updated>`, it.updated.Format(time.RFC3339))
	}
	b.WriteString("</entry>")
}

// item writes an item of RSS or RDF.
func (f *changingFeed) item(b *strings.Builder, it changingItem, base string) {
	date, layout := "pubDate", time.RFC1123Z
	if f.format == "rdf" {
		date, layout = "dc:date", time.RFC3339
		fmt.Fprintf(b, `<item rdf:about="%s%s">`, base, cmp.Or(it.guid, it.path))
	} else {
		b.WriteString("<item>" + given(`<guid isPermaLink="false">%s</guid>`, it.guid))
	}
	fmt.Fprintf(b, "<title>%s</title><link>%s%s</link><description><![CDATA[<p>%s</p>]]></description>", it.title, base, it.path, it.text)
	b.WriteString(given(`<category>%s</category>`, it.term))
	b.WriteString(given(`<dc:language>%s</dc:language>`, it.language))
	b.WriteString(given(`<atom:link rel="alternate" hreflang="fr" href="`+base+`%s"/>`, it.alternate))
	b.WriteString(given(`<enclosure type="application/pdf" length="1" url="`+base+`%s"/>`, it.file))
	if !it.date.IsZero() {
		fmt.Fprintf(b, `<%s>%s</%[1]s>`, date, it.date.Add(f.zone).Format(layout))
	}
	if !it.updated.IsZero() {
		fmt.Fprintf(b, `<dcterms:modified>%s</dcterms:modified>`, it.updated.Format(time.RFC3339))
	}
	b.WriteString("</item>")
}

// given fills a value into a text; "" where there is none.
func given(format, value string) string {
	if value == "" {
		return ""
	}
	return fmt.Sprintf(format, value)
}
