package cldr

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
)

// Names is what a locale calls languages, regions and cities.
type Names struct {
	languages, regions, cities []string // in the order of the keys
	// Of is the pattern of a language {0} and what it is a variant of {1}: "{0} ({1})".
	Of   string
	zone string
}

// keys are of what there are names, and the other names of zones.
var keys = sync.OnceValue(func() (k struct {
	languages, regions, cities []string
	zones                      map[string]string
}) {
	var text nameTexts
	read("keys.json", &text)
	k.languages, k.regions, k.cities = lines(text.Languages), lines(text.Regions), lines(text.Cities)
	k.zones = make(map[string]string)
	for _, alias := range lines(text.Aliases) {
		other, zone, _ := strings.Cut(alias, " ")
		k.zones[other] = zone
	}
	return k
})

// nameTexts are names as the archive has them: a line for each.
type nameTexts struct{ Languages, Regions, Cities, Variant, Zone, Aliases string }

func lines(text string) []string { return strings.Split(text, "\n") }

// NamesOf returns the names of a locale, nil for a language that CLDR doesn't have in that
// script. It reads them anew each time.
func NamesOf(tag language.Tag) *Names {
	var names *Names
	for _, name := range locales(tag) {
		var text nameTexts
		if !read(name+".names.json", &text) {
			continue
		}
		if names == nil {
			names = new(Names)
		}
		names.lay(text)
	}
	return names
}

// lay lays names over those that are there.
func (n *Names) lay(text nameTexts) {
	for _, kind := range []struct {
		into *[]string
		text string
	}{{&n.languages, text.Languages}, {&n.regions, text.Regions}, {&n.cities, text.Cities}} {
		over := lines(kind.text)
		if len(*kind.into) == 0 {
			*kind.into = over
			continue
		}
		for i, name := range over {
			if name != "" {
				(*kind.into)[i] = name
			}
		}
	}
	n.Of, n.zone = cmp.Or(text.Variant, n.Of), cmp.Or(text.Zone, n.zone)
}

// Language returns the name of a language, which may have a script: "fr", "zh-Hant". It is
// "" where the locale has none.
func (n *Names) Language(code string) string { return nameOf(code, keys().languages, n.languages) }

// Region returns the name of a country or another region, by its code: "BR". It is "" where
// the locale has none.
func (n *Names) Region(code string) string { return nameOf(code, keys().regions, n.regions) }

// Variant puts what a language is a variant of behind its name: "Portuguese (Brazil)".
func (n *Names) Variant(language, of string) string {
	return strings.NewReplacer("{0}", language, "{1}", of).Replace(n.Of)
}

// Zone says that a time is that of a city: "Tokyo Time".
func (n *Names) Zone(city string) string { return strings.ReplaceAll(n.zone, "{0}", city) }

// City returns the city after which a zone of the IANA database is called, by whatever name
// it has there: "Asia/Tokyo", "Asia/Kolkata". Where the locale has no name of it, that is
// the last part of the zone's name. It is "" for what is no zone of a city: "UTC".
func (n *Names) City(zone string) string {
	known := cmp.Or(keys().zones[zone], zone)
	return cmp.Or(nameOf(known, keys().cities, n.cities), CityOf(zone), CityOf(known))
}

// CityOf returns the city that the name of a zone itself has; "" for what is no zone of a
// city.
func CityOf(zone string) string {
	at := strings.LastIndexByte(zone, '/')
	if at < 0 || strings.HasPrefix(zone, "Etc/") {
		return ""
	}
	return strings.ReplaceAll(zone[at+1:], "_", " ")
}

// nameOf returns the name that stands where a key does.
func nameOf(key string, keys, names []string) string {
	if at, ok := slices.BinarySearch(keys, key); ok && at < len(names) {
		return names[at]
	}
	return ""
}

// endonyms is what languages call themselves.
var endonyms = sync.OnceValue(func() (own map[string]string) {
	read("endonyms.json", &own)
	return own
})

// Endonym returns what a language calls itself, in the script that is told; "" where that is
// not known.
func Endonym(tag language.Tag) string {
	base, script, _ := tag.Raw()
	if name := endonyms()[base.String()+"-"+script.String()]; name != "" {
		return name
	}
	return endonyms()[locales(tag)[0]]
}
