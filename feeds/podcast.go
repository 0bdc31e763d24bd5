package feeds

import (
	"strconv"

	"github.com/kairan-news/kairan/feeds/internal/value"
)

// Episode is what a podcast says of an article beside its file, by Apple's "Podcast RSS feed
// requirements" and the Podcast Namespace. The zero value says nothing.
type Episode struct {
	Season int `json:"season,omitempty"` // from 1; 0 if none is told
	Number int `json:"number,omitempty"` // from 1; 0 if none is told
	// Type is "full", "trailer" or "bonus"; "" if none is told.
	Type string `json:"type,omitempty"`
	// Explicit is "true" or "false"; "" if it isn't told.
	Explicit    string       `json:"explicit,omitempty"`
	Transcripts []Transcript `json:"transcripts,omitempty"`
}

// Transcript is a text of what is said in an episode.
type Transcript struct {
	URL      string `json:"url"`
	Type     string `json:"mime_type"`          // a media type
	Language string `json:"language,omitempty"` // a BCP 47 tag; "" is the feed's
	Captions bool   `json:"captions,omitempty"` // is timed, to be shown while the file plays
}

// IsZero reports whether nothing is said.
func (e Episode) IsZero() bool {
	return e.Season == 0 && e.Number == 0 && e.Type == "" && e.Explicit == "" && len(e.Transcripts) == 0
}

// mediaExtension is what RSS and Atom say of an entry's picture and of its episode in the
// words of Media RSS and of podcasts. The zero value writes nothing.
type mediaExtension struct {
	Thumbnail   *mediaThumbnail     `xml:"media:thumbnail"`
	Duration    int                 `xml:"itunes:duration,omitempty"` // "the different duration formats are accepted however it is recommended to convert the length of the episode into seconds"
	Explicit    string              `xml:"itunes:explicit,omitempty"`
	Season      int                 `xml:"itunes:season,omitempty"`
	Episode     int                 `xml:"itunes:episode,omitempty"`
	Type        string              `xml:"itunes:episodeType,omitempty"`
	Image       *podcastImage       `xml:"itunes:image"`
	Transcripts []podcastTranscript `xml:"podcast:transcript"`
}

type podcastImage struct {
	Href string `xml:"href,attr"`
}

// podcastTranscript is the Podcast Namespace's transcript: "url (required) … type (required)".
type podcastTranscript struct {
	URL      string `xml:"url,attr"`
	Type     string `xml:"type,attr"`
	Language string `xml:"language,attr,omitempty"`
	Rel      string `xml:"rel,attr,omitempty"`
}

// isEpisode reports whether there is anything to say of an entry in a podcast's words.
func (e *Entry) isEpisode() bool {
	return !e.episode().IsZero() || e.duration() > 0
}

// duration is how long the entry's first file plays, in seconds; 0 if unknown.
func (e *Entry) duration() int {
	if files := e.enclosures(); len(files) > 0 {
		return files[0].Duration
	}
	return 0
}

// episode returns what of the article's episode can be published.
func (e *Entry) episode() Episode {
	x := e.Article.Episode
	x.Season, x.Number = max(x.Season, 0), max(x.Number, 0)
	switch x.Type {
	case "full", "trailer", "bonus":
	default:
		x.Type = ""
	}
	if x.Explicit != "true" && x.Explicit != "false" {
		x.Explicit = ""
	}
	transcripts := x.Transcripts
	x.Transcripts = nil
	for _, t := range transcripts {
		if t.URL = value.WebURI(t.URL); t.URL != "" && value.IsMediaType(t.Type) {
			t.Language = hreflang(t.Language)
			x.Transcripts = append(x.Transcripts, t)
		}
	}
	return x
}

// mediaExtension returns what RSS and Atom say of the entry's picture and episode.
func (e *Entry) mediaExtension() mediaExtension {
	x := mediaExtension{Thumbnail: e.thumbnail()}
	if !e.isEpisode() {
		return x
	}
	episode := e.episode()
	x.Duration, x.Explicit, x.Season, x.Episode, x.Type = e.duration(), episode.Explicit, episode.Season, episode.Number, episode.Type
	// "Make sure the file type in the URL matches the actual file type", which is JPEG or PNG.
	if x.Thumbnail != nil && value.IsRaster(x.Thumbnail.URL) {
		x.Image = &podcastImage{Href: x.Thumbnail.URL}
	}
	for _, t := range episode.Transcripts {
		transcript := podcastTranscript{URL: t.URL, Type: t.Type, Language: t.Language}
		if t.Captions {
			transcript.Rel = "captions"
		}
		x.Transcripts = append(x.Transcripts, transcript)
	}
	return x
}

// seconds writes a duration as an attribute; "" if it isn't known.
func seconds(n int) string {
	if n <= 0 {
		return ""
	}
	return strconv.Itoa(n)
}
