package main

import (
	"fmt"
	"strings"

	"github.com/rivo/uniseg"
)

// table prints rows whose columns begin beneath each other, however wide their letters are:
// those of East Asian scripts take two columns of a terminal each. Where it is wider than the
// terminal its last column is cut.
type table struct {
	out    terminal
	rows   [][]cell
	indent string
}

// cell is a text in a colour.
type cell struct {
	text   string
	colour colour
}

// columnGap lies between two columns.
const columnGap = 2

// leastLast is the least width to which the last column is cut; a terminal that has no room
// for that breaks the lines itself.
const leastLast = 12

// head adds the heads of the columns.
func (t *table) head(names ...string) {
	row := make([]cell, len(names))
	for i, name := range names {
		row[i] = cell{name, dim}
	}
	t.rows = append(t.rows, row)
}

// add adds a row of cells and of what else is printed as it is.
func (t *table) add(values ...any) {
	row := make([]cell, len(values))
	for i, v := range values {
		if c, ok := v.(cell); ok {
			row[i] = cell{oneLine(c.text), c.colour}
		} else {
			row[i] = cell{text: oneLine(fmt.Sprint(v))}
		}
	}
	t.rows = append(t.rows, row)
}

// print prints the rows.
func (t *table) print() error {
	var widths []int
	for _, row := range t.rows {
		for i, c := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], uniseg.StringWidth(c.text))
		}
	}
	var all strings.Builder
	for _, row := range t.rows {
		all.WriteString(t.line(row, widths))
	}
	_, err := fmt.Fprint(t.out, all.String())
	return err
}

func (t *table) line(row []cell, widths []int) string {
	var line strings.Builder
	line.WriteString(t.indent)
	at := len(t.indent)
	for len(row) > 0 && row[len(row)-1].text == "" {
		row = row[:len(row)-1] // no blanks at the end of a line
	}
	for i, c := range row {
		last := i == len(widths)-1
		if last && t.out.width > 0 {
			c.text = cut(c.text, max(leastLast, t.out.width-at))
		}
		line.WriteString(t.out.paint(c.colour, c.text))
		if i < len(row)-1 {
			line.WriteString(strings.Repeat(" ", widths[i]-uniseg.StringWidth(c.text)+columnGap))
		}
		at += widths[i] + columnGap
	}
	return line.String() + "\n"
}

// cut shortens a text to so many columns.
func cut(text string, columns int) string {
	if uniseg.StringWidth(text) <= columns {
		return text
	}
	var kept strings.Builder
	left := columns - 1 // for the mark
	for clusters := uniseg.NewGraphemes(text); clusters.Next() && clusters.Width() <= left; left -= clusters.Width() {
		kept.WriteString(clusters.Str())
	}
	return strings.TrimRight(kept.String(), " ") + "…"
}

// wrapped breaks a text into lines of so many columns, between words; 0 columns for one line.
// A word that is longer has a line of its own.
func wrapped(text string, columns int) []string {
	words := strings.Fields(text)
	if columns <= 0 || len(words) == 0 {
		return []string{strings.Join(words, " ")}
	}
	var lines []string
	line, width := words[0], uniseg.StringWidth(words[0])
	for _, word := range words[1:] {
		if w := uniseg.StringWidth(word); width+1+w <= columns {
			line, width = line+" "+word, width+1+w
		} else {
			lines = append(lines, line)
			line, width = word, w
		}
	}
	return append(lines, line)
}
