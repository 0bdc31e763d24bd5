package config

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"
	"strings"

	"github.com/kairan-news/kairan/feeds"
)

// maxPictureBytes bounds a picture of the site: every reader program asks for it.
const maxPictureBytes = 1 << 20

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

// readPictures reads the files of the pictures of the site and of its publishers.
func (u *Unchecked) readPictures(from Files) {
	pictures := []*value{u.roots[0].get("site").get("icon"), u.roots[0].get("site").get("logo")}
	for _, publisher := range u.all("publishers") {
		pictures = append(pictures, publisher.get("logo"))
	}
	for _, v := range pictures {
		if name := v.string(); name != "" && !isAddress(name) {
			u.readFile(from, v, resolve(u.files[v.at.file], name))
		}
	}
}

// picture returns a picture, which is called so in errors. Its path begins with the key.
func (b *builder) picture(key, called string, v *value) feeds.Picture {
	name := v.string()
	switch {
	case name == "":
		return feeds.Picture{}
	case isAddress(name):
		return feeds.Picture{URL: name}
	}
	p, f := pictureOf(key, b.opened[v][0])
	if f != nil {
		b.add(v.at, fmt.Sprintf("%s %q %s", called, name, f.what), f.hint)
	}
	return p
}

// pictureOf looks what a file is, whatever its name says.
func pictureOf(key string, file openedFile) (feeds.Picture, *fault) {
	const kinds = "name a PNG, a JPEG, a GIF or an SVG"
	if f := file.unread("a path is relative to the file in which it stands; an address begins with https://", kinds); f != nil {
		return feeds.Picture{}, f
	}
	if len(file.body) > maxPictureBytes {
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
