package web

import (
	"fmt"
	"html"
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/locales"
)

// picture is a picture as a page shows it.
type picture struct {
	URL           string
	Alt, Credit   string
	Width, Height int // in pixels; 0 if unknown
	// Linked says that no page may load it, since it isn't known to be had by https.
	Linked bool
}

// player plays a file on an article's page.
type player struct {
	URL, Title string
	IsVideo    bool
	Poster     string // of a film; "" if there is none
	Duration   string // "1:02:03"; "" if unknown
}

// textLink is a transcript as a page links it.
type textLink struct{ URL, Type, Language, Dir, Endonym string }

// loadable returns the address from which a page may load a picture or file of a source's
// article: of https, or what is named by http at a host that was seen to answer by https, or
// from which the source itself is collected so. It is false for what can only be linked.
func (g *guise) loadable(source, address string) (string, bool) {
	if own, ok := strings.CutPrefix(address, g.Site.BaseURL+"/f/"); ok {
		return g.prefix + "/f/" + own, true
	}
	if strings.HasPrefix(address, "https://") {
		return address, true
	}
	rest, ok := strings.CutPrefix(address, "http://")
	host, _, _ := strings.Cut(rest, "/")
	host = strings.ToLower(host)
	if !ok || host == "" || !g.Site.SeenSecure[host] && host != g.Site.SecureHosts[source] {
		return address, false
	}
	return "https://" + rest, true
}

// picture returns the picture that stands for an article; nil if there is none.
func (g *guise) picture(a feeds.Article) *picture {
	lead, ok := a.Lead()
	if !ok {
		return nil
	}
	address, ok := g.loadable(a.Source, lead.URL)
	return &picture{URL: address, Alt: lead.Alt, Credit: lead.Credit, Width: lead.Width, Height: lead.Height, Linked: !ok}
}

// players returns what of an article's files can be played on its page, and the others. What
// its text plays or shows is not played again, and what stands for it is no file besides.
func (g *guise) players(a feeds.Article, lead *picture) (players []player, files []feeds.Enclosure) {
	for _, e := range a.Enclosures {
		if i, ok := a.Lead(); ok && i.URL == e.URL {
			continue
		}
		address, ok := g.loadable(a.Source, e.URL)
		kind := playedAs(e)
		if !ok || kind == "" || strings.Contains(a.Content, `src="`+html.EscapeString(e.URL)+`"`) {
			files = append(files, e)
			continue
		}
		p := player{URL: address, Title: e.Title, IsVideo: kind == "video", Duration: clock(e.Duration)}
		if p.Title == "" {
			p.Title = fileName(e.URL)
		}
		if p.IsVideo && lead != nil && !lead.Linked {
			p.Poster = lead.URL
		}
		players = append(players, p)
	}
	return players, files
}

// playedAs returns the element that plays a file, "audio" or "video"; "" if none does.
func playedAs(e feeds.Enclosure) string {
	kind, form, _ := strings.Cut(e.Type, "/")
	if e.Type == "" || e.Type == "application/octet-stream" {
		u, err := url.Parse(e.URL)
		if err != nil {
			return ""
		}
		switch strings.ToLower(path.Ext(u.Path)) {
		case ".mp3", ".m4a", ".ogg", ".oga", ".opus", ".wav":
			return "audio"
		case ".mp4", ".m4v", ".webm":
			return "video"
		}
		return ""
	}
	switch form {
	case "x-ms-wma", "x-ms-wmv", "x-ms-asf", "x-flv", "x-mpegurl", "mpegurl", "x-scpls", "midi":
		return "" // no browser plays these by itself
	}
	if kind == "audio" || kind == "video" {
		return kind
	}
	return ""
}

// clock writes a duration as players do; "" for 0.
func clock(seconds int) string {
	switch {
	case seconds <= 0:
		return ""
	case seconds < 3600:
		return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
}

// fileName is what a file without a title is called: the last part of its address.
func fileName(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	if name := path.Base(u.Path); name != "." && name != "/" {
		return name
	}
	return u.Host
}

// transcripts returns the links to an episode's transcripts, each with its language where that
// is told.
func transcripts(e feeds.Episode) (links []textLink) {
	for _, t := range e.Transcripts {
		l := textLink{URL: t.URL, Type: t.Type}
		if t.Language != "" {
			l.Language, l.Dir, l.Endonym = t.Language, direction(t.Language), locales.Endonym(t.Language)
		}
		links = append(links, l)
	}
	return links
}

// mediaElement finds what of sanitized HTML loads something, and the links around it.
var (
	mediaElement = regexp.MustCompile(`(?s)<img [^>]*>|<audio\b[^>]*>.*?</audio>|<video\b[^>]*>.*?</video>|<a [^>]*>|</a>`)
	loadedFrom   = regexp.MustCompile(` (src|poster)="([^"]*)"`)
	altText      = regexp.MustCompile(` alt="([^"]*)"`)
)

// text returns an article's sanitized text as its page may show it: pictures are loaded when
// they come into view, and sounds and films when they are played; what can't be had by https
// is linked.
func (g *guise) text(p *page, a feeds.Article) string {
	inLink := false
	return mediaElement.ReplaceAllStringFunc(a.Content, func(element string) string {
		switch {
		case element == "</a>":
			inLink = false
			return element
		case strings.HasPrefix(element, "<a "):
			inLink = true
			return element
		}
		secure, unsafe := g.secured(a.Source, element)
		if strings.HasPrefix(element, "<img ") {
			if len(unsafe) == 0 {
				return `<img loading="lazy" decoding="async" ` + strings.TrimPrefix(secure, "<img ")
			}
			alt := ""
			if found := altText.FindStringSubmatch(element); found != nil {
				alt = found[1]
			}
			if inLink {
				return alt
			}
			if alt == "" {
				alt = html.EscapeString(p.text("page.picture"))
			}
			return `<a href="` + unsafe[0] + `">` + alt + `</a>`
		}
		if len(unsafe) == 0 {
			return secure[:len("<audio")] + ` preload="none"` + secure[len("<audio"):] // as long as <video
		}
		var links strings.Builder
		for _, address := range unsafe {
			links.WriteString(`<a href="` + address + `">` + html.EscapeString(fileName(html.UnescapeString(address))) + `</a> `)
		}
		return strings.TrimSpace(links.String())
	})
}

// secured returns an element that loads from https, and the addresses, as they are written,
// that can't be had so. A film's still that can't is left out.
func (g *guise) secured(source, element string) (secure string, unsafe []string) {
	secure = loadedFrom.ReplaceAllStringFunc(element, func(attribute string) string {
		parts := loadedFrom.FindStringSubmatch(attribute)
		address, ok := g.loadable(source, html.UnescapeString(parts[2]))
		switch {
		case ok:
			return ` ` + parts[1] + `="` + html.EscapeString(address) + `"`
		case parts[1] == "poster":
			return ""
		}
		unsafe = append(unsafe, parts[2])
		return attribute
	})
	return secure, unsafe
}
