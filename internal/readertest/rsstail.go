package readertest

import (
	"strings"
	"time"
)

// rsstail prints the fields that it is asked for, each in a line with its name before it.
// It tells no id, no enclosure, nothing of the feed, and of an author what stands first.
var rsstail = Reader{Name: "rsstail", Package: "rsstail", program: "rsstail", read: readRsstail}

func readRsstail(v visit) (Feed, error) {
	out, err := v.run("", "-1", "-n", "1000", "-l", "-p", "-a", "-d", "-u", v.address)
	if err != nil {
		return Feed{}, err
	}
	var f Feed
	for line := range strings.Lines(string(out)) {
		line = strings.TrimSuffix(line, "\n")
		name, value, _ := strings.Cut(line, ": ")
		if name == "Title" {
			f.Entries = append(f.Entries, Entry{Title: value})
			continue
		}
		if len(f.Entries) == 0 {
			continue
		}
		e := &f.Entries[len(f.Entries)-1]
		switch name {
		case "Link":
			e.Link = value
		case "Pub.date":
			e.Date = readDate(value)
		case "Author":
			e.Authors = one(value)
		default: // a line of the description
			e.Pictures = append(e.Pictures, picturesIn(line)...)
		}
	}
	return f, nil
}

// readDate reads a date that a reader prints as the feed has it; zero if it is none.
func readDate(text string) time.Time {
	for _, layout := range []string{time.RFC1123Z, time.RFC3339, time.RFC1123} {
		if date, err := time.Parse(layout, text); err == nil {
			return date
		}
	}
	return time.Time{}
}
