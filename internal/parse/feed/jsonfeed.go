package feed

import (
	"bytes"
	stdjson "encoding/json"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/mmcdole/gofeed/json"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/date"
	"github.com/kairan-news/kairan/internal/parse/entity"
	"github.com/kairan-news/kairan/internal/parse/field"
	"github.com/kairan-news/kairan/internal/parse/language"
	"github.com/kairan-news/kairan/internal/parse/prose"
	"github.com/kairan-news/kairan/internal/plain"
)

// readJSON reads a JSON Feed, as it stands or as the object in another one, or XML in the
// form of JSON.
func (r *reader) readJSON(data []byte) error {
	if name, object := wrappedIn(data); name != "" {
		if isJSONFeed(object) {
			return r.readJSONFeed(object)
		}
		if xml := xmlFromJSON(name, object); xml != nil {
			return r.readXML(xml)
		}
	}
	return r.readJSONFeed(data)
}

// readJSONFeed reads a JSON Feed.
func (r *reader) readJSONFeed(data []byte) error {
	in := jsonDocument{data: data, spelt: data}
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
	out.Title = prose.Collapse(f.Title)
	out.Description = plain.Summarize(prose.Collapse(f.Description))
	out.Link = address.Web(r.o.BaseURL, f.HomePageURL)
	out.ID = address.Resolve("", prose.FirstOf(f.FeedURL, f.HomePageURL))
	out.Language = language.Tag(f.Language)
	r.dates = date.In(r.o, out.Language)
	out.Expired, out.Next = f.Expired, address.Web(r.o.BaseURL, f.NextURL)
	r.findDeletedJSON(in.spelt)
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

// salvageJSON reads what can be read of a document that is not as it should be: a
// faulty spelling is mended, values of the wrong type are made right or left out.
func (r *reader) salvageJSON(in *jsonDocument, cause error) (*json.Feed, error) {
	var syntax *stdjson.SyntaxError
	end := jsonWhole
	data := in.data
	if errors.As(cause, &syntax) {
		data, end = mendJSON(data)
		in.spelt = data
	}
	numbers := stdjson.NewDecoder(bytes.NewReader(data))
	numbers.UseNumber()
	var doc map[string]any
	if err := numbers.Decode(&doc); err != nil {
		return nil, err
	}
	in.lost += strayItems(doc["items"])
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
		r.feed.Problems = append(r.feed.Problems, parse.Problem{Code: "json", Detail: "the document was mended: " + cause.Error()})
		return f, nil
	}
	in.isCut = true
	r.reportFaults(faultTruncated)
	switch n := len(f.Items); {
	case end == jsonCutBeforeItem:
		in.lost++
	case end == jsonCutItem && n > 0:
		if last := f.Items[n-1]; last == nil || last.Title == "" || prose.FirstOf(last.ID, last.URL) == "" {
			f.Items = f.Items[:n-1]
			in.lost++
		}
	}
	return f, nil
}

// strayItems returns how many of a document's items are no objects, so that they can't be
// kept.
func strayItems(items any) (n int) {
	switch items := items.(type) {
	case []any:
		for _, item := range items {
			if _, ok := item.(map[string]any); !ok {
				n++
			}
		}
	case string:
		if strings.TrimSpace(items) != "" {
			n++
		}
	}
	return n
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
func (r *reader) addJSONItem(item *json.Item, f *json.Feed, source func() []byte) {
	d := draft{base: r.o.BaseURL, guid: strings.TrimSpace(item.ID)}
	if address.IsPublic(address.Web("", f.HomePageURL)) {
		d.base = r.feed.Link
	}
	own := prose.FirstOf(item.URL, item.ExternalURL)
	d.linkTo(own)
	d.formerly(r.o.BaseURL, own)
	d.linkToItself(d.guid)
	if elsewhere := address.Web(d.base, item.ExternalURL); elsewhere != d.link {
		d.external = elsewhere
	}
	d.contentBase = d.page()
	d.title = prose.Collapse(unwrappedWhole(item.Title)) // "title (optional, string) is plain text"
	if entity.IsEscaped(d.title) {
		d.title = entity.DecodeString(d.title)
	}
	d.summary, d.summaryPlain = unwrappedWhole(item.Summary), true
	d.content = unwrapped(item.ContentHTML)
	if strings.TrimSpace(d.content) == "" {
		d.content, d.contentPlain = unwrappedWhole(item.ContentText), true
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
		d.terms = field.AddTerm(d.terms, feeds.Term{Term: prose.Collapse(t)})
	}
	for _, url := range []string{item.Image, item.BannerImage} {
		d.images = field.AddImage(d.images, feeds.Image{URL: address.Web(d.base, url)})
	}
	if item.Attachments != nil {
		for _, a := range *item.Attachments {
			link := address.File(d.base, a.URL)
			if link == "" {
				continue
			}
			enc := feeds.Enclosure{URL: link, Type: mediaType(a.MimeType), Length: max(a.SizeInBytes, 0), Title: prose.Collapse(a.Title), Duration: playing(float64(a.DurationInSeconds))}
			d.enclosures = append(d.enclosures, enc)
			if strings.HasPrefix(enc.Type, "image/") {
				d.images = field.AddImage(d.images, feeds.Image{URL: address.Web(d.base, a.URL), Type: enc.Type, Alt: enc.Title})
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
		p := field.Person(a.Name)
		p.URL = address.Web(base, a.URL)
		if p.Name = prose.FirstOf(p.Name, p.URL); p.Name != "" {
			all = append(all, p)
		}
	}
	return all
}
