package face

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Color is a colour of sRGB.
type Color struct{ R, G, B uint8 }

// ParseColor reads "#rgb" or "#rrggbb" (CSS Color 4, §5.2), without an alpha channel.
func ParseColor(s string) (Color, bool) {
	digits, ok := strings.CutPrefix(s, "#")
	if len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	n, err := strconv.ParseUint(digits, 16, 32)
	if !ok || err != nil || len(digits) != 6 {
		return Color{}, false
	}
	return Color{uint8(n >> 16), uint8(n >> 8), uint8(n)}, true
}

// String returns the colour as "#rrggbb".
func (c Color) String() string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// linear are the values of a channel in light, from 0 to 1 (WCAG 2.2, relative luminance).
var linear = func() (values [256]float64) {
	for i := range values {
		if v := float64(i) / 255; v <= 0.04045 {
			values[i] = v / 12.92
		} else {
			values[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return values
}()

// luminance is the relative luminance of WCAG 2.2, from 0 to 1.
func (c Color) luminance() float64 {
	return 0.2126*linear[c.R] + 0.7152*linear[c.G] + 0.0722*linear[c.B]
}

// Contrast is the contrast ratio of WCAG 2.2, from 1 to 21.
func Contrast(a, b Color) float64 {
	lighter, darker := a.luminance(), b.luminance()
	if lighter < darker {
		lighter, darker = darker, lighter
	}
	return (lighter + 0.05) / (darker + 0.05)
}

// toward returns the colour that lies so many of 255 steps on the way to another.
func (c Color) toward(to Color, steps int) Color {
	mix := func(from, to uint8) uint8 { return uint8(int(from) + (int(to)-int(from))*steps/255) }
	return Color{mix(c.R, to.R), mix(c.G, to.G), mix(c.B, to.B)}
}

var (
	black = Color{}
	white = Color{255, 255, 255}
)

// nearest returns the colour that fits and is nearest to one on its way to black or to white;
// false where none is.
func nearest(c Color, fits func(Color) bool) (Color, bool) {
	for steps := range 256 {
		for _, to := range []Color{black, white} {
			if near := c.toward(to, steps); fits(near) {
				return near, true
			}
		}
	}
	return Color{}, false
}

// over returns what is more easily read on a colour: white, or black. Of every colour one of
// them has more than 4.5:1.
func over(c Color) Color {
	if Contrast(white, c) >= textContrast {
		return white
	}
	return black
}
