package feeds

import (
	"bytes"
	"encoding/json"
	"fmt"

	gorilla "github.com/gorilla/feeds"

	"github.com/kairan-news/kairan/feeds/internal/value"
)

// jsonFeed adds to gorilla's feed items that stand there even when there are none
// (JSON Feed 1.1: "items is an array, and is required") and our extension.
type jsonFeed struct {
	gorilla.JSONFeed
	Kairan jsonFeedExtension `json:"_kairan"`
	Items  []jsonItem        `json:"items"`
}

// jsonItem adds to gorilla's item the language and our extension. Its dates are
// text, so that they are in whole seconds and UTC.
type jsonItem struct {
	gorilla.JSONItem
	Language      string           `json:"language,omitempty"`
	PublishedDate string           `json:"date_published,omitempty"`
	ModifiedDate  string           `json:"date_modified,omitempty"`
	Attachments   []jsonAttachment `json:"attachments,omitempty"`
	Kairan        jsonExtension    `json:"_kairan"`
}

// jsonAttachment is a related resource. gorilla's would write its own fields alone
// if it were embedded, and calls the size by another name.
type jsonAttachment struct {
	URL      string `json:"url"`
	MIMEType string `json:"mime_type"`
	Title    string `json:"title,omitempty"`
	Size     int64  `json:"size_in_bytes,omitempty"`
	Duration int    `json:"duration_in_seconds,omitempty"`
}

// jsonFeedExtension is what JSON Feed has no word for, of a feed.
type jsonFeedExtension struct {
	About     string          `json:"about"`
	ID        string          `json:"id"`
	Channel   string          `json:"channel"`
	Seq       int64           `json:"seq"`
	Since     int64           `json:"since,omitempty"`
	Epoch     *jsonEpoch      `json:"epoch,omitempty"`
	Archive   int             `json:"archive,omitempty"`
	Self      string          `json:"self,omitempty"`
	Next      string          `json:"next_archive,omitempty"`
	Updated   string          `json:"updated"`
	Rights    string          `json:"rights,omitempty"`
	Taxonomy  string          `json:"taxonomy,omitempty"`
	Related   string          `json:"related_heading,omitempty"`
	Locales   []jsonLocale    `json:"locales,omitempty"`
	Withdrawn []jsonWithdrawn `json:"withdrawn,omitempty"`
}

// jsonExtension is what JSON Feed has no word for, of an item.
type jsonExtension struct {
	Seq       int64          `json:"seq,omitempty"`
	Seen      string         `json:"seen,omitempty"`
	Reason    Reason         `json:"reason,omitempty"`
	Revision  int            `json:"revision,omitempty"`
	Story     string         `json:"story,omitempty"`
	Page      string         `json:"page,omitempty"`
	Publisher *jsonPublisher `json:"publisher,omitempty"`
	Source    *jsonSource    `json:"source,omitempty"`
	Replaces  string         `json:"replaces,omitempty"`
	Corrected string         `json:"corrected,omitempty"`
	Rights    string         `json:"rights,omitempty"`
	License   string         `json:"license,omitempty"`
	// The licence's name, and what its readers read.
	LicenseName string         `json:"license_name,omitempty"`
	LicenseDeed string         `json:"license_deed,omitempty"`
	Language    string         `json:"language_note,omitempty"`
	Note        string         `json:"correction_note,omitempty"`
	Urgency     *jsonCategory  `json:"urgency,omitempty"`
	Categories  []jsonCategory `json:"categories,omitempty"`
	Authors     []extAuthor    `json:"source_authors,omitempty"`
	Terms       []Term         `json:"source_categories,omitempty"`
	Versions    []jsonVersion  `json:"versions,omitempty"`
	Images      []jsonImage    `json:"images,omitempty"`
	Episode     Episode        `json:"episode,omitzero"`
	Point       Point          `json:"point,omitzero"`
}

// jsonPublisher is named as JSON Feed names an author.
type jsonPublisher struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name,omitempty"`
	URL  string `json:"url,omitempty"`
}

type jsonSource struct {
	ID    string `json:"id,omitempty"`
	Title string `json:"title,omitempty"`
	URL   string `json:"url,omitempty"`
}

type jsonCategory struct {
	Term  string `json:"term"`
	Label string `json:"label,omitempty"`
	URL   string `json:"url,omitempty"`
}

type jsonVersion struct {
	ID       string `json:"id,omitempty"` // of what is on this site
	Language string `json:"language,omitempty"`
	URL      string `json:"url"`
	Title    string `json:"title,omitempty"`
}

// jsonImage is an [Image], in JSON Feed's words.
type jsonImage struct {
	URL    string `json:"url"`
	Type   string `json:"mime_type,omitempty"`
	Alt    string `json:"alt,omitempty"`
	Credit string `json:"credit,omitempty"`
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
}

type jsonLocale struct {
	Language string `json:"language"`
	URL      string `json:"url"`
}

type jsonWithdrawn struct {
	ID   string `json:"id"`
	When string `json:"when"`
	Seq  int64  `json:"seq,omitempty"`
}

