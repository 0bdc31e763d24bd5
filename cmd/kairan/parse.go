package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/feed"
)

func newParseCommand() *cobra.Command {
	var contentType, baseURL, timezone string
	cmd := &cobra.Command{
		Use:   "parse FILE…",
		Short: "Print what feed documents say, one JSON line each",
		Long: `Read feed documents (RSS, RDF, Atom, JSON Feed) and print for each one line of
JSON: what the collector would make of it, after cleaning and normalizing.

A FILE of "-" reads the paths from standard input, one a line. A file that can't
be read has its error in its line, and does no harm to the others. Where some
entries of a document could not be read, its line tells how many, as "lost". Of what had
to go of an entry's text, such as forms, it tells how many of each kind, as "dropped".`,
		Args: takes(1, math.MaxInt),
		RunE: func(cmd *cobra.Command, args []string) error {
			location, err := time.LoadLocation(timezone)
			if err != nil {
				return fmt.Errorf("--timezone %q: %w; use a name such as Asia/Tokyo", timezone, err)
			}
			p := documentPrinter{
				out:     cmd.OutOrStdout(),
				options: parse.Options{ContentType: contentType, BaseURL: baseURL, Location: location},
			}
			ctx := cmd.Context()
			for _, arg := range args {
				if arg != "-" {
					err = p.print(ctx, arg)
				} else {
					err = p.printAll(ctx, cmd.InOrStdin())
				}
				if err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&contentType, "content-type", "", "what HTTP would have said, such as \"text/xml; charset=Shift_JIS\"")
	cmd.Flags().StringVar(&baseURL, "base-url", "", "the `URL` of the document, which relative links are resolved against")
	cmd.Flags().StringVar(&timezone, "timezone", "UTC", "the `ZONE` of dates that name none, such as Asia/Tokyo")
	return cmd
}

// documentPrinter prints documents as they are read.
type documentPrinter struct {
	out     io.Writer
	options parse.Options
}

// printedDocument is a line of output. Its keys are a promise to whoever reads them.
type printedDocument struct {
	File    string         `json:"file"`
	Error   *string        `json:"error"`
	Feed    *printedFeed   `json:"feed"`
	Entries []printedEntry `json:"entries"`
	// Lost is how many entries were seen and could not be read.
	Lost int `json:"lost,omitempty"`
}

type printedFeed struct {
	Title       string  `json:"title"`
	Link        string  `json:"link"`
	Language    string  `json:"language"`
	ID          string  `json:"id"`
	Description string  `json:"description"`
	Updated     *string `json:"updated"`
}

type printedEntry struct {
	ID        string  `json:"id"`
	Title     string  `json:"title"`
	Link      string  `json:"link"`
	Published *string `json:"published"`
	Updated   *string `json:"updated"`
	Language  string  `json:"language"`
	Author    string  `json:"author"`
	Content   string  `json:"content"`
	Summary   string  `json:"summary"`
	// What only some entries have.
	Authors    []feeds.Person    `json:"authors,omitempty"` // whose names are Author
	Categories []feeds.Term      `json:"categories,omitempty"`
	Images     []feeds.Image     `json:"images,omitempty"`
	Enclosures []feeds.Enclosure `json:"enclosures,omitempty"`
	Episode    feeds.Episode     `json:"episode,omitzero"`
	Rights     string            `json:"rights,omitempty"`
	Dropped    feeds.Dropped     `json:"dropped,omitempty"` // counts of what had to go of Content, by kind
}

// printAll prints the documents whose paths r holds, one a line.
func (p documentPrinter) printAll(ctx context.Context, r io.Reader) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if path := strings.TrimRight(lines.Text(), "\r"); path != "" {
			if err := p.print(ctx, path); err != nil {
				return err
			}
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read the paths from standard input: %w", err)
	}
	return nil
}

// print prints one document's line. Its error is that of printing alone.
func (p documentPrinter) print(ctx context.Context, path string) error {
	doc := printedDocument{File: path, Entries: []printedEntry{}}
	feed, err := p.read(ctx, path)
	if err != nil {
		text := err.Error()
		doc.Error = &text
	} else {
		doc.Feed = &printedFeed{
			Title: feed.Title, Link: feed.Link, Language: feed.Language, ID: feed.ID,
			Description: feed.Description, Updated: printedTime(feed.Updated),
		}
		doc.Lost = feed.Lost
		for _, a := range feed.Articles {
			doc.Entries = append(doc.Entries, printEntry(a))
		}
	}
	enc := json.NewEncoder(p.out)
	enc.SetEscapeHTML(false)
	return enc.Encode(doc)
}

func (p documentPrinter) read(ctx context.Context, path string) (*feed.Feed, error) {
	data, err := readBounded(ctx, path)
	if err != nil {
		return nil, err
	}
	return feed.Parse(data, p.options)
}

// readBounded reads a file or a pipe, of which it takes no more than the collector
// would. A pipe that nobody writes to is waited for until the context ends.
func readBounded(ctx context.Context, path string) ([]byte, error) {
	type outcome struct {
		data []byte
		err  error
	}
	read := make(chan outcome, 1)
	go func() {
		file, err := os.Open(path)
		if err != nil {
			read <- outcome{err: err}
			return
		}
		defer file.Close()
		data, err := io.ReadAll(io.LimitReader(file, fetch.DefaultMaxBytes+1))
		if err == nil && len(data) > fetch.DefaultMaxBytes {
			err = fmt.Errorf("read %s: it is larger than a document may be (%d bytes)", path, fetch.DefaultMaxBytes)
		}
		read <- outcome{data, err}
	}()
	select {
	case o := <-read:
		return o.data, o.err
	case <-ctx.Done():
		return nil, fmt.Errorf("read %s: %w", path, ctx.Err())
	}
}

func printEntry(a feeds.Article) printedEntry {
	e := printedEntry{
		ID: a.GUID, Title: a.Title, Link: a.Link, Language: a.Language, Content: a.Content, Summary: a.Summary,
		Published: printedTime(a.Published), Updated: printedTime(a.Updated),
		Authors: a.Authors, Categories: a.Terms, Images: a.Images, Enclosures: a.Enclosures, Episode: a.Episode, Rights: a.Rights, Dropped: a.Dropped,
	}
	if e.ID == "" {
		e.ID = a.Link // what tells it from the others
	}
	var names []string
	for _, author := range a.Authors {
		names = append(names, author.Name)
	}
	e.Author = strings.Join(names, ", ")
	return e
}

// printedTime returns a time as RFC 3339; nil for none.
func printedTime(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	s := t.UTC().Format(time.RFC3339Nano)
	return &s
}
