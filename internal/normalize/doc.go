// Package normalize makes articles of one source comparable with those of all
// others: whose they are, by which key they are known, in which language they are
// and in which of the city's categories they belong.
//
// It is pure. What a source wrote is kept beside what we made of it: raw terms
// stay on the article, so that a change of the rules maps them anew, and a GUID is
// stored as it was given.
//
// Categories are found by a source's rules, by its raw terms among the labels and
// synonyms of all our languages, else by the words of title and summary in the
// article's own language, with their endings (keywords.go; lexicon.go finds them all in one
// look), else by
// the source's default, which is marked as such: it counts only where nothing places any
// version of the story (package ledger). Versions that only a source's configuration knows to belong
// together get one story (edition.go).
//
// The language is what the document was read to be in, else what the text proves (package
// tongue), else the publisher's, where the text is in its script (language.go).
//
// The identity key follows the design's decision on ids: the GUID, else the
// canonical link without its scheme, else the path within a folder without its
// language. Keys are compared within a publisher and a language only, so a GUID
// that two publishers share does no harm. An atom:id may be kept where its authority is
// the publisher's, and the source is not declared an edition of others that use it too;
// whether one language alone uses it is found out by the ledger.
package normalize
