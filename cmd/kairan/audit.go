package main

import (
	"cmp"
	"fmt"
	"time"

	"github.com/spf13/cobra"
)

func newAuditCommand() *cobra.Command {
	var flags flags
	var asJSON bool
	var limit int
	var before int64
	cmd := &cobra.Command{
		Use:   "audit",
		Short: "List what people did",
		Long: `List what people did to the service, by pages, the API and commands, the newest first:
who, when, by which way, from where, and what came of it. Times are in UTC.`,
		Args: takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if limit < 1 {
				return fmt.Errorf("--limit %d: use a number above 0", limit)
			}
			d, err := flags.openDesk(cmd)
			if err != nil {
				return err
			}
			defer d.Close()
			deeds, err := d.db.Deeds(cmd.Context(), before, limit)
			if err != nil {
				return err
			}
			lines := make([]deedLine, len(deeds))
			for i, deed := range deeds {
				lines[i] = deedLine(deed)
			}
			if asJSON {
				return printJSON(d.out, lines)
			}
			table := table{out: d.out}
			table.head("NUMBER", "TIME", "WHO", "WAY", "ACTION", "OF", "OUTCOME", "DETAIL")
			for _, l := range lines {
				outcome, detail := cell{"done", green}, l.Detail
				if l.Failure != "" {
					outcome, detail = cell{"refused", red}, l.Failure
				}
				way := l.Way
				if l.Origin != "" {
					way += " from " + l.Origin
				}
				table.add(l.ID, l.Time.UTC().Format(time.RFC3339), l.Who, way, l.Action, cmp.Or(l.Subject, "-"), outcome, detail)
			}
			return table.print()
		},
	}
	flags.add(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print a JSON list, for machines")
	cmd.Flags().IntVar(&limit, "limit", 50, "how many are listed at most")
	cmd.Flags().Int64Var(&before, "before", 0, "list those before the one of this `NUMBER`")
	return cmd
}

// deedLine is a deed as machines read it.
type deedLine struct {
	ID      int64     `json:"id"`
	Time    time.Time `json:"time"`
	Who     string    `json:"who"`
	Way     string    `json:"way"`
	Origin  string    `json:"origin,omitempty"`
	Action  string    `json:"action"`
	Subject string    `json:"subject,omitempty"`
	Detail  string    `json:"detail,omitempty"`
	// Failure is why it could not be done; "" if it was.
	Failure string `json:"failure,omitempty"`
}
