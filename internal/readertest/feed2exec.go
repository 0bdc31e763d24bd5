package readertest

import "path/filepath"

// feed2exec writes a mail for each entry that is new to it. It reads with feedparser.
var feed2exec = Reader{Name: "feed2exec", Package: "feed2exec", Keeps: true, program: "feed2exec", read: readFeed2exec}

func readFeed2exec(v visit) (Feed, error) {
	config, mails := filepath.Join(v.home, "feed2exec.ini"), filepath.Join(v.home, "mails")
	return v.readMails(mails, mailer{
		config:    config,
		options:   []string{"--config", config, "--database", filepath.Join(v.home, "feed2exec.db")},
		subscribe: []string{"add", "feed", v.address, "--output", "maildir", "--mailbox", mails},
		fetch:     []string{"fetch"},
	}, func(m message) Entry {
		e := Entry{Title: m.words("Subject"), Link: m.words("Archived-At"), Pictures: picturesIn(m.text)}
		e.Authors = one(nameOf(m.words("From")))
		return e
	})
}
