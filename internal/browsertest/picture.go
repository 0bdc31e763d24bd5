package browsertest

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"slices"

	"github.com/chromedp/chromedp"
)

// Screenshot writes a picture of the whole page, as PNG.
func (b *Browser) Screenshot(file string) {
	b.t.Helper()
	if err := os.WriteFile(file, run(b, chromedp.FullScreenshot(100)), 0o644); err != nil {
		b.t.Fatal(err)
	}
}

// Picture writes a picture of what the window shows, as a PNG of 256 colours, which is a third
// of what all of them would take.
func (b *Browser) Picture(file string) {
	b.t.Helper()
	shown, err := png.Decode(bytes.NewReader(run(b, chromedp.CaptureScreenshot())))
	if err != nil {
		b.t.Fatalf("read a picture of the window: %v", err)
	}
	var small bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&small, fewColours(shown)); err != nil {
		b.t.Fatalf("write a picture of the window: %v", err)
	}
	if err := os.WriteFile(file, small.Bytes(), 0o644); err != nil {
		b.t.Fatal(err)
	}
}

// mostColours is what a palette of PNG holds.
const mostColours = 256

// fewColours returns a picture in the colours that fit it best.
func fewColours(shown image.Image) *image.Paletted {
	area := shown.Bounds()
	counts := map[color.RGBA]int{}
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			counts[color.RGBAModel.Convert(shown.At(x, y)).(color.RGBA)]++
		}
	}
	var all box
	for c, n := range counts {
		all = append(all, counted{[3]uint8{c.R, c.G, c.B}, n})
	}
	// Maps have no order, and the same picture is to be the same bytes.
	slices.SortFunc(all, func(a, b counted) int { return slices.Compare(a.rgb[:], b.rgb[:]) })
	small := image.NewPaletted(area, nil)
	places := map[[3]uint8]uint8{}
	for i, part := range split(all, mostColours) {
		small.Palette = append(small.Palette, part.mean())
		for _, c := range part {
			places[c.rgb] = uint8(i)
		}
	}
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			c := color.RGBAModel.Convert(shown.At(x, y)).(color.RGBA)
			small.SetColorIndex(x, y, places[[3]uint8{c.R, c.G, c.B}])
		}
	}
	return small
}

// counted is a colour and how many dots have it.
type counted struct {
	rgb [3]uint8
	n   int
}

// box is colours that are near to each other.
type box []counted

// split cuts colours into boxes, each time the one that is told worst by one colour alone
// (Heckbert, Color Image Quantization for Frame Buffer Display, 1982, with the error in place
// of the count).
func split(all box, most int) []box {
	boxes := []box{all}
	losses := []float64{all.loss()}
	for len(boxes) < most {
		worst := 0
		for i, l := range losses {
			if l > losses[worst] {
				worst = i
			}
		}
		if losses[worst] == 0 {
			break // each has a colour of its own
		}
		low, high := boxes[worst].halves()
		boxes[worst], losses[worst] = low, low.loss()
		boxes, losses = append(boxes, high), append(losses, high.loss())
	}
	return boxes
}

// sums returns how many dots a box has, and in each channel their mean and the sum of the
// squares by which they differ from it.
func (b box) sums() (n float64, mean, off [3]float64) {
	for _, c := range b {
		n += float64(c.n)
		for i, v := range c.rgb {
			mean[i] += float64(c.n) * float64(v)
		}
	}
	for i := range mean {
		mean[i] /= n
	}
	for _, c := range b {
		for i, v := range c.rgb {
			d := float64(v) - mean[i]
			off[i] += float64(c.n) * d * d
		}
	}
	return n, mean, off
}

func (b box) loss() float64 {
	_, _, off := b.sums()
	return off[0] + off[1] + off[2]
}

func (b box) mean() color.RGBA {
	_, mean, _ := b.sums()
	return color.RGBA{uint8(mean[0] + .5), uint8(mean[1] + .5), uint8(mean[2] + .5), 255}
}

// halves cuts a box of two colours or more at the mean of the channel in which they differ
// most.
func (b box) halves() (low, high box) {
	_, mean, off := b.sums()
	channel := 0
	for i := range off {
		if off[i] > off[channel] {
			channel = i
		}
	}
	for _, c := range b {
		if float64(c.rgb[channel]) <= mean[channel] {
			low = append(low, c)
		} else {
			high = append(high, c)
		}
	}
	return low, high
}
