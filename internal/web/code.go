package web

import (
	"html/template"
	"strconv"
	"strings"

	"rsc.io/qr"
)

// quiet is how many modules must be empty around a QR code (ISO/IEC 18004 §9.1).
const quiet = 4

// code draws a text as a QR code: dark on light whatever the page's own colours, since
// cameras read it so. It is "" where the text is too long for one.
func code(text string) template.HTML {
	c, err := qr.Encode(text, qr.M)
	if err != nil {
		return ""
	}
	side := strconv.Itoa(c.Size + 2*quiet)
	var b strings.Builder
	b.WriteString(`<svg class="code" viewBox="0 0 ` + side + ` ` + side + `" width="148" height="148" aria-hidden="true" shape-rendering="crispEdges">`)
	b.WriteString(`<path fill="#fff" d="M0 0h` + side + `v` + side + `H0z"/><path d="`)
	for y := range c.Size {
		for x := 0; x < c.Size; x++ {
			run := 0
			for x+run < c.Size && c.Black(x+run, y) {
				run++
			}
			if run == 0 {
				continue
			}
			b.WriteString("M" + strconv.Itoa(x+quiet) + " " + strconv.Itoa(y+quiet) + "h" + strconv.Itoa(run) + "v1h-" + strconv.Itoa(run) + "z")
			x += run
		}
	}
	b.WriteString(`"/></svg>`)
	return template.HTML(b.String())
}
