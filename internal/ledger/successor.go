package ledger

import (
	"slices"
	"strings"
)

// An address that changes is no new article: a slug that was mended, a session's number in
// each link, a last slash that comes and goes with the server that answers. No parameter
// is noise by its name. An article whose keys are all unknown is the one that its source
// had before, if
//
//   - it is the only one of the document, and of what the source had of late, with its
//     title and its date; or, where there is no date, the only one with its title, and it
//     says the same below it;
//   - the other one is live, and not in the document: the two stand nowhere side by side;
//     an undated one was in the source's last document, and leaves as this one comes;
//   - both links are of one host, or there is none;
//   - the text is the same, or the date is one to the minute: "Notice" of a day, with
//     another text at another address, is another notice;
//   - of one that has neither date nor text, the link differs as that of a session does,
//     and so do those of all others of the document.
//
// Where the links differ as those of a session do, the first is kept, since it leads where
// the newest does, and the newest is a key of nothing: at the next visit it is another one.

// mayBeSuccessors returns the articles that the source may have had under other keys
// before: those of a window of which no key is known.
func (s *Snapshot) mayBeSuccessors(b Batch) (unknown []*item) {
	if !s.Facts.Visited || s.run.Extent != Windowed {
		return nil
	}
	for _, in := range b.items {
		if !in.cutOff && in.sharedKey == unshared && s.isNew(in) {
			unknown = append(unknown, in)
		}
	}
	return unknown
}

// findSuccessors finds the articles that those of a batch were before their addresses
// changed. What the source had of late is known.
func (s *Snapshot) findSuccessors(b Batch) {
	unknown := s.mayBeSuccessors(b)
	if len(unknown) == 0 {
		return
	}
	w := &succession{
		Snapshot: s, listed: s.listedIn(b), alike: map[trait]int{}, titled: s.recentByTitle(),
		all: len(unknown) == b.listed() && b.listed() >= fewest,
	}
	for _, in := range unknown {
		w.alike[in.namesake()]++
	}
	for _, in := range unknown {
		if k := w.predecessor(in); k != nil && (in.twin == 0 || in.twin == k.ID) {
			in.twin, in.varies = k.ID, variesAsASession(k.linkKey(), in.link)
		}
	}
}

// succession is what tells which article follows which.
type succession struct {
	*Snapshot
	listed map[int64]bool      // known articles of the document
	alike  map[trait]int       // how many unknown ones of it have title and date
	titled map[string][]*Known // what the source had of late
	all    bool                // nothing of it is known
}

// recentByTitle returns the articles that the source had of late, by their titles without
// white space and case: so that many new ones are not each compared with all of them.
func (s *Snapshot) recentByTitle() map[string][]*Known {
	titled := make(map[string][]*Known, len(s.recent))
	for _, id := range s.recent {
		if k := s.known[id]; k != nil {
			title := titleKey(k.Title)
			titled[title] = append(titled[title], k)
		}
	}
	return titled
}

func titleKey(title string) string { return strings.ToLower(unspaced(title)) }

// namesake is the trait of the articles with the same title and date; without a date those
// with the same title.
func (in *item) namesake() trait {
	if !in.dated() {
		return trait{"title " + in.folded(), 0}
	}
	return in.titleTrait()
}

// predecessor returns the article that one was before its address changed; nil for none.
func (w *succession) predecessor(in *item) *Known {
	var found *Known
	for _, k := range w.titled[titleKey(in.article.Title)] {
		if k.isErased() || k.Language != in.article.Language || !sameTitle(k.Title, in.article.Title) || in.dated() && k.Published != in.published() {
			continue
		}
		if found != nil {
			return nil
		}
		found = k
	}
	if found == nil || w.alike[in.namesake()] > 1 || w.listed[found.ID] || found.Withdrawn != 0 || found.Here.Gone {
		return nil
	}
	return pick(found, w.mayFollow(in, found))
}

// mayFollow reports whether an article may be one with its title and date that left.
func (w *succession) mayFollow(in *item, k *Known) bool {
	if hostOf(in.link) != hostOf(k.linkKey()) {
		return false
	}
	sameText := in.saysAs(k)
	if in.dated() {
		return sameText || in.isDatedToTheMinute()
	}
	if !sameText || !w.run.Document.Memory.had(k.ID) {
		return false
	}
	if in.article.Content+in.article.Summary != "" {
		return true
	}
	return w.all && in.link != "" && variesAsASession(k.linkKey(), in.link)
}

// isDatedToTheMinute reports whether an article's date is more than a day: neither
// midnight where it was written nor in UTC.
func (in *item) isDatedToTheMinute() bool {
	date := in.article.Published
	hour, minute, second := date.Clock()
	return in.dated() && hour+minute+second > 0 && in.published()%(24*60*60*1000) != 0
}

// listedIn returns the known articles that have a key of one of the batch.
func (s *Snapshot) listedIn(b Batch) map[int64]bool {
	listed := map[int64]bool{}
	for _, in := range b.stubs {
		listed[in.stub.article] = true
	}
	for _, in := range b.items {
		for _, key := range in.lookups() {
			a, _ := s.alias(in, key)
			listed[a.Article] = true
		}
	}
	return listed
}

// hostOf returns the host of a link's key, without "www.".
func hostOf(link string) string {
	host, _, _ := strings.Cut(link, "/")
	return strings.TrimPrefix(host, "www.")
}

// variesAsASession reports whether two keys are of links that differ in no more than what
// differs from visit to visit: the values of parameters, be they in the query or in the
// path (";jsessionid=1"), the fragment, or a last slash.
func variesAsASession(a, b string) bool {
	aPath, aNames := parametersOf(a)
	bPath, bNames := parametersOf(b)
	return aPath == bPath && slices.Equal(aNames, bNames)
}

// parametersOf returns the path of a link's key without its last slash, and the names of
// its parameters.
func parametersOf(link string) (path string, names []string) {
	link, _, _ = strings.Cut(link, "#")
	link, query, _ := strings.Cut(link, "?")
	for i, segment := range strings.Split(link, "/") {
		segment, parameters, _ := strings.Cut(segment, ";")
		if i > 0 {
			path += "/"
		}
		path += segment
		names = append(names, namesIn(parameters, ";")...)
	}
	return strings.TrimSuffix(strings.TrimPrefix(path, "www."), "/"), append(names, namesIn(query, "&")...)
}

func namesIn(parameters, separator string) (names []string) {
	for parameter := range strings.SplitSeq(parameters, separator) {
		if name, _, _ := strings.Cut(parameter, "="); name != "" {
			names = append(names, name)
		}
	}
	return names
}
