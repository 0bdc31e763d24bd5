package feed

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kairan-news/kairan/internal/parse"
)

// A feed says what was withdrawn before its entries, among them or behind them, under any
// prefix, and in every format.
func TestWhatAFeedDeclaresWithdrawnIsRead(t *testing.T) {
	const (
		atom  = `<feed xmlns="http://www.w3.org/2005/Atom" NS><title>Harbour</title><id>urn:harbour</id>1<entry><title>Ferry</title><id>urn:f</id><link href="https://port.example/f"/>IN</entry>2<entry><title>Pier</title><id>urn:p</id><link href="https://port.example/p"/></entry>3</feed>`
		rss   = `<rss version="2.0" NS><channel><title>Harbour</title><link>https://port.example/</link>1<item><title>Ferry</title><guid>urn:f</guid>IN</item>2<item><title>Pier</title><guid>urn:p</guid></item>3</channel>4</rss>`
		rdf   = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" NS><channel rdf:about="https://port.example/"><title>Harbour</title>1</channel><item rdf:about="urn:f"><title>Ferry</title>IN</item>2</rdf:RDF>`
		json  = `{"version":"https://jsonfeed.org/version/1.1","title":"Harbour",HEAD"items":[{"id":"urn:f","title":"Ferry"}]TAIL}`
		at    = `xmlns:at="http://purl.org/atompub/tombstones/1.0"`
		stone = `<at:deleted-entry ref="urn:x" when="2026-05-02T09:00:00+09:00"/>`
	)
	when := time.Date(2026, 5, 2, 0, 0, 0, 0, time.UTC)
	one := []Deleted{{"urn:x", when}}
	fill := func(document string, pairs ...string) string {
		for _, mark := range []string{"NS", ">1<", ">2<", ">3<", ">4<", "IN", "HEAD", "TAIL"} {
			value := ""
			for i := 0; i < len(pairs); i += 2 {
				if pairs[i] == strings.Trim(mark, "><") {
					value = pairs[i+1]
				}
			}
			if mark[0] == '>' {
				value = ">" + value + "<"
			}
			document = strings.ReplaceAll(document, mark, value)
		}
		return document
	}
	for name, test := range map[string]struct {
		in   string
		want []Deleted
	}{
		"Atom without":                    {fill(atom), nil},
		"Atom at the head":                {fill(atom, "NS", at, "1", stone), one},
		"Atom among entries":              {fill(atom, "NS", at, "2", stone), one},
		"Atom at the end":                 {fill(atom, "NS", at, "3", stone), one},
		"Atom with a comment in it":       {fill(atom, "NS", at, "2", `<at:deleted-entry ref="urn:x" when="2026-05-02T00:00:00Z"><at:by><name>Port</name></at:by><at:comment>No ferry</at:comment></at:deleted-entry>`), one},
		"Atom under another prefix":       {fill(atom, "NS", `xmlns:t="http://purl.org/atompub/tombstones/1.0"`, "2", strings.ReplaceAll(stone, "at:", "t:")), one},
		"Atom by a default namespace":     {fill(atom, "2", `<deleted-entry xmlns="http://purl.org/atompub/tombstones/1.0" ref="urn:x" when="2026-05-02T00:00:00Z"/>`), one},
		"Atom with an unbound prefix":     {fill(atom, "2", stone), one},
		"Atom with a misspelt namespace":  {fill(atom, "NS", `xmlns:at="https://www.purl.org/atompub/tombstones/1.0/"`, "2", stone), one},
		"Atom without any prefix":         {fill(atom, "2", strings.ReplaceAll(stone, "at:", "")), one},
		"Atom in another vocabulary":      {fill(atom, "NS", `xmlns:at="urn:log"`, "2", stone), nil},
		"Atom that is broken elsewhere":   {fill(atom, "NS", at, "2", `<subtitle>Port & Quay<br></subtitle>`+stone), one},
		"Atom in an entry":                {fill(atom, "NS", at, "IN", stone), nil},
		"Atom in a comment":               {fill(atom, "NS", at, "2", "<!--"+stone+"-->"), nil},
		"Atom with references":            {fill(atom, "NS", at, "2", `<at:deleted-entry when="2026-05-02T00:00:00Z" ref=" https://port.example/?a=1&amp;b=2 "/>`), []Deleted{{"https://port.example/?a=1&b=2", when}}},
		"Atom without a date":             {fill(atom, "NS", at, "2", `<at:deleted-entry ref="urn:x"/>`), []Deleted{{ID: "urn:x"}}},
		"Atom with a date to come":        {fill(atom, "NS", at, "2", strings.Replace(stone, "2026", "2027", 1)), []Deleted{{ID: "urn:x"}}},
		"Atom without a reference":        {fill(atom, "NS", at, "2", `<at:deleted-entry when="2026-05-02T00:00:00Z"/>`), nil},
		"Atom with several":               {fill(atom, "NS", at, "1", stone, "3", strings.Replace(stone, "urn:x", "urn:y", 1)), []Deleted{{"urn:x", when}, {"urn:y", when}}},
		"RSS in the channel":              {fill(rss, "NS", at, "1", stone), one},
		"RSS among items":                 {fill(rss, "NS", at, "2", stone), one},
		"RSS behind the channel":          {fill(rss, "NS", at, "4", stone), one},
		"RSS in an item":                  {fill(rss, "NS", at, "IN", stone), nil},
		"RSS with a date as RSS has them": {fill(rss, "NS", at, "2", `<at:deleted-entry ref="urn:x" when="Sat, 02 May 2026 00:00:00 GMT"/>`), one},
		"RDF in the channel":              {fill(rdf, "NS", at, "1", stone), one},
		"RDF among items":                 {fill(rdf, "NS", at, "2", stone), one},
		"RDF in an item":                  {fill(rdf, "NS", at, "IN", stone), nil},
		"JSON at the head":                {fill(json, "HEAD", `"_kairan":{"withdrawn":[{"id":"urn:x","when":"2026-05-02T00:00:00Z","seq":4}]},`), one},
		"JSON at the end":                 {fill(json, "TAIL", `,"_kairan":{"site":"x","withdrawn":[{"id":7,"when":"2026-05-02T00:00:00Z"},{"when":"2026-05-02T00:00:00Z"}]}`), []Deleted{{"7", when}}},
		"JSON that is broken elsewhere":   {fill(json, "TAIL", `,"title":5,"_kairan":{"withdrawn":[{"id":"urn:x","when":"2026-05-02T00:00:00Z"}]},`), one},
		"JSON of somebody else":           {fill(json, "TAIL", `,"withdrawn":[{"id":"urn:x"}],"_kairan":{"withdrawn":"none"}`), nil},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := Parse([]byte(test.in), parse.Options{Now: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, f.Deleted); diff != "" {
				t.Errorf("it differs (-want +got):\n%s\nin %s", diff, test.in)
			}
			if f.Articles[0].Title != "Ferry" || f.Lost > 0 {
				t.Errorf("of the entries it reads %+v, and loses %d", f.Articles, f.Lost)
			}
		})
	}
}

func TestAJSONFeedSaysThatItHasExpired(t *testing.T) {
	for in, want := range map[string]bool{`"expired":true,`: true, `"expired":false,`: false, ``: false} {
		f, err := Parse([]byte(`{"version":"https://jsonfeed.org/version/1.1","title":"Harbour",`+in+`"items":[]}`), parse.Options{})
		if err != nil || f.Expired != want {
			t.Errorf("%s: expired is %v, %v", in, f.Expired, err)
		}
	}
}
