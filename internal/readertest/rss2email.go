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
	config, mails := filepath.Join(v.home, "rss2email.cfg"), filepath.Join(v.home, "mails")
	return v.readMails(mails, mailer{
		config:    config,
		options:   []string{"-c", config, "-d", filepath.Join(v.home, "rss2email.json")},
		prepare:   func() error { return prepareRss2email(config, mails) },
		subscribe: []string{"add", "feed", v.address},
		fetch:     []string{"run"},
	}, func(m message) Entry {
		e := Entry{ID: m.words("X-RSS-ID"), Title: m.words("Subject"), Link: m.words("X-RSS-URL"), Pictures: picturesIn(m.text), Enclosures: enclosuresIn(m.text)}
		if from := m.words("From"); from != "" {
			e.Authors = one(nameOf(from))
		}
		return e
	})
}

// prepareRss2email writes its configuration, and makes the folder that it writes to.
func prepareRss2email(config, mails string) error {
	if err := os.MkdirAll(mails, 0o700); err != nil {
		return err
	}
	return os.WriteFile(config, fmt.Appendf(nil, rss2emailConfig, mails), 0o600)
}

// nameOf returns the name that stands before an address of a mail.
func nameOf(from string) string {
	name, _, _ := strings.Cut(from, " <")
	return strings.ReplaceAll(strings.Trim(name, `"`), `\`, "")
}
