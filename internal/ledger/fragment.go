package ledger

import "strings"

// A publisher that counts the states of an article in the fragment of its GUID
// ("…/news/1#0", "…/news/1#3") has one article all the same, where link, title, date and
// text agree. In one document the first of them stands for all, unless another is known;
// those that were stored as articles of their own before stay what they are.

// echoes are the articles of a batch by what those share that differ in the fragment of
// their GUIDs alone.
type echoes map[echo]*item

type echo struct{ guid, language, link, title, text string }

// add notes that an article says what one before it did under another fragment.
func (e echoes) add(in *item) {
	guid, _, ok := strings.Cut(in.article.GUID, "#")
	if !ok || guid == "" || in.cutOff || in.link == "" {
		return
	}
	key := echo{guid, in.article.Language, in.link, in.folded(), in.text()}
	first, ok := e[key]
	if !ok {
		e[key] = in
		return
	}
	if in.published() == first.published() {
		first.echoed, in.echoed = first, first
		first.repeated, in.repeated = true, true
	}
}

// isEchoOf reports whether two articles say the same under other fragments of one GUID.
func (in *item) isEchoOf(o *item) bool { return in.echoed != nil && in.echoed == o.echoed }

// withoutEchoes returns the matches without those that merely say again what another one
// of them says.
func withoutEchoes(all []*match) []*match {
	known := map[*item]bool{}
	for _, m := range all {
		if m.echoed != nil && m.known != nil {
			known[m.echoed] = true
		}
	}
	kept := all[:0]
	for _, m := range all {
		if m.echoed == nil || m.known != nil || m.echoed == m.item && !known[m.item] {
			kept = append(kept, m)
		}
	}
	return kept
}
