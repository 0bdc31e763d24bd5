package check

// extension is the key under which JSON Feed has what is ours: see
// docs/feed-extension.schema.json.
const extension = "_kairan"

// key checks the value of a key.
type key func(j *jsonReader, what string)

// object returns what checks an object that may have these keys alone, and has those that
// are needed.
func object(keys map[string]key, needed ...string) key {
	return func(j *jsonReader, what string) {
		start := j.Pos()
		seen := j.Object(what, func(name string) {
			if check, ok := keys[name]; ok {
				check(j, name)
				return
			}
			j.fault(j.Pos(), RuleUnknown, "%s has no %s", what, name)
			j.Skip()
		})
		j.needs(start, what, seen, needed...)
	}
}

// list returns what checks an array.
func list(of key) key {
	return func(j *jsonReader, what string) { j.Array(what, func() { of(j, what) }) }
}

func says(j *jsonReader, what string)    { j.words(what) }
func leads(j *jsonReader, what string)   { j.address(what) }
func dated(j *jsonReader, what string)   { j.date(what) }
func spoken(j *jsonReader, what string)  { j.language(what) }
func decides(j *jsonReader, what string) { j.boolean(what) }

// counts reads a whole number that is not negative.
func counts(j *jsonReader, what string) {
	at := j.Pos()
	j.number(at, what, j.Verbatim())
}

// degrees reads a number, with a fraction or below nought.
func degrees(j *jsonReader, what string) {
	if k := j.Kind(); k != '-' && (k < '0' || k > '9') {
		j.fault(j.Pos(), RuleType, "%s is not a number", what)
	}
	j.Skip()
}

// typed reads a media type.
func typed(j *jsonReader, what string) {
	at := j.Pos()
	if s, ok := j.String(what); ok {
		j.mediaType(at, what, s)
	}
}

// oneWord returns what checks a word of a list.
func oneWord(words ...string) key {
	return func(j *jsonReader, what string) {
		at := j.Pos()
		if s, ok := j.String(what); ok {
			j.oneOf(words...)(at, what, s)
		}
	}
}

// ofFeed are the words of a feed, and those of them that it must have.
var ofFeed = object(map[string]key{
	"about": leads, "id": says, "channel": says, "seq": counts, "since": counts, "archive": counts,
	"epoch": object(map[string]key{"name": counts, "former": counts, "from": counts, "since": counts}, "name", "former", "from", "since"),
	"self":  leads, "next_archive": leads, "updated": dated, "rights": says, "taxonomy": says, "related_heading": says,
	"locales":   list(object(map[string]key{"language": spoken, "url": leads}, "language", "url")),
	"withdrawn": list(object(map[string]key{"id": says, "when": dated, "seq": counts}, "id", "when")),
}, "about", "id", "channel", "seq", "updated")

// ofItem are the words of an item.
var ofItem = object(map[string]key{
	"seq": counts, "seen": dated, "revision": counts, "story": says, "page": leads, "replaces": says,
	"reason":    oneWord("new", "translation", "correction", "withdrawal", "filing"),
	"corrected": dated, "rights": says, "license": leads, "license_name": says, "license_deed": leads,
	"language_note": says, "correction_note": says,
	"urgency":           object(map[string]key{"term": oneWord("urgent"), "label": says}, "term", "label"),
	"source_authors":    list(object(map[string]key{"name": says, "localized": says}, "name", "localized")),
	"publisher":         object(map[string]key{"id": says, "name": says, "url": leads}),
	"source":            object(map[string]key{"id": says, "title": says, "url": leads}, "id"),
	"categories":        list(object(map[string]key{"term": says, "label": says, "url": leads}, "term", "label")),
	"source_categories": list(object(map[string]key{"term": says, "scheme": says, "label": says, "localized": says}, "term")),
	"versions":          list(object(map[string]key{"id": says, "language": spoken, "url": leads, "title": says}, "id", "url")),
	"images":            list(object(map[string]key{"url": leads, "mime_type": typed, "alt": says, "credit": says, "width": counts, "height": counts}, "url")),
	"point":             object(map[string]key{"lat": degrees, "long": degrees}, "lat", "long"),
	"episode":           ofEpisode,
})

// ofEpisode are the words of a podcast's episode.
var ofEpisode = object(map[string]key{
	"season": counts, "number": counts, "type": oneWord("full", "trailer", "bonus"), "explicit": oneWord("true", "false"),
	"transcripts": list(object(map[string]key{"url": leads, "mime_type": typed, "language": spoken, "captions": decides}, "url", "mime_type")),
})
