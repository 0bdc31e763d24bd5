// Command gen makes the data of package cldr from the packages in which the Unicode
// Consortium publishes CLDR for npm.
//
//	for p in core bcp47 dates-full numbers-full localenames-full misc-full; do
//	  npm pack cldr-$p@48.2.0
//	  mkdir -p /tmp/cldr/cldr-$p && tar xzf cldr-$p-48.2.0.tgz -C /tmp/cldr/cldr-$p --strip-components=1
//	done
//	go run ./gen -from /tmp/cldr -to cldr.zip
//
// It never uses the network. The same packages make the same bytes.
//
// golden.js, beside it, writes what Node's Intl makes of the same data, which the tests of
// package locales compare with what we make of it.
package main

import (
	"flag"
	"fmt"
	"os"
)

// release is the release of CLDR that the program was written for: a newer one may name or
// inherit things otherwise, and is to be looked at before it is taken.
const release = "48.2.0"

func main() {
	from := flag.String("from", "", "the `folder` of the unpacked packages cldr-core, cldr-dates-full …")
	to := flag.String("to", "cldr.zip", "the `file` to write")
	flag.Parse()
	if err := run(*from, *to); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(from, to string) error {
	c := &cldr{folder: from}
	if err := c.open(); err != nil {
		return err
	}
	entries, err := entriesOf(c)
	if err != nil {
		return err
	}
	return write(to, entries)
}
