package feeds

import (
	"encoding/xml"

	"github.com/kairan-news/kairan/feeds/internal/namespace"
	"github.com/kairan-news/kairan/feeds/internal/value"
)

// xmlLang is an xml:lang attribute. An undetermined language is written as the
// empty value, with which XML 1.0 §2.12 ends the language of what is around.
type xmlLang string

// MarshalXMLAttr implements [xml.MarshalerAttr].
func (l xmlLang) MarshalXMLAttr(name xml.Name) (xml.Attr, error) {
	switch l {
	case "":
		return xml.Attr{}, nil
	case value.Undetermined:
		return xml.Attr{Name: name}, nil
	}
	return xml.Attr{Name: name, Value: string(l)}, nil
}

// feedExtension is what RSS and Atom have no word for, of a feed.
type feedExtension struct {
	Channel string    `xml:"k:channel"`
	Seq     int64     `xml:"k:seq"`
	Since   int64     `xml:"k:since,omitempty"`
	Epoch   *extEpoch `xml:"k:epoch"`
	// Related is the heading over what is recommended with the entries.
	Related *extNote `xml:"k:related-heading"`
}

// extEpoch is an [Epoch] but the first. Its text is its name.
type extEpoch struct {
	Former int64 `xml:"former,attr"`
	From   int64 `xml:"from,attr"`
	Since  int64 `xml:"since,attr"`
	Name   int64 `xml:",chardata"`
}

// jsonEpoch is the same in JSON Feed.
type jsonEpoch struct {
	Name   int64 `json:"name"`
	Former int64 `json:"former"`
	From   int64 `json:"from"`
	Since  int64 `json:"since"`
}

func (f *Feed) extEpoch() *extEpoch {
	if f.Epoch.Name == 0 {
		return nil
	}
	return &extEpoch{Name: f.Epoch.Name, Former: f.Epoch.Former, From: f.Epoch.From, Since: f.Epoch.Since}
}

func (f *Feed) jsonEpoch() *jsonEpoch {
	if f.Epoch.Name == 0 {
		return nil
	}
	return &jsonEpoch{Name: f.Epoch.Name, Former: f.Epoch.Former, From: f.Epoch.From, Since: f.Epoch.Since}
}

// archiveExtension says that a document is an archive: "The presence of this
// element … indicates that the containing document is an archive document" (RFC 5005
// §4). The zero value writes nothing.
type archiveExtension struct {
	HistoryNS string    `xml:"xmlns:fh,attr,omitempty"`
	Archive   *struct{} `xml:"fh:archive"`
}

// entryExtension is what RSS and Atom have no word for, of an entry.
type entryExtension struct {
	Seq       int64        `xml:"k:seq,omitempty"`
	Seen      string       `xml:"k:seen,omitempty"`
	Reason    Reason       `xml:"k:reason,omitempty"`
	Revision  int          `xml:"k:revision,omitempty"`
	Story     string       `xml:"k:story,omitempty"`
	Page      string       `xml:"k:page,omitempty"`
	Language  *extNote     `xml:"k:language-note"`
	Note      *extNote     `xml:"k:correction-note"`
	License   *extLicense  `xml:"k:license"`
	Publisher string       `xml:"k:publisher,omitempty"`
	Source    string       `xml:"k:source,omitempty"`
	Replaces  string       `xml:"k:replaces,omitempty"`
	Corrected string       `xml:"k:corrected,omitempty"`
	Versions  []extVersion `xml:"k:version"`
	Authors   []extAuthor  `xml:"k:source-author"`
	Terms     []extTerm    `xml:"k:source-category"`
	Point     *geoPoint
}

// extNote is a remark in the feed's own words.
type extNote struct {
	Lang xmlLang `xml:"xml:lang,attr"`
	Text string  `xml:",chardata"`
}

func (f *Feed) extNote(s string) *extNote {
	if s = value.Line(s); s == "" {
		return nil
	}
	return &extNote{xmlLang(f.Language), s}
}

// extLicense is what a licence is called, and where its readers read what it says.
type extLicense struct {
	Name string `xml:"name,attr,omitempty"`
	Deed string `xml:"deed,attr,omitempty"`
}

func (e *Entry) extLicense() *extLicense {
	l := extLicense{value.Line(e.LicenseName), value.WebURI(e.LicenseDeed)}
	if l == (extLicense{}) {
		return nil
	}
	return &l
}

// geoPoint is GeoRSS Simple's georss:point. Few entries have one, so that it brings its
// namespace.
type geoPoint struct {
	XMLName xml.Name `xml:"georss:point"`
	NS      string   `xml:"xmlns:georss,attr"`
	Point   string   `xml:",chardata"`
}

func newGeoPoint(p Point) *geoPoint {
	if !p.IsPlace() {
		return nil
	}
	return &geoPoint{NS: namespace.GeoRSS, Point: p.String()}
}

// extVersion is a version of the story in another language, with the attributes of
// Atom's link (RFC 4287 §4.2.7) and its id.
type extVersion struct {
	ID       string `xml:"id,attr,omitempty"` // of what is on this site
	Language string `xml:"hreflang,attr,omitempty"`
	Href     string `xml:"href,attr"`
	Title    string `xml:"title,attr,omitempty"`
}

