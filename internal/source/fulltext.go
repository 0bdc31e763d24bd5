package source

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/page"
	"github.com/kairan-news/kairan/internal/plain"
)

// A feed may bring summaries only. With [feeds.Source.FullText] its articles have the texts
// of the pages behind its entries; all else is the feed's. A page is asked when its entry is
// new and when that has changed, on the terms of pages that a listing names: as robots.txt
// allows, so many a run, and again after growing rests where it fails. Its text is kept
// beside the feed ([Pages]), so that it stays the article's whatever becomes of the page,
// however often the entry is read again.
//
// Where the page has less to say than its entry, the entry's text stays. So it does where
// several entries lead to one page, or where one leads to a file or to a front page: that
// is not their text. The one that led there alone before has it still.

// TakesPages reports whether a source's articles have the texts of the pages behind its
// entries: where a person wants it, and what is published may have the full text.
func TakesPages(s *feeds.Source, p *feeds.Publisher) bool {
	return s.Kind == feeds.KindFeed && s.FullText && p.License.FullText
}

// FullTextDigest tells apart by what the texts of a feed's articles are taken from their
// pages; "" where they are not.
func FullTextDigest(s *feeds.Source, p *feeds.Publisher) string {
	if !TakesPages(s, p) {
		return ""
	}
	return "full " + selectorsDigest(feeds.Selectors{Content: s.Selectors.Content})
}

// Entries are those of a feed that was read.
type Entries struct {
	// Wanted tells which of the articles are published; nil for all.
	Wanted func(i int) bool
	// Known are the links of those that were not read, being known.
	Known []string
	// Whole says that the document was read to its end.
	Whole bool
}

// Complete gives the articles of a feed that was read the texts of their pages, those that
// are kept and those that it fetches now, and notes in the pages what is to be kept. An error
// says that the context has ended.
func (c *Collector) Complete(ctx context.Context, in Input, res Result, e Entries, kept *Pages) (Result, error) {
	w, err := c.newRound(in)
	if err != nil {
		return res, err
	}
	t := &completion{crawl: w, kept: kept, of: map[string]*keptPage{}, pages: make([]*keptPage, len(res.Articles))}
	w.lister, w.read = "feed", t.fetch
	t.line(res.Articles, e)
	if err := t.ask(ctx); err != nil {
		return res, err
	}
	for i := range res.Articles {
		if k := t.pages[i]; k != nil {
			k.complete(&res.Articles[i])
		}
	}
	if e.Whole {
		kept.leave(t.present, in.Now)
	}
	w.report()
	res.Problems = append(res.Problems[:len(res.Problems):len(res.Problems)], w.res.Problems...)
	res.Bytes += w.res.Bytes
	if w.res.Again > 0 {
		res.Again = w.res.Again
	}
	if res.Fetched.failure != nil {
		return res, nil // it is asked for again whatever its pages say
	}
	res.Fetched.memory.PagesDue = kept.due()
	return res, res.Fetched.memory.keep(&res.State)
}

// Unpaged marks the articles of a feed that take their texts from it again, and no longer
// from their pages, so that this is no news.
func (p *Pages) Unpaged(articles []feeds.Article) {
	for i := range articles {
		if k := p.byKey[keptKey(articles[i].Link)]; k != nil && k.Taken != "" {
			articles[i].TextFrom = feeds.TextElsewhere
		}
	}
}

// completion is one run over the pages behind a feed's entries.
type completion struct {
	*crawl
	kept    *Pages
	of      map[string]*keptPage // by the links that are asked
	pages   []*keptPage          // of the articles; nil where the text is the entry's own
	present map[string]bool      // the keys of the pages that entries lead to
}

// line meets the pages of the entries, and lets those that are to be asked wait: first those
// that were not tried before.
func (t *completion) line(articles []feeds.Article, e Entries) {
	t.present = map[string]bool{}
	for _, link := range e.Known {
		t.present[keptKey(link)] = true
	}
	shared := sharedPages(articles, e.Known)
	by := selectorsDigest(feeds.Selectors{Content: t.in.Source.Selectors.Content})
	var again []pendingPage
	for i := range articles {
		a := &articles[i]
		if e.Wanted != nil && !e.Wanted(i) || !mayHavePage(a.Link) {
			continue
		}
		key, said := keptKey(a.Link), saidBy(a)
		if shared[key] {
			t.note(a.Link, "page-shared", "several entries lead to this page, and none of them takes its text")
			t.pages[i] = t.kept.stillOf(key, said)
			t.present[key] = t.present[key] || t.pages[i] != nil
			continue
		}
		t.present[key] = true
		k := t.kept.meet(key, said, by, t.in.Now)
		t.pages[i] = k
		_, isTwice := t.of[a.Link]
		t.of[a.Link] = k
		waiting := pendingPage{Item: page.Item{Link: a.Link, Language: a.Language, Published: t.in.Now}, Tries: k.Tries, NotBefore: k.Due}
		switch {
		case k.Due.IsZero() || isTwice:
		case k.Tries > 0:
			again = append(again, waiting)
		default:
			t.memory.Pending = append(t.memory.Pending, waiting)
		}
	}
	t.memory.Pending = append(t.memory.Pending, again...)
}

