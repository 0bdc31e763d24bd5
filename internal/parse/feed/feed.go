package feed

import (
	"bytes"
	"fmt"

	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/rss"

	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/charset"
)

// Parse reads an RSS, RDF, Atom or JSON Feed document. The error says that
// nothing could be read: that it is no feed, that none of its entries could be read
// ([ErrNoneRead]), or that it ends before its first one does ([ErrCutOff]). A feed that is
// whole and has no entries is none. All that was wrong and could be read nevertheless
// stands in Problems, and in Lost how many entries could not.
//
// The format's own parser of gofeed reads the document, rather than its universal
// one: that one finds no root element behind 4 KiB, and drops what its model of all
// formats has no place for.
func Parse(data []byte, o parse.Options) (*Feed, error) {
	text, problems := charset.Decode(data, o.ContentType, o.Language, o.PublisherLanguage)
	r := &reader{o: o, dates: o, feed: &Feed{Problems: problems}}
	var err error
	if json, ok := bareJSON(text); ok {
		err = r.readJSON(json)
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

// readXML reads RSS, RDF and Atom.
func (r *reader) readXML(text []byte) error {
	v := inspect(text)
	seen, isCut := len(v.entries)+v.behind, false
	if v.faults != 0 || v.family == familyNone {
		mended, again, err := r.mend(text, v)
		if err != nil {
			return err
		}
		v, text, seen, isCut = again, mended.text, mended.entries, mended.isCut
	}
	if v.faults == 0 && !isCut {
		v.digests(text, r.o)
	}
	r.text = text
	r.findDeleted(v)
	d := document{text: text, survey: v, known: withoutLost(v, r.leaveOut(v))}
	if v.family == familyAtom {
		f, err := hand(&d, (&atom.Parser{}).Parse, atomTexts)
		if err != nil {
			return err
		}
		r.readAtom(f, v)
		return r.account(seen, isCut)
	}
	f, err := hand(&d, (&rss.Parser{}).Parse, rssTexts)
	if err != nil {
		return err
	}
	if v.family == familyRDF && f.Title == "" && seen == 0 && !isCut {
		return ErrNotFeed // RDF is more than feeds
	}
	r.readRSS(f, v)
	return r.account(seen, isCut)
}

// mend rewrites a document that gofeed can't read as it stands, whose survey is v, and
// surveys what it has become.
func (r *reader) mend(text []byte, v *survey) (mended *repaired, again *survey, err error) {
	mended = repair(text, v.adopted)
	switch {
	case mended == nil && isWebPage(text):
		return nil, nil, ErrWebPage
	case mended == nil:
		return nil, nil, ErrNotFeed
	}
	faults := v.faults &^ faultTruncated
	again = inspect(mended.text)
	if again.adopted != "" { // which showed only when the rest was mended
		faults |= again.faults
		mended = repair(mended.text, again.adopted)
		again = inspect(mended.text)
	}
	if mended.isCut {
		faults |= faultTruncated
	}
	r.reportFaults(faults)
	return mended, again, nil
}

// headLength is how many bytes of a document tell whether it is HTML.
const headLength = 4096

// isWebPage reports whether a document is HTML.
func isWebPage(text []byte) bool {
	head := bytes.ToLower(text[:min(len(text), headLength)])
	return bytes.Contains(head, []byte("<!doctype html")) || bytes.Contains(head, []byte("<html"))
}
