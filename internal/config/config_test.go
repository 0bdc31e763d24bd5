package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kairan-news/kairan/feeds"
)

// bundles has English, Japanese and traditional Chinese, and few messages.
type bundles struct{}

func (bundles) Tags() []string { return []string{"en", "ja", "zh-Hant"} }

func (bundles) Labels(prefix string) map[string][]string {
	all := map[string][]string{"publisher.tokyo": {"Tokyo"}}
	for _, c := range DefaultCategories() {
		all["category."+c.Term] = []string{c.Term}
	}
	for id := range all {
		if !strings.HasPrefix(id, prefix) {
			delete(all, id)
		}
	}
	return all
}

// valid is the least that a configuration can be.
const valid = `site: {id: tokyo, url: https://news.example}
publishers:
  - {key: tokyo, time_zone: Asia/Tokyo, language: ja}
sources:
  - {id: news, publisher: tokyo, kind: feed, url: https://www.tokyo.example/rss}
`

func TestTheLeastConfigurationGetsItsDefaults(t *testing.T) {
	c, err := Parse("kairan.yaml", []byte(valid), bundles{})
	if err != nil {
		t.Fatal(err)
	}
	tokyo, _ := time.LoadLocation("Asia/Tokyo")
	want := &Config{
		Name: "kairan.yaml",
		Site: feeds.Site{
			ID: "tokyo", BaseURL: "https://news.example", DefaultLocale: "en",
			Locales:    []feeds.Locale{{Tag: "en", Chain: feeds.Chain{"en", "*"}, Narrow: feeds.Chain{"en"}}, {Tag: "ja", Chain: feeds.Chain{"ja", "en", "*"}, Narrow: feeds.Chain{"ja", "en"}}, {Tag: "zh-Hant", Chain: feeds.Chain{"zh-Hant", "zh-Hans", "en", "*"}, Narrow: feeds.Chain{"zh-Hant", "en"}}},
			Categories: DefaultCategories(),
			Publishers: []feeds.Publisher{{Key: "tokyo", NameID: "publisher.tokyo", Location: tokyo, Language: "ja"}},
		},
		Sources: []feeds.Source{{ID: "news", Publisher: "tokyo", Kind: feeds.KindFeed, URL: "https://www.tokyo.example/rss", Schedule: "@every 30m"}},
		Fetch:   Fetch{Contact: "https://news.example", Timeout: 30 * time.Second, FirstByteTimeout: 10 * time.Second, MaxBytes: 10 << 20, HostPause: time.Second},
		Notify:  Notify{RunbookURL: DefaultRunbook},
		Probe:   Probe{Every: time.Minute},
	}
	sameZone := cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })
	if d := cmp.Diff(*want, *c, sameZone); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestTheWholeVocabularyIsRead(t *testing.T) {
	c, err := Parse("etc/kairan.yaml", []byte(`
site:
  id: tokyo
  url: https://news.example/city/
  title: {en: City News, zh_hant: 城市新聞}
  default_locale: JA
  locales:
    en: [en, ja]
    ja:
    ZH-hant: [ja]
  calendars: {JA: [japanese, gregorian]}
  messages: messages
storage: sqlite:data/kairan.db
categories:
  - government
  - {term: open-data, urgent: true, labels: Open data}
publishers:
  - key: tokyo
    name: {en: Tokyo}
    time_zone: Asia/Tokyo
    country: JP
    language: ja
    home_page: https://www.tokyo.example/
    licence: {name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/", full_text: true}
  - key: kazemori
    name: 風森市
    time_zone: UTC
    language: ja
sources:
  - id: notices
    publisher: kazemori
    kind: folder
    path: ../notices
    volatile: true
    comment: >
      What the press office
      writes.
  - id: news
    publisher: tokyo
    kind: feed
    url: https://www.tokyo.example/rss
    language: zh-hant
    schedule: "*/20  6-22 * * mon-fri"
    categories:
      map: {Open Data: open-data, お知らせ: government}
      default: [government, open-data, government]
    day_first: true
    allow_private: true
    disabled: true
fetch: {contact: "mailto:news@city.example", timeout: 1m, first_byte_timeout: 5s, max_size: 500KiB, host_pause: 0}
`), bundles{})
	if err != nil {
		t.Fatal(err)
	}
	wantSite := feeds.Site{
		ID: "tokyo", BaseURL: "https://news.example/city", DefaultLocale: "ja",
		Titles: map[string]string{"en": "City News", "zh-Hant": "城市新聞"},
		Locales: []feeds.Locale{
			{Tag: "en", Chain: []string{"en", "ja"}},
			{Tag: "ja", Chain: feeds.Chain{"ja", "en", "*"}, Narrow: feeds.Chain{"ja", "en"}},
			{Tag: "zh-Hant", Chain: []string{"zh-Hant", "ja"}},
		},
		Calendars: map[string][]feeds.Calendar{"ja": {feeds.CalendarJapanese, feeds.CalendarGregorian}},
		Categories: []feeds.Category{
			{Term: "government"},
			{Term: "open-data", Urgent: true, Labels: map[string]string{"en": "Open data", "ja": "Open data", "zh-Hant": "Open data"}},
		},
		Publishers: []feeds.Publisher{
			{Key: "tokyo", NameID: "publisher.tokyo", Country: "JP", Language: "ja", HomePage: "https://www.tokyo.example/",
				Names:   map[string]string{"en": "Tokyo", "ja": "Tokyo"},
				License: feeds.License{Name: "CC BY 4.0", URL: "https://creativecommons.org/licenses/by/4.0/", FullText: true}},
			{Key: "kazemori", Language: "ja", Names: map[string]string{"en": "風森市", "ja": "風森市", "zh-Hant": "風森市"}},
		},
	}
	wantSite.Titles["ja"] = "City News" // its chain ends in English
	wantSources := []feeds.Source{
		{ID: "notices", Publisher: "kazemori", Kind: feeds.KindFolder, Path: "../notices", Schedule: "@every 1m", Volatile: true, Comment: "What the press office writes."},
		{ID: "news", Publisher: "tokyo", Kind: feeds.KindFeed, URL: "https://www.tokyo.example/rss", Language: "zh-Hant", Schedule: "*/20 6-22 * * mon-fri",
			Rules:             map[string]string{"Open Data": "open-data", "お知らせ": "government"},
			DefaultCategories: []string{"government", "open-data"}, DayFirst: true, AllowPrivate: true, Disabled: true},
	}
	wantFetch := Fetch{Contact: "mailto:news@city.example", Timeout: time.Minute, FirstByteTimeout: 5 * time.Second, MaxBytes: 500 << 10}
	noZone := cmp.Comparer(func(a, b *time.Location) bool { return true })
	if d := cmp.Diff(wantSite, c.Site, noZone); d != "" {
		t.Errorf("site (-want +got)\n%s", d)
	}
	if d := cmp.Diff(wantSources, c.Sources); d != "" {
		t.Errorf("sources (-want +got)\n%s", d)
	}
	if d := cmp.Diff(wantFetch, c.Fetch); d != "" {
		t.Errorf("fetch (-want +got)\n%s", d)
	}
	for what, paths := range map[string][2]string{
		"messages":              {"etc/messages", c.Messages},
		"storage":               {"sqlite:etc/data/kairan.db", c.Storage},
		"folder":                {"notices", c.Folder(c.Sources[0])},
		"absolute path":         {"/srv/notices", c.Resolve("/srv/notices")},
		"path in the program":   {"builtin:samples", c.Resolve("builtin:samples")},
		"folder before parsing": {"etc/messages", messagesFolder("etc/kairan.yaml", []byte("site: {messages: messages}"))},
	} {
		if filepath.ToSlash(paths[1]) != paths[0] {
			t.Errorf("%s: got %q, want %q", what, paths[1], paths[0])
		}
	}
}

