package feeds

import (
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Lead returns the picture that stands for an article: the first one that is neither an
// author's portrait nor an icon, in the widest of its variants. It is false if there is none.
func (a *Article) Lead() (Image, bool) { return leadOf(a.Images) }

// ShowsPicture reports whether sanitized HTML shows a picture already, or another size of it.
func ShowsPicture(content, picture string) bool {
	key := pictureKey(picture)
	for _, attribute := range []string{` src="`, ` poster="`} {
		for rest := content; ; {
			_, after, ok := strings.Cut(rest, attribute)
			if !ok {
				break
			}
			address, after, _ := strings.Cut(after, `"`)
			if pictureKey(html.UnescapeString(address)) == key {
				return true
			}
			rest = after
		}
	}
	return false
}

// widest is how wide a lead picture needs to be, in pixels.
const widest = 1600

// leadOf is [Article.Lead] of pictures.
func leadOf(images []Image) (Image, bool) {
	i := slices.IndexFunc(images, isPicture)
	if i < 0 {
		return Image{}, false
	}
	lead := images[i]
	if lead.Width == 0 || i == len(images)-1 {
		return lead, true
	}
	key := pictureKey(lead.URL)
	for _, other := range images[i+1:] {
		if other.Width <= lead.Width || other.Width > widest || pictureKey(other.URL) != key {
			continue
		}
		if other.Alt == "" {
			other.Alt = lead.Alt
		}
		if other.Credit == "" {
			other.Credit = lead.Credit
		}
		lead = other
	}
	return lead, true
}

// icon is how wide or high a picture is at most that shows nothing, in pixels.
const icon = 48

// isPicture reports whether a picture shows what its article is about, as far as its address
// and size tell: blogs name their authors' portraits as pictures of what they wrote.
func isPicture(i Image) bool {
	if i.Width > 0 && i.Width <= icon || i.Height > 0 && i.Height <= icon {
		return false
	}
	return !strings.Contains(i.URL, "gravatar.com/avatar/")
}

// What names the size of a picture, and not the picture: a folder of its own, or a part of the
// file's name.
var (
	sizeFolder = regexp.MustCompile(`^(?:\d{2,4}x\d{2,4}|[swh]\d{2,4}(?:-[a-z0-9-]+)?|(?:[a-z]{1,3}_[a-z0-9.:]+,)*[wh]_\d+(?:,[a-z]{1,3}_[a-z0-9.:]+)*|small|medium|large|thumbs?|thumbnails?|original|resized?|scaled)$`)
	sizeSuffix = regexp.MustCompile(`(?:[-_.](?:\d{2,4}x\d{2,4}|\d{2,4}w|scaled|thumb|thumbnail|small|medium|large|orig|original)|@[23]x)+$`)
	sizePrefix = regexp.MustCompile(`^(?:thumb|thumbnail|small|medium|large)[-_]`)
	photon     = regexp.MustCompile(`^i[0-3]\.wp\.com$`)
)

// pictureKey is the same for the addresses of one picture in several sizes.
func pictureKey(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" {
		return address
	}
	host, path := strings.TrimPrefix(strings.ToLower(u.Host), "www."), u.Path
	if photon.MatchString(host) { // WordPress's own service has the picture's host in the path
		host, path, _ = strings.Cut(strings.TrimPrefix(path, "/"), "/")
		host = strings.TrimPrefix(host, "www.")
	}
	folders := strings.Split(strings.Trim(path, "/"), "/")
	if isStill(host, folders) {
		return "youtube:" + folders[1]
	}
	file := folders[len(folders)-1]
	stem := file
	for {
		dot := strings.LastIndexByte(stem, '.')
		if dot <= 0 || !isPictureExtension(stem[dot:]) {
			break
		}
		stem = stem[:dot]
	}
	query := ""
	if stem == file { // the query may say which picture it is
		values := u.Query()
		if inner := innerPicture(u, values); inner != "" {
			return pictureKey(inner)
		}
		for name := range values {
			if isSizeParameter(name) {
				values.Del(name)
			}
		}
		query = values.Encode()
	}
	stem = strings.ToLower(stem)
	stem = nonempty(sizeSuffix.ReplaceAllString(stem, ""), stem)
	stem = nonempty(sizePrefix.ReplaceAllString(stem, ""), stem)
	kept := []string{host}
	for _, folder := range folders[:len(folders)-1] {
		if !sizeFolder.MatchString(strings.ToLower(folder)) {
			kept = append(kept, folder)
		}
	}
	return strings.Join(append(kept, stem), "/") + "?" + query
}

// isStill reports whether an address is that of a still of a film at YouTube:
// /vi/ID/hqdefault.jpg.
func isStill(host string, folders []string) bool {
	return (strings.HasSuffix(host, ".ytimg.com") || host == "img.youtube.com") && len(folders) == 3
}

func nonempty(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// innerPicture returns the address of the picture that a service scales, where that stands in
// its query; "" if there is none.
func innerPicture(service *url.URL, query url.Values) string {
	for _, name := range []string{"url", "src", "image"} {
		inner := query.Get(name)
		if !strings.Contains(inner, "/") {
			continue
		}
		u, err := service.Parse(inner)
		if err == nil && u.Host != "" && u.Path != service.Path && isPictureExtension(u.Path[max(strings.LastIndexByte(u.Path, '.'), 0):]) {
			return u.String()
		}
	}
	return ""
}

func isPictureExtension(s string) bool {
	switch strings.ToLower(s) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".jxl":
		return true
	}
	return false
}

// isSizeParameter reports whether a parameter of a query says how a picture is to be had.
func isSizeParameter(name string) bool {
	switch strings.ToLower(name) {
	case "w", "h", "width", "height", "size", "s", "q", "quality", "fit", "crop", "resize", "dpr", "format", "fm", "auto", "v", "ver", "ssl", "strip", "scale":
		return true
	}
	return false
}
