package feeds

import (
	"fmt"
	"slices"
	"testing"
)

func TestParseChannel(t *testing.T) {
	for path, want := range map[string]Channel{
		"en/all":                      {"en", ChannelAll, ""},
		"zh-Hant/government":          {"zh-Hant", ChannelCategory, "government"},
		"ar/from/riyadh":              {"ar", ChannelPublisher, "riyadh"},
		"nl/everything":               {"nl", ChannelEverything, ""},
		"ja/only/disaster-prevention": {"ja", ChannelOnly, "disaster-prevention"},
	} {
		got, ok := ParseChannel(path)
		if !ok || got != want {
			t.Errorf("ParseChannel(%q) is %v, %v; want %v", path, got, ok, want)
		}
		if got.String() != path {
			t.Errorf("%v is written %q; want %q", got, got.String(), path)
		}
	}
	for _, path := range []string{"", "en", "en/", "/all", "en/from", "en/only", "en/from/", "en/from/a/b", "en/a/b", "en/all/x"} {
		if got, ok := ParseChannel(path); ok {
			t.Errorf("ParseChannel(%q) is %v; want none", path, got)
		}
	}
}

func TestParseDocumentPath(t *testing.T) {
	for path, want := range map[string]DocumentKey{
		"en/all.rss":                 {channelNamed("en/all"), RSS, 0},
		"en/all.3.atom":              {channelNamed("en/all"), Atom, 3},
		"zh-Hant/from/taipei.1.json": {channelNamed("zh-Hant/from/taipei"), JSONFeed, 1},
		"ja/only/sports.120.rss":     {channelNamed("ja/only/sports"), RSS, 120},
	} {
		got, ok := ParseDocumentPath(path)
		if !ok || got != want {
			t.Errorf("ParseDocumentPath(%q) is %v, %v; want %v", path, got, ok, want)
		}
		if got.Path() != path {
			t.Errorf("the path of %v is %q; want %q", got, got.Path(), path)
		}
	}
	for _, path := range []string{"", "en/all", "all.rss", "en/all.xml", "en/all.0.rss", "en/all.01.rss", "en/all.-1.rss", "en/all.+1.rss", "en/all..rss", "en/all.x.rss", "en/all.1.2.rss", "en.1/all.rss", "en/all.3"} {
		if got, ok := ParseDocumentPath(path); ok {
			t.Errorf("ParseDocumentPath(%q) is %v; want none", path, got)
		}
	}
}

func sampleSite() *Site {
	return &Site{
		ID: "sample", BaseURL: "https://news.example", DefaultLocale: "en",
		Locales:    []Locale{{Tag: "en", Chain: Chain{"en"}}, {Tag: "ja", Chain: Chain{"ja", "en"}}},
		Categories: []Category{{Term: "government"}, {Term: "sports"}},
		Publishers: []Publisher{{Key: "riyadh", Language: "ar"}, {Key: "tokyo", Language: "ja"}},
	}
}

func TestEveryChannelOfTheSiteIsOne(t *testing.T) {
	s := sampleSite()
	ids := map[string]Channel{}
	for _, c := range s.Channels() {
		if !s.HasChannel(c) {
			t.Errorf("the site lists %s and does not have it", c)
		}
		if again, ok := ParseChannel(c.String()); !ok || again != c {
			t.Errorf("%s reads back as %v", c, again)
		}
		id := ChannelID(s.ID, c)
		if other, ok := ids[id]; ok {
			t.Errorf("%s and %s share an id", c, other)
		}
		ids[id] = c
	}
	for _, path := range []string{"fr/all", "en/culture", "en/from/seoul", "en/only/culture", "fr/only/sports"} {
		if c, _ := ParseChannel(path); s.HasChannel(c) {
			t.Errorf("the site has %s", path)
		}
	}
}

func TestAccepted(t *testing.T) {
	s := sampleSite()
	for _, test := range []struct {
		path   string
		want   []string
		remark string
	}{
		{"ja/all", []string{"ja", "en"}, "the locale's chain"},
		{"ja/government", []string{"ja", "en"}, "the locale's chain"},
		{"ja/from/riyadh", []string{"ja", "en", "ar"}, "the chain, else the publisher's own language"},
		{"ja/from/tokyo", []string{"ja", "en"}, "the publisher's own language is in the chain"},
		{"ja/everything", nil, "every language"},
		{"ja/only/sports", []string{"ja"}, "the reader's own language alone"},
	} {
		c, _ := ParseChannel(test.path)
		if got := s.Accepted(c).Chain; !slices.Equal(got, test.want) || (got == nil) != (test.want == nil) {
			t.Errorf("%s accepts %q; want %q: %s", test.path, got, test.want, test.remark)
		}
	}
	if chain := s.Locales[1].Chain; len(chain) != 2 {
		t.Errorf("asking changed the site's chain to %q", chain)
	}
}

