package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"
)

// terminal is where a command prints for a person, or for a file or another program.
type terminal struct {
	io.Writer
	// width is in columns; 0 where it is no terminal, or it does not tell.
	width int
	// colours says that it shows them, and that nobody has asked for none.
	colours bool
	live    bool // it is a terminal
}

// newTerminal finds out what a writer is. NO_COLOR, with whatever text, asks for no colours
// (https://no-color.org), and so does a terminal that calls itself dumb.
func newTerminal(w io.Writer) terminal {
	t := terminal{Writer: w}
	file, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return t
	}
	t.live = true
	t.colours = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	if width, _, err := term.GetSize(int(file.Fd())); err == nil {
		t.width = width
	}
	return t
}

// colour is a way to show a text, as the parameters of SGR (ECMA-48 section 8.3.117).
type colour string

const (
	plainly colour = ""
	bold    colour = "1"
	dim     colour = "2"
	red     colour = "1;31"
	green   colour = "32"
	yellow  colour = "33"
)

// paint returns a text in a colour, where the terminal has them.
func (t terminal) paint(c colour, text string) string {
	if !t.colours || c == plainly || text == "" {
		return text
	}
	return "\x1b[" + string(c) + "m" + text + "\x1b[0m"
}

// clear empties the terminal for a picture that takes the place of another.
func (t terminal) clear() { _, _ = fmt.Fprint(t, "\x1b[H\x1b[2J") }

// shortly says how long something lasts or has lasted in one unit: "40 s", "7 min", "31 h",
// "3 days".
func shortly(d time.Duration) string {
	switch d = d.Abs(); {
	case d < 100*time.Second:
		return fmt.Sprintf("%d s", d/time.Second)
	case d < 100*time.Minute:
		return fmt.Sprintf("%d min", d.Round(time.Minute)/time.Minute)
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h", d.Round(time.Hour)/time.Hour)
	}
	return fmt.Sprintf("%d days", d/(24*time.Hour))
}

// ago says how long ago a time was; "never" for the zero time.
func ago(t, now time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return shortly(now.Sub(t)) + " ago"
}

// oneLine is a text without its breaks.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
