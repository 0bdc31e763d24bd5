package parse

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/rss"

	"github.com/kairan-news/kairan/feeds"
)

// ErrNotFeed is the cause of an error where a document is no feed at all.
var ErrNotFeed = errors.New("it is no RSS, Atom or JSON Feed; look whether the address is right")

// ErrWebPage is the cause of an error where a document is a web page.
var ErrWebPage = errors.New("it is a web page and no feed; look in it for the address of its feed (link rel=alternate), or collect it as a page")

// ParseFeed reads an RSS, RDF, Atom or JSON Feed document. The error says that
// nothing could be read: that it is no feed, that none of its entries could be read
// ([ErrNoneRead]), or that it ends before its first one does ([ErrCutOff]). A feed that is
// whole and has no entries is none. All that was wrong and could be read nevertheless
// stands in Problems, and in Lost how many entries could not.
//
// The format's own parser of gofeed reads the document, rather than its universal
// one: that one finds no root element behind 4 KiB, and drops what its model of all
// formats has no place for.
func ParseFeed(data []byte, o Options) (*Feed, error) {
	text, problems := decode(data, o.ContentType)
	r := &feedReader{o: o, feed: &Feed{Problems: problems}}
	var err error
	if first := bytes.TrimLeft(text, " \t\r\n\uFEFF\x00"); len(first) > 0 && (first[0] == '{' || first[0] == '[') {
		err = r.readJSON(first)
	} else {
		err = r.readXML(text)
	}
	if err != nil {
		if o.BaseURL == "" {
			return nil, fmt.Errorf("parse feed: %w", err)
		}
		return nil, fmt.Errorf("parse feed %s: %w", o.BaseURL, err)
	}
	r.report()
	return r.feed, nil
}

// feedReader reads one document.
type feedReader struct {
	o    Options
	feed *Feed
	text []byte // of an XML document, as it was surveyed last
	// found are the problems of single articles, counted by code.
	found     []countedProblem
	empty     int // entries that hold nothing
	conflicts int
	conflict  string // what is said of the first
	noted     int    // the problems of articles, conflicts among them
	early     int    // dates that may be believed another time
}

// countedProblem is a problem that several articles may have.
type countedProblem struct {
	Problem
	count int
}

// readXML reads RSS, RDF and Atom.
func (r *feedReader) readXML(text []byte) error {
	v := inspect(text)
	seen, isCut := len(v.entries)+v.behind, false
	if v.faults != 0 || v.family == familyNone {
		mended := repair(text, v.adopted)
		switch {
		case mended == nil && isWebPage(text):
			return ErrWebPage
		case mended == nil:
			return ErrNotFeed
		}
		faults := v.faults &^ faultTruncated
		v = inspect(mended.text)
		if v.adopted != "" { // which showed only when the rest was mended
			faults |= v.faults
			mended = repair(mended.text, v.adopted)
			v = inspect(mended.text)
		}
		if text, seen, isCut = mended.text, mended.entries, mended.isCut; isCut {
			faults |= faultTruncated
		}
		r.reportFaults(faults)
	}
	if v.faults == 0 {
		v.digests(text, r.o)
	}
	r.text = text
	body := text[v.body:]
	if !isCut && v.faults&faultTruncated == 0 && r.o.Known != nil { // else the last entry counts as the last
		body = r.leaveOut(text, v)
	}
	if v.based {
		// gofeed takes the last segment of a base for a folder, against RFC 3986
		// §5.2.3; the survey has resolved the bases already.
		body = bytes.ReplaceAll(body, []byte("xml:base"), []byte("xml:hidden"))
	}
	if v.family == familyAtom {
		f, err := (&atom.Parser{}).Parse(bytes.NewReader(body))
		if err != nil {
			return err
		}
		r.readAtom(f, v)
		return r.account(seen, isCut)
	}
	f, err := (&rss.Parser{}).Parse(bytes.NewReader(body))
	if err != nil {
		return err
	}
	if v.family == familyRDF && f.Title == "" && seen == 0 && !isCut {
		return ErrNotFeed // RDF is more than feeds
	}
	r.readRSS(f, v)
	return r.account(seen, isCut)
}

// isWebPage tells whether a document is HTML.
func isWebPage(text []byte) bool {
	head := bytes.ToLower(text[:min(len(text), sniffLimit)])
	return bytes.Contains(head, []byte("<!doctype html")) || bytes.Contains(head, []byte("<html"))
}

// reportFaults tells what was repaired.
func (r *feedReader) reportFaults(faults fault) {
	for _, f := range faultNames {
		if faults&f.fault != 0 {
			r.feed.Problems = append(r.feed.Problems, Problem{f.code, f.detail})
		}
	}
}

// infoFor returns the surveys of the entries that gofeed read, one for each; of none,
// where it read others than were surveyed.
func (r *feedReader) infoFor(v *survey, entries int) []entryInfo {
	if len(v.entries) == entries {
		return v.entries
	}
	return make([]entryInfo, entries)
}

