package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"golang.org/x/net/publicsuffix"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/config"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/opml"
)

// placeholder stands for a publisher that only the user knows.
const placeholder = "my-city"

func newImportCommand() *cobra.Command {
	var publisher, appendTo string
	cmd := &cobra.Command{
		Use:   "import FILE.opml",
		Short: "Make sources of a feed reader's subscriptions",
		Long: `Read a list of subscriptions (OPML 1.0 or 2.0) and print its feeds as sources, to
be pasted into kairan.yaml. The groups and the title of a feed become the remark on its source. A
FILE of "-" is standard input.

With --append, the sources are written to the end of the list of sources of that file,
and all else in it stays as it is, comments too. Feeds that the file has already, or one
that it includes, are left out. What is printed is a file that kairan.yaml can include:

  kairan import --publisher KEY FILE.opml > sources/more.yaml

What was left out, and why, is said on standard error.`,
		Args: takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			data, err := readInput(cmd.InOrStdin(), args[0])
			if err != nil {
				return fmt.Errorf("import: %w", err)
			}
			list, err := opml.Parse(data, parse.Options{})
			if err != nil {
				return fmt.Errorf("import %s: %w", args[0], err)
			}
			in := importer{publisher: publisher, notes: cmd.ErrOrStderr()}
			if appendTo != "" {
				return in.appendTo(appendTo, list)
			}
			in.publisher = cmp.Or(in.publisher, placeholder)
			sources := in.sources(list)
			if len(sources) == 0 {
				return fmt.Errorf("import %s: it has no feed to import", args[0])
			}
			out := cmd.OutOrStdout()
			fmt.Fprintln(out, "sources:")
			if publisher == "" {
				fmt.Fprintf(out, "  # %q stands for the key of your publisher; --publisher names it\n", placeholder)
			}
			_, err = out.Write(config.FormatSources(sources, 2))
			return err
		},
	}
	cmd.Flags().StringVar(&publisher, "publisher", "", "the `KEY` of the publisher whose feeds these are")
	cmd.Flags().StringVar(&appendTo, "append", "", "write the sources into this configuration `FILE`")
	return cmd
}

func readInput(in io.Reader, name string) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(in)
	}
	return os.ReadFile(name)
}

// importer makes sources of subscriptions.
type importer struct {
	publisher string
	notes     io.Writer // what was left out and why
	config    *config.Config
}

// sources returns a source for each feed that is not there yet.
func (in importer) sources(list *opml.Document) (sources []feeds.Source) {
	ids, addresses := map[string]bool{}, map[string]string{}
	if in.config != nil {
		for _, s := range in.config.Sources {
			ids[s.ID] = true
			addresses[addressKey(s.URL)] = "the configuration has it as " + s.ID
		}
	}
	leave := func(o opml.Outline, why string) {
		fmt.Fprintf(in.notes, "left out %s: %s\n", cmp.Or(o.Title, o.Raw), why)
	}
	for _, p := range list.Problems {
		fmt.Fprintf(in.notes, "%s: %s\n", p.Code, p.Detail)
	}
	for _, o := range list.Outlines {
		switch {
		case o.URL == "":
			leave(o, strconv.Quote(o.Raw)+" is no http or https address")
			continue
		case hasPassword(o.Raw):
			leave(o, "its address holds a user or a password, which a configuration must not")
			continue
		case o.Type == "link" || o.Type == "include":
			leave(o, "it is of type "+strconv.Quote(o.Type)+", which is no feed")
			continue
		case addresses[addressKey(o.URL)] != "":
			leave(o, addresses[addressKey(o.URL)])
			continue
		}
		taken := func(id string) bool { return ids[id] }
		s := feeds.Source{
			Publisher: in.publisher,
			Kind:      feeds.KindFeed,
			URL:       withoutFragment(o.URL),
			Language:  o.Language,
			Schedule:  config.DefaultSchedule,
			Comment:   strings.Join(append(o.Groups, o.Title), " / "),
		}
		if s.ID = slug(o.Title); len(s.ID) < 3 {
			s.ID = hostName(s.URL)
		}
		s.ID = suggestID(taken, s.ID, "")
		ids[s.ID] = true
		addresses[addressKey(o.URL)] = "it is the same feed as " + s.ID
		sources = append(sources, s)
	}
	return sources
}

