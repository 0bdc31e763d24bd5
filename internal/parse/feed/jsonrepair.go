package feed

import (
	"bytes"
	stdjson "encoding/json"
	"fmt"
	"slices"
	"strings"
)

// jsonDocument is a JSON Feed as it stands, or as it was mended.
type jsonDocument struct {
	data  []byte
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
func correctTypes(object map[string]any) {
	for key, value := range object {
		switch key {
		case "items", "attachments", "authors":
			list, ok := value.([]any)
			if !ok {
				list = []any{value}
			}
			kept := []any{}
			for _, element := range list {
				if name, ok := element.(string); ok && key == "authors" {
					element = map[string]any{"name": name}
				}
				if inner, ok := element.(map[string]any); ok {
					correctTypes(inner)
					kept = append(kept, inner)
				}
			}
			object[key] = kept
		case "author":
			switch v := value.(type) {
			case map[string]any:
				correctTypes(v)
			case string:
				object[key] = map[string]any{"name": v}
			default:
				delete(object, key)
			}
		case "tags":
			list, ok := value.([]any)
			if !ok {
				list = []any{value}
			}
			tags := []any{}
			for _, tag := range list {
				if s, ok := scalarText(tag); ok {
					tags = append(tags, s)
				}
			}
			object[key] = tags
		case "id", "expired", "size_in_bytes", "duration_in_seconds": // gofeed reads them in any type
		default:
			if s, ok := scalarText(value); ok {
				object[key] = s
			} else {
				delete(object, key)
			}
		}
	}
}

// scalarText returns a string, number or truth value as text.
func scalarText(value any) (string, bool) {
	switch v := value.(type) {
	case string:
		return v, true
	case stdjson.Number:
		return v.String(), true
	case bool:
		return fmt.Sprint(v), true
	}
	return "", false
}

// jsonEnd is how a document ends.
type jsonEnd int

const (
	jsonWhole         jsonEnd = iota
	jsonCut                   // too early
	jsonCutItem               // too early, and within an item, of which a part is left
	jsonCutBeforeItem         // too early, and within an item, of which nothing is left
)

// mendJSON mends the spelling of a document: control characters in strings, commas
// before an end, anything behind the end. Where the end is missing, what is open is
// closed, and the value that the end cut through is left out.
func mendJSON(data []byte) ([]byte, jsonEnd) {
	out := make([]byte, 0, len(data)+64)
	var open []byte // the brackets to close
	safe := 0       // how much of out is whole, up to the last element
	safeOpen := 0
	inItems := false // the second bracket is that of the items
	inString, escaped := false, false
	for _, b := range data {
		switch {
		case inString && escaped:
			escaped = false
		case inString && b == '\\':
			escaped = true
		case inString && b == '"':
			inString = false
		case inString && b < 0x20:
			out = append(out, ' ')
			continue
		case inString:
		case b == '"':
			inString = true
		case b == '{' || b == '[':
			if len(open) == 1 {
				inItems = b == '[' && namesItems(out)
			}
			open = append(open, b+2) // '}' and ']'
			if len(open) > 512 {
				return data, jsonWhole
			}
		case b == '}' || b == ']':
			trimmed := bytes.TrimRight(out, " \t\r\n")
			out = bytes.TrimSuffix(trimmed, []byte(","))
			if len(open) == 0 || open[len(open)-1] != b {
				continue
			}
			open = open[:len(open)-1]
			out = append(out, b)
			safe, safeOpen = len(out), len(open)
			if len(open) == 0 {
				return out, jsonWhole
			}
			continue
		case b == ',':
			safe, safeOpen = len(out), len(open)
		}
		out = append(out, b)
	}
	// The end is missing: go back to the last whole value.
	out = out[:safe]
	for i := safeOpen - 1; i >= 0; i-- {
		out = append(out, open[i])
	}
	switch {
	case !inItems || len(open) < len("{[{"):
		return out, jsonCut
	case safeOpen < len("{[{"):
		return out, jsonCutBeforeItem
	}
	return out, jsonCutItem
}

// namesItems reports whether JSON ends with the name of the items.
func namesItems(out []byte) bool {
	out, ok := bytes.CutSuffix(bytes.TrimRight(out, " \t\r\n"), []byte(":"))
	return ok && bytes.HasSuffix(bytes.TrimRight(out, " \t\r\n"), []byte(`"items"`))
}
