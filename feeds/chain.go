package feeds

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// Chain holds the languages that readers accept, best first: BCP 47 tags, and as its last
// perhaps [AnyLanguage].
//
// A tag is never cut to its language. It is looked up by the rules of RFC 4647 §3.4, from
// the more exact to the more general, and what these don't find is filtered (§3.3.1): a
// reader of "pt-BR" is served by "pt-BR", else by "pt", else by "pt-PT"; one of "en" by
// "en", else by "en-GB". No language serves in another script: "sr-Latn" is not "sr".
type Chain []string

// AnyLanguage at the end of a chain accepts every language (RFC 4647 §2.1).
const AnyLanguage = "*"

// Fit is how well a text in one language serves a reader of another tag, the better the
// smaller.
type Fit int

// How a tag fits.
const (
	FitExact    Fit = iota // it is the same, perhaps in another spelling: "no" is "nb"
	FitGeneral             // it says less: "pt" for "pt-BR"
	FitSpecific            // it says more: "en-GB" for "en"
	FitSibling             // it is of another region: "pt-PT" for "pt-BR"
	FitOrdinary            // it is no variant: "ja" for "ja-simple"
	FitVariant             // it is a variant, such as "ja-simple" for "ja", which yields to what is none
	FitNone                // it is another language, or in another script
)

// FitOf returns how well a text that is in one language serves readers of another.
// Readers are told of a language only where this is [FitNone].
func FitOf(reader, text string) Fit {
	if reader == text {
		return FitExact
	}
	if !mayFit(reader, text) {
		return FitNone
	}
	r, t := dissect(reader), dissect(text)
	switch {
	case r.language != t.language || r.script != t.script || r.language == "":
		return FitNone
	case r.region == t.region && r.variants == t.variants:
		return FitExact
	case t.variants != "" && t.variants != r.variants:
		return FitVariant
	case t.variants != r.variants:
		return FitOrdinary
	case t.region == "" || t.region == r.region:
		return FitGeneral
	case r.region == "":
		return FitSpecific
	default:
		return FitSibling
	}
}

// isVariant reports whether a tag names a variant of a language.
func isVariant(tag string) bool { return strings.Contains(tag, "-") && dissect(tag).variants != "" }

// Writing returns what all tags have in common that fit each other: the language and its
// script, as in "en-Latn". It is the tag itself of what is none.
func Writing(tag string) string {
	s := dissect(tag)
	if s.language == "" {
		return tag
	}
	return s.language + "-" + s.script
}

// mayFit reports whether two tags could be of one language, without taking them apart: most
// that are compared are not.
func mayFit(a, b string) bool {
	a, _, _ = strings.Cut(a, "-")
	b, _, _ = strings.Cut(b, "-")
	return a == b || isNorwegian(a) && isNorwegian(b)
}

// isNorwegian reports whether a language is Bokmål, which is meant by Norwegian alone.
func isNorwegian(language string) bool { return language == "no" || language == "nb" }

// subtags are the parts of a tag that count.
type subtags struct{ language, script, region, variants string }

// dissect takes a tag apart. Its script is the usual one where it has none, so that "zh-HK"
// is traditional Chinese. The zero value is no tag.
func dissect(tag string) subtags {
	t, err := language.Parse(tag)
	if err != nil {
		return subtags{}
	}
	base, _, region := t.Raw()
	script, _ := t.Script()
	s := subtags{language: base.String(), script: script.String()}
	if isNorwegian(s.language) {
		s.language = "nb"
	}
	if s.region = region.String(); s.region == "ZZ" {
		s.region = ""
	}
	var variants []string
	for _, v := range t.Variants() {
		variants = append(variants, v.String())
	}
	s.variants = strings.Join(variants, "-")
	return s
}