func TestEachFaultSaysWhereItIsAndWhatToDo(t *testing.T) {
	const site, publishers, sources = "site: {id: tokyo, url: https://news.example}\n",
		"publishers: [{key: tokyo, time_zone: Asia/Tokyo, language: ja}]\n",
		"sources: []\n"
	source := func(rest string) string {
		return site + publishers + "sources:\n  - {id: news, publisher: tokyo, " + rest + "}\n"
	}
	publisher := func(rest string) string {
		return site + "publishers:\n  - {key: tokyo, time_zone: Asia/Tokyo, language: ja, " + rest + "}\n" + sources
	}
	for _, test := range []struct{ what, yaml, want string }{
		{"nothing", "", `kairan.yaml: the file is empty; write one to start from with "kairan init"`},
		{"comments only", "# nothing\n", `kairan.yaml: the file is empty; write one to start from with "kairan init"`},
		{"no UTF-8", "site: \xff", `kairan.yaml: the file is not UTF-8; save it in that encoding`},
		{"no YAML", "site:\n\tid: x\n", "kairan.yaml:2:1: YAML: found character '\t' that cannot start any token; look at"},
		{"an open bracket", "site: {id: x\n", `kairan.yaml:1:7: YAML: could not find flow mapping end token '}'; look at`},
		{"a text", "hello", `kairan.yaml:1:1: the configuration must be a mapping of keys to values, and is a text;`},
		{"two documents", valid + "---\nsite: x\n", `kairan.yaml:7:1: a second document begins; remove the line "---" before it`},

		{"a misspelt key", site + publishers + sources + "fetsh: {}\n", `kairan.yaml:4:1: unknown key "fetsh" in the configuration; did you mean "fetch"?`},
		{"a key by another name", source("kind: feed, url: https://a.example/, timezone: x, lang: ja"), `kairan.yaml:4:71: unknown key "timezone" in a source; its keys are id, publisher, kind,`},
		{"the American spelling", publisher("license: {name: x}"), `unknown key "license" in a publisher; did you mean "licence"?`},
		{"enabled", source("kind: feed, url: https://a.example/, enabled: false"), `unknown key "enabled" in a source; did you mean "disabled"?`},
		{"a key twice", site + "publishers: []\npublishers: []\n" + sources, `kairan.yaml:3:1: the key "publishers" stands twice in the configuration, first on line 2; remove one of them`},
		{"a key that is missing", "site: {url: https://news.example}\n" + publishers + sources, `kairan.yaml:1:7: site has no "id"; add a line such as "id: my-city"`},
		{"a section that is missing", site + sources, `kairan.yaml:1:1: the configuration has no "publishers"; add`},
		{"a list that is a text", site + "publishers: tokyo\n" + sources, `kairan.yaml:2:13: publishers must be a list, and is a text; put "- " before each of its elements`},
		{"a flag that is a text", source("kind: feed, url: https://a.example/, disabled: ja"), `disabled must be true or false, and is a text; write true or false`},
		{"a text that is a number", source("kind: feed, url: 12"), `kairan.yaml:4:51: url must be a text, and is a number; put it between quotes`},
		{"a text that is a list", source("kind: feed, url: [x]"), `url must be a text, and is a list; write an http or https address`},
		{"no value", source("kind: feed, url: "), `url has no value; write an http or https address, such as https://www.my-city.example/news, or remove the key`},
		{"a licence that is forgotten", publisher("licence: "), `licence has no value; write the licence, or remove the key`},
		{"an empty element", site + publishers + "sources:\n  - \n", `a source is empty; fill it in or remove it`},
		{"a tag", source("kind: !!str feed"), `kind has the tag !!str; leave the tag out`},

		{"an id in capitals", "site: {id: Tokyo, url: https://news.example}\n" + publishers + sources, `kairan.yaml:1:12: id "Tokyo" is not a name of small letters, digits and hyphens that begins with a letter, 41 at most`},
		{"an id that is too long", "site: {id: " + strings.Repeat("a", 42) + ", url: https://news.example}\n" + publishers + sources, `is not a name of small letters`},
		{"a category that is an address", site + "categories: [all]\n" + publishers + sources, `kairan.yaml:2:14: a category "all" is an address of the site itself; choose another`},
		{"a category that is a locale", site + "categories: [ja]\n" + publishers + sources, `a category "ja": two letters that name a language are the address of a locale; choose a longer word`},
		{"a category that is a longer locale", site + "categories: [zh-hant]\n" + publishers + sources, `kairan.yaml:2:14: "zh-hant" is the address of a locale; choose another word`},
		{"a category twice", site + "categories: [culture, sports, culture]\n" + publishers + sources, `kairan.yaml:2:31: the category "culture" is there twice, first on line 2; remove one of them or choose another name`},
		{"a category without a label", site + "categories: [{term: open-data, labels: {zh-Hant: 開放資料}}]\n" + publishers + sources, `the category "open-data" has no label in en, ja; add its labels`},
		{"a publisher that is an address", site + "publishers: [{key: everything, time_zone: UTC, language: ja, name: x}]\n" + sources, `key "everything" is an address of the site itself; choose another`},
		{"a publisher twice", site + "publishers:\n  - &p {key: tokyo, time_zone: UTC, language: ja}\n  - *p\n" + sources, `the publisher "tokyo" is there twice`},
		{"a publisher without a name", site + "publishers: [{key: kyoto, time_zone: Asia/Tokyo, language: ja}]\n" + sources, `the publisher "kyoto" has no name in en, ja, zh-Hant; add its name`},
		{"a holiday that no year has", publisher("calendar: [--12-25, 2026-02-30]"), `kairan.yaml:3:75: a day "2026-02-30": there is no day "2026-02-30"; write 2026-12-29, --12-25 for each year`},
		{"holidays that end before they begin", publisher("calendar: [2027-01-03..2026-12-29]"), `"2027-01-03..2026-12-29" ends before it begins; write the first day first`},
		{"holidays of each year and of one", publisher("calendar: [2026-12-29..--01-03]"), `names a year at one end alone; write the year at both ends, or -- at both for each year`},
		{"an expectation without a unit", source("kind: feed, url: https://a.example/, expect: 7"), `expect must be a time with its unit`},
		{"an expectation of minutes", source("kind: feed, url: https://a.example/, expect: 30m"), `kairan.yaml:4:79: `},
		{"a name that no bundle has", publisher("name_id: publisher.edo"), `there is no message "publisher.edo" in the bundles; write the publisher's name instead`},
		{"a source twice", site + publishers + "sources:\n  - {id: a, publisher: tokyo, kind: feed, url: https://a.example/}\n  - {id: a, publisher: tokyo, kind: feed, url: https://b.example/}\n", `kairan.yaml:5:10: the source "a" is there twice, first on line 4;`},
		{"an address twice", site + publishers + "sources:\n  - {id: a, publisher: tokyo, kind: feed, url: https://a.example/}\n  - {id: b, publisher: tokyo, kind: feed, url: https://a.example/}\n", `the source "b" collects the same as the one on line 4; disable or remove one of them`},

		{"an unknown kind", source("kind: rsss, url: https://a.example/"), `kairan.yaml:4:40: unknown kind "rsss"; did you mean "feed"?`},
		{"a kind of its own", source("kind: telegram, url: https://a.example/"), `unknown kind "telegram"; write one of feed, folder, page, sitemap`},
		{"selectors of a feed", source("kind: feed, url: https://a.example/, selectors: {item: li}"), `a source of kind "feed" has a "selectors"; selectors are for pages and sitemaps`},
		{"pages of a feed", source("kind: feed, url: https://a.example/, max_pages: 5"), `a source of kind "feed" has a "max_pages"; the number of pages is for pages and sitemaps, and for a feed with full_text: fetch`},
		{"a full text from elsewhere", source("kind: feed, url: https://a.example/, full_text: fech"), `unknown full_text "fech"; did you mean "fetch"?`},
		{"a full text that is a flag", source("kind: feed, url: https://a.example/, full_text: true"), `full_text must be a text, and is true; did you mean "fetch"?`},
		{"the full text of a page", source("kind: page, url: https://a.example/, full_text: fetch"), `a source of kind "page" has a "full_text"; the pages of a page's articles are read anyway`},
		{"the full text of a sitemap", source("kind: sitemap, url: https://a.example/, full_text: fetch"), `the pages of a sitemap are read anyway`},
		{"the full text of a folder", source("kind: folder, path: a, full_text: fetch"), `the files of a folder are read whole anyway`},
		{"a selector of a list for a feed's pages", source("kind: feed, url: https://a.example/, full_text: fetch, selectors: {item: li}"), `the selector "item" is of a page that lists articles; leave content alone: a feed lists its articles itself`},
		{"a selector that is none", source("kind: page, url: https://a.example/, selectors: {item: 'li['}"), `item "li[": this is not a CSS selector`},
		{"too many pages", source("kind: page, url: https://a.example/, max_pages: 1000"), `max_pages`},
		{"a feed at a path", source("kind: feed, path: news"), `a source of kind "feed" has a "path"; a feed is at a url`},
		{"a folder without a path", source("kind: folder"), `kairan.yaml:4:5: a source of kind "folder" has no "path"; a folder is at a path`},
		{"an unknown publisher", site + publishers + "sources: [{id: a, publisher: tokio, kind: feed, url: https://a.example/}]\n", `unknown publisher "tokio"; did you mean "tokyo"?`},
		{"an unknown category", source("kind: feed, url: https://a.example/, categories: {default: goverment}"), `unknown category "goverment"; did you mean "government"?`},
		{"a rule to an unknown category", source("kind: feed, url: https://a.example/, categories: {map: {x: sport}}"), `unknown category "sport"; did you mean "sports"?`},
		{"a rule twice", source("kind: feed, url: https://a.example/, categories: {map: {News: culture, news: culture}}"), `the rule for "news" is there twice`},

		{"no scheme", source("kind: feed, url: www.a.example/rss"), `url "www.a.example/rss": this is not an http or https address; write the whole address`},
		{"another scheme", source("kind: feed, url: ftp://a.example/rss"), `this is not an http or https address`},
		{"no host", source("kind: feed, url: https:///rss"), `the address has no host`},
		{"a blank", source(`kind: feed, url: "https://a.example/a b"`), `the address has a blank in it; write %20`},
		{"a fragment", source(`kind: feed, url: "https://a.example/#news"`), `the address has a fragment`},
		{"a query in the public address", "site: {id: tokyo, url: 'https://news.example/?a'}\n" + publishers + sources, `the public address has a query`},

		{"a zone that is none", site + "publishers: [{key: tokyo, time_zone: JST, language: ja}]\n" + sources, `time_zone "JST": there is no such time zone; write a name of the IANA database`},
		{"the machine's zone", site + "publishers: [{key: tokyo, time_zone: Local, language: ja}]\n" + sources, `the zone of the machine is not that of a publisher`},
		{"a country that is none", publisher("country: jp"), `country "jp": this is another way to write the code; write "JP"`},
		{"a country by another code", publisher("country: UK"), `country "UK": this is another way to write the code; write "GB"`},
		{"a country for a language", site + "publishers: [{key: tokyo, time_zone: UTC, language: jp}]\n" + sources, `language "jp": this is not the tag of a language; did you mean "ja"?`},
		{"a language that is none", site + "publishers: [{key: tokyo, time_zone: UTC, language: qq-zz-x}]\n" + sources, `language "qq-zz-x": there is no such language; write a BCP 47 tag`},
		{"a language that says nothing", source("kind: feed, url: https://a.example/, language: und"), `the tag names no language`},
		{"a locale without a bundle", "site: {id: tokyo, url: https://news.example, locales: [en, de]}\n" + publishers + sources, `kairan.yaml:1:60: there is no message bundle for the locale "de"; add active.de.toml to the folder that site.messages names, or choose among en, ja, zh-Hant`},
		{"a locale twice", "site: {id: tokyo, url: https://news.example, locales: [ja, JA]}\n" + publishers + sources, `the locale "ja" is there twice`},
		{"no locale", "site: {id: tokyo, url: https://news.example, locales: []}\n" + publishers + sources, `locales is empty; name one at least`},
		{"a default that is no locale", "site: {id: tokyo, url: https://news.example, locales: [en], default_locale: ja}\n" + publishers + sources, `default_locale "ja" is not among the locales; add it to site.locales`},
		{"a chain that goes on behind any language", "site: {id: tokyo, url: https://news.example, locales: {en: [\"*\", ja]}}\n" + publishers + sources, `the chain of "en" goes on behind "*", which accepts every language`},
		{"a calendar that there is not", "site: {id: tokyo, url: https://news.example, locales: [ja], calendars: {ja: [japanes]}}\n" + publishers + sources, `"japanes"`},
		{"another word for one", "site: {id: tokyo, url: https://news.example, locales: [ja], calendars: {ja: [wareki]}}\n" + publishers + sources, `did you mean "japanese"?`},
		{"a calendar of another locale", "site: {id: tokyo, url: https://news.example, locales: [en], calendars: {en: [japanese]}}\n" + publishers + sources, `kairan.yaml:1:78: the locale "en" has no years of the japanese calendar; choose among gregorian, or remove it`},
		{"a calendar twice", "site: {id: tokyo, url: https://news.example, locales: [th], calendars: {th: [buddhist, buddhist]}}\n" + publishers + sources, `the calendars of "th" have buddhist twice`},
		{"calendars of no locale", "site: {id: tokyo, url: https://news.example, locales: [en], calendars: {ja: [japanese]}}\n" + publishers + sources, `calendars has "ja", which is not among the locales; add it to site.locales or remove it`},
		{"calendars of a locale twice", "site: {id: tokyo, url: https://news.example, locales: [ja], calendars: {ja: [japanese], JA: [gregorian]}}\n" + publishers + sources, `the calendars of "ja" are there twice`},
		{"calendars that are none", "site: {id: tokyo, url: https://news.example, locales: [ja], calendars: {ja: []}}\n" + publishers + sources, `ja`},
		{"a chain with one twice", "site: {id: tokyo, url: https://news.example, locales: {en: [ja, ja]}}\n" + publishers + sources, `the chain of "en" has "ja" twice`},
		{"a title in no language", "site: {id: tokyo, url: https://news.example, title: {jp: x}}\n" + publishers + sources, `kairan.yaml:1:54: the key "jp": this is not the tag of a language; did you mean "ja"?`},

		{"a schedule with seconds", source(`kind: feed, url: https://a.example/, schedule: "0 0 6 * * *"`), `schedule "0 0 6 * * *": a schedule has 5 fields, this one has 6; leave the seconds out`},
		{"a schedule with a zone", source(`kind: feed, url: https://a.example/, schedule: "TZ=Asia/Tokyo"`), `a schedule has no time zone of its own`},
		{"a timeout without a unit", site + publishers + sources + "fetch: {timeout: 30}\n", `timeout must be a time with its unit, such as 30s or 5m, and is a number;`},
		{"a timeout that is too short", site + publishers + sources + "fetch: {timeout: 1ms}\n", `timeout is 1ms; write one from 1s to 10m0s`},
		{"a size that is too large", site + publishers + sources + "fetch: {max_size: 2GiB}\n", `max_size is 2GiB; write one from 1KiB to 1GiB`},
		{"too many pages", strings.Replace(valid, "rss}", "rss, max_pages: 999}", 1), `max_pages is 999; write a number from 1 to 200`},
		{"a contact that is none", site + publishers + sources + "fetch: {contact: news@city.example}\n", `contact: this is not an http or https address; write an http or https address, or mailto:`},
		{"a storage that is none", "storage: mysql://db/kairan\n" + site + publishers + sources, `kairan.yaml:1:10: storage is of a kind that is not known; write sqlite:PATH or postgres://USER@HOST/DATABASE`},
		{"a storage without a name", "storage: postgres://db/\n" + site + publishers + sources, `storage names no database`},

		{"an alias of nothing", site + publishers + "sources: *missing\n", `nothing before is marked &missing`},
		{"an alias within itself", site + publishers + "sources: [&a {<<: *a}]\n", `*a stands within itself; write the value out`},
	} {
		t.Run(test.what, func(t *testing.T) {
			c, err := Parse("kairan.yaml", []byte(test.yaml), bundles{})
			if err == nil {
				t.Fatalf("no fault was found in\n%s", test.yaml)
			}
			if c != nil {
				t.Error("there is a Config beside the error")
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("got\n%v\nwant\n%s", err, test.want)
			}
		})
	}
}