// sharedPages returns the keys of the pages to which several entries lead, and not one that
// is there twice.
func sharedPages(articles []feeds.Article, known []string) map[string]bool {
	first, shared := map[string]string{}, map[string]bool{}
	leads := func(link, who string) {
		key := keptKey(link)
		if other, ok := first[key]; ok && other != who {
			shared[key] = true
		}
		first[key] = who
	}
	for i, link := range known {
		leads(link, fmt.Sprint(i))
	}
	for i := range articles {
		leads(articles[i].Link, "entry "+cmp.Or(articles[i].GUID, articles[i].Link)+" "+articles[i].Language)
	}
	return shared
}

// mayHavePage reports whether a link leads to the page of an article.
func mayHavePage(link string) bool {
	return feeds.LinkKey(link) != "" && address.DocumentType(link) == "" && !address.IsMediaFile(link) && !address.IsFrontPage(link)
}

// saidBy is a digest of what an entry says.
func saidBy(a *feeds.Article) string {
	published := ""
	if a.PublishedFrom == feeds.DateDeclared {
		published = a.Published.UTC().Format(time.RFC3339)
	}
	return digestOf(a.Title, a.Summary, a.Content, published, a.Updated.UTC().Format(time.RFC3339), a.Corrected.UTC().Format(time.RFC3339))
}

// ask asks the pages that wait, and notes which still do. A host that asks for less, or
// lets no programs in, is no failure of the feed's: its pages wait.
func (t *completion) ask(ctx context.Context) error {
	err := t.readPages(ctx)
	if ctx.Err() != nil {
		return fmt.Errorf("collect %s: %w", t.in.Source.ID, context.Cause(ctx))
	}
	var rest time.Time
	if err != nil {
		var failed *fetch.Error
		rest = t.in.Now.Add(firstRetry)
		if errors.As(err, &failed) {
			rest = laterOf(rest, failed.RetryAfter)
		}
		t.problem("pages-left", "%v; %d pages wait", errors.Unwrap(err), len(t.memory.Pending))
	}
	for _, k := range t.of {
		k.settle() // be it read or given up
	}
	for _, waiting := range t.memory.Pending {
		k := t.of[waiting.Item.Link]
		k.Tries, k.Due = waiting.Tries, laterOf(waiting.NotBefore, rest)
	}
	return nil
}

// fetch asks a page and takes its text.
func (t *completion) fetch(ctx context.Context, waiting pendingPage) error {
	k := t.of[waiting.Item.Link]
	got, read, err := t.fetchPage(ctx, waiting, k.conditions())
	switch {
	case err != nil:
		return err
	case got == nil || read == nil && !got.Unchanged:
		k.settle()
	default:
		k.take(got, read)
	}
	return nil
}

// complete gives an article the text that is kept of its page, where that says more than the
// entry, and what else the entry does not have.
func (k *keptPage) complete(a *feeds.Article) {
	a.TextFrom = k.origin()
	if k.Taken == "" || visibleLength(k.text.Content) <= visibleLength(cmp.Or(a.Content, a.Summary)) {
		return
	}
	a.Content, a.Dropped = k.text.Content, k.text.Dropped
	if len(a.Images) == 0 {
		a.Images = k.text.Images
	}
	if len(a.Alternates) > 0 {
		return
	}
	for _, v := range k.text.Alternates {
		if v.Language != a.Language && keptKey(v.Link) != keptKey(a.Link) {
			a.Alternates = append(a.Alternates, v)
		}
	}
}

// AreSummaries reports whether no article of a feed says more than its summary, and all of
// them lead to pages that may.
func AreSummaries(articles []feeds.Article) bool {
	for i := range articles {
		a := &articles[i]
		if !mayHavePage(a.Link) || visibleLength(a.Content) > visibleLength(a.Summary) {
			return false
		}
	}
	return len(articles) > 0
}

// visibleLength is how much a text says, in bytes.
func visibleLength(content string) (n int) {
	for word := range strings.FieldsSeq(plain.Text(content, 0)) {
		n += len(word)
	}
	return n
}

// LicenceProblem says that a feed's pages are not fetched though a person wants it; nil where
// nothing is in the way.
func LicenceProblem(s *feeds.Source, p *feeds.Publisher) []parse.Problem {
	if !s.FullText || s.Kind != feeds.KindFeed || p.License.FullText {
		return nil
	}
	return []parse.Problem{{Code: "full-text", Detail: fmt.Sprintf("the licence of publisher %q does not allow the full text, so that no page is fetched for it; record that it does by licence.full_text, or remove full_text from the source", p.Key)}}
}
