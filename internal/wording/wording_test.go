package wording

import (
	"testing"
	"time"

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

// Languages are told apart by their regions where the site does so, and years are in the
// calendars that the site wants.
func TestASiteHasItsOwnLanguagesAndCalendars(t *testing.T) {
	bundle, err := locales.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	site := &feeds.Site{
		Locales:   []feeds.Locale{{Tag: "en"}, {Tag: "ja"}, {Tag: "pt-BR"}},
		Calendars: map[string][]feeds.Calendar{"ja": {feeds.CalendarJapanese, feeds.CalendarGregorian}},
	}
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, time.April, 1, 15, 30, 0, 0, tokyo)
	en, ja := In("en", site, bundle), In("ja", site, bundle)
	for _, test := range []struct{ remark, got, want string }{
		{"the site's own locale", en.Language("pt-BR"), "Portuguese"},
		{"another region", en.Language("pt-PT"), "Portuguese (Portugal)"},
		{"a region without another", en.Language("en-GB"), "English"},
		{"a locale names itself with its region", en.Endonym("pt-BR"), "Português (Brasil)"},
		{"another region of it", en.Endonym("pt-PT"), "Português (Portugal)"},
		{"a region that no locale has", en.Endonym("en-GB"), "English"},
		{"a day", en.When(at, false), "April 1, 2026"},
		{"a time", en.When(at, true), "April 1, 2026 at 15:30, Tokyo time"},
		{"an era", ja.When(at, false), "令和8年（2026年）4月1日"},
		{"a time in an era", ja.When(at, true), "令和8年（2026年）4月1日 15:30（東京時間）"},
	} {
		if test.got != test.want {
			t.Errorf("%s: %q, want %q", test.remark, test.got, test.want)
		}
	}
}
