package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
)

//go:embed static
var staticFiles embed.FS

// assets are the site's own files. The style sheet's address holds its digest, so
// that it may be kept for ever.
type assets struct {
	stylePath   string
	style, icon *content
	// oldIcon is the same picture in 16 and 32 pixels, for browsers that draw no SVG
	// there, and for all programs that ask for /favicon.ico without reading a page.
	oldIcon *content
	// schemas are those of the names that no format has, by their paths.
	schemas map[string]*content
}

// Where the schemas stand.
const (
	xsdPath        = "/feed-extension.xsd"
	jsonSchemaPath = "/feed-extension.schema.json"
)

// forEver is for what stands at an address that tells its content.
const forEver = "public, max-age=31536000, immutable"

const oldIconType = "image/x-icon"

func newAssets() *assets {
	style := asset("style.css", "text/css; charset=utf-8")
	sum := sha256.Sum256(style.plain())
	return &assets{
		stylePath: "/style-" + hex.EncodeToString(sum[:6]) + ".css",
		style:     style,
		icon:      asset("favicon.svg", "image/svg+xml"),
		oldIcon:   asset("favicon.ico", oldIconType),
		schemas: map[string]*content{
			xsdPath:        asset("feed-extension.xsd", "application/xml; charset=utf-8"),
			jsonSchemaPath: asset("feed-extension.schema.json", "application/schema+json"),
		},
	}
}

// asset returns an embedded file in every coding.
func asset(name, mediaType string) *content {
	body, err := staticFiles.ReadFile("static/" + name)
	if err != nil {
		panic("web: embedded file: " + err.Error()) // a fault of the build
	}
	with := newCompressor()
	c := newContent(body, bodyTag(body), mediaType, with)
	if v := packed(brotliCoding, body, bodyTag(body), with); v != nil {
		c.variants[brotliCoding].Store(v)
	}
	return c
}

func (s *public) serveStyle(w http.ResponseWriter, r *http.Request, g *guise) {
	w.Header()["Vary"] = varyPage
	w.Header().Set("Cache-Control", forEver)
	g.assets.style.serve(w, r, nil, nil)
}
