package feed

import (
	"strconv"
	"strings"

	"github.com/kairan-news/kairan/feeds"
	ext "github.com/mmcdole/gofeed/extensions"
)

// point returns the place that an entry is about: GeoRSS Simple's georss:point, W3C's
// geo:lat and geo:long, be they in a geo:Point, or GML's pos. The zero value is none.
func (x extensions) point() feeds.Point {
	for _, text := range x.all("georss", "point") {
		if p, ok := pointOf(text); ok {
			return p
		}
	}
	if p, ok := geoPoint(x["geo"]); ok {
		return p
	}
	for _, outer := range x["geo"]["Point"] {
		if p, ok := geoPoint(outer.Children); ok {
			return p
		}
	}
	for _, where := range x["georss"]["where"] {
		for _, point := range where.Children["Point"] {
			if p, ok := pointOf(childValue(point, "pos")); ok {
				return p
			}
		}
	}
	return feeds.Point{}
}

// geoPoint reads W3C's Basic Geo vocabulary.
func geoPoint(of map[string][]ext.Extension) (feeds.Point, bool) {
	long := of["long"]
	if len(long) == 0 {
		long = of["lon"]
	}
	if len(of["lat"]) == 0 || len(long) == 0 {
		return feeds.Point{}, false
	}
	return pointOf(of["lat"][0].Value + " " + long[0].Value)
}

// pointOf reads a latitude and a longitude in degrees, which some part with a comma. None is
// at 0 0, which programs write that know of no place.
func pointOf(text string) (feeds.Point, bool) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == '\n' || r == '\t' || r == '\r' })
	if len(parts) != 2 {
		return feeds.Point{}, false
	}
	latitude, err := strconv.ParseFloat(parts[0], 64)
	longitude, err2 := strconv.ParseFloat(parts[1], 64)
	p := feeds.Point{Lat: latitude, Long: longitude}
	return p, err == nil && err2 == nil && p.IsPlace()
}
