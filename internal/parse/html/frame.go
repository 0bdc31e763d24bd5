package html

import (
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	xhtml "golang.org/x/net/html"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

// frame is what a page in a page shows, and where a reader who opens it for itself is led:
// what plays a film in a frame is often no page to visit.
type frame struct {
	link string
	// name is who provides it, "YouTube"; "" for others than the large ones.
	name string
	// picture is the address of its still; "" if none is known.
	picture string
}

// embed leaves a link in the place of an embedded page, such as a film or a map, with its
// title and, of a film whose still is known, the picture.
func (c *cleaner) embed(name string, attrs []xhtml.Attribute) {
	link := address.Web(c.base, frameSource(name, attrs))
	if isHidden(attrs) || link != "" && address.IsTracker(link) {
		return
	}
	u, err := url.Parse(link)
	if link == "" || err != nil {
		c.dropFrame(name, attrs)
		return
	}
	f := frameOf(u)
	if name != "iframe" && f.name == "" {
		c.dropFrame(name, attrs)
		return // it may be anything that a program of long ago showed
	}
	if f.link = address.Web("", f.link); f.link == "" {
		f.link = link
	}
	title := frameTitle(attrs, f.name, u)
	c.imply("a")
	c.imply("figure")
	words, anchor := html.EscapeString(title), `<a href="`+html.EscapeString(f.link)+`">`
	if f.picture == "" {
		c.write("<p>", anchor, words, "</a></p>")
		return
	}
	still := feeds.Image{URL: f.picture, Alt: title, Width: stillWidth, Height: stillHeight}
	c.write("<figure>", anchor, `<img src="`, html.EscapeString(still.URL), `" alt="`, words, `" width="`, strconv.Itoa(still.Width), `" height="`, strconv.Itoa(still.Height), `"></a>`,
		"<figcaption>", anchor, words, "</a></figcaption></figure>")
	c.images = append(c.images, still)
}

// isPlayer reports whether an object shows a film, or what else is known of a provider: then
// what it has for who can't show it is of no use.
func (c *cleaner) isPlayer(attrs []xhtml.Attribute) bool {
	u, err := url.Parse(address.Web(c.base, frameSource("object", attrs)))
	return err == nil && frameOf(u).name != ""
}

// The size of YouTube's stills of the name that each film has, in pixels.
const stillWidth, stillHeight = 480, 360

// frameSource returns the address of what an element embeds, which may stand in another
// attribute where a script is meant to load it when it comes into view.
func frameSource(name string, attrs []xhtml.Attribute) string {
	keys := []string{"src", "data-src", "data-lazy-src", "data-litespeed-src"}
	switch name {
	case "iframe", "embed":
	case "object":
		keys = []string{"data"}
	default:
		return ""
	}
	for _, key := range keys {
		src := strings.TrimSpace(Attr(attrs, key))
		if scheme, _, ok := strings.Cut(strings.ToLower(src), ":"); src == "" || ok && (scheme == "about" || scheme == "data" || scheme == "javascript") {
			continue
		}
		return src
	}
	return ""
}

// frameTitle is what a link in a frame's place says: its title, unless that is what a
// provider's own code calls all of its frames, else its provider, else its host.
func frameTitle(attrs []xhtml.Attribute, provider string, u *url.URL) string {
	title := prose.Collapse(Attr(attrs, "title"))
	generic := strings.ToLower(title)
	for _, word := range []string{"player", "video", "embed", "embedded", "iframe", strings.ToLower(provider)} {
		generic = strings.ReplaceAll(generic, word, "")
	}
	if strings.Trim(generic, " -:|") != "" {
		return title
	}
	return prose.FirstOf(provider, strings.TrimPrefix(u.Hostname(), "www."))
}

// frameOf tells of a frame what its address tells.
func frameOf(u *url.URL) frame {
	host := strings.ToLower(u.Hostname())
	for _, prefix := range []string{"www.", "m.", "web."} {
		host = strings.TrimPrefix(host, prefix)
	}
	path, query := strings.Trim(u.Path, "/"), u.Query()
	switch host {
	case "youtube.com", "youtube-nocookie.com", "youtu.be", "music.youtube.com":
		return youtube(host, path, query)
	case "maps.google.com", "google.com", "google.co.jp", "maps.google.co.jp":
		return googleMap(host, path, query)
	case "openstreetmap.org":
		return openStreetMap(path, query)
	}
	p := providers[host]
	f := frame{link: u.String(), name: p.name}
	if p.page != nil {
		f.link = prose.FirstOf(p.page(path, query), f.link)
	}
	return f
}

// provider is one whose frames are known by their host.
type provider struct {
	name string
	// page returns the page of what a frame of that path and query shows; "" where it is not
	// known. It is nil where a frame is a page to visit.
	page func(path string, query url.Values) string
}

// providers are by the hosts of their frames.
var providers = map[string]provider{
	"vimeo.com": {"Vimeo", nil}, "embed.podcasts.apple.com": {"Apple Podcasts", nil}, "tv.naver.com": {"Naver TV", nil}, "player.twitch.tv": {"Twitch", nil},
	"player.vimeo.com": {"Vimeo", func(path string, query url.Values) string {
		page := behind(path, "video/", "https://vimeo.com/")
		if hash := query.Get("h"); page != "" && hash != "" { // of a film that only its link finds
			page += "/" + url.PathEscape(hash)
		}
		return page
	}},
	"dailymotion.com": {"Dailymotion", func(path string, _ url.Values) string {
		return behind(path, "embed/video/", "https://www.dailymotion.com/video/")
	}},
	"geo.dailymotion.com": {"Dailymotion", func(_ string, query url.Values) string {
		return named(query.Get("video"), "https://www.dailymotion.com/video/")
	}},
	"w.soundcloud.com": {"SoundCloud", func(_ string, query url.Values) string {
		if page := query.Get("url"); strings.HasPrefix(page, "https://soundcloud.com/") {
			return page
		}
		return ""
	}},
	"open.spotify.com": {"Spotify", func(path string, _ url.Values) string {
		return behind(path, "embed/", "https://open.spotify.com/")
	}},
	"embed.nicovideo.jp": {"niconico", func(path string, _ url.Values) string {
		return behind(path, "watch/", "https://www.nicovideo.jp/watch/")
	}},
	"player.bilibili.com": {"bilibili", func(_ string, query url.Values) string {
		return named(query.Get("bvid"), "https://www.bilibili.com/video/")
	}},
	"facebook.com": {"Facebook", func(_ string, query url.Values) string { return query.Get("href") }},
}

// behind returns the address of what a path names behind its beginning; "" if it begins
// otherwise.
func behind(path, beginning, address string) string {
	if rest, ok := strings.CutPrefix(path, beginning); ok && rest != "" {
		return address + rest
	}
	return ""
}

// named returns the address of what has that id; "" if it has none.
func named(id, address string) string {
	if id == "" {
		return ""
	}
	return address + url.PathEscape(id)
}

// filmID is the id of a film at YouTube.
var filmID = regexp.MustCompile(`^[A-Za-z0-9_-]{11}$`)

// youtube tells of a frame of YouTube, whose film stands in its path or its query.
func youtube(host, path string, query url.Values) frame {
	f := frame{link: "https://www.youtube.com/" + path, name: "YouTube"}
	id := query.Get("v")
	for _, before := range []string{"embed/", "v/", "shorts/", "live/"} {
		if rest, ok := strings.CutPrefix(path, before); ok {
			id, _, _ = strings.Cut(rest, "/")
			id, _, _ = strings.Cut(id, "&") // of the time of Flash
		}
	}
	if host == "youtu.be" {
		id = path
	}
	list := query.Get("list")
	switch {
	case filmID.MatchString(id) && id != "videoseries" && id != "live_stream":
		f.link = "https://www.youtube.com/watch?v=" + id
		f.picture = "https://i.ytimg.com/vi/" + id + "/hqdefault.jpg"
		if start, err := strconv.Atoi(query.Get("start")); err == nil && start > 0 {
			f.link += "&t=" + strconv.Itoa(start) + "s"
		}
	case list != "":
		f.link = "https://www.youtube.com/playlist?list=" + url.QueryEscape(list)
	case id == "live_stream" && query.Get("channel") != "":
		f.link = "https://www.youtube.com/channel/" + url.PathEscape(query.Get("channel")) + "/live"
	}
	return f
}

// The middle of a map of Google's, as the parameter pb says it.
var (
	mapLongitude = regexp.MustCompile(`!2d(-?[0-9]{1,3}\.?[0-9]*)`)
	mapLatitude  = regexp.MustCompile(`!3d(-?[0-9]{1,2}\.?[0-9]*)`)
)

// googleMap tells of a map of Google's: its embedded form says, when it is opened for itself,
// that it must be embedded. Other frames of Google are not known.
func googleMap(host, path string, query url.Values) frame {
	if !strings.HasPrefix(host, "maps.") && path != "maps" && !strings.HasPrefix(path, "maps/") {
		return frame{}
	}
	f := frame{link: "https://www.google.com/maps", name: "Google Maps"}
	place := prose.FirstOf(query.Get("q"), query.Get("query"), query.Get("ll"), query.Get("center"))
	if pb := query.Get("pb"); pb != "" {
		longitude, latitude := mapLongitude.FindStringSubmatch(pb), mapLatitude.FindStringSubmatch(pb)
		if longitude != nil && latitude != nil {
			place = latitude[1] + "," + longitude[1]
		}
	}
	switch {
	case query.Get("mid") != "":
		f.link = "https://www.google.com/maps/d/viewer?mid=" + url.QueryEscape(query.Get("mid"))
	case place != "":
		f.link = "https://www.google.com/maps/search/?api=1&query=" + url.QueryEscape(place)
	}
	return f
}

// openStreetMap tells of a map of OpenStreetMap, which has its part of the world or a marker
// in its query.
func openStreetMap(path string, query url.Values) frame {
	f := frame{link: "https://www.openstreetmap.org/", name: "OpenStreetMap"}
	if path != "export/embed.html" {
		f.link += path
	}
	if latitude, longitude, ok := strings.Cut(query.Get("marker"), ","); ok {
		f.link = "https://www.openstreetmap.org/?mlat=" + url.QueryEscape(latitude) + "&mlon=" + url.QueryEscape(longitude)
	} else if box := strings.Split(query.Get("bbox"), ","); len(box) == 4 {
		f.link = "https://www.openstreetmap.org/?minlon=" + url.QueryEscape(box[0]) + "&minlat=" + url.QueryEscape(box[1]) +
			"&maxlon=" + url.QueryEscape(box[2]) + "&maxlat=" + url.QueryEscape(box[3])
	}
	return f
}
