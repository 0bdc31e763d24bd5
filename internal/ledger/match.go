package ledger

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// match is an article of a batch with what it was found to be.
type match struct {
	*item
	key   string // by which it was looked for, and is known if it is new
	keyed keying
	known *Known // nil if it is new
	found finding
	fate  fate

	text    rewriting
	before  *feeds.StoredArticle // as it is stored; nil where that was not asked for
	returns bool                 // it was withdrawn
	speech  speech
	redate  bool // its date was shifted for good

	corrected time.Time // the date of its correction that was found out
	id        string    // the new article's
	story     string    // likewise
	// copublished is the story of which another publisher has the same notice; "" for none.
	copublished string
	version     *Version // of the story that it changes; nil where it changes none
}

// keying is how much the key that its source gives an article says.
type keying int

const (
	byKey  keying = iota // it is its own
	byLink               // it names several articles, or named another one before
	byText               // neither it nor the link tells it from others; see apart.go
)

// speech is what becomes of the language of a known article.
type speech int

const (
	speaksAsBefore speech = iota
	// respelt: its language has another tag, as where a region is told now. Nothing is new to
	// readers for it: it serves them as before.
	respelt
	// speaksAnother: it is in another language than it was taken for.
	speaksAnother
)

// finding is how a known article was found.
type finding int

const (
	underItsKey finding = iota
	underAnother
	renamed // the same source had it under another GUID
	varied  // the same source has it under other keys at each visit
)

// fate is what becomes of an article, what asks for least first.
type fate int

const (
	same      fate = iota
	duplicate      // the batch holds the known article under another key too, or it was erased
	held           // it is known, and to be left as it is
	noted          // there is something to write that no reader sees
	refiled        // it has other terms or categories, or another host
	changed        // it has a record
	added          // it is new
)

// rewriting is what becomes of a known article's text.
type rewriting int

const (
	asItWas   rewriting = iota
	relocated           // its link alone is new: the same path at another host, or https
	reread              // it may be read otherwise or elsewhere than when it was stored (reread.go), or differs in what is no change (nochange.go)
	readAlike           // it was, and is read as before
	revised             // its content is new, and this source may say so
)

// Verdict is what was found out about a run as a whole, before its transactions.
type Verdict struct {
	// Put are the holds to store, and Drop the kinds of those that are over.
	Put  []Hold
	Drop []string

	// held says that known articles stay as they are; of a source that is crawled, that
	// none is withdrawn.
	held bool
	// links and hosts say that most articles came under other GUIDs, or at another
	// host: then the link, or its path, is enough to know an article.
	links, hosts bool
	// byLink is whether links are the source's keys from now on.
	byLink bool
	// redated is by how much known dates are to be shifted; 0 for not at all.
	redated time.Duration
	// rewritten says that most known articles have other texts.
	rewritten bool
}

// matcher finds for the articles of a batch the known ones that they are.
type matcher struct {
	*Snapshot
	verdict  *Verdict
	seen     map[int64]bool // articles that the source still has
	reused   int            // how many GUIDs another article had before
	problems []string
	counted  [][]place // of the articles that differ in numbers alone, where these stand
}

func (w *matcher) report(format string, args ...any) {
	w.problems = append(w.problems, fmt.Sprintf(format, args...))
}

// is notes which article another one is.
func (w *matcher) is(m *match, k *Known, how finding) {
	m.known, m.found = k, how
	w.seen[k.ID] = true
}

func (m *match) twice() string {
	return fmt.Sprintf("%q is here twice, under keys that are known as one article", m.article.Title)
}

// hasNewKey reports whether a known article came under a key that is not known yet, and
// is worth to be known.
func (m *match) hasNewKey() bool { return m.found != underItsKey && m.found != varied }

// changesLanguage reports whether its source now says that the article is in another
// language, and not a newer grammar of ours.
func (m *match) changesLanguage() bool { return m.speech == speaksAnother && m.text != reread }

// claims reports whether the article is its source's from now on.
func (m *match) claims() bool { return m.returns || m.text == revised || m.speech == speaksAnother }

// language returns the language of the article after the run.
func (m *match) language() string {
	if m.known != nil && m.speech == speaksAsBefore {
		return m.known.Language
	}
	return m.article.Language
}

// of is the version that the rows of an article name.
func (m *match) of() *Version {
	if m.version == nil {
		return &Version{ID: m.known.ID}
	}
	return m.version
}

// number is the article's number; 0 of a new one that is not stored yet.
func (m *match) number() int64 { return m.of().ID }

// nextRevision is the number of the revision that the article has after the run.
func (m *match) nextRevision() int {
	switch {
	case m.known == nil:
		return 1
	case m.text == revised:
		return m.known.Revision + 1
	}
	return m.known.Revision
}

// shift returns by how much a known article's date is another than before.
func (m *match) shift() time.Duration {
	return m.article.Published.Sub(FromMillis(m.known.Published))
}

