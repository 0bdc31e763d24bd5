package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kairan-news/kairan/feeds"
)

func calendarsShape() *shape {
	return &shape{
		form: tableForm, filled: true, keys: languageShape("A locale."),
		doc: "The calendars in which a locale writes years: the first as the year, the others in brackets behind it. ja: [japanese, gregorian] is 令和8年（2026年）4月1日, and th: [buddhist, gregorian] 1 เมษายน 2569 (ค.ศ. 2026). Without it, gregorian, and buddhist in Thai.",
		of: &shape{form: listForm, filled: true, doc: "The calendars of this locale.", of: &shape{
			noun: "a calendar", doc: "A calendar that the locale has: japanese in Japanese, buddhist in Thai, gregorian everywhere.",
			words: []word{
				{text: string(feeds.CalendarGregorian), also: []string{"western", "gregory", "ce", "ad", "西暦"}},
				{text: string(feeds.CalendarJapanese), also: []string{"wareki", "imperial", "era", "reiwa", "和暦"}},
				{text: string(feeds.CalendarBuddhist), also: []string{"thai", "be", "พ.ศ."}},
			},
		}},
	}
}

// calendars returns in which calendars locales write years.
func (b *builder) calendars(v *value) map[string][]feeds.Calendar {
	if len(v.table()) == 0 {
		return nil
	}
	calendars := map[string][]feeds.Calendar{}
	for _, p := range v.table() {
		tag, f := canonical(p.key)
		if f != nil { // was reported
			continue
		}
		if !slices.ContainsFunc(b.locales, func(l feeds.Locale) bool { return l.Tag == tag }) {
			b.add(p.at, fmt.Sprintf("calendars has %q, which is not among the locales", tag), "add it to site.locales or remove it")
			continue
		}
		if _, ok := calendars[tag]; ok {
			b.add(p.at, fmt.Sprintf("the calendars of %q are there twice", tag), "remove one of them")
		}
		calendars[tag] = b.calendarsOf(tag, p.value.list())
	}
	return calendars
}

// calendarsOf returns the calendars of a locale that has them.
func (b *builder) calendarsOf(tag string, given []*value) (calendars []feeds.Calendar) {
	has := feeds.CalendarsOf(tag)
	for _, v := range given {
		c := feeds.Calendar(v.string())
		switch {
		case c == "": // was reported
		case !slices.Contains(has, c):
			b.add(v.at, fmt.Sprintf("the locale %q has no years of the %s calendar", tag, c), fmt.Sprintf("choose among %s, or remove it", namesOf(has)))
		case slices.Contains(calendars, c):
			b.add(v.at, fmt.Sprintf("the calendars of %q have %s twice", tag, c), "remove one of them")
		default:
			calendars = append(calendars, c)
		}
	}
	return calendars
}

func namesOf(calendars []feeds.Calendar) string {
	names := make([]string, len(calendars))
	for i, c := range calendars {
		names[i] = string(c)
	}
	return strings.Join(names, ", ")
}
