package ledger

// aliases are the keys by which the articles of a part are found from now on.
type aliases struct {
	*Snapshot
	rows      []AliasRow
	at        map[Key]int // a row can't be replaced twice by one statement
	forgotten []int64     // articles that had one of the keys
}

// newAliases makes the articles findable under the keys that they came with.
func (p *Part) newAliases() (rows []AliasRow, forgotten []int64) {
	as := &aliases{Snapshot: p.Snapshot, at: map[Key]int{}}
	for _, m := range p.matches {
		switch {
		case m.keyed == byText:
			as.addShared(m)
		case m.known == nil:
			for _, key := range m.keys(m.key) {
				as.add(m, key, m.version, m.keyed != byKey && key == m.article.GUID)
			}
		case m.fate != held:
			as.addKnown(m)
		}
	}
	return as.rows, as.forgotten
}

// addKnown adds the keys of a known article that are new.
func (as *aliases) addKnown(m *match) {
	switch {
	case m.hasNewKey() && as.Facts.LinkKeys && m.key == m.article.GUID:
		// It will be another one next time.
	case m.hasNewKey():
		as.add(m, m.key, m.of(), false)
		if (m.former != "" || m.text == relocated || m.twin != 0) && m.link != "" && m.key != m.link {
			as.add(m, m.link, m.of(), false)
		}
	case m.text != asItWas && m.link != "" && m.link != m.known.linkKey():
		as.add(m, m.link, m.of(), false)
	}
}

// addShared makes an article findable by what it says, and has its other keys shared:
// they stay with the article that had them first.
func (as *aliases) addShared(m *match) {
	if m.fate == held || m.fate == duplicate {
		return
	}
	if m.known == nil || m.hasNewKey() {
		as.add(m, m.key, m.of(), false)
	}
	for _, key := range []string{m.given, m.article.GUID, m.link} {
		have, ok := as.aliases[Key{key, m.language()}]
		switch {
		case key == "" || key == m.key:
		case !ok:
			as.add(m, key, m.of(), true)
		case !have.Shared:
			as.add(m, key, &Version{ID: have.Article}, true)
		}
	}
}

// add makes a key that of an article; where another one of the part has it, it is shared.
func (as *aliases) add(m *match, key string, of *Version, isShared bool) {
	k := Key{key, m.language()}
	if have, ok := as.aliases[k]; ok {
		if have == (Alias{of.ID, isShared}) {
			return
		}
		as.forgotten = append(as.forgotten, have.Article)
	}
	if i, ok := as.at[k]; ok {
		as.rows[i].Of, as.rows[i].Shared = of, true
		return
	}
	as.at[k] = len(as.rows)
	as.rows = append(as.rows, AliasRow{k, of, isShared})
}

// respeak makes articles that are in another language than they were taken for
// findable under that alone: their keys are free for a version in the other one.
func (p *Part) respeak(spoken []KeyAlias) (ids []int64, rows []AliasRow) {
	language := map[int64]*match{}
	for _, m := range p.matches {
		if m.isRespoken() {
			ids = append(ids, m.known.ID)
			language[m.known.ID] = m
		}
	}
	for _, a := range spoken {
		m := language[a.Article]
		rows = append(rows, AliasRow{Key{a.Key, m.article.Language}, m.of(), a.Shared})
	}
	return ids, rows
}
