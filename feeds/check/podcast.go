package check

import (
	"strings"

	"github.com/kairan-news/kairan/feeds/internal/namespace"
	"github.com/kairan-news/kairan/feeds/internal/syntax"
	"github.com/kairan-news/kairan/feeds/internal/value"
)

// podcast checks an element of a podcast, by Apple's "Podcast RSS feed requirements" and the
// Podcast Namespace.
func (x *xmlReader) podcast(e syntax.Element, seen *tally) {
	if e.Space == namespace.Podcast {
		x.transcript(e)
		return
	}
	x.once(e, seen, "itunes:"+e.Name)
	if e.Name == "image" {
		x.plain(e, "href")
		if href, ok := x.required(e, "href", x.webURI); ok && !value.IsRaster(href) {
			x.fault(e.At, RuleImage, "the image %s is not a JPEG or PNG", value.Excerpt(href))
		}
		x.Text()
		return
	}
	x.plain(e)
	s, at := x.Text()
	switch e.Name {
	case "duration":
		x.number(at, e.Name, s)
	case "season", "episode":
		x.number(at, e.Name, s)
		if strings.Trim(s, "0") == "" {
			x.fault(at, RuleType, "%s is none: %s", e.Name, value.Excerpt(s))
		}
	case "explicit":
		x.oneOf("true", "false")(at, e.Name, s)
	case "episodeType":
		x.oneOf("full", "trailer", "bonus")(at, e.Name, s)
	default:
		x.fault(e.At, RuleUnknown, "<itunes:%s> is not expected here", e.Name)
	}
}

// transcript checks podcast:transcript, which alone is expected of its namespace: "url
// (required)", "type (required)".
func (x *xmlReader) transcript(e syntax.Element) {
	if e.Name != "transcript" {
		x.fault(e.At, RuleUnknown, "<podcast:%s> is not expected here", e.Name)
		x.Skip()
		return
	}
	x.plain(e, "url", "type", "language", "rel")
	x.required(e, "url", x.webURI)
	x.required(e, "type", x.mediaType)
	x.optional(e, "language", x.lang)
	x.optional(e, "rel", x.oneOf("captions"))
	x.Text()
}
