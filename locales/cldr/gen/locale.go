package main

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// reading reads what one locale has.
type reading struct {
	*cldr
	tag string
	err error // the first
}

func (r *reading) file(pack, name string) node {
	n, err := r.main(pack, r.tag, name)
	if err != nil && r.err == nil {
		r.err = err
	}
	return n
}

var (
	weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
	months   = []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}
)

// formats is how the locale writes dates, times, numbers, lists and quotations.
func (r *reading) formats() map[string]any {
	gregorian := r.file("cldr-dates-full", "ca-gregorian.json").at("dates", "calendars", "gregorian")
	dates := gregorian.at("dateFormats")
	f := map[string]any{
		"dateShort": dates.text("short"), "dateLong": dates.text("long"), "dateFull": dates.text("full"),
		"time":   gregorian.text("timeFormats", "short"),
		"time24": gregorian.text("dateTimeFormats", "availableFormats", "Hm"),
		"atTime": gregorian.text("dateTimeFormats-atTime", "standard", "long"),
		"months": list(gregorian.at("months", "format", "wide"), months),
		"days":   list(gregorian.at("days", "format", "wide"), weekdays),
	}
	patterns := strings.Join([]string{dates.text("short"), dates.text("long"), dates.text("full"), gregorian.text("timeFormats", "short")}, " ")
	if hasField(patterns, "MMM") {
		f["monthsShort"] = list(gregorian.at("months", "format", "abbreviated"), months)
	}
	if hasField(patterns, "EEE") || hasField(patterns, "E") {
		f["daysShort"] = list(gregorian.at("days", "format", "abbreviated"), weekdays)
	}
	if hasField(patterns, "cccc") || hasField(patterns, "LLLL") {
		f["monthsAlone"] = list(gregorian.at("months", "stand-alone", "wide"), months)
		f["daysAlone"] = list(gregorian.at("days", "stand-alone", "wide"), weekdays)
	}
	if hasField(patterns, "G") {
		f["era"] = gregorian.text("eras", "eraAbbr", "1")
	}
	if p := r.dayPeriods(gregorian.at("dayPeriods", "format", "abbreviated"), hasField(patterns, "B")); hasField(patterns, "a") || hasField(patterns, "B") {
		f["periods"] = p
	}
	r.numbers(f)
	misc := r.file("cldr-misc-full", "listPatterns.json").at("listPatterns", "listPattern-type-standard")
	f["list"] = []string{misc.text("2"), misc.text("start"), misc.text("middle"), misc.text("end")}
	quotes := r.file("cldr-misc-full", "delimiters.json").at("delimiters")
	f["quotes"] = []string{quotes.text("quotationStart"), quotes.text("quotationEnd")}
	return f
}

// hasField reports whether patterns have a field of just these letters.
func hasField(patterns, field string) bool {
	quoted := false
	for i := 0; i < len(patterns); {
		c := patterns[i]
		n := 1
		for i+n < len(patterns) && patterns[i+n] == c {
			n++
		}
		switch {
		case c == '\'':
			quoted = quoted != (n%2 == 1)
		case !quoted && patterns[i:i+n] == field:
			return true
		}
		i += n
	}
	return false
}

func list(n node, keys []string) []string {
	texts := make([]string, len(keys))
	for i, key := range keys {
		texts[i] = n.text(key)
	}
	return texts
}

// period is a part of the day, from an hour on.
type period struct {
	From int    `json:"from"`
	Name string `json:"name"`
}

// dayPeriods returns the halves of the day, or the parts that the language has.
func (r *reading) dayPeriods(names node, flexible bool) []period {
	if !flexible {
		return []period{{0, names.text("am")}, {12, names.text("pm")}}
	}
	language, _, _ := strings.Cut(r.tag, "-")
	var parts []period
	for name, when := range r.periods[language] {
		if when["_from"] == "" {
			continue // noon and midnight are moments
		}
		from, _ := strconv.Atoi(strings.TrimSuffix(when["_from"], ":00"))
		parts = append(parts, period{from, names.text(name)})
	}
	slices.SortFunc(parts, func(a, b period) int { return a.From - b.From })
	if len(parts) == 0 || parts[0].From != 0 {
		r.fail(fmt.Errorf("the parts of the day of %s are %v, and none begins at midnight", language, parts))
	}
	return parts
}

