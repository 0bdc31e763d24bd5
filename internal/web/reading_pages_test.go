package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// What stands before all others does so as of the revision that is shown, whatever the clock
// says, and stands there alone.
func TestUrgentAsOfTheRevision(t *testing.T) {
	c := newCity(t)
	h := c.public()
	urgent := func() []string {
		return texts(document(t, get(h, "/en/")), ".urgent h3")
	}
	flood := "Flood drill on the Sumire river this Saturday"
	if got := urgent(); !slices.Equal(got, []string{flood}) {
		t.Errorf("at first %q", got)
	}
	if got := texts(document(t, get(h, "/en/")), ".notice h3, .lead-notice h3"); slices.Contains(got, flood) || len(got) != 3 {
		t.Errorf("beneath it %q", got)
	}
	end := anyTime.Add(feeds.UrgentFor)
	revise := func(at time.Time) { c.change("en/all", func(s *feeds.ChannelState) { s.Revision = at.UnixMilli() }) }
	revise(end.Add(-time.Second))
	until(t, func() bool { return slices.Equal(urgent(), []string{flood}) })
	revise(end)
	until(t, func() bool { return len(urgent()) == 0 })
	if got := texts(document(t, get(h, "/en/")), ".notice h3, .lead-notice h3"); !slices.Contains(got, flood) {
		t.Errorf("it is no more where the others are: %q", got)
	}
}

// Somebody who never has subscribed finds an address to select, with a script or without.
func TestHowToSubscribe(t *testing.T) {
	h := newCity(t).public()
	for path, want := range map[string]string{
		"/ja/subscribe":    "https://news.city.example/ja/all.atom",
		"/en/all":          "https://news.city.example/en/all.atom",
		"/ar/from/riyadh":  "https://news.city.example/ar/from/riyadh.atom",
		"/nl/only/culture": "https://news.city.example/nl/only/culture.atom",
	} {
		r := get(h, path)
		if r.StatusCode != http.StatusOK {
			t.Fatalf("%s: status %d", path, r.StatusCode)
		}
		d := document(t, r)
		place := d.Find("#subscribe")
		if place.Find(".steps > li").Length() != 3 {
			t.Errorf("%s: %d steps", path, place.Find(".steps > li").Length())
		}
		if got := place.Find("#address").AttrOr("value", ""); got != want || place.Find("#address[readonly]").Length() != 1 || place.Find("label[for=address]").Length() != 1 {
			t.Errorf("%s: the address is %q, want %q", path, got, want)
		}
		if got := place.Find("a[href^='feed:']").AttrOr("href", ""); got != "feed:"+want {
			t.Errorf("%s: %q opens it", path, got)
		}
		if place.Find("svg.code").Length() != 1 {
			t.Errorf("%s: no code for a phone", path)
		}
		fields := attributes(d, "input[readonly]", "value")
		for _, format := range feeds.Formats() {
			if address := strings.TrimSuffix(want, "atom") + string(format); !slices.Contains(fields, address) {
				t.Errorf("%s: no field has %s", path, address)
			}
		}
		for _, id := range attributes(d, "button[data-copy]", "data-copy") {
			if d.Find("#"+id).Length() != 1 || d.Find("button[data-copy="+id+"][hidden]").Length() != 1 {
				t.Errorf("%s: a button for %s", path, id)
			}
		}
	}
}

// Only what its publisher calls a correction is shown as one, with what changed.
func TestCorrectionsOfAnArticle(t *testing.T) {
	c := newCity(t)
	notice, _, _ := c.Notice(t.Context(), c.slug("museum", "en"))
	content := func(day string) string { return "<p>From December to February the museum rests on " + day + ".</p>" }
	notice.Revisions = []Revision{
		{Title: notice.Article.Title, Content: content("Mondays"), Corrected: anyTime.AddDate(0, 0, -1)},
		{Title: notice.Article.Title, Content: content("Tuesdays"), Corrected: anyTime.AddDate(0, 0, -2)},
		{Title: "The Museum of Wind is closed in winter", Content: content("Sundays")},
		{Title: "The Museum of Wind is closed in spring", Content: content("Fridays")},
	}
	c.add(notice)
	h := c.public()
	d := document(t, get(h, "/en/n/"+notice.Article.Slug))
	if got := texts(d, ".corrections summary"); len(got) != 2 || !strings.HasPrefix(got[0], "Corrected on November 1, 2026") || !strings.HasPrefix(got[1], "Corrected on October 31, 2026") {
		t.Errorf("corrections %q", got)
	}
	if got := texts(d, ".corrections del"); !slices.Equal(got, []string{"Tuesdays", "Sundays"}) {
		t.Errorf("struck out %q", got)
	}
	if got := texts(d, ".corrections ins"); !slices.Equal(got, []string{"Mondays", "on Mondays", "Tuesdays"}) {
		t.Errorf("come in %q", got)
	}
	if d.Find(".corrections details[open]").Length() > 0 {
		t.Error("they are open unasked")
	}

	// Where the licence allows no text, none of it is shown struck out.
	careful := notice
	careful.Article.Publisher, careful.Article.Key, careful.Article.ID, careful.Article.Story = "riyadh", "careful", "", "careful"
	c.add(careful)
	until(t, func() bool { return get(h, "/en/n/"+c.slug("careful", "en")).StatusCode == http.StatusOK })
	if page := body(t, get(h, "/en/n/"+c.slug("careful", "en"))); strings.Contains(page, "Tuesdays") || !strings.Contains(page, "<ins>") {
		t.Error("the text that the licence forbids is shown, or no correction of the headline")
	}
}