// weigh finds out what a known article asks for.
func (w *matcher) weigh(m *match) {
	k := m.known
	if k == nil {
		m.fate = added
		return
	}
	if k.isErased() {
		m.fate = duplicate // it never comes back
	}
	if m.fate == duplicate {
		return
	}
	if w.saysNothing(m) {
		return
	}
	may := w.mayRevise(k)
	m.returns = k.Withdrawn != 0
	if !m.cutOff && (m.returns || may && m.article.TextFrom != feeds.TextAwaited) {
		m.text = w.rewrites(m)
	}
	m.speech = m.speaks(may)
	w.submit(m)
}

// speaks returns what becomes of the language of a known article, which its source may
// revise or not.
func (m *match) speaks(may bool) speech {
	is, was := m.article.Language, m.known.Language
	switch {
	case is == was || is == feeds.Undetermined || was != feeds.Undetermined && !may:
		return speaksAsBefore
	case feeds.FitOf(was, is) != feeds.FitNone:
		return respelt
	default:
		return speaksAnother
	}
}

// isRespoken reports whether the article is to be found under its new language alone.
func (m *match) isRespoken() bool { return m.speech != speaksAsBefore && m.fate != held }

// saysNothing reports whether the run has nothing to say of a known article: it is older
// than what the document lists, or another source has declared it withdrawn that this one
// listed all the time, and has nothing new of.
func (w *matcher) saysNothing(m *match) bool {
	k := m.known
	return m.behind || k.Withdrawn != 0 && k.isFiled() && !k.Here.Gone && (k.Hash == m.hash || k.Source != w.run.Source.ID)
}

// rewrites returns what becomes of the text of a known article that the source may revise.
func (w *matcher) rewrites(m *match) rewriting {
	k := m.known
	switch {
	case m.returns && m.hash == k.Hash:
		return asItWas
	case m.returns:
		return revised
	case k.Grammar < w.run.Grammar:
		return reread
	case m.isMove(k):
		if m.found == varied {
			return asItWas
		}
		return relocated
	case m.hash != k.Hash && m.article.TextFrom == feeds.TextElsewhere:
		return reread
	case m.hash != k.Hash:
		return revised
	case m.mended && m.shift() != 0:
		return reread
	}
	return asItWas
}

// submit applies the verdict to an article.
func (w *matcher) submit(m *match) {
	k := m.known
	if k == nil || m.fate == duplicate || m.stub != nil || w.saysNothing(m) {
		return
	}
	m.redate = w.verdict.redated != 0 && k.Source == w.run.Source.ID && m.shift() == w.verdict.redated
	if w.verdict.held && w.run.Extent != Crawled { // whose pages come once
		m.fate = held
		return
	}
	m.fate = m.asks()
}

// asks returns what a known article asks for that is not held.
func (m *match) asks() fate {
	k := m.known
	switch {
	case m.claims():
		return changed
	case m.speech == respelt || m.text == relocated || m.text == reread || !k.isFiled() || k.Here.Gone || k.Here.Terms != m.terms || k.Here.Categories != m.categories:
		return refiled
	case m.hasNewKey() || m.redate || m.text == readAlike || k.Joins != m.joins && k.Here.Source == k.Source:
		return noted
	default:
		return same
	}
}

// learned returns the facts after a run.
func (w *matcher) learned() Facts {
	f := w.Facts
	f.LinkKeys = w.verdict.byLink || f.LinkKeys
	switch {
	case w.verdict.held:
	case w.run.Extent == Windowed:
		f.Items = w.run.items()
		f.Noise = f.Noise.after(w.counted, w.run)
	case w.run.Listing != nil:
		f.Items = w.run.Listing.Items
	}
	return f
}

// isMove reports whether nothing of a known article is new but the host of its link, or
// https in the place of http; or its whole link, where the site was made anew. A reader
// has no use for the news that a site has moved, so that this is no correction; but the
// old address may lead nowhere before long.
func (in *item) isMove(k *Known) bool {
	if in.link == "" || in.article.Link == k.Link {
		return false
	}
	if in.hash == k.Hash { // which does not see the scheme
		return strings.HasPrefix(in.article.Link, "https:")
	}
	oldHost, oldPath, _ := strings.Cut(k.linkKey(), "/")
	host, path, _ := strings.Cut(in.link, "/")
	if in.twin != k.ID && (oldHost == host || oldPath != path) {
		return false
	}
	a := in.article
	a.Link = k.Link
	a.Enclosures = slices.Clone(a.Enclosures)
	for i := range a.Enclosures {
		if scheme, rest, ok := strings.Cut(a.Enclosures[i].URL, "://"); ok && strings.HasPrefix(rest, host+"/") {
			a.Enclosures[i].URL = scheme + "://" + oldHost + strings.TrimPrefix(rest, host)
		}
	}
	return contentHash(&a) == k.Hash
}

// saysAs reports whether the article says below its title what a known one says.
func (in *item) saysAs(k *Known) bool {
	a := in.article
	a.Title, a.Link = k.Title, k.Link
	return contentHash(&a) == k.Hash
}
