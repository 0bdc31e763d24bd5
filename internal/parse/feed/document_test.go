package feed

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/rss"
)

// checkSpared holds it to that a document is read alike without what gofeed need not see
// and as it stands. It returns how many long texts there were.
func checkSpared(t *testing.T, text []byte) int {
	t.Helper()
	v := inspect(text)
	if v.family == familyNone || v.faults != 0 {
		return 0
	}
	whole := *v
	whole.spared = nil
	spared := document{text: text, survey: v}
	var got, want any
	var err, wantErr error
	if v.family == familyAtom {
		got, err = hand(&spared, (&atom.Parser{}).Parse, atomTexts)
		want, wantErr = hand(&document{text: text, survey: &whole}, (&atom.Parser{}).Parse, atomTexts)
	} else {
		got, err = hand(&spared, (&rss.Parser{}).Parse, rssTexts)
		want, wantErr = hand(&document{text: text, survey: &whole}, (&rss.Parser{}).Parse, rssTexts)
	}
	if fmt.Sprint(err) != fmt.Sprint(wantErr) {
		t.Fatalf("the error is %v, of the whole document %v", err, wantErr)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("not as the whole document is read (-whole +spared):\n%s", diff)
	}
	if !spared.isSpared() {
		return 0
	}
	_, texts := spared.cut(v.spared)
	return len(texts)
}

func TestSparedParts(t *testing.T) {
	long := strings.Repeat("The harbour bridge is closed for repairs. ", 4)
	item := func(fields string) string {
		return `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Harbour</title><item><title>Bridge</title>` + fields + `</item></channel></rss>`
	}
	entry := func(fields string) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title><entry><title>Bridge</title><id>urn:x:1</id>` + fields + `</entry></feed>`
	}
	for name, test := range map[string]struct {
		text string
		want int
	}{
		"text":                 {item("<description> \n" + long + " &lt;b&gt;now&lt;/b&gt; &amp;amp; &#x2014; \u00a0</description>"), 1},
		"a section":            {item("<description>\r\n<![CDATA[ <p>" + long + " &amp; <![CDATA[</p>\r\n]]>\n</description>"), 1},
		"both fields":          {item("<description>" + long + "</description><content:encoded><![CDATA[<p>" + long + "]]></content:encoded>"), 2},
		"a field twice":        {item("<description>1 " + long + "</description><description>2 " + long + "</description>"), 2},
		"short":                {item("<description>It is closed.</description>"), 0},
		"two sections":         {item("<description><![CDATA[" + long + "]]><![CDATA[" + long + "]]></description>"), 0},
		"text and a section":   {item("<description>" + long + "<![CDATA[" + long + "]]></description>"), 0},
		"a section and text":   {item("<description><![CDATA[" + long + "]]>" + long + "</description>"), 0},
		"a comment":            {item("<description>" + long + "<!-- by hand --></description>"), 0},
		"an element":           {item("<description>" + long + "<b>now</b></description>"), 0},
		"another vocabulary's": {item("<media:description>" + long + "</media:description>"), 0},
		"a field of none":      {item("<body>" + long + "</body>"), 0},
		"a mark of its own":    {item("<description>" + long + "</description><author>" + mark + "0</author>"), 0},
		"a base": {`<rss version="2.0" xml:base="https://harbour.example/"><channel><item><description>` + long +
			`xml:base</description></item></channel></rss>`, 0},
		"Atom's text":          {entry("<summary>" + long + "&lt;</summary>"), 1},
		"Atom's HTML":          {entry(`<content type="html">&lt;div&gt;` + long + `&lt;/div&gt;</content>`), 1},
		"Atom's HTML, section": {entry(`<content type="HTML"><![CDATA[<div>` + long + `</div>]]></content>`), 1},
		"Atom's XHTML":         {entry(`<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">` + long + `</div></content>`), 0},
		"Atom's other types":   {entry(`<content type="image/png">` + strings.Repeat("AAAA", 30) + `</content>`), 0},
		"Atom's modes":         {entry(`<content mode="escaped">` + long + `</content>`), 0},
		"a source's summary":   {entry(`<source><summary>` + long + `</summary></source>`), 0},
	} {
		t.Run(name, func(t *testing.T) {
			if got := checkSpared(t, []byte(test.text)); got != test.want {
				t.Errorf("%d texts were spared, want %d", got, test.want)
			}
		})
	}
}

// Of entries that are left out nothing is spared, and the others keep their texts.
func TestSparedPartsOfKnownEntries(t *testing.T) {
	data := bytes.ReplaceAll(benchRSS(), []byte("><"), []byte(">\n <"))
	v := inspect(data)
	known := []span{v.entries[0].span, v.entries[2].span, v.entries[len(v.entries)-1].span}
	d := document{text: data, survey: v, known: known}
	body, texts := d.cut(v.spared)
	if got, want := len(texts), len(v.entries)-len(known); got != want {
		t.Errorf("%d texts were spared, want %d", got, want)
	}
	for _, entry := range inspect(body).entries {
		if item := string(body[entry.span.from:entry.span.to]); strings.ContainsAny(item, "\n") {
			t.Errorf("white space is left: %s", item)
		}
	}
	f, err := hand(&d, (&rss.Parser{}).Parse, rssTexts)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := (&rss.Parser{}).Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	want := append(whole.Items[1:2:2], whole.Items[3:len(whole.Items)-1]...)
	if diff := cmp.Diff(want, f.Items); diff != "" {
		t.Errorf("other items than those that are not known (-want +got):\n%s", diff)
	}
}