func TestEveryFaultIsReportedAtOnceInTheOrderOfTheFile(t *testing.T) {
	_, err := Parse("kairan.yaml", []byte(`site:
  id: Tokyo
  url: news.example
publishers:
  - {key: tokyo, time_zone: JST, language: jp}
sources:
  - id: a
    publisher: tokio
    kind: rsss
    url: https://a.example/
    schedule: every hour
`), bundles{})
	var problems Problems
	if !errors.As(err, &problems) {
		t.Fatalf("got %v", err)
	}
	var at []string
	for _, p := range problems {
		at = append(at, fmt.Sprintf("%d:%d", p.Line, p.Column))
	}
	if d := cmp.Diff([]string{"2:7", "3:8", "5:29", "5:44", "8:16", "9:11", "11:15"}, at); d != "" {
		t.Errorf("(-want +got)\n%s\n%v", d, err)
	}
	var one Problem
	if !errors.As(err, &one) || one.Line != 2 {
		t.Errorf("errors.As gives no single fault: %+v", one)
	}
}

func TestAPageHasSelectors(t *testing.T) {
	c, err := Parse("kairan.yaml", []byte(`site: {id: tokyo, url: https://news.example}
publishers: [{key: tokyo, time_zone: Asia/Tokyo, language: ja}]
sources:
  - id: a
    publisher: tokyo
    kind: page
    url: https://a.example/
    selectors: {item: ul.news li, link: a, title: h3, date: time, summary: p, content: "#main"}
    max_pages: 5
`), bundles{})
	if err != nil {
		t.Fatal(err)
	}
	want := feeds.Selectors{Item: "ul.news li", Link: "a", Title: "h3", Date: "time", Summary: "p", Content: "#main"}
	if s := c.Sources[0]; s.Selectors != want || s.MaxPages != 5 {
		t.Errorf("%+v", s)
	}
}

