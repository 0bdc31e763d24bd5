package wording

import (
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/locales"
)

// A name is the configured one, else that of the locale's messages, else the best that
// there is.
func TestNames(t *testing.T) {
	bundle, err := locales.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	site := &feeds.Site{
		Locales: []feeds.Locale{{Tag: "en", Chain: []string{"en"}}, {Tag: "ja", Chain: []string{"ja", "en"}}},
		Titles:  map[string]string{"en": "City News"},
		Categories: []feeds.Category{
			{Term: "sports", Labels: map[string]string{"en": "Games"}},
			{Term: "zoo"},
		},
		Publishers: []feeds.Publisher{
			{Key: "tokyo", NameID: "publisher.tokyo", Names: map[string]string{"en": "The Capital"}},
			{Key: "gent", Language: "nl", Names: map[string]string{"nl": "Gent"}},
			{Key: "plain"},
		},
	}
	en, ja, gone := In("en", site, bundle), In("ja", site, bundle), In("fr", site, bundle)
	for _, test := range []struct{ remark, got, want string }{
		{"a configured title", en.SiteTitle(), "City News"},
		{"a site with titles of its own has no tagline of ours", en.Tagline(), ""},
		{"a configured label", en.Category("sports"), "Games"},
		{"the bundle's label", ja.Category("sports"), "スポーツ"},
		{"a term that nobody has a word for", ja.Category("zoo"), "zoo"},
		{"a configured name", en.Publisher("tokyo"), "The Capital"},
		{"the bundle's name before another locale's", ja.Publisher("tokyo"), "東京都"},
		{"a name in the publisher's own language", ja.Publisher("gent"), "Gent"},
		{"a key", ja.Publisher("plain"), "plain"},
		{"a publisher that is none", ja.Publisher("nobody"), "nobody"},
		{"a locale that the site no longer has", gone.Category("sports"), "Sport"},
		{"a channel of one language", ja.Channel(feeds.Channel{Locale: "ja", Kind: feeds.ChannelOnly, Name: "zoo"}), "zoo（日本語のみ）"},
		{"the title of a channel", en.ChannelTitle(feeds.Channel{Locale: "en", Kind: feeds.ChannelCategory, Name: "zoo"}), "zoo – City News"},
		{"the title of a publisher's channel", en.ChannelTitle(feeds.Channel{Locale: "en", Kind: feeds.ChannelPublisher, Name: "tokyo"}), "The Capital – City News"},
		{"a publisher's channel", en.Channel(feeds.Channel{Locale: "en", Kind: feeds.ChannelPublisher, Name: "tokyo"}), "The Capital"},
	} {
		if test.got != test.want {
			t.Errorf("%s: %q, want %q", test.remark, test.got, test.want)
		}
	}
}