// appendTo writes the sources into a configuration. The file is replaced whole, or
// not at all.
func (in importer) appendTo(name string, list *opml.Document) error {
	data, err := readConfiguration(name)
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	c, words, faults := checkConfiguration(name, data)
	if len(faults) > 0 {
		return errors.Join(faults...)
	}
	in.config = c
	if in.publisher == "" {
		if len(in.config.Site.Publishers) != 1 {
			return fmt.Errorf("import into %s: it has %d publishers; name one with --publisher", name, len(in.config.Site.Publishers))
		}
		in.publisher = in.config.Site.Publishers[0].Key
	}
	if _, ok := in.config.Site.Publisher(in.publisher); !ok {
		return fmt.Errorf("import into %s: %w", name, unknownPublisher(in.publisher, in.config.Site.Publishers))
	}
	sources := in.sources(list)
	if len(sources) == 0 {
		_, err := fmt.Fprintf(in.notes, "nothing to add to %s\n", name)
		return err
	}
	out, err := config.AppendSources(name, data, sources, configurationFiles{}, words)
	if err != nil {
		return err
	}
	if err := replaceFile(name, out); err != nil {
		return fmt.Errorf("import: %w", err)
	}
	_, err = fmt.Fprintf(in.notes, "added %s to %s; \"kairan collect\" tries them\n", count(len(sources), "source", "sources"), name)
	return err
}

// unknownPublisher names the publisher that was probably meant, and all that there are.
func unknownPublisher(key string, known []feeds.Publisher) error {
	var keys []string
	for _, p := range known {
		keys = append(keys, p.Key)
	}
	meant := ""
	if near := config.Nearest(key, keys...); near != "" {
		meant = fmt.Sprintf("did you mean %q? ", near)
	}
	return fmt.Errorf("unknown publisher %q; %sit has %s", key, meant, strings.Join(keys, ", "))
}

// replaceFile puts data into the place of a file, or of the one that it leads to, with
// its permissions.
func replaceFile(name string, data []byte) error {
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return os.WriteFile(name, data, 0) // a terminal, say, which has no content to lose
	}
	if name, err = filepath.EvalSymlinks(name); err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // fails where it was renamed, as it should be
	_, err = io.Copy(file, bytes.NewReader(data))
	if err == nil {
		err = file.Chmod(info.Mode().Perm())
	}
	if err == nil {
		err = file.Sync()
	}
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	return os.Rename(file.Name(), name)
}

// addressKey is what tells feeds apart: the address without its scheme, a slash at
// its end and a fragment.
func addressKey(address string) string {
	_, rest, ok := strings.Cut(withoutFragment(address), "://")
	if !ok {
		return address
	}
	host, path, _ := strings.Cut(rest, "/")
	return strings.ToLower(host) + "/" + strings.TrimSuffix(path, "/")
}

func withoutFragment(address string) string {
	address, _, _ = strings.Cut(address, "#")
	return address
}

func hasPassword(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.User != nil
}

// longestID is how long the id of a source may be.
const longestID = 41

// suggestID makes an id of a name and a language that is not taken yet.
func suggestID(taken func(string) bool, name, language string) string {
	id := slug(name)
	if id == "" {
		id = "source"
	}
	if tail := slug(language); tail != "" && !strings.HasSuffix(id, "-"+tail) {
		id = strings.TrimRight(id[:min(len(id), longestID-1-len(tail))], "-") + "-" + tail
	}
	id = strings.TrimRight(id[:min(len(id), longestID)], "-")
	for base, n := id, 2; taken(id); n++ {
		tail := "-" + strconv.Itoa(n)
		id = strings.TrimRight(base[:min(len(base), longestID-len(tail))], "-") + tail
	}
	return id
}

// slug writes a text as an id: small letters of ASCII, digits and hyphens, beginning
// with a letter; "" where nothing of it can be written so.
func slug(s string) string {
	plain, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), s)
	if err != nil {
		plain = s
	}
	var b strings.Builder
	for _, c := range strings.ToLower(plain) {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9' && b.Len() > 0:
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}

// hostName returns what a host is known by: "metro-tokyo" of www.metro.tokyo.lg.jp.
func hostName(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	suffix, _ := publicsuffix.PublicSuffix(host)
	name := strings.TrimSuffix(strings.TrimSuffix(host, suffix), ".")
	return slug(cmp.Or(name, host))
}
