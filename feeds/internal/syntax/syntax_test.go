package syntax

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// told collects flaws as "offset: phrase".
type told []string

func (t *told) report(at int, _ Flaw, format string, args ...any) {
	*t = append(*t, fmt.Sprintf("%d: ", at)+fmt.Sprintf(format, args...))
}

// outline writes what a reader of XML gives, an element as name=value …(what is in it).
func outline(x *XML) string {
	var b strings.Builder
	var element func(e Element)
	element = func(e Element) {
		b.WriteString(e.Name)
		for _, a := range e.Attrs {
			fmt.Fprintf(&b, " %s=%s", a.Name, a.Value)
		}
		b.WriteByte('(')
		for {
			kind, e, text := x.Next()
			if kind == End {
				b.WriteByte(')')
				return
			}
			if kind == Start {
				element(e)
			} else {
				b.WriteString(text)
			}
		}
	}
	if kind, e, _ := x.Next(); kind == Start {
		element(e)
	}
	return b.String()
}

func TestXML(t *testing.T) {
	for _, test := range []struct{ doc, resolved, verbatim string }{
		{`<a x="1&amp;2"/>`, "a x=1&2()", "a x=1&amp;2()"},
		{`<?xml version="1.0"?><a><!-- b --> &lt;&#x21; <![CDATA[&lt;]]></a>`, "a( <! &lt;)", "a( &lt;&#x21; &lt;)"},
		{`<p:a xmlns:p="urn:p"><p:b q='"'/>c</p:a >`, `a(b q="()c)`, `p:a(p:b q="()c)`},
	} {
		var flaws told
		if got := outline(NewXML(test.doc, flaws.report)); got != test.resolved || flaws != nil {
			t.Errorf("%s: %s, %q; want %s", test.doc, got, flaws, test.resolved)
		}
		if got := outline(NewVerbatim(test.doc, flaws.report)); got != test.verbatim || flaws != nil {
			t.Errorf("%s, verbatim: %s, %q; want %s", test.doc, got, flaws, test.verbatim)
		}
	}
}

func TestTextsAndPlaces(t *testing.T) {
	const doc = `<a> <b>one</b><b></b><b>two <!-- --> three</b><b/><c><d/>e</c></a>`
	var flaws told
	var got []string
	x := NewXML(doc, flaws.report)
	x.Next()
	x.Children(func(e Element) {
		if e.Name == "c" {
			x.Skip()
			return
		}
		s, at := x.Text()
		got = append(got, fmt.Sprintf("%d %d %q %d", e.At, at, s, x.Pos()))
	})
	want := []string{`4 7 "one" 14`, `14 17 "" 21`, `21 24 "two  three" 46`, `46 50 "" 50`}
	if !slices.Equal(got, want) || flaws != nil {
		t.Errorf("%q, %q; want %q", got, flaws, want)
	}
}

func TestFlawsOfXML(t *testing.T) {
	for doc, want := range map[string]string{
		`<a>`:             "3: the document ends within <a>",
		`<a></b>`:         "3: </b> does not end what is open",
		`<a>&b;</a>`:      "3: reference &b; is unknown, or to a character that XML forbids",
		`<a b="1" b="2">`: "9: attribute b twice",
		`<a>]]></a>`:      "3: “]]>” in text",
		`<a/>b`:           "4: text outside of the root element",
		`<p:a/>`:          "0: <p:a has a prefix that is not declared",
	} {
		var flaws told
		x := NewXML(doc, flaws.report)
		outline(x)
		x.Next()
		if len(flaws) != 1 || flaws[0] != want || !x.Failed() {
			t.Errorf("%s: %q; want %q", doc, flaws, want)
		}
	}
}

func TestJSON(t *testing.T) {
	const doc = ` {"a": "x\u00e9\n", "b": [1, {"c": null}], "d": "\ud83d\ude00"}`
	var flaws told
	var got []string
	j := NewJSON(doc, flaws.report)
	keys := j.Object("the document", func(key string) {
		at := j.Pos()
		if j.Kind() == '"' {
			s, _ := j.String(key)
			got = append(got, fmt.Sprintf("%d %s", at, s))
			return
		}
		got = append(got, fmt.Sprintf("%d %s", at, j.Verbatim()))
	})
	j.End()
	want := []string{"7 xé\n", `25 [1, {"c": null}]`, "48 😀"}
	if !slices.Equal(got, want) || !slices.Equal(keys, []string{"a", "b", "d"}) || flaws != nil {
		t.Errorf("%q of %q, %q; want %q", got, keys, flaws, want)
	}
}

func TestFlawsOfJSON(t *testing.T) {
	for doc, want := range map[string]string{
		`{"a": 1, "a": 2}`: `9: the document has "a" twice`,
		`{"a": 01}`:        `6: "01" is no number`,
		`{"a" 1}`:          `5: ':' is missing`,
		`{"a": "b`:         `6: a string that does not end`,
		`{"a": "\u0001"}`:  `7: character U+0001`,
		`[]`:               `0: the document is not an object`,
		`{} {}`:            `3: something after the document`,
	} {
		var flaws told
		j := NewJSON(doc, flaws.report)
		j.Object("the document", func(string) { j.Skip() })
		j.End()
		if len(flaws) != 1 || flaws[0] != want {
			t.Errorf("%s: %q; want %q", doc, flaws, want)
		}
	}
}
