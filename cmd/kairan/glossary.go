package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/glossary"
	"github.com/kairan-news/kairan/internal/store"
)

func newGlossaryCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "glossary",
		Short: "Name departments and terms in every language",
		Args:  group,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newGlossarySuggestCommand())
	return cmd
}

func newGlossarySuggestCommand() *cobra.Command {
	var flags flags
	cmd := &cobra.Command{
		Use:   "suggest [PUBLISHER]",
		Short: "Print what a publisher's notices suggest for its glossary",
		Long: `Print what a publisher's notices suggest for its glossary: of those that it publishes
in several languages, what their authors and categories are called in each. Only what two
notices at least agree on is printed, and three in four of those that tell, with how
many and an example. What the glossary has already is left out. Without PUBLISHER, each
publisher's suggestions follow one another.

Nothing is applied. Look the names over, and save them as glossary.PUBLISHER.toml in the
folder that site.messages names.`,
		Args: takes(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			setup, db, err := flags.openExisting(ctx)
			if err != nil {
				return err
			}
			defer db.Close()
			publishers := setup.config.Site.Publishers
			if len(args) > 0 {
				p, ok := setup.config.Site.Publisher(args[0])
				if !ok {
					return fmt.Errorf("glossary: there is no publisher %q in the %s", args[0], setup.name)
				}
				publishers = []feeds.Publisher{p}
			}
			for _, p := range publishers {
				if err := suggestGlossary(ctx, cmd.OutOrStdout(), setup, db, p, len(args) > 0); err != nil {
					return err
				}
			}
			return nil
		},
	}
	flags.add(cmd)
	return cmd
}

// suggestGlossary prints what a publisher's notices suggest; always says so even where that
// is nothing.
func suggestGlossary(ctx context.Context, out io.Writer, setup *setup, db *store.DB, p feeds.Publisher, always bool) error {
	var versions []glossary.Version
	err := db.Signed(ctx, p.Key, func(a feeds.Article) error {
		v := glossary.Version{Story: a.Story, Language: a.Language, Title: a.Title}
		for _, author := range a.Authors {
			v.Authors = append(v.Authors, author.Name)
		}
		for _, t := range a.Terms {
			name := t.Label
			if name == "" {
				name = t.Term
			}
			v.Terms = append(v.Terms, name)
		}
		versions = append(versions, v)
		return nil
	})
	if err != nil {
		return err
	}
	all := glossary.Suggest(p.Language, versions, setup.bundle.Glossary(p.Key))
	if len(all) == 0 {
		if always {
			fmt.Fprintf(out, "# Nothing is suggested for glossary.%s.toml: no two notices in several languages agree on a name that it has not.\n", p.Key)
		}
		return nil
	}
	return glossary.Write(out, p.Key, all)
}