func (r *reading) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// numbers adds how numbers are written, in the locale's default numbering system.
func (r *reading) numbers(f map[string]any) {
	numbers := r.file("cldr-numbers-full", "numbers.json").at("numbers")
	system := numbers.text("defaultNumberingSystem")
	if f["digits"] = r.digits[system]; f["digits"] == "" {
		r.fail(fmt.Errorf("%s has no ten digits", system))
	}
	symbols := numbers.at("symbols-numberSystem-" + system)
	f["decimal"], f["group"], f["minus"] = symbols.text("decimal"), symbols.text("group"), symbols.text("minusSign")
	f["leastGrouped"], _ = strconv.Atoi(numbers.text("minimumGroupingDigits"))
	pattern := numbers.text("decimalFormats-numberSystem-"+system, "standard")
	pattern, _, _ = strings.Cut(pattern, ".")
	groups := strings.Split(pattern, ",")
	last := len(groups) - 1
	switch {
	case last == 0:
		f["grouping"] = []int{}
	case last == 1:
		f["grouping"] = []int{len(groups[1])}
	default: // #,##,##0
		f["grouping"] = []int{len(groups[last]), len(groups[last-1])}
	}
}

// names is what the locale calls languages, regions and the cities after which time zones
// are called, in the order of the keys, and how it says of what region a language is, and of
// what city a time.
func (r *reading) names() map[string][]string {
	languages := r.file("cldr-localenames-full", "languages.json").at("localeDisplayNames", "languages")
	scripts := r.file("cldr-localenames-full", "scripts.json").at("localeDisplayNames", "scripts")
	regions := r.file("cldr-localenames-full", "territories.json").at("localeDisplayNames", "territories")
	zones := r.file("cldr-dates-full", "timeZoneNames.json").at("dates", "timeZoneNames")
	display := r.file("cldr-localenames-full", "localeDisplayNames.json").at("localeDisplayNames", "localeDisplayPattern")
	return map[string][]string{
		"languages": namesOf(r.languages, func(tag string) string { return r.language(languages, scripts, display.text("localePattern"), tag) }),
		"regions":   namesOf(r.regions, func(code string) string { return regions.text(code) }),
		"cities":    namesOf(r.zones, func(zone string) string { return r.city(zones.at("zone"), zone) }),
		"variant":   {display.text("localePattern")},
		"zone":      {zones.text("regionFormat")},
	}
}

// namesOf are the names of keys, in their order.
func namesOf(keys []string, name func(string) string) []string {
	names := make([]string, len(keys))
	for i, key := range keys {
		names[i] = name(key)
	}
	return names
}

// language is the name of a language; of one that is counted to another where it has none
// of its own, that one's (bcl is bik), and of one in a script what the pattern makes of both.
func (r *reading) language(languages, scripts node, pattern, tag string) string {
	name := cmp.Or(languages.text(tag), languages.text(cmp.Or(r.instead[tag], tag)))
	language, script, ok := strings.Cut(tag, "-")
	if name != "" || !ok || languages.text(language) == "" || scripts.text(script) == "" {
		return name
	}
	return strings.NewReplacer("{0}", languages.text(language), "{1}", scripts.text(script)).Replace(pattern)
}

// city is the city after which a zone is called; "" where that is the last part of the only
// name that the zone has.
func (r *reading) city(zones node, zone string) string {
	path := strings.Split(zone, "/")
	city := zones.at(path...).text("exemplarCity")
	if city == strings.ReplaceAll(path[len(path)-1], "_", " ") && !r.renamed[zone] {
		return ""
	}
	return city
}
