package readertest

import (
	"encoding/base64"
	"errors"
	"html"
	"io"
	"io/fs"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// mailer is how a program is run that writes a mail for each entry that is new to it.
type mailer struct {
	// config is its configuration, which is there once it has subscribed.
	config string
	// options stand before each command.
	options []string
	// prepare makes what it wants before it subscribes; nil for nothing.
	prepare          func() error
	subscribe, fetch []string // commands
}

// readMails has a program subscribe, if it has not yet, and fetch. It returns the entries of
// the mails that the program wrote into a folder, with their dates.
func (v visit) readMails(folder string, m mailer, entry func(message) Entry) (Feed, error) {
	run := func(command []string) error {
		_, err := v.run("", slices.Concat(m.options, command)...)
		return err
	}
	if _, err := os.Stat(m.config); err != nil {
		if m.prepare != nil {
			if err := m.prepare(); err != nil {
				return Feed{}, err
			}
		}
		if err := run(m.subscribe); err != nil {
			return Feed{}, err
		}
	}
	if err := run(m.fetch); err != nil {
		return Feed{}, err
	}
	messages, err := takeMails(folder)
	if err != nil {
		return Feed{}, err
	}
	var f Feed
	for _, message := range messages {
		e := entry(message)
		e.Date, _ = message.header.Date() // zero if there is none
		f.Entries = append(f.Entries, e)
	}
	return f, nil
}

// message is a mail that a reader wrote for an entry.
type message struct {
	header mail.Header
	text   string // of all parts
}

// header returns the words of a field of a mail.
func (m message) words(field string) string {
	text := m.header.Get(field)
	if words, err := new(mime.WordDecoder).DecodeHeader(text); err == nil {
		return words
	}
	return text
}

// takeMails returns the mails below a folder, and deletes them.
func takeMails(dir string) ([]message, error) {
	var all []message
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		m, err := readMail(path)
		if err != nil {
			return err
		}
		all = append(all, m)
		return os.Remove(path)
	})
	if errors.Is(err, fs.ErrNotExist) { // no mail, no folder
		return nil, nil
	}
	return all, err
}

func readMail(path string) (message, error) {
	file, err := os.Open(path)
	if err != nil {
		return message{}, err
	}
	defer file.Close()
	m, err := mail.ReadMessage(file)
	if err != nil {
		return message{}, err
	}
	text, err := readPart(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body)
	return message{m.Header, text}, err
}

func readPart(kind, encoding string, body io.Reader) (string, error) {
	_, params, err := mime.ParseMediaType(kind)
	if err != nil {
		return "", err
	}
	switch strings.ToLower(encoding) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	if params["boundary"] == "" {
		text, err := io.ReadAll(body)
		return string(text), err
	}
	var all strings.Builder
	for parts := multipart.NewReader(body, params["boundary"]); ; {
		p, err := parts.NextRawPart()
		if err == io.EOF {
			return all.String(), nil
		}
		if err != nil {
			return "", err
		}
		text, err := readPart(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p)
		if err != nil {
			return "", err
		}
		all.WriteString(text)
	}
}

var enclosed = regexp.MustCompile(`Enclosure: <a href="([^"]*)"`)

// enclosuresIn returns the addresses that rss2email names as files in its HTML.
func enclosuresIn(text string) []string {
	var all []string
	for _, m := range enclosed.FindAllStringSubmatch(text, -1) {
		all = append(all, html.UnescapeString(m[1]))
	}
	return all
}
