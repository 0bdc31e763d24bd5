package ledger

import "slices"

// What is to be asked about a batch, in this order, since what is asked later depends on
// what was answered before. Where a question is empty there is nothing to ask.

// Keys are the keys by which the articles of a batch may be known.
func (s *Snapshot) Keys(b Batch) []string {
	keys := make([]string, 0, 2*len(b.items))
	for _, in := range b.items {
		keys = append(keys, in.lookups()...)
	}
	return keys
}

// MoreKeys are further ones, for those of which no key is known or one is not enough.
func (s *Snapshot) MoreKeys(b Batch) (keys []string) {
	for _, in := range b.items {
		if in.link != "" && s.isUnknown(in) {
			keys = append(keys, otherName(in.link))
		}
		if s.maySayMore(in) {
			keys = append(keys, in.textKey(), in.titleKey())
		}
	}
	return keys
}

// Twins are the articles that those of a batch were before their site was made anew.
func (s *Snapshot) Twins(b Batch) (ids []int64) {
	for _, in := range b.items {
		if in.twin != 0 {
			ids = append(ids, in.twin)
		}
	}
	return s.Unread(ids)
}

// Unread returns those of the articles that were not asked for yet.
func (s *Snapshot) Unread(ids []int64) (unread []int64) {
	asked := make(map[int64]bool, len(ids))
	for _, id := range ids {
		if s.known[id] == nil && !asked[id] {
			asked[id] = true
			unread = append(unread, id)
		}
	}
	return unread
}

// Owners are other sources of which it is to be asked when they were collected last.
func (s *Snapshot) Owners() (sources []string) {
	for _, k := range s.known {
		if k.Source == s.run.Source.ID {
			continue
		}
		if _, asked := s.alive[k.Source]; !asked {
			s.alive[k.Source] = false
			sources = append(sources, k.Source)
		}
	}
	return sources
}

// Recent is how many articles are to be asked for of those that the source had of late;
// 0 for none.
func (s *Snapshot) Recent(b Batch) int {
	if slices.ContainsFunc(b.items, s.needsText) || slices.ContainsFunc(b.items, s.needsRecent) {
		return s.recently()
	}
	return 0
}

// recently is [Snapshot.Recent] where there is need of them.
func (s *Snapshot) recently() int {
	if s.asked {
		return 0
	}
	return 2*s.run.items() + 50
}

// isUnknown reports whether none of the article's keys is known.
func (s *Snapshot) isUnknown(in *item) bool {
	return !slices.ContainsFunc(in.lookups(), func(key string) bool { return len(s.languages[key]) > 0 })
}

// isNew reports whether it is not known under its host's other name either.
func (s *Snapshot) isNew(in *item) bool {
	return s.isUnknown(in) && len(s.languages[otherName(in.link)]) == 0
}

// firstKey is the key by which an article is looked for first.
func (s *Snapshot) firstKey(in *item) string {
	if s.Facts.LinkKeys && in.link != "" && !in.sharedLink {
		return in.link
	}
	return in.given
}

// needsText reports whether neither GUID nor link can find an article, though the source
// may have had it under another GUID.
func (s *Snapshot) needsText(in *item) bool {
	if !s.Facts.Visited || in.article.GUID == "" || !in.dated() {
		return false
	}
	if _, ok := s.alias(in, s.firstKey(in)); ok {
		return false
	}
	link, _ := s.alias(in, in.link)
	return in.link == "" || in.sharedLink || link.Shared
}

// maySayMore reports whether the key of an article may not be its own, so that what it
// says has to be looked for too.
func (s *Snapshot) maySayMore(in *item) bool {
	if in.sharedKey == sameLinks {
		return true
	}
	a, ok := s.alias(in, s.firstKey(in))
	k := s.known[a.Article]
	return ok && k != nil && (a.Shared || !sameTitle(k.Title, in.article.Title))
}

// needsRecent reports whether an article has to be looked for among those that the source
// had of late, by what it says.
func (s *Snapshot) needsRecent(in *item) bool {
	if !s.Facts.Visited || !s.maySayMore(in) {
		return false
	}
	if k := s.holder(in, in.textKey()); k != nil && k.Hash == in.hash {
		return false
	}
	a, _ := s.alias(in, s.firstKey(in))
	link, _ := s.alias(in, in.link)
	k := s.known[a.Article]
	return in.sharedKey == sameLinks || a.Shared || k != nil && s.isAnother(in, k) || link.Shared
}
