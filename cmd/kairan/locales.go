package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/config"
	"github.com/kairan-news/kairan/locales"
)

func newLocalesCommand() *cobra.Command {
	var file string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "locales [TAG…]",
		Short: "List the locales and how whole they are",
		Long: `List the locales that have a message bundle and how whole they are: of how many of the
messages that the site shows, who speaks where one is missing, which translations were made
from another English than that of today, and which plural forms are missing. With tags,
only those, and the messages by name.`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, tags []string) error {
			s, err := speakersOf(file)
			if s == nil {
				return err
			}
			all, unknown := s.wholenesses(tags)
			if unknown != nil {
				return unknown
			}
			print := s.print
			if asJSON {
				print = s.printJSON
			}
			return errors.Join(print(cmd.OutOrStdout(), all, len(tags) > 0), err)
		},
	}
	addConfig(cmd, &file, "configuration `FILE` whose bundles and locales are looked at")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a locale, for machines")
	cmd.AddCommand(newLocalesShowCommand(), newLocalesExportCommand())
	return cmd
}

// speakers are the bundles, and the site that speaks by them.
type speakers struct {
	site   *feeds.Site
	bundle *locales.Bundle
}

// speakersOf reads a configuration with its bundles; "" is the built-in one. Where there are
// faults it returns them, beside what could be read if that is enough to tell more.
func speakersOf(file string) (*speakers, error) {
	name, data, err := configurationOf(file)
	if err != nil {
		return nil, err
	}
	if file == "" {
		name = builtinName // whose title is that of the bundles
	}
	c, bundle, faults := checkConfiguration(name, data)
	if c == nil || bundle == nil {
		return nil, errors.Join(faults...)
	}
	return &speakers{&c.Site, bundle}, errors.Join(faults...)
}

// chain returns along which readers of a locale are spoken to: the site's chain, or what it
// would be if the site had the locale.
func (s *speakers) chain(tag string) feeds.Chain {
	if l, ok := s.site.Locale(tag); ok {
		return l.Chain
	}
	return config.DefaultChain(tag)
}

// wholenesses returns how whole these locales are; all without any. The second result is an
// error that names one that there is not.
func (s *speakers) wholenesses(tags []string) ([]locales.Wholeness, error) {
	known := s.bundle.Tags()
	if len(tags) == 0 {
		tags = known
	}
	var all []locales.Wholeness
	for _, tag := range tags {
		if canonical, ok := locales.Canonical(tag); ok {
			tag = canonical
		}
		if !slices.Contains(known, tag) {
			return nil, fmt.Errorf("there is no message bundle for the locale %q; add active.%s.toml to the folder that site.messages names, or choose among %s", tag, tag, strings.Join(known, ", "))
		}
		all = append(all, s.bundle.Wholeness(shownBy(s.site), s.chain(tag)...))
	}
	return all, nil
}

// shownBy returns which messages a site may show: not those of categories and publishers that
// it has not, nor the title of ours where it has one of its own.
func shownBy(site *feeds.Site) func(id string) bool {
	return func(id string) bool {
		switch kind, name, _ := strings.Cut(id, "."); kind {
		case "category":
			_, ok := site.Category(name)
			return ok
		case "publisher":
			return slices.ContainsFunc(site.Publishers, func(p feeds.Publisher) bool { return p.NameID == id })
		case "site":
			return len(site.Titles) == 0
		default:
			return true
		}
	}
}

