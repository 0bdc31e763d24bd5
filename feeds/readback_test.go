package feeds_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/internal/sample"
	"github.com/kairan-news/kairan/feeds/internal/value"
)

// TestReadBack proves that a common reader understands each document as it is meant:
// titles, links, ids, dates, languages, categories.
func TestReadBack(t *testing.T) {
	for name, f := range map[string]feeds.Feed{"full": sample.Feed(), "empty": sample.Empty(), "archive": sample.Archive(), "long": sample.Long(50, 1200)} {
		for _, format := range feeds.Formats() {
			t.Run(name+"."+string(format), func(t *testing.T) {
				got, err := gofeed.NewParser().Parse(bytes.NewReader(sample.Render(t, f, format)))
				if err != nil {
					t.Fatal(err)
				}
				equal(t, "title", got.Title, f.Title)
				equal(t, "link", got.Link, f.HomeURL)
				self := f.URL[format]
				if f.Archive > 0 && format != feeds.JSONFeed { // whose feed_url is the feed's identity
					self = f.Self[format]
				}
				equal(t, "feed link", got.FeedLink, self)
				equal(t, "language", got.Language, f.Language)
				if format != feeds.JSONFeed { // gofeed reads no date of a JSON Feed
					sameTime(t, "updated", got.UpdatedParsed, f.AsUpdated())
				}
				if len(got.Items) != len(f.Entries) {
					t.Fatalf("%d items; want %d", len(got.Items), len(f.Entries))
				}
				for i, item := range got.Items {
					readBack(t, format, item, &f.Entries[i])
				}
			})
		}
	}
}

func readBack(t *testing.T, format feeds.Format, item *gofeed.Item, e *feeds.Entry) {
	t.Helper()
	equal(t, "title", item.Title, value.Line(e.Title))
	equal(t, "id", item.GUID, e.Article.ID)
	link := e.Article.Link
	if link == "" {
		link = e.URL
	}
	equal(t, "link", item.Link, link)
	sameTime(t, "published", item.PublishedParsed, e.Article.Published)
	modified := e.Modified
	if modified.Before(e.Article.Published) {
		modified = e.Article.Published
	}
	if format == feeds.RSS { // which has no word for it
		equal(t, "modified", item.Extensions["dcterms"]["modified"][0].Value, modified.UTC().Format(time.RFC3339))
	} else {
		sameTime(t, "updated", item.UpdatedParsed, modified)
	}
	if content := value.Legal(e.Article.Content); !strings.Contains(item.Content, content) {
		t.Errorf("the content %q is not in %q", content, item.Content)
	}
	var labels []string
	for _, c := range e.Categories {
		labels = append(labels, c.Label)
	}
	if e.Urgency != "" {
		labels = append(labels, e.Urgency)
	}
	if !slices.Equal(item.Categories, labels) {
		t.Errorf("categories %q; want %q", item.Categories, labels)
	}
	if format == feeds.RSS {
		language := ""
		if item.DublinCoreExt != nil && len(item.DublinCoreExt.Language) > 0 {
			language = item.DublinCoreExt.Language[0]
		}
		equal(t, "language", language, strings.TrimPrefix(e.Article.Language, value.Undetermined))
	}
}

func equal(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %q; want %q", what, got, want)
	}
}

func sameTime(t *testing.T, what string, got *time.Time, want time.Time) {
	t.Helper()
	if want = want.UTC().Truncate(time.Second); got == nil || !got.Equal(want) {
		t.Errorf("%s is %v; want %v", what, got, want)
	}
}

// TestExtensionOfJSONFeed proves that what gorilla's types could swallow is there.
func TestExtensionOfJSONFeed(t *testing.T) {
	var got struct {
		Items []struct {
			Language    string
			Image       string
			Attachments []struct {
				URL  string
				Size int64 `json:"size_in_bytes"`
			}
			Kairan struct {
				Story, Replaces, Corrected string
				Versions                   []struct{ ID, Language, URL string }
			} `json:"_kairan"`
		}
		Kairan struct {
			About     string
			Withdrawn []struct{ ID, When string }
		} `json:"_kairan"`
	}
	f := sample.Feed()
	if err := json.Unmarshal(sample.Render(t, f, feeds.JSONFeed), &got); err != nil {
		t.Fatal(err)
	}
	equal(t, "about", got.Kairan.About, feeds.ExtensionURL)
	if len(got.Kairan.Withdrawn) != 1 || got.Kairan.Withdrawn[0].ID != f.Gone[0].ID {
		t.Errorf("withdrawn: %v", got.Kairan.Withdrawn)
	}
	first := got.Items[0]
	equal(t, "language", first.Language, "en")
	equal(t, "image", first.Image, "https://city.example/1.jpg")
	equal(t, "story", first.Kairan.Story, f.Entries[0].Article.Story)
	equal(t, "replaces", first.Kairan.Replaces, f.Entries[0].Replaces)
	equal(t, "corrected", first.Kairan.Corrected, "2026-02-08T03:04:05Z")
	if len(first.Attachments) != 2 || first.Attachments[0].Size != 12345 {
		t.Errorf("attachments: %v", first.Attachments)
	}
	if len(first.Kairan.Versions) != 3 || first.Kairan.Versions[0].Language != "ja" {
		t.Errorf("versions: %v", first.Kairan.Versions)
	}
}

// TestSameBytes proves that the same data gives the same bytes.
func TestSameBytes(t *testing.T) {
	for _, format := range feeds.Formats() {
		first := sample.Render(t, sample.Feed(), format)
		for range 20 {
			if !bytes.Equal(first, sample.Render(t, sample.Feed(), format)) {
				t.Fatalf("%s differs from one rendering to the next", format)
			}
		}
	}
}
