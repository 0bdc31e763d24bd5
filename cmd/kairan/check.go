package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/net/idna"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/builtin"
	"github.com/kairan-news/kairan/internal/config"
	"github.com/kairan-news/kairan/internal/export"
	"github.com/kairan-news/kairan/locales"
)

func newCheckCommand() *cobra.Command {
	var file, target string
	var schema bool
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Say what is wrong with the configuration and the message bundles",
		Long: `Say what is wrong with the configuration and the message bundles: every fault at
once, each on a line with its place and what to do. The exit status is 1 if there
is one. Neither a database nor the network is needed. With --export, or KAIRAN_EXPORT,
it looks at the target of exports too, without asking it.`,
		Args: takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if schema {
				_, err := cmd.OutOrStdout().Write(config.Schema())
				return err
			}
			name, data, err := configurationOf(file)
			if err != nil {
				return err
			}
			c, _, faults := checkConfiguration(name, data)
			if target != "" {
				if err := export.Check(target); err != nil {
					faults = append(faults, err)
				}
			}
			for _, f := range faults {
				fmt.Fprintln(cmd.OutOrStdout(), f)
			}
			if len(faults) > 0 {
				return fmt.Errorf("%s: %s", name, count(len(faults), "fault", "faults"))
			}
			_, err = fmt.Fprint(cmd.OutOrStdout(), summary(c)+warnings(c)+missingFolders(c))
			return err
		},
	}
	addConfig(cmd, &file, "configuration `FILE`")
	addExport(cmd, &target, "`TARGET` of exports to look at too, as \"kairan serve\" takes it")
	cmd.Flags().BoolVar(&schema, "schema", false, "print the JSON Schema of kairan.yaml, for editors, and check nothing")
	return cmd
}

// nameSite calls a site that has no title by its host: the words of the bundles name
// the built-in one.
func nameSite(site *feeds.Site) {
	if len(site.Titles) > 0 {
		return
	}
	host := site.ID
	if u, err := url.Parse(site.BaseURL); err == nil && u.Host != "" {
		host = u.Host
		if named, err := idna.Lookup.ToUnicode(u.Hostname()); err == nil && named != u.Hostname() {
			host = named // as people write it
		}
	}
	site.Titles = map[string]string{}
	for _, l := range site.Locales {
		site.Titles[l.Tag] = host
	}
}

// checkConfiguration reads a configuration with the bundles that it names, which
// are laid over the built-in ones before it is judged. It returns every fault of either once,
// and then neither is to be used for anything but to tell more of them: both may be nil.
func checkConfiguration(name string, data []byte) (*config.Config, *locales.Bundle, []error) {
	var faults []error
	read := config.Read(name, data, configurationFiles{})
	folder := read.Messages()
	bundle, err := locales.Read(messages(folder))
	if err != nil {
		for _, f := range each(err) {
			faults = append(faults, fmt.Errorf("%s: site.messages %s: %w", name, folder, f))
		}
	}
	c, err := read.Check(labels(bundle, len(faults) > 0))
	if err != nil {
		return nil, bundle, append(faults, each(err)...)
	}
	if name != builtinName && folder == "" {
		nameSite(&c.Site)
	}
	if bundle != nil {
		c.Warnings = append(c.Warnings, halfBundles(c, bundle, folder)...)
		c.Warnings = append(c.Warnings, nobodysGlossaries(folder, &c.Site, bundle)...)
	}
	return c, bundle, faults
}

// labels returns the words by which a configuration is judged; nil where nobody knows them.
func labels(bundle *locales.Bundle, faulty bool) config.Labels {
	switch {
	case bundle == nil:
		return nil
	case faulty:
		return hopeful{bundle}
	default:
		return bundle
	}
}

// hopeful takes every message for there: what lacks where a bundle has a fault may stand in
// it, and would be told twice.
type hopeful struct{ *locales.Bundle }

// Labels implements [config.Labels].
func (hopeful) Labels(id string) map[string][]string { return map[string][]string{id: {id}} }

// nobodysGlossaries warns of those that are named for no publisher.
func nobodysGlossaries(folder string, site *feeds.Site, bundle *locales.Bundle) (all config.Problems) {
	for _, key := range bundle.Glossaries() {
		if _, ok := site.Publisher(key); !ok {
			all = append(all, config.Problem{
				File: filepath.Join(folder, "glossary."+key+".toml"),
				What: fmt.Sprintf("there is no publisher %q, so that it names nothing", key),
				Hint: "name it for the key of a publisher, or remove it",
			})
		}
	}
	return all
}

// messages opens a folder of bundles; "" is none.
func messages(folder string) fs.FS {
	if folder == "" {
		return nil
	}
	return os.DirFS(folder)
}

// warnings returns a line for each thing that does no harm yet.
func warnings(c *config.Config) string {
	var b strings.Builder
	for _, w := range c.Warnings {
		fmt.Fprintf(&b, "Warning: %s\n", w)
	}
	return b.String()
}

// missingFolders returns a line for each folder to collect that is not on this
// machine. That is no fault: the configuration may be meant for another one.
func missingFolders(c *config.Config) string {
	var b strings.Builder
	for _, s := range c.Sources {
		if s.Kind != feeds.KindFolder || s.Disabled || s.Path == builtin.SamplesPath {
			continue
		}
		if info, err := os.Stat(c.Folder(s)); err != nil || !info.IsDir() {
			fmt.Fprintf(&b, "Note: the source %q has no folder %s on this machine; make it before you collect.\n", s.ID, c.Folder(s))
		}
	}
	return b.String()
}

// each returns the errors that an error is a list of, else the error itself.
func each(err error) []error {
	if list, ok := errors.AsType[interface {
		error
		Unwrap() []error
	}](err); ok {
		return list.Unwrap()
	}
	return []error{err}
}

// summary says in a few lines what a configuration without a fault is about.
func summary(c *config.Config) string {
	disabled := 0
	for _, s := range c.Sources {
		if s.Disabled {
			disabled++
		}
	}
	channels := len(c.Site.Channels())
	name := c.Name
	if len(c.Included) > 0 {
		name += " with " + count(len(c.Included), "included file", "included files")
	}
	return fmt.Sprintf("%s has no fault.\n%s, %s (%d disabled), %s\n%s in %s, each in %s\n", name,
		count(len(c.Site.Publishers), "publisher", "publishers"),
		count(len(c.Sources), "source", "sources"), disabled,
		count(len(c.Site.Categories), "category", "categories"),
		count(channels, "channel", "channels"),
		count(len(c.Site.Locales), "locale", "locales"),
		count(len(feeds.Formats()), "format", "formats"))
}

// count returns a number with its noun: 1 source, 2 sources.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
