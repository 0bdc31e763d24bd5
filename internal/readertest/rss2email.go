package readertest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// rss2email writes a mail for each entry that is new to it; here in HTML, dated as the
// entry is published, and from its author. It reads with feedparser.
var rss2email = Reader{Name: "rss2email", Package: "rss2email", Keeps: true, program: "r2e", read: readRss2email}

const rss2emailConfig = `[DEFAULT]
from = reader@localhost
to = reader@localhost
date-header = True
date-header-order = issued
html-mail = True
name-format = {author}
email-protocol = maildir
maildir-path = %s
`

func readRss2email(v visit) (Feed, error) {
	config, data := filepath.Join(v.home, "rss2email.cfg"), filepath.Join(v.home, "rss2email.json")
	run := func(args ...string) error {
		_, err := v.run("", append([]string{"-c", config, "-d", data}, args...)...)
		return err
	}
	mails := filepath.Join(v.home, "mails")
	if _, err := os.Stat(config); err != nil {
		if err := os.MkdirAll(mails, 0o700); err != nil {
			return Feed{}, err
		}
		if err := os.WriteFile(config, fmt.Appendf(nil, rss2emailConfig, mails), 0o600); err != nil {
			return Feed{}, err
		}
		if err := run("add", "feed", v.address); err != nil {
			return Feed{}, err
		}
	}
	if err := run("run"); err != nil {
		return Feed{}, err
	}
	messages, err := takeMails(mails)
	if err != nil {
		return Feed{}, err
	}
	var f Feed
	for _, m := range messages {
		e := Entry{ID: m.words("X-RSS-ID"), Title: m.words("Subject"), Link: m.words("X-RSS-URL"), Pictures: picturesIn(m.text), Enclosures: enclosuresIn(m.text)}
		e.Date, _ = m.header.Date() // zero if there is none
		if from := m.words("From"); from != "" {
			e.Authors = one(nameOf(from))
		}
		f.Entries = append(f.Entries, e)
	}
	return f, nil
}

// nameOf returns the name that stands before an address of a mail.
func nameOf(from string) string {
	name, _, _ := strings.Cut(from, " <")
	return strings.ReplaceAll(strings.Trim(name, `"`), `\`, "")
}