func renderJSON(f *Feed) ([]byte, error) {
	j := &jsonFeed{
		JSONFeed: gorilla.JSONFeed{
			Version:     "https://jsonfeed.org/version/1.1",
			Title:       f.title(),
			Language:    f.Language,
			HomePageUrl: value.WebURI(f.HomeURL),
			FeedUrl:     value.WebURI(f.URL[JSONFeed]),
			NextUrl:     value.WebURI(f.Previous[JSONFeed]),
			Description: value.Line(f.Description),
			Icon:        picture(f.IconURL, f.LogoURL), // "should be square"
			Favicon:     value.WebURI(f.IconURL),
		},
		Kairan: jsonFeedExtension{
			About: ExtensionURL, ID: f.ID, Channel: f.path(), Seq: f.LastSeq,
			Since: f.Since, Epoch: f.jsonEpoch(), Archive: f.Archive, Self: value.WebURI(f.Self[JSONFeed]), Next: value.WebURI(f.Next[JSONFeed]),
			Updated: rfc3339(f.updated()), Rights: value.Line(f.Rights), Taxonomy: f.TaxonomyURL,
			Related: value.Line(f.RelatedTitle),
		},
		Items: make([]jsonItem, len(f.Entries)),
	}
	for _, l := range f.Locales {
		if u := value.WebURI(l.URL[JSONFeed]); f.Archive == 0 && u != "" && l.Language != f.Language {
			j.Kairan.Locales = append(j.Kairan.Locales, jsonLocale{Language: l.Language, URL: u})
		}
	}
	for _, t := range f.Gone {
		j.Kairan.Withdrawn = append(j.Kairan.Withdrawn, jsonWithdrawn{ID: t.id(), When: t.when(), Seq: t.Seq})
	}
	for i := range f.Entries {
		f.jsonItem(&j.Items[i], &f.Entries[i])
	}

	var line, doc bytes.Buffer
	line.Grow(f.size())
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	err := enc.Encode(j)
	if err == nil {
		doc.Grow(line.Len() * 9 / 8)
		err = json.Indent(&doc, line.Bytes(), "", "") // which an encoder takes for no line ends at all
	}
	if err != nil {
		return nil, fmt.Errorf("render %s as JSON Feed: %w", f.path(), err)
	}
	return doc.Bytes(), nil
}

func (f *Feed) jsonItem(x *jsonItem, e *Entry) {
	x.Id = e.id()
	x.Url = e.link()
	x.ExternalUrl = value.WebURI(e.Article.External)
	x.Title = e.title()
	x.Summary = value.Line(e.Article.Summary)
	x.ContentHTML = f.body(e)
	x.Language = hreflang(e.Article.Language)
	x.PublishedDate = rfc3339(e.published())
	x.ModifiedDate = rfc3339(e.modified())
	for _, p := range e.authors() {
		author := &gorilla.JSONAuthor{Name: p.Name, Url: p.URL}
		if mailto := "mailto:" + p.Email; author.Url == "" && p.Email != "" && value.IsIRI(mailto) {
			author.Url = mailto
		}
		x.Authors = append(x.Authors, author)
	}
	for _, l := range e.Categories {
		if term := value.Line(l.Term); term != "" {
			x.Tags = append(x.Tags, l.label())
			x.Kairan.Categories = append(x.Kairan.Categories, jsonCategory{Term: term, Label: l.label(), URL: value.WebURI(l.URL)})
		}
	}
	if images := e.images(); len(images) > 0 {
		if lead, ok := leadOf(images); ok {
			x.Image = lead.URL
		}
		for _, m := range images {
			x.Kairan.Images = append(x.Kairan.Images, jsonImage(m))
		}
	}
	for _, file := range e.enclosures() {
		x.Attachments = append(x.Attachments, jsonAttachment{URL: file.URL, MIMEType: file.Type, Title: file.Title, Size: file.Length, Duration: file.Duration})
	}

	k := &x.Kairan
	k.Episode, k.Authors = e.episode(), e.glossed()
	k.Seq, k.Seen, k.Reason, k.Revision = e.Record.Seq, rfc3339(e.changed()), e.Record.Reason, e.Article.Revision
	k.Story, k.Page = value.Line(e.Article.Story), e.page()
	k.Replaces, k.Corrected = value.Line(e.Replaces), rfc3339(e.Article.Corrected)
	k.Rights, k.License = value.Line(e.Article.Rights), value.WebURI(e.LicenseURL)
	k.LicenseName, k.LicenseDeed = value.Line(e.LicenseName), value.WebURI(e.LicenseDeed)
	k.Language, k.Note = value.Line(e.LanguageNote), value.Line(e.CorrectedNote)
	if label := value.Line(e.Urgency); label != "" {
		x.Tags = append(x.Tags, label)
		k.Urgency = &jsonCategory{Term: Urgent, Label: label}
	}
	if p := (jsonPublisher{value.Line(e.Article.Publisher), value.Line(e.PublisherName), value.WebURI(e.PublisherURL)}); p != (jsonPublisher{}) {
		k.Publisher = &p
	}
	if e.Article.Point.IsPlace() {
		k.Point = e.Article.Point
	}
	if id := value.Line(e.Source.ID); id != "" {
		k.Source = &jsonSource{ID: id, Title: e.sourceTitle(), URL: value.WebURI(e.Source.URL)}
	}
	k.Terms = e.sourceTerms()
	for _, v := range e.versions() {
		k.Versions = append(k.Versions, jsonVersion{ID: value.Line(v.ID), Language: hreflang(v.Language), URL: v.link(), Title: v.Title})
	}
}