func TestAnchorsAliasesAndMergeKeysAreFollowed(t *testing.T) {
	c, err := Parse("kairan.yaml", []byte(`site: {id: tokyo, url: https://news.example}
publishers:
  - {key: tokyo, time_zone: Asia/Tokyo, language: ja}
sources:
  - &first
    id: a
    publisher: tokyo
    kind: feed
    url: https://a.example/
    schedule: &often "@every 5m"
  - <<: *first
    id: b
    url: https://b.example/
  - {id: c, publisher: tokyo, kind: folder, path: c, schedule: *often}
`), bundles{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range c.Sources {
		got = append(got, s.ID+" "+string(s.Kind)+" "+s.URL+" "+s.Schedule)
	}
	want := []string{"a feed https://a.example/ @every 5m", "b feed https://b.example/ @every 5m", "c folder  @every 5m"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestAliasesCannotBlowUp(t *testing.T) {
	var b strings.Builder
	b.WriteString("site:\n  title:\n    en: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	b.WriteString("sources:\n")
	for i := 1; i < 12; i++ {
		fmt.Fprintf(&b, "  - &a%d [%s]\n", i, strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10))
	}
	began := time.Now()
	if _, err := Parse("kairan.yaml", []byte(b.String()), bundles{}); err == nil {
		t.Error("no fault was found")
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestNoSecretIsEverPrinted(t *testing.T) {
	const secret = "hunter2"
	for what, yaml := range map[string]string{
		"an unknown kind":         strings.Replace(valid, "site:", "storage: mysql://kairan:hunter2@db/kairan\nsite:", 1),
		"not an address":          strings.Replace(valid, "site:", "storage: 'postgres://kairan:hunter2%zz@db/kairan'\nsite:", 1),
		"no database":             strings.Replace(valid, "site:", "storage: postgres://kairan:hunter2@db/\nsite:", 1),
		"a list":                  strings.Replace(valid, "site:", "storage: [postgres://kairan:hunter2@db/kairan]\nsite:", 1),
		"a source with a user":    strings.Replace(valid, "https://www", "https://user:hunter2@www", 1),
		"a source that is broken": strings.Replace(valid, "https://www", "https://user:hunter2%zz@www", 1),
		"a site with a user":      strings.Replace(valid, "https://news", "https://user:hunter2@news", 1),
	} {
		_, err := Parse("kairan.yaml", []byte(yaml), bundles{})
		if err == nil {
			t.Errorf("%s: no fault was found", what)
		} else if strings.Contains(err.Error(), secret) {
			t.Errorf("%s: the secret is in the error: %v", what, err)
		}
	}

	for _, storage := range []string{"postgres://kairan:hunter2@db/kairan?sslmode=require", "postgres:///kairan?host=/run&password=hunter2"} {
		c, err := Parse("kairan.yaml", []byte("storage: "+storage+"\n"+valid), bundles{})
		if err != nil {
			t.Fatal(err)
		}
		if c.Storage != storage {
			t.Errorf("storage is %q", c.Storage)
		}
		marshalled, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		var log strings.Builder
		slog.New(slog.NewJSONHandler(&log, nil)).Info("reloaded", "config", c)
		for _, printed := range []string{fmt.Sprint(c), fmt.Sprintf("%+v %#v", *c, *c), string(marshalled), log.String(), Redact(storage)} {
			if strings.Contains(printed, secret) {
				t.Errorf("the secret is in %q", printed)
			}
		}
	}
}

func TestSchedulesAreReadInThePublishersZone(t *testing.T) {
	c, err := Parse("kairan.yaml", []byte(strings.Replace(valid, "kind: feed", `kind: feed, schedule: "0 6 * * *"`, 1)), bundles{})
	if err != nil {
		t.Fatal(err)
	}
	got := c.Schedule(c.Sources[0]).Next(time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC))
	if want := time.Date(2026, 11, 2, 21, 0, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("got %s, want six in the morning in Tokyo, %s", got.UTC(), want)
	}
}

func TestSourcesShareASchedule(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	c := &Config{
		Site: feeds.Site{Publishers: []feeds.Publisher{{Key: "paris", Location: paris}, {Key: "utc", Location: time.UTC}}},
		Sources: []feeds.Source{
			{Publisher: "paris", Schedule: "0 6 * * *"}, {Publisher: "paris", Schedule: "0 6 * * *"}, {Publisher: "utc", Schedule: "0 6 * * *"},
			{Publisher: "paris", Schedule: "0 7 * * *"}, {Publisher: "paris", Schedule: "no schedule"}, {Publisher: "nobody", Schedule: "@every 1h"},
		},
	}
	from := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	all := c.Schedules()
	for i, s := range c.Sources {
		if got, want := all[i].Next(from), c.Schedule(s).Next(from); !got.Equal(want) {
			t.Errorf("source %d is due at %s, want %s", i, got.UTC(), want)
		}
	}
	if len(all) != len(c.Sources) || all[0] != all[1] {
		t.Errorf("the schedules of %d sources are %v", len(c.Sources), all)
	}
}

func TestTheTemplateHasNoFault(t *testing.T) {
	c, err := Parse("kairan.yaml", Template(), bundlesOfAll{})
	if err != nil {
		t.Fatal(err)
	}
	kinds, _ := describe().field("sources")
	kind, _ := kinds.shape.of.field("kind")
	for _, word := range kind.shape.words {
		if !slices.ContainsFunc(c.Sources, func(s feeds.Source) bool { return string(s.Kind) == word.text }) {
			t.Errorf("the template has no example of a %s", word.text)
		}
	}
	for _, f := range describe().fields {
		if !strings.Contains(string(Template()), "\n"+f.name+":") && !strings.Contains(string(Template()), "\n# "+f.name+":") {
			t.Errorf("the template does not show the section %q", f.name)
		}
	}
}

type bundlesOfAll struct{ bundles }

func (bundlesOfAll) Tags() []string {
	return strings.Fields("en ja zh-Hans zh-Hant ko nl fr th tr id fil ar ru")
}

func TestNothingMakesParsePanic(t *testing.T) {
	step := 1
	if testing.Short() {
		step = 7
	}
	for i := 0; i < len(valid); i += step {
		for _, replaced := range []string{"", "\n", ":", "- ", "{", "[", "*a", "&a ", "<<: ", "? ", "!!x ", "|", "'"} {
			_, _ = Parse("kairan.yaml", []byte(valid[:i]+replaced+valid[i+1:]), bundles{})
		}
		_, _ = Parse("kairan.yaml", []byte(valid[:i]), bundles{})
	}
}

func messagesFolder(name string, data []byte) string { return Read(name, data, nil).Messages() }

func TestAKeyThatWasDroppedIsAWarning(t *testing.T) {
	c, err := Read("kairan.yaml", []byte(valid+"fetch:\n  max_redirects: many\n"), nil).Check(bundles{})
	if err != nil {
		t.Fatal(err)
	}
	want := `kairan.yaml:7:3: the key "max_redirects" has no effect any more: 5 redirects are followed; remove it, since the next version refuses it`
	if got := c.Warnings.Error(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	_, err = Parse("kairan.yaml", []byte(valid+"fetch: {max_redirect: 3}\n"), bundles{})
	if err == nil || strings.Contains(err.Error(), "did you mean") {
		t.Errorf("it is still suggested: %v", err)
	}
}

// A feed whose pages are to be fetched says so where nothing of them could be published.
func TestFullTextAsksForALicence(t *testing.T) {
	text := func(licence string) string {
		return "site: {id: tokyo, url: https://news.example}\n" + "publishers: [{key: tokyo, time_zone: UTC, language: ja" + licence + "}]\n" +
			"sources: [{id: a, publisher: tokyo, kind: feed, url: https://a.example/, full_text: fetch, max_pages: 5, selectors: {content: main}}]\n"
	}
	for licence, want := range map[string]string{
		"":                         `kairan.yaml:3:85: the licence of publisher "tokyo" does not allow the full text, so that no page is fetched for it; record that it does by licence.full_text, or remove full_text`,
		", licence: {name: CC BY}": `kairan.yaml:3:85: the licence of publisher "tokyo" does not allow the full text, so that no page is fetched for it; record that it does by licence.full_text, or remove full_text`,
		", licence: {name: CC BY, full_text: true}": "",
	} {
		c, err := Parse("kairan.yaml", []byte(text(licence)), bundlesOfAll{})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if len(c.Warnings) > 0 {
			got = c.Warnings.Error()
		}
		if got != want {
			t.Errorf("with %q the warnings are %q, want %q", licence, got, want)
		}
		if s := c.Sources[0]; !s.FullText || s.MaxPages != 5 || s.Selectors.Content != "main" {
			t.Errorf("the source is %+v", s)
		}
	}
}

// Nobody knows which bundles there are where their folder can't be read.
func TestASiteOfUnknownBundlesHasItsDefaultLocale(t *testing.T) {
	c, err := Parse("kairan.yaml", []byte(`site: {id: x, url: "https://news.example", default_locale: my}
publishers: [{key: h, name: H, time_zone: Asia/Yangon, language: my}]
sources: [{id: n, publisher: h, kind: feed, url: "https://www.example/feed"}]
`), nil)
	if err != nil || len(c.Site.Locales) != 1 || c.Site.Locales[0].Tag != "my" {
		t.Errorf("%v, %+v", err, c)
	}
}
