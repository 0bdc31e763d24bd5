package ops

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// What the feed of incidents tells.
const (
	atomPast = 30 * 24 * time.Hour // for how long after its end
	atomMost = 500                 // entries
)

// atomFeed is a feed of incidents (RFC 4287).
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Link    atomLink    `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID        string       `xml:"id"`
	Title     string       `xml:"title"`
	Published string       `xml:"published"`
	Updated   string       `xml:"updated"`
	Link      atomLink     `xml:"link"`
	Category  atomCategory `xml:"category"`
	Content   atomText     `xml:"content"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

// serveAtom answers with a feed of incidents: one entry where one began, and another where it
// ended, so that readers' programs show both as new. Who may see it is asked before.
func (o *pages) serveAtom(w http.ResponseWriter, r *http.Request) {
	now := o.Now()
	incidents, err := o.Status.Incidents(r.Context(), now.Add(-atomPast))
	if err != nil {
		http.Error(w, "The incidents can't be read now; the log says why.", http.StatusServiceUnavailable)
		o.Log.Error("the feed of incidents can't be made", "error", err)
		return
	}
	body, err := xml.MarshalIndent(o.atom(incidents, o.address(r)), "", " ")
	if err != nil {
		http.Error(w, "The feed can't be made; the log says why.", http.StatusInternalServerError)
		o.Log.Error("the feed of incidents can't be made", "error", err)
		return
	}
	w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	_, _ = fmt.Fprintf(w, "%s%s\n", xml.Header, body)
}

// atom returns the feed of incidents, the newest first. They are given in the order in which
// they began, the newest first.
func (o *pages) atom(incidents []flow.Incident, base string) atomFeed {
	f := atomFeed{
		Lang: "en", ID: "tag:kairan.invalid,2026:incidents", Title: "Kairan: what is wrong", Author: "Kairan", Link: atomLink{"self", base + "/ops.atom"},
		Updated: stamp(time.Unix(0, 0)),
	}
	for _, i := range incidents {
		if !i.Resolved.IsZero() {
			f.Entries = append(f.Entries, o.atomEntry(i, "over", i.Resolved, base))
		}
		f.Entries = append(f.Entries, o.atomEntry(i, "began", i.Opened, base))
	}
	newestFirst(f.Entries)
	if len(f.Entries) > atomMost {
		f.Entries = f.Entries[:atomMost]
	}
	if len(f.Entries) > 0 {
		f.Updated = f.Entries[0].Updated
	}
	return f
}

func (o *pages) atomEntry(i flow.Incident, what string, at time.Time, base string) atomEntry {
	rule, _ := flow.RuleOf(i.Kind)
	title := fmt.Sprintf("[%s] %s", strings.ToUpper(string(i.Urgency)), rule.Title)
	if what == "over" {
		title = "[OVER] " + rule.Title
	}
	if i.Subject.ID != "" {
		title += " (" + i.Subject.String() + ")"
	}
	text := fmt.Sprintf("%s\n%s\n%s\nSince %s.\n%s", i.What, i.Readers, i.Do, stamp(i.Since), o.section(i.Kind))
	if what == "over" {
		text = fmt.Sprintf("It lasted from %s to %s.\n%s", stamp(i.Since), stamp(i.Resolved), i.What)
	}
	return atomEntry{
		ID: fmt.Sprintf("tag:kairan.invalid,2026:incident:%d:%d:%s", i.ID, i.Opened.UnixMilli(), what), Title: clean(title),
		Published: stamp(at), Updated: stamp(at), Link: atomLink{"alternate", base + "/incidents"},
		Category: atomCategory{string(i.Kind)}, Content: atomText{"text", clean(text)},
	}
}

func newestFirst(all []atomEntry) {
	slices.SortStableFunc(all, func(a, b atomEntry) int { return strings.Compare(b.Updated, a.Updated) })
}

// stamp is a time as Atom has it, in whole seconds, so that texts sort as times do.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// clean leaves out what XML can't say.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == '\uFFFE' || r == '\uFFFF' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}