// print prints a table, and by name what is missing if that is asked for.
func (s *speakers) print(out io.Writer, all []locales.Wholeness, byName bool) error {
	english := s.bundle.Localizer("en")
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "LOCALE\tLANGUAGE\tSITE\tMESSAGES\tFALL BACK TO\tSTALE\tPLURAL FORMS")
	for _, w := range all {
		fmt.Fprintf(table, "%s\t%s\t%s\t%d of %d\t%s\t%d\t%s\n", w.Tag, english.Language(w.Tag), yesOrNo(s.has(w.Tag)),
			w.Has, w.Of, fallBack(english, w), len(w.Stale), pluralRemark(w))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	var b strings.Builder
	for _, w := range all {
		list := func(what string, lines []string) {
			if len(lines) > 0 {
				fmt.Fprintf(&b, "\n%s: %s\n  %s\n", w.Tag, what, strings.Join(lines, "\n  "))
			}
		}
		for _, tag := range slices.Sorted(maps.Keys(w.By)) {
			list(english.Language(tag)+" stands in for", w.By[tag])
		}
		list("made from an English that has changed", w.Stale)
		var lacking []string
		for _, id := range slices.Sorted(maps.Keys(w.Lacking)) {
			lacking = append(lacking, id+": "+strings.Join(w.Lacking[id], ", "))
		}
		list("plural forms are missing", lacking)
	}
	if byName || b.Len() == 0 {
		_, err := io.WriteString(out, b.String())
		return err
	}
	_, err := fmt.Fprintln(out, "\n\"kairan locales TAG\" names the messages; \"kairan locales show ID\" shows one.")
	return err
}

func (s *speakers) has(tag string) bool {
	_, ok := s.site.Locale(tag)
	return ok
}

func yesOrNo(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

// fallBack says in which languages readers meet what a locale lacks: "English 83".
func fallBack(english *locales.Localizer, w locales.Wholeness) string {
	var by []string
	for _, tag := range slices.Sorted(maps.Keys(w.By)) {
		by = append(by, fmt.Sprintf("%s %d", english.Language(tag), len(w.By[tag])))
	}
	return cmp.Or(strings.Join(by, ", "), "-")
}

// pluralRemark names the plural forms of a language, and says how many messages lack some.
func pluralRemark(w locales.Wholeness) string {
	forms := strings.Join(w.Forms, ", ")
	if len(w.Lacking) > 0 {
		return fmt.Sprintf("%s: not all in %s", forms, count(len(w.Lacking), "message", "messages"))
	}
	return cmp.Or(forms, "none known")
}

// printJSON prints an object for each locale.
func (s *speakers) printJSON(out io.Writer, all []locales.Wholeness, _ bool) error {
	english := s.bundle.Localizer("en")
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for _, w := range all {
		if err := encoder.Encode(struct {
			Locale   string              `json:"locale"`
			Language string              `json:"language"`
			Site     bool                `json:"site"` // it is one of the site's
			Messages int                 `json:"messages"`
			Of       int                 `json:"of"`
			FallBack map[string][]string `json:"fall_back"` // by who speaks
			Stale    []string            `json:"stale"`
			Forms    []string            `json:"plural_forms"`
			Lacking  map[string][]string `json:"lacking_forms"`
		}{w.Tag, english.Language(w.Tag), s.has(w.Tag), w.Has, w.Of, w.By, orEmpty(w.Stale), orEmpty(w.Forms), w.Lacking}); err != nil {
			return err
		}
	}
	return nil
}

// orEmpty returns a list that JSON writes as one, also where it is nil.
func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// halfBundles warns of each locale of a site whose bundle lacks messages that it shows.
func halfBundles(c *config.Config, bundle *locales.Bundle, folder string) (warnings config.Problems) {
	for _, l := range c.Site.Locales {
		m := bundle.Missing(shownBy(&c.Site), l.Chain...)
		if m.Has == m.Of {
			continue
		}
		var others []string
		for _, tag := range slices.Sorted(maps.Keys(m.By)) {
			others = append(others, bundle.Localizer("en").Language(tag))
		}
		warnings = append(warnings, config.Problem{
			File: filepath.Join(folder, "active."+l.Tag+".toml"),
			What: fmt.Sprintf("%s: %d of %d messages, the others are %s", l.Tag, m.Has, m.Of, strings.Join(others, " or ")),
			Hint: fmt.Sprintf("\"kairan locales %s\" names them", l.Tag),
		})
	}
	return warnings
}
