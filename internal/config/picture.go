package config

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"
	"io/fs"
	"strings"

	"github.com/kairan-news/kairan/feeds"
)

// maxPictureBytes bounds a picture of the site: every reader program asks for it.
const maxPictureBytes = 1 << 20

// pictureFile is the file of a picture as it was read.
type pictureFile struct {
	body []byte
	err  error
}

// isAddress tells the address of a picture from the path of a file.
func isAddress(s string) bool { return strings.Contains(s, "://") }

// checkPicture wants the path of a file, or an address that pages may show.
func checkPicture(s string) *fault {
	if !isAddress(s) {
		return nil
	}
	if f := checkAddress(s); f != nil {
		return f
	}
	if !strings.HasPrefix(s, "https://") {
		return &fault{"pages show no picture by http", "write its https address, or the path of a file"}
	}
	return nil
}

// readPictures reads the files of the site's pictures, by the keys that name them.
func (u *Unchecked) readPictures(from Files) {
	u.pictures = map[string]pictureFile{}
	for _, key := range []string{"icon", "logo"} {
		name := u.roots[0].get("site").get(key).string()
		if name == "" || isAddress(name) {
			continue
		}
		file := pictureFile{err: errors.New("no file can be read here")}
		if from != nil {
			file.body, file.err = from.ReadFile(resolve(u.name, name))
		}
		u.pictures[key] = file
	}
}

// picture returns a picture of the site, which stands under that key.
func (b *builder) picture(key string, v *value, file pictureFile) feeds.Picture {
	name := v.string()
	switch {
	case name == "":
		return feeds.Picture{}
	case isAddress(name):
		return feeds.Picture{URL: name}
	}
	p, f := pictureOf(key, file)
	if f != nil {
		b.add(v.at, fmt.Sprintf("site.%s %q %s", key, name, f.what), f.hint)
	}
	return p
}

// pictureOf looks what a file is, whatever its name says.
func pictureOf(key string, file pictureFile) (feeds.Picture, *fault) {
	const kinds = "name a PNG, a JPEG, a GIF or an SVG"
	switch {
	case errors.Is(file.err, fs.ErrNotExist):
		return feeds.Picture{}, &fault{"is not there", "a path is relative to the file in which it stands; an address begins with https://"}
	case errors.Is(file.err, fs.ErrPermission):
		return feeds.Picture{}, &fault{"can't be read", "let this process read it"}
	case file.err != nil:
		return feeds.Picture{}, &fault{"can't be read: " + cause(file.err).Error(), kinds}
	case len(file.body) > maxPictureBytes:
		return feeds.Picture{}, &fault{"has more than 1 MiB", "make it smaller: 512 pixels a side are enough"}
	}
	p := feeds.Picture{Body: file.body}
	extension := ""
	if size, kind, err := image.DecodeConfig(bytes.NewReader(file.body)); err == nil {
		p.Type, p.Width, p.Height = "image/"+kind, size.Width, size.Height
		extension = strings.Replace(kind, "jpeg", "jpg", 1)
	} else if isSVG(file.body) {
		p.Type, extension = "image/svg+xml", "svg"
	} else {
		return feeds.Picture{}, &fault{"is no picture that every browser shows", kinds}
	}
	if key == "icon" && p.Width != p.Height {
		return feeds.Picture{}, &fault{fmt.Sprintf("has %d × %d pixels, and an icon is square", p.Width, p.Height), "cut it, or name it as site.logo"}
	}
	sum := sha256.Sum256(file.body)
	p.Path = key + "-" + hex.EncodeToString(sum[:6]) + "." + extension
	return p, nil
}

// isSVG reports whether a text is XML whose root is an svg element.
func isSVG(text []byte) bool {
	in := xml.NewDecoder(bytes.NewReader(text))
	in.Strict = false
	for {
		token, err := in.Token()
		if err != nil {
			return false
		}
		if root, ok := token.(xml.StartElement); ok {
			return root.Name.Local == "svg" && root.Name.Space == "http://www.w3.org/2000/svg"
		}
	}
}