func TestTouched(t *testing.T) {
	s := sampleSite()
	for _, test := range []struct {
		name                  string
		publisher             string
		languages, categories []string
		touched, untouched    []string
	}{
		{
			"Japanese, of Tokyo, on sports", "tokyo", []string{"ja"}, []string{"sports"},
			[]string{"ja/all", "ja/sports", "ja/from/tokyo", "en/from/tokyo", "ja/everything", "en/everything", "ja/only/sports"},
			[]string{"en/all", "en/sports", "en/only/sports", "ja/only/government", "ja/government", "ja/from/riyadh"},
		},
		{
			"English, which Japanese readers accept", "riyadh", []string{"en"}, []string{"government"},
			[]string{"en/all", "ja/all", "en/government", "ja/government", "ja/from/riyadh"},
			[]string{"en/sports", "en/from/tokyo"},
		},
		{
			"Thai, which nobody accepts", "riyadh", []string{"th"}, nil,
			[]string{"en/everything", "ja/everything"},
			[]string{"en/all", "ja/all", "en/from/riyadh"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, c := range s.Touched(test.publisher, test.languages, test.categories) {
				got = append(got, c.String())
			}
			for _, c := range test.touched {
				if !slices.Contains(got, c) {
					t.Errorf("%s is not touched", c)
				}
			}
			for _, c := range test.untouched {
				if slices.Contains(got, c) {
					t.Errorf("%s is touched", c)
				}
			}
		})
	}
}

func TestRenamedChannelsKeepTheirIDs(t *testing.T) {
	s := sampleSite()
	s.Categories = []Category{{Term: "leisure", Formerly: []string{"sports", "sport-and-play"}}}
	s.Publishers = []Publisher{{Key: "tokyo-metropolis", Formerly: []string{"tokyo"}}}
	for channel, was := range map[Channel]Channel{
		{"en", ChannelCategory, "leisure"}:           {"en", ChannelCategory, "sports"},
		{"en", ChannelOnly, "leisure"}:               {"en", ChannelOnly, "sports"},
		{"ja", ChannelPublisher, "tokyo-metropolis"}: {"ja", ChannelPublisher, "tokyo"},
		{"ja", ChannelAll, ""}:                       {"ja", ChannelAll, ""},
	} {
		if got, want := s.ChannelID(channel), ChannelID(s.ID, was); got != want {
			t.Errorf("%s has the id %s; want %s, which it had as %s", channel, got, want, was)
		}
	}
}

func TestIDs(t *testing.T) {
	// These are promises to readers: a change here changes every feed.
	for got, want := range map[string]string{
		MintID("tokyo", "guid-1", "ja"):                       "urn:uuid:087436a6-d5b9-5d18-9981-813366a212c7",
		ChannelID("sample", Channel{"en", ChannelAll, ""}):    "urn:uuid:6ca82994-cd3e-594b-b0d7-05b1473bf558",
		TaxonomyID("sample"):                                  "urn:uuid:ee881164-d1c2-535c-93cd-3fab4e6d55b1",
		Slug("https://city.example/2026/1"):                   "f1caa612-f49d-5398-b5ba-820bd30ecffc",
		Slug("urn:uuid:6CA82994-cd3e-594b-b0d7-05b1473bf558"): "6ca82994-cd3e-594b-b0d7-05b1473bf558",
	} {
		if got != want {
			t.Errorf("got %s; want %s", got, want)
		}
	}
	if MintID("a", "bc", "") == MintID("ab", "c", "") {
		t.Error("two lists of parts share an id")
	}
}

func ExampleParseChannel() {
	c, ok := ParseChannel("ar/from/riyadh")
	fmt.Println(c.Locale, c.Kind, c.Name, ok)
	// Output: ar from riyadh true
}

// channelNamed is a channel by its name.
func channelNamed(name string) (c Channel) {
	if err := c.UnmarshalText([]byte(name)); err != nil {
		panic(err)
	}
	return c
}