// extTerm is a category, with the attributes of Atom's (RFC 4287 §4.2.2).
type extTerm struct {
	Term   string `xml:"term,attr"`
	Scheme string `xml:"scheme,attr,omitempty"`
	Label  string `xml:"label,attr,omitempty"`
	// Localized is what the publisher's glossary calls a source's category in the feed's
	// language.
	Localized string `xml:"localized,attr,omitempty"`
}

// extAuthor is an author as the source named it, whom the format's own words name as the
// publisher's glossary does in the feed's language.
type extAuthor struct {
	Name      string `xml:"name,attr" json:"name"`
	Localized string `xml:"localized,attr" json:"localized"`
}

// glossed returns the authors who are named otherwise than their source did.
func (e *Entry) glossed() (all []extAuthor) {
	for _, p := range e.Article.Authors {
		if name, localized := value.Line(p.Name), value.Line(p.Localized); name != "" && localized != "" {
			all = append(all, extAuthor{name, localized})
		}
	}
	return all
}

// mediaContent is Media RSS's media:content.
type mediaContent struct {
	URL         string     `xml:"url,attr"`
	Type        string     `xml:"type,attr,omitempty"`
	Medium      string     `xml:"medium,attr,omitempty"`
	FileSize    int64      `xml:"fileSize,attr,omitempty"`
	Width       int        `xml:"width,attr,omitempty"`
	Height      int        `xml:"height,attr,omitempty"`
	Duration    string     `xml:"duration,attr,omitempty"` // seconds
	Title       *mediaText `xml:"media:title"`
	Description *mediaText `xml:"media:description"`
	Credit      string     `xml:"media:credit,omitempty"`
}

// mediaThumbnail is Media RSS's media:thumbnail: "particular images to be used as
// representative images for the media object".
type mediaThumbnail struct {
	URL    string `xml:"url,attr"`
	Width  int    `xml:"width,attr,omitempty"`
	Height int    `xml:"height,attr,omitempty"`
}

type mediaText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

func newMediaText(s string) *mediaText {
	if s == "" {
		return nil
	}
	return &mediaText{Type: "plain", Text: s}
}

func (f *Feed) extension() feedExtension {
	return feedExtension{Channel: f.path(), Seq: f.LastSeq, Since: f.Since, Epoch: f.extEpoch(), Related: f.extNote(f.RelatedTitle)}
}

func (f *Feed) history() archiveExtension {
	if f.Archive == 0 {
		return archiveExtension{}
	}
	return archiveExtension{HistoryNS: namespace.History, Archive: &struct{}{}}
}

// extension returns what a format has no word for, of an entry, with those versions that
// the format's own words do not tell.
func (f *Feed) entryExtension(e *Entry, versions []Version) entryExtension {
	x := entryExtension{
		Language: f.extNote(e.LanguageNote), Note: f.extNote(e.CorrectedNote), License: e.extLicense(),
		Seq: e.Record.Seq, Seen: rfc3339(e.changed()), Reason: e.Record.Reason, Revision: e.Article.Revision,
		Story: value.Line(e.Article.Story), Page: e.page(),
		Publisher: value.Line(e.Article.Publisher), Source: value.Line(e.Source.ID), Replaces: value.Line(e.Replaces),
		Authors:   e.glossed(),
		Corrected: rfc3339(e.Article.Corrected), Point: newGeoPoint(e.Article.Point),
	}
	for _, v := range versions {
		x.Versions = append(x.Versions, extVersion{ID: value.Line(v.ID), Language: hreflang(v.Language), Href: v.link(), Title: v.Title})
	}
	for _, t := range e.sourceTerms() {
		x.Terms = append(x.Terms, extTerm(t))
	}
	return x
}

// media returns the entry's images, and then those of its files that the format
// itself does not carry.
func (e *Entry) media(files []Enclosure) []mediaContent {
	var media []mediaContent
	for _, m := range e.images() {
		media = append(media, mediaContent{URL: m.URL, Type: m.Type, Medium: "image", Width: m.Width, Height: m.Height, Description: newMediaText(m.Alt), Credit: m.Credit})
	}
	for _, x := range files {
		media = append(media, mediaContent{URL: x.URL, Type: x.Type, Medium: medium(x.Type), FileSize: x.Length, Duration: seconds(x.Duration), Title: newMediaText(x.Title)})
	}
	return media
}

// thumbnail returns the picture that stands for the entry; nil if there is none.
func (e *Entry) thumbnail() *mediaThumbnail {
	lead, ok := e.lead()
	if !ok {
		return nil
	}
	return &mediaThumbnail{URL: lead.URL, Width: lead.Width, Height: lead.Height}
}

// medium is Media RSS's kind of object for a media type.
func medium(mediaType string) string {
	for _, m := range []string{"image", "audio", "video"} {
		if len(mediaType) > len(m) && mediaType[:len(m)+1] == m+"/" {
			return m
		}
	}
	return "document"
}
