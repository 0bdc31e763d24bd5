// Package cldr holds what the Unicode Common Locale Data Repository, release 48, says of
// each locale: how it writes dates, times, numbers, lists and quotations, and what it calls
// languages, regions, and the cities after which time zones are called.
//
// The data is cldr.zip, which the program in gen makes; `unzip -p cldr.zip ja.json` shows
// what it has of a locale. It holds every locale of modern, moderate or basic coverage, so
// that the bundle of an operator has its dates without a line of Go. It is in the program
// compressed, and read when it is asked for, a locale at a time: package locales keeps what
// it has asked for.
//
// The data is told here as it is. What newsrooms write otherwise, package locales knows.
package cldr

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"encoding/json"
	"strings"
	"sync"

	"golang.org/x/text/language"
)

//go:generate go run ./gen -from /tmp/cldr -to cldr.zip

//go:embed cldr.zip
var archive []byte

// files are the entries of the archive by their names.
var files = sync.OnceValue(func() map[string]*zip.File {
	r, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		panic("cldr: the data that is part of the program can't be read: " + err.Error())
	}
	byName := make(map[string]*zip.File, len(r.File))
	for _, f := range r.File {
		byName[f.Name] = f
	}
	return byName
})

// read lays an entry over what a value holds. It does nothing where there is none.
func read(name string, into any) bool {
	f := files()[name]
	if f == nil {
		return false
	}
	r, err := f.Open()
	if err == nil {
		err = json.NewDecoder(r).Decode(into)
	}
	if err != nil {
		panic("cldr: " + name + " can't be read: " + err.Error()) // a test reads them all
	}
	return true
}

// locales returns the entries of which a locale is made, the wider first: "pt", "pt-PT". A
// language in another script than it mostly has is a locale of its own.
func locales(tag language.Tag) []string {
	base, told, region := tag.Raw()
	own, _ := language.Make(base.String()).Script()
	script, _ := tag.Script() // else that of the region
	whole, scripted := base.String(), base.String()+"-"+script.String()
	isOther := script != own && !isKana(script)
	if isOther && (told != language.Script{} || files()[scripted+".json"] != nil) {
		whole = scripted
	}
	if region == (language.Region{}) {
		return []string{whole}
	}
	return []string{whole, scripted + "-" + region.String(), whole + "-" + region.String()}
}

// isKana reports whether a script is part of the Japanese one.
func isKana(script language.Script) bool {
	return strings.Contains("Hira Kana Hrkt", script.String())
}
