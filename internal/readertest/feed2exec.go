package readertest

import (
	"os"
	"path/filepath"
)

// feed2exec writes a mail for each entry that is new to it. It reads with feedparser.
var feed2exec = Reader{Name: "feed2exec", Package: "feed2exec", Keeps: true, program: "feed2exec", read: readFeed2exec}

func readFeed2exec(v visit) (Feed, error) {
	config, database := filepath.Join(v.home, "feed2exec.ini"), filepath.Join(v.home, "feed2exec.db")
	mails := filepath.Join(v.home, "mails")
	run := func(args ...string) error {
		_, err := v.run("", append([]string{"--config", config, "--database", database}, args...)...)
		return err
	}
	if _, err := os.Stat(config); err != nil {
		if err := run("add", "feed", v.address, "--output", "maildir", "--mailbox", mails); err != nil {
			return Feed{}, err
		}
	}
	if err := run("fetch"); err != nil {
		return Feed{}, err
	}
	messages, err := takeMails(mails)
	if err != nil {
		return Feed{}, err
	}
	var f Feed
	for _, m := range messages {
		e := Entry{Title: m.words("Subject"), Link: m.words("Archived-At"), Pictures: picturesIn(m.text)}
		e.Date, _ = m.header.Date() // zero if there is none
		e.Authors = one(nameOf(m.words("From")))
		f.Entries = append(f.Entries, e)
	}
	return f, nil
}
