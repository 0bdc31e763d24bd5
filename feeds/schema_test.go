package feeds_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/internal/sample"
	"github.com/kairan-news/kairan/internal/schematest"
)

// documents returns the golden documents of a format, and one of hostile texts.
func documents(t *testing.T, format feeds.Format) map[string][]byte {
	t.Helper()
	paths, err := filepath.Glob("testdata/*." + string(format))
	if err != nil || len(paths) < 3 {
		t.Fatalf("golden files %q: %v", paths, err)
	}
	docs := map[string][]byte{"hostile": sample.Render(t, sample.Hostile(), format)}
	for _, path := range paths {
		docs[path] = read(t, path)
	}
	return docs
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// replaced returns a document with one text in the place of another, which must be there.
func replaced(t *testing.T, doc []byte, old, by string) []byte {
	t.Helper()
	if !bytes.Contains(doc, []byte(old)) {
		t.Fatalf("the document has no %q", old)
	}
	return bytes.ReplaceAll(doc, []byte(old), []byte(by))
}

// TestSchemaOfXML proves that docs/feed-extension.xsd describes all that RSS and Atom have
// in our namespace.
func TestSchemaOfXML(t *testing.T) {
	schemas := schematest.New(t)
	for _, format := range []feeds.Format{feeds.RSS, feeds.Atom} {
		for name, flaw := range schemas.Flaws(t, format, documents(t, format)) {
			t.Errorf("%s as %s: %s", name, format, flaw)
		}
	}
	for _, c := range []struct {
		format           feeds.Format
		old, by, because string
	}{
		{feeds.Atom, "k:revision>", "k:state>", "No matching global element declaration"},
		{feeds.Atom, "<k:seq>11<", "<k:seq>eleven<", "not a valid value"},
		{feeds.Atom, "<k:reason>new<", "<k:reason>old<", "not an element of the set"},
		{feeds.RSS, "<k:seen>2026-02-10T03:04:05Z<", "<k:seen>Tue, 10 Feb 2026<", "not a valid value"},
		{feeds.RSS, `<k:category term="government"/>`, "<k:category/>", "'term' is required"},
		{feeds.RSS, "<k:version ", `<k:version page="https://a.example/" `, "'page' is not allowed"},
	} {
		doc := replaced(t, read(t, "testdata/full."+string(c.format)), c.old, c.by)
		if found := schemas.Flaws(t, c.format, map[string][]byte{"full": doc})["full"]; !strings.Contains(found, c.because) {
			t.Errorf("%s with %s has the flaws %q; want %q", c.format, c.by, found, c.because)
		}
	}
}

// TestSchemaOfJSON proves that docs/feed-extension.schema.json describes all that JSON Feed
// has under _kairan.
func TestSchemaOfJSON(t *testing.T) {
	schemas := schematest.New(t)
	for name, flaw := range schemas.Flaws(t, feeds.JSONFeed, documents(t, feeds.JSONFeed)) {
		t.Errorf("%s: %s", name, flaw)
	}
	for _, c := range []struct{ old, by, because string }{
		{`"revision":`, `"state":`, "'state' not allowed"},
		{`"seq": 11`, `"seq": "11"`, "want integer"},
		{`"reason": "new"`, `"reason": "old"`, "must be one of"},
		{`"when": "2026-02-09T03:04:05Z"`, `"when": "Mon, 09 Feb 2026"`, "date-time"},
		{`"channel": "en/all"`, `"channel": ""`, "does not match"},
		{`"about": "https:`, `"about": "urn:`, "does not match"},
		{`"mime_type": "image/jpeg"`, `"type": "image/jpeg"`, "'type' not allowed"},
	} {
		doc := replaced(t, read(t, "testdata/full.json"), c.old, c.by)
		if found := schemas.Flaws(t, feeds.JSONFeed, map[string][]byte{"full": doc})["full"]; !strings.Contains(found, c.because) {
			t.Errorf("a feed with %s has the flaws %q; want %q", c.by, found, c.because)
		}
	}
}

// TestPartnersAreToldEachName proves that docs/partners.md, to which _kairan's about leads,
// names the namespace and all that the schemas describe.
func TestPartnersAreToldEachName(t *testing.T) {
	path, anchor, _ := strings.Cut(strings.TrimPrefix(feeds.ExtensionURL, feeds.GeneratorURL+"/blob/main/"), "#")
	page := string(read(t, filepath.Join("..", path)))
	if !strings.Contains(strings.ToLower(page), "\n## "+anchor+"\n") {
		t.Errorf("%s has no heading %q", path, anchor)
	}
	for _, want := range []string{"`" + feeds.Namespace + "`", filepath.Base(schematest.XML), filepath.Base(schematest.JSON)} {
		if !strings.Contains(page, want) {
			t.Errorf("%s does not name %s", path, want)
		}
	}

	var ours struct {
		Target   string `xml:"targetNamespace,attr"`
		Elements []struct {
			Name string `xml:"name,attr"`
		} `xml:"element"`
	}
	if err := xml.Unmarshal(read(t, schematest.Path(t, schematest.XML)), &ours); err != nil {
		t.Fatal(err)
	}
	if ours.Target != feeds.Namespace || len(ours.Elements) == 0 {
		t.Errorf("%s describes %d elements of %s", schematest.XML, len(ours.Elements), ours.Target)
	}
	for _, e := range ours.Elements {
		if !strings.Contains(page, "`k:"+e.Name+"`") && !strings.Contains(page, "`k:"+e.Name+" ") {
			t.Errorf("%s does not tell of k:%s", path, e.Name)
		}
	}

	var under struct {
		Defs map[string]struct{ Properties map[string]any } `json:"$defs"`
	}
	if err := json.Unmarshal(read(t, schematest.Path(t, schematest.JSON)), &under); err != nil {
		t.Fatal(err)
	}
	for _, owner := range []string{"feed", "item"} {
		if len(under.Defs[owner].Properties) == 0 {
			t.Errorf("%s describes no %s", schematest.JSON, owner)
		}
		for key := range under.Defs[owner].Properties {
			if !slices.Contains(strings.FieldsFunc(page, func(r rune) bool { return strings.ContainsRune("`, |()\n", r) }), key) {
				t.Errorf("%s does not tell of %s", path, key)
			}
		}
	}
}