// Rank returns the place of a language among those that are accepted, the best with the
// smallest; false where it is not accepted. A language that the chain names has the place
// where it is named, and else that of the first which it fits.
func (c Chain) Rank(tag string) (rank int, ok bool) {
	if i := slices.Index(c, tag); i >= 0 {
		return i * int(FitNone), true
	}
	for i, accepted := range c {
		if accepted == AnyLanguage {
			if isVariant(tag) { // it yields to what is none there, too
				return i*int(FitNone) + int(FitVariant), true
			}
			return i * int(FitNone), true
		}
		if fit := FitOf(accepted, tag); fit != FitNone {
			return i*int(FitNone) + int(fit), true
		}
	}
	return 0, false
}

// Accepts reports whether readers accept a language.
func (c Chain) Accepts(tag string) bool {
	_, ok := c.Rank(tag)
	return ok
}

// AcceptsAll reports whether they accept every language.
func (c Chain) AcceptsAll() bool { return len(c) > 0 && c[len(c)-1] == AnyLanguage }

// Named returns the chain without [AnyLanguage].
func (c Chain) Named() Chain {
	if c.AcceptsAll() {
		return c[:len(c)-1]
	}
	return c
}

// with returns a chain that accepts one further language: after those that it names, and
// before all others. Nil stays nil.
func (c Chain) with(tag string) Chain {
	if c == nil || c.Named().Accepts(tag) {
		return c
	}
	return slices.Insert(slices.Clone(c), len(c.Named()), tag)
}

// Best returns the best of some languages; "" where the chain accepts none of them. Of equal
// ones it is the first.
func (c Chain) Best(tags []string) string {
	best, least := "", len(c)*int(FitNone)
	for _, tag := range tags {
		if rank, ok := c.Rank(tag); ok && rank < least {
			best, least = tag, rank
		}
	}
	return best
}

// BestFirst returns the versions of a notice that are in a language of the chain, or in one
// further language, the best first. What the chain merely accepts comes behind that.
func (c Chain) BestFirst(versions []Article, further string) []Article {
	accepted := c
	if !c.Named().Accepts(further) { // named once more it would lose the place that it has
		accepted = slices.Insert(slices.Clone(c), len(c.Named()), further)
	}
	rank := func(a Article) int {
		rank, _ := accepted.Rank(a.Language)
		return rank
	}
	best := slices.DeleteFunc(slices.Clone(versions), func(a Article) bool { return !accepted.Accepts(a.Language) })
	slices.SortStableFunc(best, func(a, b Article) int { return rank(a) - rank(b) })
	return best
}

// Accepted says which records a view accepts, by their languages. The zero value accepts
// all, each article for itself.
type Accepted struct {
	// Chain is what is accepted; nil is every language, and every article stands for itself.
	Chain Chain
	// Narrow are the tags that were accepted of records up to Until, best first, exactly as
	// they stand in these: no tag fitted another then. What the chain lets in since comes as
	// it is published, and the past stays as it was.
	Narrow Chain
	Until  int64
	// Own leaves out what is no variant where the chain begins with one: the ordinary version
	// serves who would rather have a simpler one, and is none.
	Own bool
}

// rank returns the place of a record's language, as of a record of its story.
func (a Accepted) rank(r Record, as int64) (rank int, ok bool) {
	if r.Seq <= a.Until && !a.Narrow.AcceptsAll() {
		rank = slices.Index(a.Narrow, r.Language)
		if as <= a.Until || rank < 0 {
			return rank, rank >= 0
		}
	}
	if a.Own && FitOf(a.Chain[0], r.Language) == FitOrdinary {
		return 0, false
	}
	return a.Chain.Rank(r.Language)
}

// AsOf returns what was accepted when an archive was closed: by the chain that stands with
// its cut.
func (a Accepted) AsOf(cut Cut) Accepted {
	if cut.Languages == nil || a.Chain == nil {
		return a
	}
	a.Chain = cut.Languages
	if cut.Until <= a.Until && !cut.Languages.AcceptsAll() {
		a.Narrow = cut.Languages
	}
	return a
}
