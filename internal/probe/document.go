package probe

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// Document is what a feed says of itself, as far as it is checked.
type Document struct {
	ID      string
	Seq     int64 // of the newest record that it holds
	Entries []Entry
}

// Entry is an entry as readers tell it from others.
type Entry struct {
	ID, Link, Language string
	// Published in whole seconds of Unix time; 0 if the entry has no date.
	Published int64
}

// Read reads what was checked to be a feed of ours.
func Read(format feeds.Format, body []byte) (Document, error) {
	var d Document
	var err error
	switch format {
	case feeds.Atom:
		d, err = readAtom(body)
	case feeds.RSS:
		d, err = readRSS(body)
	case feeds.JSONFeed:
		d, err = readJSON(body)
	default:
		return Document{}, fmt.Errorf("read a document: there is no format %q", format)
	}
	if err != nil {
		return Document{}, fmt.Errorf("read a document as %s: %w", format, err)
	}
	return d, nil
}

type atomFeed struct {
	ID      string `xml:"http://www.w3.org/2005/Atom id"`
	Seq     int64  `xml:"urn:uuid:98d0e0f8-f011-4b26-9d03-f3145c03fd6f seq"`
	Lang    string `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	Entries []struct {
		ID        string `xml:"http://www.w3.org/2005/Atom id"`
		Lang      string `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
		Published string `xml:"http://www.w3.org/2005/Atom published"`
		Links     []struct {
			Rel  string `xml:"rel,attr"`
			Href string `xml:"href,attr"`
		} `xml:"http://www.w3.org/2005/Atom link"`
	} `xml:"http://www.w3.org/2005/Atom entry"`
}

func readAtom(body []byte) (Document, error) {
	var f atomFeed
	if err := xml.Unmarshal(body, &f); err != nil {
		return Document{}, err
	}
	d := Document{ID: f.ID, Seq: f.Seq, Entries: make([]Entry, 0, len(f.Entries))}
	for _, e := range f.Entries {
		entry := Entry{ID: e.ID, Language: e.Lang, Published: seconds(time.RFC3339, e.Published)}
		if entry.Language == "" {
			entry.Language = f.Lang
		}
		for _, l := range e.Links {
			if l.Rel == "alternate" || l.Rel == "" {
				entry.Link = l.Href // the first is the entry's own
				break
			}
		}
		d.Entries = append(d.Entries, entry)
	}
	return d, nil
}

type rssFeed struct {
	Channel struct {
		ID       string `xml:"urn:uuid:98d0e0f8-f011-4b26-9d03-f3145c03fd6f id"`
		Seq      int64  `xml:"urn:uuid:98d0e0f8-f011-4b26-9d03-f3145c03fd6f seq"`
		Language string `xml:"language"`
		Items    []struct {
			GUID string `xml:"guid"`
			Link []struct {
				XMLName xml.Name
				Text    string `xml:",chardata"`
			} `xml:"link"`
			Published string `xml:"pubDate"`
			Language  string `xml:"http://purl.org/dc/elements/1.1/ language"`
		} `xml:"item"`
	} `xml:"channel"`
}

func readRSS(body []byte) (Document, error) {
	var f rssFeed
	if err := xml.Unmarshal(body, &f); err != nil {
		return Document{}, err
	}
	c := f.Channel
	d := Document{ID: c.ID, Seq: c.Seq, Entries: make([]Entry, 0, len(c.Items))}
	for _, item := range c.Items {
		entry := Entry{ID: item.GUID, Language: item.Language, Published: seconds(time.RFC1123Z, item.Published)}
		if entry.Language == "" {
			entry.Language = c.Language
		}
		for _, l := range item.Link {
			if l.XMLName.Space == "" {
				entry.Link = l.Text
			}
		}
		d.Entries = append(d.Entries, entry)
	}
	return d, nil
}

type jsonFeed struct {
	Language string `json:"language"`
	Kairan   struct {
		ID  string `json:"id"`
		Seq int64  `json:"seq"`
	} `json:"_kairan"`
	Items []struct {
		ID        string `json:"id"`
		URL       string `json:"url"`
		Language  string `json:"language"`
		Published string `json:"date_published"`
	} `json:"items"`
}

func readJSON(body []byte) (Document, error) {
	var f jsonFeed
	if err := json.NewDecoder(bytes.NewReader(body)).Decode(&f); err != nil {
		return Document{}, err
	}
	d := Document{ID: f.Kairan.ID, Seq: f.Kairan.Seq, Entries: make([]Entry, 0, len(f.Items))}
	for _, item := range f.Items {
		entry := Entry{ID: item.ID, Link: item.URL, Language: item.Language, Published: seconds(time.RFC3339, item.Published)}
		if entry.Language == "" {
			entry.Language = f.Language
		}
		d.Entries = append(d.Entries, entry)
	}
	return d, nil
}

// seconds reads a date; 0 for none.
func seconds(layout, text string) int64 {
	t, err := time.Parse(layout, text)
	if err != nil {
		return 0
	}
	return t.Unix()
}
