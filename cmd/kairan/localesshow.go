package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/config"
	"github.com/kairan-news/kairan/locales"
)

func newLocalesShowCommand() *cobra.Command {
	var file string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "show ID",
		Short: "Show a message in every locale, filled in with samples",
		Long: `Show a message in every locale, filled in with samples, in each of its plural forms and
with what translators are to know of it. Where a locale has not the message, what stands in
for it is shown, and whose it is.`,
		Args: takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := speakersOf(file)
			if err != nil {
				return err
			}
			id := args[0]
			if ids := s.bundle.IDs(); !slices.Contains(ids, id) {
				if near := config.Nearest(id, ids...); near != "" {
					return fmt.Errorf("there is no message %q; did you mean %q?", id, near)
				}
				return fmt.Errorf("there is no message %q; \"kairan locales export DIR\" writes active.en.toml, which has them all", id)
			}
			if asJSON {
				return s.showJSON(cmd.OutOrStdout(), id)
			}
			return s.show(cmd.OutOrStdout(), id)
		},
	}
	addConfig(cmd, &file, "configuration `FILE` whose bundles are looked at")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a locale, for machines")
	return cmd
}

// show prints a message with its note, a line for each form.
func (s *speakers) show(out io.Writer, id string) error {
	fmt.Fprintln(out, id)
	if note := s.bundle.Note(id); note != "" {
		fmt.Fprintln(out, note)
	}
	fmt.Fprintln(out)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "LOCALE\tOF\tFORM\tNUMBER\tTEXT")
	for _, tag := range s.bundle.Tags() {
		p := s.bundle.Preview(id, s.chain(tag)...)
		if p.Speaker == "" {
			fmt.Fprintf(table, "%s\t-\t-\t-\t(none)\n", tag)
		}
		for _, text := range p.Texts {
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", tag, ofWhom(p), text.Form, sampleNumber(text, len(p.Texts)), text.Text)
		}
	}
	return table.Flush()
}

// ofWhom says whose the message is that a locale's readers see, and whether it is stale.
func ofWhom(p locales.Preview) string {
	if p.Stale {
		return p.Speaker + " (stale)"
	}
	return p.Speaker
}

// sampleNumber is the number that is filled into a form; "-" for none.
func sampleNumber(text locales.PreviewText, forms int) string {
	if text.Number < 0 || forms == 1 && text.Number == 0 {
		return "-"
	}
	return strconv.Itoa(text.Number)
}

// showJSON prints an object for each locale.
func (s *speakers) showJSON(out io.Writer, id string) error {
	type form struct {
		Form   string `json:"form"`
		Number *int   `json:"number"`
		Text   string `json:"text"`
	}
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for _, tag := range s.bundle.Tags() {
		p := s.bundle.Preview(id, s.chain(tag)...)
		forms := []form{}
		for _, text := range p.Texts {
			f := form{Form: text.Form, Text: text.Text}
			if text.Number >= 0 {
				f.Number = &text.Number
			}
			forms = append(forms, f)
		}
		if err := encoder.Encode(struct {
			Message string `json:"message"`
			Locale  string `json:"locale"`
			Of      string `json:"of"` // whose message it is; "" where nobody has it
			Stale   bool   `json:"stale"`
			Note    string `json:"note"`
			Texts   []form `json:"texts"`
		}{id, tag, p.Speaker, p.Stale, s.bundle.Note(id), forms}); err != nil {
			return err
		}
	}
	return nil
}
