package feed

import (
	"bytes"
	stdjson "encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// jsonDocument is a JSON Feed as it stands, or as it was mended.
type jsonDocument struct {
	data  []byte
	spelt []byte               // the same before values of the wrong type were left out
	items []stdjson.RawMessage // nil until one is asked for
	lost  int                  // items that could not be kept
	isCut bool                 // it ends too early
}

// item returns an item as it stands in the document.
func (d *jsonDocument) item(i int) []byte {
	if d.items == nil {
		var doc struct{ Items []stdjson.RawMessage }
		if stdjson.Unmarshal(d.data, &doc) != nil || len(doc.Items) <= i {
			return nil
		}
		d.items = doc.Items
	}
	return d.items[i]
}

// otherEntries returns how many objects a document without items lists under another
// name. One that lists none is empty: "items" is required, but github.com/gorilla/feeds
// leaves it out where there are none.
func (d *jsonDocument) otherEntries() (n int) {
	var doc map[string]stdjson.RawMessage
	if stdjson.Unmarshal(d.data, &doc) != nil {
		return 0
	}
	for key, value := range doc {
		var list []map[string]any
		if key == "authors" || key == "hubs" || strings.HasPrefix(key, "_") || stdjson.Unmarshal(value, &list) != nil {
			continue
		}
		n += len(list)
	}
	return n
}

// holdsAnyJSON reports whether there is a text, a number or a truth value in a JSON value.
func holdsAnyJSON(value any) bool {
	switch v := value.(type) {
	case map[string]any:
		for _, inner := range v {
			if holdsAnyJSON(inner) {
				return true
			}
		}
		return false
	case []any:
		return slices.ContainsFunc(v, holdsAnyJSON)
	case string:
		return strings.TrimSpace(v) != ""
	}
	return value != nil
}

// correctTypes gives the members of a JSON Feed, or of an item in it, the types that
// the specification asks for. What can't be made right is left out.
//
// Several authors are found where one belongs: they are the authors of version 1.1.
func correctTypes(object map[string]any) {
	if list, ok := object["author"].([]any); ok && object["authors"] == nil {
		object["authors"] = list
		delete(object, "author")
	}
	for key, value := range object {
		if right, ok := correctMember(key, value); ok {
			object[key] = right
		} else {
			delete(object, key)
		}
	}
}

// correctMember returns the value of the member of that name in its right type; ok is
// false where it can't be made right, and so for the values in it.
func correctMember(name string, value any) (right any, ok bool) {
	switch name {
	case "items":
		return correctList(value, correctObject), true
	case "attachments":
		return correctList(value, correctAttachment), true
	case "image", "banner_image", "icon", "favicon", "avatar", "url", "external_url":
		return addressIn(value)
	case "authors":
		return correctList(value, correctPerson), true
	case "author":
		return correctPerson(value)
	case "tags":
		return correctList(value, scalarText), true
	case "id", "expired", "size_in_bytes", "duration_in_seconds": // gofeed reads them in any type
		return value, true
	}
	return scalarText(value)
}

// correctList returns a list of what can be made right. The values of an object that numbers
// them are one, as PHP writes a list from which it took some; any other value that is no list
// is the only one of its own.
func correctList(value any, correct func(any) (right any, ok bool)) []any {
	list, ok := value.([]any)
	if !ok {
		list = numbered(value)
	}
	if list == nil {
		list = []any{value}
	}
	kept := []any{}
	for _, element := range list {
		if right, ok := correct(element); ok {
			kept = append(kept, right)
		}
	}
	return kept
}

// numbered returns the values of an object by the numbers that are their names; nil where it
// has other names, or is none.
func numbered(value any) []any {
	object, ok := value.(map[string]any)
	if !ok || len(object) == 0 {
		return nil
	}
	numbers := make([]int, 0, len(object))
	for name := range object {
		n, err := strconv.Atoi(name)
		if err != nil || strconv.Itoa(n) != name {
			return nil
		}
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	list := make([]any, 0, len(numbers))
	for _, n := range numbers {
		list = append(list, object[strconv.Itoa(n)])
	}
	return list
}

// addressIn returns an address that is told as a text, as it should be, as an object that has
// it, or as the first of a list.
func addressIn(value any) (address any, ok bool) {
	switch v := value.(type) {
	case []any:
		for _, element := range v {
			if address, ok := addressIn(element); ok {
				return address, true
			}
		}
		return nil, false
	case map[string]any:
		for _, name := range []string{"url", "href", "src"} {
			if address, ok := v[name].(string); ok {
				return address, true
			}
		}
		return nil, false
	}
	return scalarText(value)
}

// correctAttachment is correctObject for a file; a text is the address of one.
func correctAttachment(value any) (right any, ok bool) {
	if address, ok := value.(string); ok {
		return map[string]any{"url": address}, true
	}
	return correctObject(value)
}

// correctObject returns an object whose members have the right types.
func correctObject(value any) (right any, ok bool) {
	object, ok := value.(map[string]any)
	if ok {
		correctTypes(object)
	}
	return object, ok
}

// correctPerson is correctObject for a person; a text is the name of one.
func correctPerson(value any) (right any, ok bool) {
	if name, ok := value.(string); ok {
		return map[string]any{"name": name}, true
	}
	return correctObject(value)
}

// scalarText returns a string, number or truth value as text, and of a list the first in it.
func scalarText(value any) (text any, ok bool) {
	switch v := value.(type) {
	case []any:
		for _, element := range v {
			if text, ok := scalarText(element); ok {
				return text, true
			}
		}
	case string:
		return v, true
	case stdjson.Number:
		return v.String(), true
	case bool:
		return fmt.Sprint(v), true
	}
	return nil, false
}

// jsonEnd is how a document ends.
type jsonEnd int

const (
	jsonWhole         jsonEnd = iota
	jsonCut                   // too early
	jsonCutItem               // too early, and within an item, of which a part is left
	jsonCutBeforeItem         // too early, and within an item, of which nothing is left
)

// mendJSON mends the spelling of a document: comments, control characters and escapes of
// JavaScript in strings, values that JSON has no word for, commas before an end, anything
// behind the end. Where the end is missing, what is open is
// closed, and the value that the end cut through is left out.
func mendJSON(data []byte) ([]byte, jsonEnd) {
	m := jsonMender{out: make([]byte, 0, len(data)+64)}
	for i := 0; i < len(data); i++ {
		switch b := data[i]; b {
		case '"':
			i += m.writeString(data[i:]) - 1
		case '/':
			i += max(commentLen(data[i:]), 1) - 1
		case '{', '[':
			m.begin(b)
			if len(m.open) > maxJSONDepth {
				return data, jsonWhole
			}
		case '}', ']':
			if m.end(b); m.isWhole {
				return m.out, jsonWhole
			}
		case ',':
			m.safe, m.safeOpen = len(m.out), len(m.open)
			m.out = append(m.out, b)
		default:
			i += m.writeWord(data[i:]) - 1
		}
	}
	return m.cut()
}

// maxJSONDepth is how deep a document may be nested that is mended.
const maxJSONDepth = 512

// jsonMender writes a document anew.
type jsonMender struct {
	out  []byte
	open []byte // the brackets that close what is open
	// safe is how much of out is whole, up to the last element, and safeOpen how many
	// brackets are open there.
	safe, safeOpen int
	inItems        bool // the second bracket is that of the items
	isWhole        bool // the first bracket is closed
}

// writeWord writes the word or else the byte that data begins with, and returns its length. A
// word of JavaScript that JSON has not, such as undefined and NaN, is null.
func (m *jsonMender) writeWord(data []byte) int {
	n := 0
	for n < len(data) && 'a' <= data[n]|0x20 && data[n]|0x20 <= 'z' {
		n++
	}
	switch word := string(data[:n]); word {
	case "":
		m.out = append(m.out, data[0])
		return 1
	case "undefined", "NaN", "Infinity", "None":
		m.out = append(bytes.TrimSuffix(m.out, []byte("-")), "null"...)
	default:
		m.out = append(m.out, word...)
	}
	return n
}

// writeString writes the string that data begins with, and returns its length. A control
// character in it becomes a space, and a character that needs no escape has none.
func (m *jsonMender) writeString(data []byte) int {
	m.out = append(m.out, data[0])
	escaped := false
	for i, b := range data[1:] {
		switch {
		case escaped:
			escaped = false
			if strings.IndexByte(`"\/bfnrtu`, b) < 0 {
				m.out = m.out[:len(m.out)-1]
			}
		case b == '\\':
			escaped = true
		case b == '"':
			m.out = append(m.out, b)
			return 1 + i + 1
		case b < 0x20:
			b = ' '
		}
		m.out = append(m.out, b)
	}
	return len(data)
}

// begin writes an opening bracket.
func (m *jsonMender) begin(bracket byte) {
	if len(m.open) == 1 {
		m.inItems = bracket == '[' && namesItems(m.out)
	}
	m.open = append(m.open, bracket+2) // '}' and ']'
	m.out = append(m.out, bracket)
}

// end writes a closing bracket, without a comma before it. One that closes nothing is
// left out.
func (m *jsonMender) end(bracket byte) {
	m.out = bytes.TrimSuffix(bytes.TrimRight(m.out, " \t\r\n"), []byte(","))
	last := len(m.open) - 1
	if last < 0 || m.open[last] != bracket {
		return
	}
	m.open = m.open[:last]
	m.out = append(m.out, bracket)
	m.safe, m.safeOpen = len(m.out), last
	m.isWhole = last == 0
}

// cut ends a document whose end is missing behind its last whole value, and closes what is
// open there.
func (m *jsonMender) cut() ([]byte, jsonEnd) {
	out := m.out[:m.safe]
	for _, bracket := range slices.Backward(m.open[:m.safeOpen]) {
		out = append(out, bracket)
	}
	switch {
	case !m.inItems || len(m.open) < len("{[{"):
		return out, jsonCut
	case m.safeOpen < len("{[{"):
		return out, jsonCutBeforeItem
	}
	return out, jsonCutItem
}

// namesItems reports whether JSON ends with the name of the items.
func namesItems(out []byte) bool {
	out, ok := bytes.CutSuffix(bytes.TrimRight(out, " \t\r\n"), []byte(":"))
	return ok && bytes.HasSuffix(bytes.TrimRight(out, " \t\r\n"), []byte(`"items"`))
}
