package web

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"

	"github.com/kairan-news/kairan/feeds"
)

// emblem is the pictures by which readers know the site, as its configuration names them; the
// program's own icon where it names none.
type emblem struct {
	Icons []iconLink
	// Touch is the address of an icon for home screens; "" for none.
	Touch string
	// Brand stands before the site's name.
	Brand brand
	// files are what the site serves of it, by its path with a slash at its beginning, and of
	// its publishers' logos, style sheets and schemas.
	files map[string]*content
}

// iconLink is an icon as a page links it. Type and Sizes may be "".
type iconLink struct{ URL, Type, Sizes string }

// brand is a picture and its size on a page in pixels; Width is 0 where only the browser
// learns the shape.
type brand struct {
	URL           string
	Width, Height int
}

// The size of the brand in pixels: a logo is as high as the icon, and this wide at most.
const (
	brandHeight    = 36
	mostBrandWidth = 180
)

// The icon's sides in pixels that are told of: of an old icon the most (a byte holds them),
// and of one for home screens the least.
const (
	mostOldIcon = 256
	leastTouch  = 120
)

// newEmblem returns the emblem of a site whose paths begin with a prefix, in which the program's
// own icons are.
func newEmblem(site *feeds.Site, prefix string, own *assets) *emblem {
	f := &emblem{files: map[string]*content{}}
	if !site.Icon.IsSet() && !site.Logo.IsSet() {
		const icon, old = "/" + feeds.OwnIconPath, "/" + feeds.OwnOldIconPath
		f.files[icon], f.files[old] = own.icon, own.oldIcon
		f.Icons = []iconLink{{prefix + old, "", "32x32"}, {prefix + icon, "image/svg+xml", ""}}
		f.Brand = brand{prefix + icon, brandHeight, brandHeight}
		return f
	}
	icon, logo := site.Icon, site.Logo
	for _, p := range []feeds.Picture{icon, logo} {
		if p.Path != "" {
			f.files["/"+p.Path] = newContent(p.Body, bodyTag(p.Body), p.Type, newCompressor())
		}
	}
	f.Brand = brandOf(pictureAddress(logo, prefix), logo)
	if !logo.IsSet() {
		f.Brand = brand{pictureAddress(icon, prefix), brandHeight, brandHeight}
	}
	if !icon.IsSet() {
		icon = logo // rather than another's
	}
	switch icon.Type { // what programs ask for without reading a page
	case "image/svg+xml":
		f.files["/"+feeds.OwnIconPath] = f.files["/"+icon.Path]
	case "image/png":
		if old := oldIcon(icon); old != nil {
			f.files["/"+feeds.OwnOldIconPath] = newContent(old, bodyTag(old), oldIconType, newCompressor())
		}
	}
	link := iconLink{URL: pictureAddress(icon, prefix), Type: icon.Type}
	if icon.Width > 0 {
		link.Sizes = fmt.Sprintf("%dx%d", icon.Width, icon.Height)
	}
	f.Icons = []iconLink{link}
	if icon.Type == "image/png" && icon.Width == icon.Height && icon.Width >= leastTouch {
		f.Touch = link.URL
	}
	return f
}

// pictureAddress is where pages find a picture of the site.
func pictureAddress(p feeds.Picture, prefix string) string {
	if p.Path != "" {
		return prefix + "/" + p.Path
	}
	return p.URL
}

// brandOf returns a logo as wide as it is at its height, as far as there is room.
func brandOf(address string, logo feeds.Picture) brand {
	b := brand{URL: address, Height: brandHeight}
	if logo.Height == 0 {
		return b
	}
	b.Width = max(1, brandHeight*logo.Width/logo.Height)
	if b.Width > mostBrandWidth {
		b.Width, b.Height = mostBrandWidth, max(1, mostBrandWidth*logo.Height/logo.Width)
	}
	return b
}

// oldIcon returns a PNG as the only picture of an .ico file, which may hold PNG since Windows
// Vista; nil if it does not fit.
func oldIcon(p feeds.Picture) []byte {
	if p.Width != p.Height || p.Width > mostOldIcon || int64(len(p.Body)) > math.MaxUint32 {
		return nil
	}
	const head = 6 + 16 // of the file, and of its one picture
	side := byte(p.Width % mostOldIcon)
	b := []byte{0, 0, 1, 0, 1, 0, side, side, 0, 0, 1, 0, 32, 0}
	b = binary.LittleEndian.AppendUint32(b, uint32(len(p.Body)))
	b = binary.LittleEndian.AppendUint32(b, head)
	return append(b, p.Body...)
}

// paths returns the paths of what the site serves of its face, in their order.
func (f *emblem) paths() []string {
	var all []string
	for path := range f.files {
		all = append(all, path)
	}
	slices.SortFunc(all, cmp.Compare[string])
	return all
}

// serveOwnFile answers the addresses of the site's own files, and leaves all else to other.
// Those whose names tell their content may be kept for ever.
func (s *public) serveOwnFile(other func(http.ResponseWriter, *http.Request, *guise)) func(http.ResponseWriter, *http.Request, *guise) {
	return func(w http.ResponseWriter, r *http.Request, g *guise) {
		file := g.emblem.files[r.URL.Path]
		switch {
		case file == nil:
			other(w, r, g)
			return
		case strings.HasPrefix(r.URL.Path, "/favicon."), strings.HasPrefix(r.URL.Path, "/feed-extension."):
			w.Header().Set("Cache-Control", "public, max-age=86400")
		default:
			w.Header().Set("Cache-Control", forEver)
		}
		if strings.HasPrefix(r.URL.Path, "/feed-extension.") { // which programs in browsers read, too
			w.Header()["Access-Control-Allow-Origin"] = anyOrigin
		}
		classify(w, "asset")
		w.Header()["Vary"] = varyPage
		w.Header().Set("Content-Security-Policy", pictureSecurity)
		file.serve(w, r, nil, nil)
	}
}
