package locales

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/kairan-news/kairan/feeds"
)

// Canonical returns the BCP 47 spelling of a tag: "ZH-hant" and "zh_Hant" become
// "zh-Hant", "iw" becomes "he", "eng" becomes "en", "tl" becomes "fil". It is
// about spelling alone: "zh-TW" keeps its region. See [CanonicalLocale] for what
// a site publishes. ok is false for what is not a language, such as "jp", and for
// a tag that says nothing, such as "".
func Canonical(tag string) (canonical string, ok bool) {
	t, err := language.Parse(strings.TrimSpace(tag))
	if err != nil {
		return "", false
	}
	return t.String(), true
}

// Match returns the locale among have that fits a reader's Accept-Language best
// (RFC 9110 §12.5.4). The ranges are tried in the order of their weights, those of
// one weight as they stand. Each is answered by what is the same language in the same
// script ([feeds.FitOf]: lookup, then filtering, RFC 4647 §3.4 and §3.3.1), else by what
// readers of that language write themselves (see near.go), and "*" by fallback.
//
// What the reader refuses (";q=0") is no answer. Where nothing is asked for, as in a
// header that is empty or can't be read, the answer is fallback.
//
// ok is false where no language can be answered that the reader names: then locale is
// what to speak to them in while they choose for themselves. It is fallback, unless
// they refuse that one and not all.
func Match(have []string, acceptLanguage, fallback string) (locale string, ok bool) {
	wanted, refused := readAcceptLanguage(acceptLanguage)
	open := slices.DeleteFunc(slices.Clone(have), func(tag string) bool { return refuses(refused, wanted, tag) })
	for _, want := range wanted {
		if want == feeds.AnyLanguage {
			if slices.Contains(open, fallback) {
				return fallback, true
			}
			continue
		}
		for _, tag := range append([]string{want}, near(want)...) {
			if best := fitting(open, tag); best != "" {
				return best, true
			}
		}
	}
	switch {
	case slices.Contains(open, fallback):
		return fallback, len(wanted) == 0
	case len(open) > 0:
		return open[0], false
	default: // who refuses all that there is says nothing
		return fallback, len(wanted) == 0
	}
}

// fitting returns the one of some locales that serves readers of a tag best, "" if none
// does. Of those that serve equally well it is the first.
func fitting(locales []string, tag string) string {
	best, least := "", feeds.FitNone
	for _, locale := range locales {
		if fit := feeds.FitOf(tag, locale); fit < least {
			best, least = locale, fit
		}
	}
	return best
}

// refuses reports whether a reader refuses a locale: a range without weight filters it, and
// none that they want fits it better. So "pt;q=0, pt-BR" refuses "pt" and "pt-PT".
func refuses(refused, wanted []string, locale string) bool {
	for _, r := range refused {
		fit, ok := filters(r, locale)
		better := func(want string) bool { return want != feeds.AnyLanguage && feeds.FitOf(want, locale) < fit }
		if ok && !slices.ContainsFunc(wanted, better) {
			return true
		}
	}
	return false
}

// filters reports whether a locale is among what a range names (RFC 4647 §3.3.1), and how
// near to it: a range that says more than the locale does not name it.
func filters(r, locale string) (fit feeds.Fit, ok bool) {
	if r == feeds.AnyLanguage {
		return feeds.FitNone, true
	}
	switch fit = feeds.FitOf(r, locale); fit {
	case feeds.FitExact, feeds.FitSpecific, feeds.FitVariant:
		return fit, true
	default:
		return fit, false
	}
}

// maxRanges bounds what an Accept-Language can make us do. Browsers send fewer than ten.
const maxRanges = 30

// readAcceptLanguage reads the ranges of the header: those that are wanted, best first, and
// those that are refused. A part that can't be read is passed over.
func readAcceptLanguage(header string) (wanted, refused []string) {
	type weighted struct {
		tag    string
		weight float64
	}
	var all []weighted
	parts := strings.SplitN(header, ",", maxRanges+1)
	for _, part := range parts[:min(len(parts), maxRanges)] {
		name, parameter, has := strings.Cut(part, ";")
		tag := rangeOf(strings.TrimSpace(name))
		weight, ok := 1.0, true
		if has {
			weight, ok = weightOf(strings.TrimSpace(parameter))
		}
		switch {
		case tag == "" || !ok:
		case weight == 0:
			refused = append(refused, tag)
		default:
			all = append(all, weighted{tag, weight})
		}
	}
	slices.SortStableFunc(all, func(a, b weighted) int { return cmp.Compare(b.weight, a.weight) })
	for _, w := range all {
		wanted = append(wanted, w.tag)
	}
	return wanted, refused
}

// rangeOf returns a range in its canonical spelling; "" for what is none, or says nothing.
// One that is well-formed (RFC 5646 §2.2.9) and not known names a language that no site has.
func rangeOf(s string) string {
	if s == feeds.AnyLanguage {
		return s
	}
	t, err := language.Parse(s)
	if _, unknown := errors.AsType[language.ValueError](err); err != nil && !unknown {
		return ""
	}
	switch {
	case !t.IsRoot():
		return t.String()
	case err != nil:
		return s
	default: // "und"
		return ""
	}
}

// weightOf reads "q=0.5" (RFC 9110 §12.4.2): 0 to 1.
func weightOf(parameter string) (weight float64, ok bool) {
	name, value, _ := strings.Cut(parameter, "=")
	value = strings.TrimSpace(value)
	if !strings.EqualFold(strings.TrimSpace(name), "q") || value == "" || strings.Trim(value, "0123456789.") != "" {
		return 0, false
	}
	weight, err := strconv.ParseFloat(value, 64)
	return weight, err == nil && weight <= 1
}