// sourceOf returns an entry as it stands in the document; nil where that is not known.
func (r *feedReader) sourceOf(info entryInfo) []byte {
	if info.span.to <= info.span.from {
		return nil
	}
	return r.text[info.span.from:info.span.to]
}

// draft is an article as its format gives it, before its text is cleaned.
type draft struct {
	digest     uint64
	guid, link string
	// base is what relative addresses are resolved against.
	base string
	// title is plain text.
	title string
	// summary and content are HTML, or plain text where the flag says so.
	summary, content           string
	summaryPlain, contentPlain bool
	contentBase                string // "" for base
	// said are the languages that the entry and the feed tell, best first.
	said []string
	// published and updated are dates as they are written, best first.
	published, updated []string
	authors            []feeds.Person
	terms              []feeds.Term
	images             []feeds.Image
	enclosures         []feeds.Enclosure
	related            []feeds.Related
	alternates         []feeds.Alternate
	rights             string
}

// titleLength is how long a title is at most that had to be made from the text, in
// characters.
const titleLength = 80

// add cleans a draft and appends it to the feed.
func (r *feedReader) add(d draft) {
	noted, early := r.noted, r.early
	a := feeds.Article{
		GUID: d.guid, Link: d.link, Title: d.title,
		Authors: d.authors, Terms: d.terms, Images: d.images, Enclosures: d.enclosures, Related: d.related, Rights: collapse(d.rights),
	}
	base := d.contentBase
	if base == "" {
		base = d.base
	}
	base = firstOf(base, d.link)
	var pictures []feeds.Image
	content, plain := d.content, d.contentPlain
	if strings.TrimSpace(content) == "" {
		content, plain, base = d.summary, d.summaryPlain, firstOf(d.base, d.link)
	}
	if plain {
		a.Content = paragraphs(content)
	} else {
		a.Content, pictures = sanitize(content, base)
	}
	if len(a.Images) == 0 && len(pictures) > 0 {
		a.Images = pictures[:1]
	}
	a.Summary = summaryOf(d.summary, d.summaryPlain)
	if a.Summary == "" {
		a.Summary = summaryOf(d.content, d.contentPlain)
	}
	if a.Title == "" {
		a.Title = shorten(a.Summary, titleLength)
	}
	a.Language = articleLanguage(a.Title+" "+a.Summary, r.o, d.said...)
	for _, alt := range d.alternates {
		if alt.Language != "" && alt.Language != a.Language && alt.Link != "" {
			a.Alternates = append(a.Alternates, alt)
		}
	}
	a.Published, a.Updated = r.date(d.published), r.date(d.updated)
	a.PublishedFrom = feeds.DateDeclared
	if a.Published.IsZero() {
		a.Published = a.Updated
	}
	if a.Published.IsZero() {
		a.PublishedFrom = feeds.DateFirstSeen
	}
	if why := languageConflict(a.Title+" "+a.Summary, a.Language); why != "" {
		r.noted++
		if r.conflicts++; r.conflicts == 1 {
			r.conflict = fmt.Sprintf("can't be in %s: of %q, %s", a.Language, shorten(a.Title, 60), why)
		}
	}
	if r.noted > noted || r.early > early {
		d.digest = 0 // to be said of it each time, or read otherwise one day
	}
	r.feed.Articles = append(r.feed.Articles, a)
	r.feed.Digests = append(r.feed.Digests, d.digest)
}

// summaryOf returns the summary that HTML or plain text gives.
func summaryOf(source string, plain bool) string {
	if plain {
		return summarize(collapse(source))
	}
	return summarize(plainText(source))
}

// date returns the first of the dates that can be read and be true. What is wrong
// with the others is a problem only if none is right.
func (r *feedReader) date(candidates []string) time.Time {
	var first *Problem
	for _, s := range candidates {
		t, problem := readDate(s, r.o)
		if problem == nil && !t.IsZero() {
			return t
		}
		if problem != nil && problem.Code == dateFuture {
			r.early++
		}
		if first == nil {
			first = problem
		}
	}
	if first != nil {
		r.note(*first)
	}
	return time.Time{}
}

// note counts a problem of one article.
func (r *feedReader) note(p Problem) {
	r.noted++
	for i := range r.found {
		if r.found[i].Code == p.Code {
			r.found[i].count++
			return
		}
	}
	r.found = append(r.found, countedProblem{p, 1})
}

// report writes the counted problems, each once.
func (r *feedReader) report() {
	for _, p := range r.found {
		if p.count > 1 {
			p.Detail = fmt.Sprintf("%s; so are %d others", p.Detail, p.count-1)
		}
		r.feed.Problems = append(r.feed.Problems, p.Problem)
	}
	if r.conflicts > 0 {
		r.feed.Problems = append(r.feed.Problems, Problem{"language-conflict",
			fmt.Sprintf("%d of %d articles %s", r.conflicts, len(r.feed.Articles)+len(r.feed.Known), r.conflict)})
	}
}

// firstOf returns the first string that is not blank.
func firstOf(list ...string) string {
	for _, s := range list {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return ""
}
