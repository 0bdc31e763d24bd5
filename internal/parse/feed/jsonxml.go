package feed

import (
	"bytes"
	stdjson "encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"strings"
)

// RSS-in-JSON (https://github.com/scripting/Scripting-News/blob/master/rss-in-json/README.md)
// is RSS whose elements are the members of objects, and so are the forms of Atom that
// converters write. Such a document is read as the XML that it was, or would be.

// wrappedIn returns the object that a document has for its only contents beside texts and
// numbers, and the name that it has there; "" where it has none, or other things first.
func wrappedIn(data []byte) (name string, object stdjson.RawMessage) {
	d := stdjson.NewDecoder(bytes.NewReader(data))
	if t, err := d.Token(); err != nil || t != stdjson.Delim('{') {
		return "", nil
	}
	for d.More() {
		t, err := d.Token()
		name, ok := t.(string)
		if err != nil || !ok {
			return "", nil
		}
		next := bytes.TrimLeft(data[d.InputOffset():], ": \t\r\n")
		switch {
		case bytes.HasPrefix(next, []byte("{")):
			err = d.Decode(&object)
			if err != nil {
				return "", nil
			}
			return name, object
		case bytes.HasPrefix(next, []byte("[")):
			return "", nil
		}
		if t, err = d.Token(); err != nil {
			return "", nil
		}
		if text, ok := t.(string); ok && strings.Contains(text, "jsonfeed.org") {
			return "", nil // it is a JSON Feed itself
		}
	}
	return "", nil
}

// isJSONFeed reports whether an object says that it is a JSON Feed, at its beginning.
func isJSONFeed(object []byte) bool {
	head := object[:min(len(object), headLength)]
	return bytes.Contains(head, []byte(`"version"`)) && bytes.Contains(head, []byte("jsonfeed.org/version"))
}

// xmlFromJSON returns the XML that an object stands for, as the element of that name; nil
// where that begins no feed.
func xmlFromJSON(name string, object []byte) []byte {
	if familyOf(localName([]byte(name))) == familyNone {
		return nil
	}
	w := jsonXML{decoder: stdjson.NewDecoder(bytes.NewReader(object))}
	w.decoder.UseNumber()
	if w.member(name, 0) != nil {
		return nil
	}
	return w.out.Bytes()
}

// jsonXML writes JSON as XML.
type jsonXML struct {
	decoder *stdjson.Decoder
	out     bytes.Buffer
}

// errTooDeep says that JSON is nested beyond reason.
var errTooDeep = errors.New("too deep")

// member writes the next value as an element of that name; a list as one for each of its
// values.
func (w *jsonXML) member(name string, depth int) error {
	if depth > maxDepth/2 {
		return errTooDeep
	}
	t, err := w.decoder.Token()
	if err != nil {
		return err
	}
	switch t {
	case stdjson.Delim('['):
		for w.decoder.More() {
			if err := w.member(name, depth+1); err != nil {
				return err
			}
		}
		_, err = w.decoder.Token()
		return err
	case stdjson.Delim('{'):
		return w.object(name, depth)
	case nil:
		return nil
	}
	w.element(name, "", fmt.Sprint(t))
	return nil
}

// object writes the members of an object as an element of that name: as elements in it, or
// as its attributes where their names or the element ask for that, or as its text.
func (w *jsonXML) object(name string, depth int) error {
	outer := w.out
	w.out = bytes.Buffer{}
	var attributes, text strings.Builder
	for w.decoder.More() {
		t, err := w.decoder.Token()
		if err != nil {
			return err
		}
		key := fmt.Sprint(t)
		if key == "$" || key == "@attributes" || !isElementOf(name, key) {
			if err := w.attribute(key, &attributes, &text); err != nil {
				return err
			}
			continue
		}
		if err := w.member(key, depth+1); err != nil {
			return err
		}
	}
	if _, err := w.decoder.Token(); err != nil {
		return err
	}
	inner := w.out
	w.out = outer
	w.element(name, attributes.String(), text.String(), inner.Bytes()...)
	return nil
}

// attribute takes the next value for the attribute of that name, for several of them, or for
// the element's text.
func (w *jsonXML) attribute(key string, attributes, text *strings.Builder) error {
	var value any
	if err := w.decoder.Decode(&value); err != nil {
		return err
	}
	if several, ok := value.(map[string]any); ok {
		for inner, v := range several {
			writeJSONAttribute(attributes, inner, v)
		}
		return nil
	}
	switch key {
	case "#text", "#value", "$t", "_", "__text", "__cdata", "value":
		if s, ok := scalarText(value); ok {
			fmt.Fprint(text, s)
		}
	default:
		writeJSONAttribute(attributes, strings.TrimLeft(key, "@-_"), value)
	}
	return nil
}

func writeJSONAttribute(out *strings.Builder, name string, value any) {
	s, ok := scalarText(value)
	if !ok || !isPlainName(name) {
		return
	}
	fmt.Fprintf(out, ` %s="`, name)
	_ = xml.EscapeText(out, []byte(fmt.Sprint(s))) // a builder does not fail
	out.WriteByte('"')
}

// isElementOf reports whether a member of an element's object is an element in it, and no
// attribute or text.
func isElementOf(name, key string) bool {
	if !isPlainName(key) || strings.HasPrefix(key, "_") || strings.HasPrefix(key, "xmlns") {
		return false
	}
	switch localName := strings.ToLower(string(localName([]byte(name)))); localName {
	case "rss":
		return key != "version"
	case "rdf", "channel", "feed", "item", "entry", "image", "author", "contributor", "source", "skiphours", "skipdays", "group":
		return key != "url" || localName != "source"
	}
	return false
}

// element writes an element.
func (w *jsonXML) element(name, attributes, text string, inner ...byte) {
	if !isPlainName(name) {
		return
	}
	w.out.WriteString("<" + name + attributes + ">")
	_ = xml.EscapeText(&w.out, []byte(text)) // a buffer does not fail
	w.out.Write(inner)
	w.out.WriteString("</" + name + ">")
}
