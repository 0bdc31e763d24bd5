package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// cldr is the data as the packages have it. The packages called "-full" have resolved what
// locales inherit (parentLocales): each file is whole.
type cldr struct {
	folder  string
	locales []string
	// digits are the digits of the numbering systems that are nothing but ten digits.
	digits map[string]string
	// periods are the parts of the day, by language: when each begins and ends, "06:00".
	periods map[string]map[string]map[string]string
	// The keys of names, sorted. Zones are called as CLDR calls them.
	languages, regions, zones []string
	// instead are the languages to which others are counted.
	instead map[string]string
	// aliases are the other names of zones, and what CLDR calls those: "Asia/Kolkata Asia/Calcutta".
	aliases []string
	renamed map[string]bool // zones that have other names
}

// open reads what all locales share.
func (c *cldr) open() error {
	var pack struct{ Version string }
	if err := c.read("cldr-core/package.json", &pack); err != nil {
		return err
	}
	if pack.Version != release {
		return fmt.Errorf("cldr-core is %s, want %s; see what has changed, and then change the constant", pack.Version, release)
	}
	var coverage struct{ EffectiveCoverageLevels map[string]string }
	if err := c.read("cldr-core/coverageLevels.json", &coverage); err != nil {
		return err
	}
	delete(coverage.EffectiveCoverageLevels, "und")                         // of which there are no names
	c.locales = slices.Collect(maps.Keys(coverage.EffectiveCoverageLevels)) // modern, moderate or basic
	slices.Sort(c.locales)
	if err := c.openKeys(); err != nil {
		return err
	}
	return c.openTables()
}

// openKeys gathers of what there are names in any locale.
func (c *cldr) openKeys() error {
	c.languages = namedLanguages
	for _, tag := range c.locales {
		if language, rest, _ := strings.Cut(tag, "-"); rest == "" { // each names itself
			c.languages = append(c.languages, language)
		}
		regions, err := c.main("cldr-localenames-full", tag, "territories.json")
		if err != nil {
			return err
		}
		for code := range regions.at("localeDisplayNames", "territories") {
			if len(code) == 2 && !slices.Contains(notCountries, code) {
				c.regions = append(c.regions, code)
			}
		}
		zones, err := c.main("cldr-dates-full", tag, "timeZoneNames.json")
		if err != nil {
			return err
		}
		c.addZones("", zones.at("dates", "timeZoneNames", "zone"))
	}
	for _, keys := range []*[]string{&c.languages, &c.regions, &c.zones} {
		slices.Sort(*keys)
		*keys = slices.Compact(*keys)
	}
	return nil
}

// addZones gathers the zones that have a city, below a path.
func (c *cldr) addZones(path string, n node) {
	for key := range n {
		zone := strings.TrimPrefix(path+"/"+key, "/")
		isPlace := !slices.ContainsFunc(noPublishers, func(p string) bool { return strings.HasPrefix(zone, p) })
		if inner := n.at(key); isPlace && inner.text("exemplarCity") != "" {
			c.zones = append(c.zones, zone)
		} else if inner != nil {
			c.addZones(zone, inner)
		}
	}
}

// openTables reads the tables of cldr-core.
func (c *cldr) openTables() error {
	var systems struct {
		Supplemental struct {
			NumberingSystems map[string]struct {
				Digits string `json:"_digits"`
			}
		}
	}
	if err := c.read("cldr-core/supplemental/numberingSystems.json", &systems); err != nil {
		return err
	}
	c.digits = make(map[string]string)
	for name, s := range systems.Supplemental.NumberingSystems {
		c.digits[name] = s.Digits
	}
	var days struct {
		Supplemental struct {
			DayPeriodRuleSet map[string]map[string]map[string]string
		}
	}
	if err := c.read("cldr-core/supplemental/dayPeriods.json", &days); err != nil {
		return err
	}
	c.periods = days.Supplemental.DayPeriodRuleSet
	var codes struct {
		Supplemental struct {
			Metadata struct {
				Alias struct {
					LanguageAlias map[string]struct {
						Replacement string `json:"_replacement"`
					}
				}
			}
		}
	}
	if err := c.read("cldr-core/supplemental/aliases.json", &codes); err != nil {
		return err
	}
	c.instead = make(map[string]string)
	for tag, alias := range codes.Supplemental.Metadata.Alias.LanguageAlias {
		c.instead[tag] = alias.Replacement
	}
	return c.openAliases()
}

// openAliases reads which names of zones are of one. The first of them is CLDR's.
func (c *cldr) openAliases() error {
	var file struct {
		Keyword struct{ U struct{ TZ map[string]any } }
	}
	if err := c.read("cldr-bcp47/bcp47/timezone.json", &file); err != nil {
		return err
	}
	c.renamed = make(map[string]bool)
	for _, value := range file.Keyword.U.TZ {
		zone, _ := value.(map[string]any)
		alias, _ := zone["_alias"].(string)
		names := strings.Fields(alias)
		if len(names) == 0 || !slices.Contains(c.zones, names[0]) {
			continue
		}
		for _, other := range names[1:] {
			c.aliases = append(c.aliases, other+" "+names[0])
			c.renamed[names[0]] = true
		}
	}
	slices.Sort(c.aliases)
	return nil
}

// read reads a file of JSON.
func (c *cldr) read(name string, into any) error {
	data, err := os.ReadFile(filepath.Join(c.folder, name))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// main reads a file of a locale, below main.TAG.
func (c *cldr) main(pack, tag, file string) (node, error) {
	var whole map[string]map[string]any
	if err := c.read(filepath.Join(pack, "main", tag, file), &whole); err != nil {
		return nil, err
	}
	n, _ := whole["main"][tag].(map[string]any)
	return n, nil
}

// node is an object of JSON.
type node map[string]any

// at returns the object at a path, nil if there is none.
func (n node) at(path ...string) node {
	for _, key := range path {
		inner, _ := n[key].(map[string]any)
		n = inner
	}
	return n
}

// text returns the text at a path; "" if there is none. A pattern that says its numbering
// system is an object, of which the text is "_value".
func (n node) text(path ...string) string {
	last := len(path) - 1
	switch v := n.at(path[:last]...)[path[last]].(type) {
	case string:
		return v
	case map[string]any:
		s, _ := v["_value"].(string)
		return s
	}
	return ""
}
