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
	"strings"
)

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
