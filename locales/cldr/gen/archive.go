package main

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
)

// entriesOf returns the files of the archive: of each locale its formats and its names, and
// the keys of these.
//
// What the locale of a region shares with its language (in that script) is left out of it,
// whatever it inherits in CLDR: package cldr lays the one over the other.
func entriesOf(c *cldr) (map[string]any, error) {
	formats, names := make(map[string]map[string]any), make(map[string]map[string][]string)
	for _, tag := range c.locales {
		r := &reading{cldr: c, tag: tag}
		formats[tag], names[tag] = r.formats(), r.names()
		if r.err != nil {
			return nil, fmt.Errorf("%s: %w", tag, r.err)
		}
	}
	entries := map[string]any{
		"keys.json":     joined(map[string][]string{"languages": c.languages, "regions": c.regions, "cities": c.zones, "aliases": c.aliases}),
		"endonyms.json": endonyms(c, names),
	}
	for _, tag := range c.locales {
		f, n := formats[tag], names[tag]
		if whole, ok := cutRegion(tag); ok && formats[whole] != nil {
			f, n = formatsBeyond(f, formats[whole]), namesBeyond(n, names[whole])
		}
		if len(f) > 0 {
			entries[tag+".json"] = f
		}
		if len(n) > 0 {
			entries[tag+".names.json"] = joined(n)
		}
	}
	return entries, nil
}

// endonyms is what languages call themselves, in each of their scripts.
func endonyms(c *cldr, names map[string]map[string][]string) map[string]string {
	called := func(in, tag string) string {
		at, ok := slices.BinarySearch(c.languages, tag)
		if !ok {
			return ""
		}
		return names[in]["languages"][at]
	}
	own := map[string]string{"zh-Hans": called("zh", "zh-Hans")}
	for tag := range names {
		language, _, _ := strings.Cut(tag, "-")
		if _, isRegion := cutRegion(tag); isRegion {
			continue
		}
		if name := cmp.Or(called(tag, tag), called(tag, language)); name != "" {
			own[tag] = name
		}
	}
	return own
}

// cutRegion returns a tag without its region; false if it has none.
func cutRegion(tag string) (cut string, ok bool) {
	at := strings.LastIndexByte(tag, '-')
	if at < 0 || len(tag)-at > len("-419") { // a script has four letters
		return tag, false
	}
	return tag[:at], true
}

// formatsBeyond returns what is otherwise in formats than in base.
func formatsBeyond(formats, base map[string]any) map[string]any {
	other := make(map[string]any)
	for key, value := range formats {
		if !bytes.Equal(encode(value), encode(base[key])) {
			other[key] = value
		}
	}
	return other
}

// namesBeyond returns the names that are others than in base, and "" for those that are
// not; without kinds of which none is.
func namesBeyond(names, base map[string][]string) map[string][]string {
	other := make(map[string][]string)
	for kind, own := range names {
		if slices.Equal(own, base[kind]) {
			continue
		}
		other[kind] = make([]string, len(own))
		for i, name := range own {
			if name != base[kind][i] {
				other[kind][i] = name
			}
		}
	}
	return other
}

// joined writes the names of each kind as a text of lines: two thirds of the bytes of a
// mapping, once it is compressed.
func joined(names map[string][]string) map[string]string {
	texts := make(map[string]string)
	for kind, all := range names {
		texts[kind] = strings.Join(all, "\n")
	}
	return texts
}

// encode writes a value as JSON, its keys sorted.
func encode(value any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		panic(err) // maps, slices, strings and numbers alone
	}
	return b.Bytes()
}

// write writes the archive, in the order of the names and without dates, so that it tells
// of the data alone.
func write(to string, entries map[string]any) error {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
	for _, name := range slices.Sorted(maps.Keys(entries)) {
		w, err := z.Create(name)
		if err != nil {
			return err
		}
		if _, err := w.Write(encode(entries[name])); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	fmt.Printf("%d entries, %d bytes\n", len(entries), b.Len())
	return os.WriteFile(to, b.Bytes(), 0o644)
}
