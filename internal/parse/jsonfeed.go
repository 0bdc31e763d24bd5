package parse

import (
	"bytes"
	stdjson "encoding/json"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed/json"

	"github.com/kairan-news/kairan/feeds"
)

// readJSON reads a JSON Feed.
func (r *feedReader) readJSON(data []byte) error {
	in := jsonDocument{data: data}
	f, err := (&json.Parser{}).Parse(bytes.NewReader(data))
	if err != nil {
		f, err = r.salvageJSON(&in, err)
	}
	if err != nil {
		return fmt.Errorf("%w (%v)", ErrNotFeed, err)
	}
	if !strings.Contains(f.Version, "jsonfeed.org") && f.Items == nil {
		return ErrNotFeed
	}
	out := r.feed
	out.Format = "JSON Feed " + jsonVersion(f.Version)
	out.Title = collapse(f.Title)
	out.Description = summarize(collapse(f.Description))
	out.Link = webLink(r.o.BaseURL, f.HomePageURL)
	out.ID = firstOf(f.FeedURL, f.HomePageURL)
	out.Language = Language(f.Language)
	r.feed.Articles = make([]feeds.Article, 0, len(f.Items))
	for i, item := range f.Items {
		if item != nil {
			r.addJSONItem(item, f, func() []byte { return in.item(i) })
		}
	}
	for _, a := range out.Articles {
		if a.Updated.After(out.Updated) {
			out.Updated = a.Updated
		}
		if a.Published.After(out.Updated) {
			out.Updated = a.Published
		}
	}
	seen := len(f.Items) + in.lost
	if f.Items == nil {
		seen += in.otherEntries()
	}
	return r.account(seen, in.isCut)
}

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

// holdsAnyJSON tells whether there is a text, a number or a truth value in a JSON value.
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

// salvageJSON reads what can be read of a document that is not as it should be: a
// faulty spelling is mended, values of the wrong type are made right or left out.
func (r *feedReader) salvageJSON(in *jsonDocument, cause error) (*json.Feed, error) {
	var syntax *stdjson.SyntaxError
	end := jsonWhole
	data := in.data
	if errors.As(cause, &syntax) {
		data, end = mendJSON(data)
	}
	numbers := stdjson.NewDecoder(bytes.NewReader(data))
	numbers.UseNumber()
	var doc map[string]any
	if err := numbers.Decode(&doc); err != nil {
		return nil, err
	}
	switch items := doc["items"].(type) {
	case []any:
		for _, item := range items {
			if _, ok := item.(map[string]any); !ok {
				in.lost++
			}
		}
	case string:
		if strings.TrimSpace(items) != "" {
			in.lost++
		}
	}
	correctTypes(doc)
	mended, err := stdjson.Marshal(doc)
	if err != nil {
		return nil, err
	}
	f, err := (&json.Parser{}).Parse(bytes.NewReader(mended))
	if err != nil {
		return nil, err
	}
	in.data = mended
	if end == jsonWhole {
		r.feed.Problems = append(r.feed.Problems, Problem{"json", "the document was mended: " + cause.Error()})
		return f, nil
	}
	in.isCut = true
	r.reportFaults(faultTruncated)
	switch n := len(f.Items); {
	case end == jsonCutBeforeItem:
		in.lost++
	case end == jsonCutItem && n > 0:
		if last := f.Items[n-1]; last == nil || last.Title == "" || firstOf(last.ID, last.URL) == "" {
			f.Items = f.Items[:n-1]
			in.lost++
		}
	}
	return f, nil
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

// jsonVersion returns the version that the address of a version names.
func jsonVersion(address string) string {
	switch v := path.Base(strings.TrimSuffix(address, "/")); v {
	case "1", ".", "/":
		return "1.0"
	default:
		return v
	}
}

// addJSONItem takes one item over; source returns it as it stands in the document.
func (r *feedReader) addJSONItem(item *json.Item, f *json.Feed, source func() []byte) {
	d := draft{base: r.o.BaseURL, guid: strings.TrimSpace(item.ID)}
	d.link = articleLink(d.base, firstOf(item.URL, item.ExternalURL))
	if d.link == "" && strings.HasPrefix(d.guid, "http") {
		d.link = webLink("", d.guid)
	}
	d.title = collapse(item.Title) // "title (optional, string) is plain text"
	d.summary, d.summaryPlain = item.Summary, true
	d.content = item.ContentHTML
	if strings.TrimSpace(d.content) == "" {
		d.content, d.contentPlain = item.ContentText, true
	}
	d.said = []string{item.Language, f.Language}
	d.published = []string{item.DatePublished}
	d.updated = []string{item.DateModified}
	for _, list := range [][]*json.Author{item.Authors, {item.Author}, f.Authors, {f.Author}} {
		if len(d.authors) == 0 {
			d.authors = jsonAuthors(list, d.base)
		}
	}
	for _, t := range item.Tags {
		d.terms = appendTerm(d.terms, feeds.Term{Term: collapse(t)})
	}
	for _, url := range []string{item.Image, item.BannerImage} {
		d.images = appendImage(d.images, feeds.Image{URL: webLink(d.base, url)})
	}
	if item.Attachments != nil {
		for _, a := range *item.Attachments {
			link := webLink(d.base, a.URL)
			if link == "" {
				continue
			}
			enc := feeds.Enclosure{URL: link, Type: mediaType(a.MimeType), Length: max(a.SizeInBytes, 0), Title: collapse(a.Title)}
			d.enclosures = append(d.enclosures, enc)
			if strings.HasPrefix(enc.Type, "image/") {
				d.images = appendImage(d.images, feeds.Image{URL: link, Type: enc.Type, Alt: enc.Title})
			}
		}
	}
	if d.isBlank() {
		var value any
		if stdjson.Unmarshal(source(), &value) == nil && !holdsAnyJSON(value) {
			r.empty++
		}
		return
	}
	r.add(d)
}

func jsonAuthors(list []*json.Author, base string) []feeds.Person {
	var all []feeds.Person
	for _, a := range list {
		if a == nil {
			continue
		}
		p := feeds.Person{Name: collapse(a.Name), URL: webLink(base, a.URL)}
		if p.Name = firstOf(p.Name, p.URL); p.Name != "" {
			all = append(all, p)
		}
	}
	return all
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

// namesItems tells whether JSON ends with the name of the items.
func namesItems(out []byte) bool {
	out, ok := bytes.CutSuffix(bytes.TrimRight(out, " \t\r\n"), []byte(":"))
	return ok && bytes.HasSuffix(bytes.TrimRight(out, " \t\r\n"), []byte(`"items"`))
}