// What a state lacks was not inserted: the texts of old states are removed in time, and some
// states had a summary alone.
func TestCorrectionsOfWhatIsThere(t *testing.T) {
	c := newCity(t)
	h := c.public()
	whole := "<p>The museum rests on Mondays.</p><p>The guard closes the gates at six.</p>"
	for i, tt := range []struct {
		what      string
		now, then Revision
		out, in   []string
	}{
		{"a text that was removed", Revision{Summary: "It rests on Mondays.", Content: whole}, Revision{Summary: "It rests on Tuesdays."}, []string{"Tuesdays"}, []string{"Mondays"}},
		{"one of which nothing else changed", Revision{Summary: "It rests.", Content: whole}, Revision{Summary: "It rests."}, nil, nil},
		{"one without a summary", Revision{Summary: "It rests.", Content: whole}, Revision{}, nil, nil},
		{"a summary alone, later", Revision{Summary: "It rests on Mondays."}, Revision{Summary: "It rests on Tuesdays.", Content: whole}, []string{"Tuesdays"}, []string{"Mondays"}},
		{"summaries alone", Revision{Summary: "It rests on Mondays."}, Revision{Summary: "It rests on Tuesdays."}, []string{"Tuesdays"}, []string{"Mondays"}},
	} {
		notice, _, _ := c.Notice(t.Context(), c.slug("museum", "en"))
		key := "correct-" + strconv.Itoa(i)
		notice.Article.Key, notice.Article.ID, notice.Article.Story = key, "", key
		tt.now.Title, tt.then.Title, tt.now.Corrected = "Museum", "Museums", anyTime
		notice.Revisions = []Revision{tt.now, tt.then}
		c.add(notice)
		until(t, func() bool { return get(h, "/en/n/"+c.slug(key, "en")).StatusCode == http.StatusOK })
		d := document(t, get(h, "/en/n/"+c.slug(key, "en")))
		if got, want := texts(d, ".corrections del"), append([]string{"Museums"}, tt.out...); !slices.Equal(got, want) {
			t.Errorf("%s: struck out %q, want %q", tt.what, got, want)
		}
		if got, want := texts(d, ".corrections ins"), append([]string{"Museum"}, tt.in...); !slices.Equal(got, want) {
			t.Errorf("%s: come in %q, want %q", tt.what, got, want)
		}
	}
}

// A page has places of its own, and a text in it may call its places the same.
func TestPlacesOfATextAreNoneOfThePage(t *testing.T) {
	c := newCity(t)
	h := c.public()
	notice, _, _ := c.Notice(t.Context(), c.slug("museum", "en"))
	notice.Article.Key, notice.Article.ID, notice.Article.Story = "places", "", "places"
	own := []string{"here", "share", "follow", "related", "corrections", "versions", "main", "said", "q-top", "topic"}
	var content strings.Builder
	for _, id := range own {
		content.WriteString(`<p id="` + id + `">There <a href="#` + id + `">it is</a>.</p>`)
	}
	notice.Article.Content = content.String()
	c.add(notice)
	path := "/en/n/" + c.slug("places", "en")
	until(t, func() bool { return get(h, path).StatusCode == http.StatusOK })
	d := document(t, get(h, path))
	ids := attributes(d, "[id]", "id")
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			t.Errorf("two places are %q", id)
		}
	}
	links := attributes(d, ".content a", "href")
	if len(links) != len(own) {
		t.Errorf("the text links to %q", links)
	}
	for _, link := range links {
		if d.Find(".content "+link).Length() != 1 {
			t.Errorf("%s leads out of the text", link)
		}
	}
	if d.Find("input#here").Length() != 1 {
		t.Error("what is copied is not the page's address")
	}
}

// Who is lost is shown where the topics are, and what is new.
func TestWhereToGoFromAFault(t *testing.T) {
	c := newCity(t)
	h := c.public()
	for path, status := range map[string]int{"/en/nothing": 404, "/ja/n/nothing": 404} {
		r := get(h, path)
		d := document(t, r)
		if r.StatusCode != status || d.Find(".headlines li").Length() != mostNewest {
			t.Errorf("%s: status %d, %d notices", path, r.StatusCode, d.Find(".headlines li").Length())
		}
		if got := d.Find(".channels a").Length(); got != 3 { // those that hold something
			t.Errorf("%s: %d topics", path, got)
		}
	}
	c.mu.Lock()
	before := c.composed["en/all"]
	c.mu.Unlock()
	for range 20 {
		get(h, "/en/nothing")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if n := c.composed["en/all"] - before; n > 0 {
		t.Errorf("what is new is composed %d times more", n)
	}
}
