package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
)

//go:embed static
var staticFiles embed.FS

// assets are the site's own files. The addresses of the style sheet and the script hold
// their digests, so that they may be kept for ever.
type assets struct {
	stylePath, scriptPath string
	style, script, icon   *content
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
	script := asset("script.js", "text/javascript; charset=utf-8")
	return &assets{
		stylePath:  "/style-" + digest(style) + ".css",
		style:      style,
		scriptPath: "/script-" + digest(script) + ".js",
		script:     script,
		icon:       asset("favicon.svg", "image/svg+xml"),
		oldIcon:    asset("favicon.ico", oldIconType),
		schemas: map[string]*content{
			xsdPath:        asset("feed-extension.xsd", "application/xml; charset=utf-8"),
			jsonSchemaPath: asset("feed-extension.schema.json", "application/schema+json"),
		},
	}
}

// digest is short, and another of any other content.
func digest(c *content) string {
	sum := sha256.Sum256(c.plain())
	return hex.EncodeToString(sum[:6])
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
	serveForEver(w, r, g.assets.style)
}

func (s *public) serveScript(w http.ResponseWriter, r *http.Request, g *guise) {
	serveForEver(w, r, g.assets.script)
}

func serveForEver(w http.ResponseWriter, r *http.Request, c *content) {
	w.Header()["Vary"] = varyPage
	w.Header().Set("Cache-Control", forEver)
	c.serve(w, r, nil, nil)
}
