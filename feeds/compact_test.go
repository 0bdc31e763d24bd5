package feeds

import (
	"encoding/xml"
	"reflect"
	"strings"
	"testing"
)

// written has each place for a text that our documents have.
type written struct {
	XMLName xml.Name  `xml:"root"`
	Of      string    `xml:"of,attr"`
	Bare    string    `xml:"bare"`
	Empty   *struct{} `xml:"empty"`
	Of2     *of       `xml:"attributed"`
	Text    string    `xml:"text"`
	Section section   `xml:"section"`
	Within  []written `xml:"within>root"`
}

type of struct {
	A string `xml:"a,attr"`
}

type section struct {
	Text string `xml:",cdata"`
}

// asWritten writes a document as gorilla/feeds does.
func asWritten(t testing.TB, s string) []byte {
	t.Helper()
	inner := written{Of: s, Empty: &struct{}{}, Of2: &of{s}, Text: s, Section: section{s}}
	w := inner
	w.Within = []written{inner, inner}
	b, err := xml.MarshalIndent(w, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append([]byte(xml.Header), b...)
}

func TestCompact(t *testing.T) {
	got := string(compact(asWritten(t, "a\n  <b></b> ]]>\n   ")))
	inner := `<root of="a&#xA;  &lt;b&gt;&lt;/b&gt; ]]&gt;&#xA;   ">
<bare/>
<empty/>
<attributed a="a&#xA;  &lt;b&gt;&lt;/b&gt; ]]&gt;&#xA;   "/>
<text>a&#xA;  &lt;b&gt;&lt;/b&gt; ]]&gt;&#xA;   </text>
<section><![CDATA[a
  <b></b> ]]]]><![CDATA[>
   ]]></section>
`
	within := inner + "<within/>\n</root>\n"
	want := xml.Header + inner + "<within>\n" + within + within + "</within>\n</root>"
	if got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// FuzzCompact looks for a text that compact changes.
func FuzzCompact(f *testing.F) {
	for _, s := range []string{"", " ", "\n  ", "<", ">", "]]>", "<![CDATA[", "</", "></", "<a></a>", "a\r\n\tb", "\"'&", "-->", "<?x?>", "\u2028"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		doc := asWritten(t, s)
		var before, after written
		if err := xml.Unmarshal(doc, &before); err != nil {
			t.Skip() // a character that XML forbids, in a section
		}
		length := len(doc)
		doc = compact(doc)
		if err := xml.Unmarshal(doc, &after); err != nil || !reflect.DeepEqual(before, after) {
			t.Errorf("%q: %v, %+v; want %+v", s, err, after, before)
		}
		if len(doc) >= length || strings.Contains(string(doc), "></empty>") {
			t.Errorf("%q: %d of %d bytes are left:\n%s", s, len(doc), length, doc)
		}
	})
}
