package feed

import (
	"slices"
	"strconv"
	"strings"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/field"
	"github.com/kairan-news/kairan/internal/parse/language"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

// podcast takes what Apple's words and those of the Podcast Namespace say of an entry: its
// picture, how long its file plays, and which episode it is.
func (d *draft) podcast(x extensions) {
	for _, i := range x["itunes"]["image"] {
		d.images = field.AddImage(d.images, feeds.Image{URL: address.Web(d.base, prose.FirstOf(i.Attrs["href"], i.Value))})
	}
	if i := max(slices.IndexFunc(d.enclosures, isPlayed), 0); i < len(d.enclosures) && d.enclosures[i].Duration == 0 {
		d.enclosures[i].Duration = durationOf(x.first("itunes", "duration"))
	}
	d.episode = feeds.Episode{
		Season:   ordinal(prose.FirstOf(x.first("itunes", "season"), x.first("podcast", "season"))),
		Number:   ordinal(prose.FirstOf(x.first("itunes", "episode"), x.first("podcast", "episode"))),
		Explicit: explicit(x.first("itunes", "explicit")),
	}
	switch kind := strings.ToLower(x.first("itunes", "episodeType")); kind {
	case "full", "trailer", "bonus":
		d.episode.Type = kind
	}
	d.transcripts(x)
}

// maxTranscripts is how many transcripts an entry may have: a few forms in some languages.
const maxTranscripts = 40

// transcripts takes the transcripts of an episode.
func (d *draft) transcripts(x extensions) {
	for _, t := range x["podcast"]["transcript"] {
		link, typ := address.File(d.base, t.Attrs["url"]), mediaType(t.Attrs["type"])
		if link == "" || typ == "" || len(d.episode.Transcripts) == maxTranscripts {
			continue
		}
		d.episode.Transcripts = append(d.episode.Transcripts, feeds.Transcript{
			URL: link, Type: typ, Language: language.Tag(t.Attrs["language"]), Captions: strings.EqualFold(strings.TrimSpace(t.Attrs["rel"]), "captions"),
		})
	}
}

// isPlayed reports whether a file is one to listen to or to watch.
func isPlayed(e feeds.Enclosure) bool {
	return strings.HasPrefix(e.Type, "audio/") || strings.HasPrefix(e.Type, "video/")
}

// ordinal reads the number of a season or an episode; 0 if it is none.
func ordinal(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 1 || n > 1_000_000 {
		return 0
	}
	return n
}

// explicit reads whether an episode is for adults, in the words that Apple has and had; "" if
// it isn't said.
func explicit(s string) string {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "true", "yes", "explicit":
		return "true"
	case "false", "no", "clean":
		return "false"
	}
	return ""
}

// durationOf reads how long a file plays: "3723", "3723.5", "62:03", "1:02:03"; 0 if it says
// nothing that can be true.
func durationOf(s string) int {
	parts := strings.Split(strings.TrimSpace(s), ":")
	if len(parts) > 3 {
		return 0
	}
	total := 0.0
	for i, part := range parts {
		part = strings.TrimSpace(part)
		if part == "" || strings.Trim(part, "0123456789.") != "" {
			return 0
		}
		n, err := strconv.ParseFloat(part, 64)
		if err != nil || i > 0 && n >= 60 {
			return 0
		}
		total = total*60 + n
	}
	return playing(total)
}

// playing is a duration in whole seconds; 0 for one that is none, or longer than four days.
func playing(seconds float64) int {
	if seconds < 0.5 || seconds > 4*24*60*60 {
		return 0
	}
	return int(seconds + 0.5)
}
