package ledger

import "strings"

// Where most of a document is unknown, its source may have moved to another host, or its
// site may have been made anew. What it was before is found out once for all of a batch,
// before its parts are matched.

// fewest is the least number of articles that prove a change of a whole source.
const fewest = 3

// mostly reports whether so many of a batch are most of it.
func (b Batch) mostly(n int) bool { return n >= fewest && 2*n > b.listed() }

// mayHaveMoved returns the articles that may have been at another host before; none where
// that is no question.
func (s *Snapshot) mayHaveMoved(b Batch) (unknown []*item) {
	for _, in := range b.items {
		if s.Facts.Visited && in.link != "" && s.isNew(in) {
			unknown = append(unknown, in)
		}
	}
	if !b.mostly(len(unknown)) {
		return nil
	}
	return unknown
}

// FormerLinks is how many links of the source's newest articles are to be asked for; 0 for
// none.
func (s *Snapshot) FormerLinks(b Batch) int {
	if len(s.mayHaveMoved(b)) == 0 {
		return 0
	}
	return 50
}

// FormerKeys are the keys to be asked for, by the links that the source had: the paths of
// the batch at the host where most were before.
func (s *Snapshot) FormerKeys(b Batch, links []string) (keys []string) {
	hosts := map[string]int{}
	for _, link := range links {
		host, _, _ := strings.Cut(linkKey(link), "/")
		hosts[host]++
	}
	before, most := "", 0
	for host, n := range hosts {
		if host != "" && (n > most || n == most && host < before) {
			before, most = host, n
		}
	}
	for _, in := range s.mayHaveMoved(b) {
		if host, rest, ok := strings.Cut(in.link, "/"); ok && before != "" && host != before {
			in.former = before + "/" + rest
			keys = append(keys, in.former)
		}
	}
	return keys
}

// mayBeMadeAnew returns the articles that the source's site may have had under other GUIDs
// and links before; none where that is no question.
func (s *Snapshot) mayBeMadeAnew(b Batch) (unknown []*item) {
	for _, in := range b.items {
		if s.Facts.Visited && in.dated() && s.isNew(in) {
			unknown = append(unknown, in)
		}
	}
	if !b.mostly(len(unknown)) {
		return nil
	}
	return unknown
}

// RecentForTwins is how many articles are to be asked for of those that the source had of
// late, to find there what those of a batch were before; 0 for none.
func (s *Snapshot) RecentForTwins(b Batch) int {
	if len(s.mayBeMadeAnew(b))+len(s.mayBeSuccessors(b)) == 0 {
		return 0
	}
	return s.recently()
}

// FindTwins finds, by title and date, the articles of a source whose site was made anew,
// so that neither GUIDs nor links are what they were.
func (s *Snapshot) FindTwins(b Batch) {
	unknown := s.mayBeMadeAnew(b)
	if len(unknown) == 0 {
		return
	}
	listed := s.listedIn(b)
	twins := map[*item]int64{}
	for _, in := range unknown {
		ids := s.titles[textKey{language: in.article.Language, title: unspaced(in.article.Title), published: in.published()}]
		if len(ids) == 1 && !listed[ids[0]] {
			twins[in] = ids[0]
			listed[ids[0]] = true
		}
	}
	if !b.mostly(len(twins)) {
		return
	}
	for in, id := range twins {
		in.twin = id
	}
}
