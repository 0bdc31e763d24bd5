package publish

import (
	"encoding/json"
	"encoding/xml"
	"slices"
	"testing"

	"github.com/kairan-news/kairan/feeds"
)

// document is what any reader understands of a document.
type document struct {
	key        feeds.DocumentKey
	seq, since int64
	previous   string
	entries    []entry
	gone       []string
}

type entry struct {
	id, title, replaces string
	seq                 int64
}

type parsedLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

// parse reads a document as its format says.
func parse(t testing.TB, d feeds.Document) document {
	t.Helper()
	out := document{key: d.DocumentKey}
	archive := false
	previous := func(links []parsedLink) {
		for _, l := range links {
			if l.Rel == "prev-archive" {
				out.previous = l.Href
			}
		}
	}
	switch d.Format {
	case feeds.JSONFeed:
		var j struct {
			Next   string `json:"next_url"`
			Kairan struct {
				Seq, Since int64
				Archive    int
				Withdrawn  []struct{ ID string }
			} `json:"_kairan"`
			Items []struct {
				ID, Title string
				Kairan    struct {
					Seq      int64
					Replaces string
				} `json:"_kairan"`
			}
		}
		if err := json.Unmarshal(d.Body, &j); err != nil {
			t.Fatal(err)
		}
		out.seq, out.since, out.previous, archive = j.Kairan.Seq, j.Kairan.Since, j.Next, j.Kairan.Archive > 0
		for _, w := range j.Kairan.Withdrawn {
			out.gone = append(out.gone, w.ID)
		}
		for _, i := range j.Items {
			out.entries = append(out.entries, entry{i.ID, i.Title, i.Kairan.Replaces, i.Kairan.Seq})
		}
	case feeds.Atom:
		var a struct {
			Seq     int64        `xml:"urn:uuid:98d0e0f8-f011-4b26-9d03-f3145c03fd6f seq"`
			Since   int64        `xml:"urn:uuid:98d0e0f8-f011-4b26-9d03-f3145c03fd6f since"`
			Archive *struct{}    `xml:"http://purl.org/syndication/history/1.0 archive"`
			Links   []parsedLink `xml:"http://www.w3.org/2005/Atom link"`
			Gone    []struct {
				Ref string `xml:"ref,attr"`
			} `xml:"http://purl.org/atompub/tombstones/1.0 deleted-entry"`
			Entries []struct {
				ID       string `xml:"http://www.w3.org/2005/Atom id"`
				Title    string `xml:"http://www.w3.org/2005/Atom title"`
				Seq      int64  `xml:"urn:uuid:98d0e0f8-f011-4b26-9d03-f3145c03fd6f seq"`
				Replaces string `xml:"urn:uuid:98d0e0f8-f011-4b26-9d03-f3145c03fd6f replaces"`
			} `xml:"http://www.w3.org/2005/Atom entry"`
		}
		if err := xml.Unmarshal(d.Body, &a); err != nil {
			t.Fatal(err)
		}
		out.seq, out.since, archive = a.Seq, a.Since, a.Archive != nil
		previous(a.Links)
		for _, g := range a.Gone {
			out.gone = append(out.gone, g.Ref)
		}
		for _, e := range a.Entries {
			out.entries = append(out.entries, entry{e.ID, e.Title, e.Replaces, e.Seq})
		}
	case feeds.RSS:
		var r struct {
			Channel struct {
				Seq     int64        `xml:"urn:uuid:98d0e0f8-f011-4b26-9d03-f3145c03fd6f seq"`
				Since   int64        `xml:"urn:uuid:98d0e0f8-f011-4b26-9d03-f3145c03fd6f since"`
				Archive *struct{}    `xml:"http://purl.org/syndication/history/1.0 archive"`
				Links   []parsedLink `xml:"http://www.w3.org/2005/Atom link"`
				Items   []struct {
					ID       string `xml:"guid"`
					Title    string `xml:"title"`
					Seq      int64  `xml:"urn:uuid:98d0e0f8-f011-4b26-9d03-f3145c03fd6f seq"`
					Replaces string `xml:"urn:uuid:98d0e0f8-f011-4b26-9d03-f3145c03fd6f replaces"`
				} `xml:"item"`
			} `xml:"channel"`
		}
		if err := xml.Unmarshal(d.Body, &r); err != nil {
			t.Fatal(err)
		}
		out.seq, out.since, archive = r.Channel.Seq, r.Channel.Since, r.Channel.Archive != nil
		previous(r.Channel.Links)
		for _, i := range r.Channel.Items {
			out.entries = append(out.entries, entry{i.ID, i.Title, i.Replaces, i.Seq})
		}
	}
	if archive != (d.Archive > 0) {
		t.Errorf("%s says that it is an archive: %v", d.Path(), archive)
	}
	return out
}

// says reports whether an archive says what another state of it does: its entries by their
// ids, records and titles, in their order, and what is gone.
func (d document) says(o document) bool {
	same := func(a, b entry) bool { return a.id == b.id && a.seq == b.seq && a.title == b.title }
	return d.seq == o.seq && d.since == o.since && slices.EqualFunc(d.entries, o.entries, same) && slices.Equal(d.gone, o.gone)
}
