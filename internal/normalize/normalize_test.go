package normalize_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/normalize"
)

func TestKey(t *testing.T) {
	for _, test := range []struct {
		remark  string
		article feeds.Article
		want    string
	}{
		{"a GUID is kept as it was given", feeds.Article{GUID: "Notice 7 ", Link: "https://city.example/7"}, "Notice 7 "},
		{"a link loses its scheme", feeds.Article{Link: "http://city.example/7"}, "//city.example/7"},
		{"a link's host is compared without case", feeds.Article{Link: "https://City.Example:443/A#top"}, "//city.example/A"},
		{"another port is another server", feeds.Article{Link: "https://city.example:8443/"}, "//city.example:8443/"},
		{"a query tells articles apart", feeds.Article{Link: "https://city.example/n?id=7"}, "//city.example/n?id=7"},
		{"a file goes by its path", feeds.Article{StoryHint: "2026/seminar"}, "path:2026/seminar"},
		{"a space of another kind in a title is one", feeds.Article{Title: "椿まつり　城址公園"}, "title:椿まつり 城址公園"},
		{"a notice with nothing else goes by its title", feeds.Article{Title: "Works"}, "title:Works"},
	} {
		t.Run(test.remark, func(t *testing.T) {
			if got := normalize.Key(test.article); got != test.want {
				t.Errorf("Key = %q, want %q", got, test.want)
			}
		})
	}
}

func TestAliases(t *testing.T) {
	for _, test := range []struct {
		remark  string
		article feeds.Article
		want    []string
	}{
		{"a link that was always read so has none", feeds.Article{Link: "https://city.example/7"}, nil},
		{"a link was spelled otherwise", feeds.Article{Link: "https://city.example/?a=1&b=2", Aliases: []string{"https://city.example/?a=1&amp;b=2"}}, []string{"//city.example/?a=1&amp;b=2"}},
		{"no link could be read", feeds.Article{Title: "Works", Link: "https://city.example/5%25", Aliases: []string{""}}, []string{"title:Works"}},
		{"only its scheme was another", feeds.Article{Link: "https://city.example/7", Aliases: []string{"http://city.example/7"}}, nil},
		{"a host was in Unicode", feeds.Article{Link: "https://xn--bro-hoa.example/ä"}, []string{"//büro.example/%C3%A4"}},
		{"encoded in small letters", feeds.Article{Link: "https://city.example/caf%c3%a9"}, []string{"//city.example/caf%C3%A9"}},
		{"encoded without need", feeds.Article{Link: "https://city.example/b%65ta?q=%7e1"}, []string{"//city.example/beta?q=~1"}},
		{"what has to be encoded stays so", feeds.Article{Link: "https://city.example/a%2Fb%20c"}, nil},
		{"its port stays", feeds.Article{Link: "https://xn--bro-hoa.example:8443/"}, []string{"//büro.example:8443/"}},
		{"a GUID stands for its links", feeds.Article{GUID: "7", Link: "https://xn--bro-hoa.example/"}, nil},
		{"other GUIDs stay as they are", feeds.Article{GUID: "7", Aliases: []string{"https://city.example/7#b"}}, []string{"https://city.example/7#b"}},
	} {
		t.Run(test.remark, func(t *testing.T) {
			c := normalize.Context{Mapper: normalize.NewMapper(nil, nil, nil)}
			got := normalize.Articles([]feeds.Article{test.article}, c).Articles[0].Aliases
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestAtomIDsAreKeptWhereTheyBelongToThePublisher(t *testing.T) {
	c := normalize.Context{
		Source:    feeds.Source{ID: "a", URL: "https://feeds.city.example.org/news"},
		Publisher: feeds.Publisher{Key: "city", HomePage: "https://www.city.lg.jp/"},
		Format:    "Atom 1.0",
		Mapper:    normalize.NewMapper(nil, nil, nil),
	}
	for _, test := range []struct {
		guid string
		keep bool
	}{
		{"https://www.city.lg.jp/n/7", true},
		{"tag:city.lg.jp,2026:7", true},
		{"https://clerk:secret@www.city.lg.jp/n/7", false},
		{"tag:press@example.org,2026:7", true},
		{"https://other.example.com/7", false},
		{"urn:uuid:60a76c80-d399-11d9-b91C-0003939e0af6", false},
		{"7", false},
		{"", false},
	} {
		res := normalize.Articles([]feeds.Article{{GUID: test.guid, Link: "https://www.city.lg.jp/n/7"}}, c)
		if got := res.Articles[0].ID != ""; got != test.keep {
			t.Errorf("id %q kept: %v, want %v", test.guid, got, test.keep)
		}
	}
	edition := c
	edition.Edition = "a"
	if res := normalize.Articles([]feeds.Article{{GUID: "https://www.city.lg.jp/n/7"}}, edition); res.Articles[0].ID != "" {
		t.Error("an id that editions in other languages share is kept")
	}
	c.Format = "RSS 2.0"
	if res := normalize.Articles([]feeds.Article{{GUID: "https://www.city.lg.jp/n/7"}}, c); res.Articles[0].ID != "" {
		t.Error("the guid of an RSS item was taken for an atom:id")
	}
}

func TestCategories(t *testing.T) {
	mapper := normalize.NewMapper(
		[]feeds.Category{{Term: "environment"}, {Term: "culture", Labels: map[string]string{"de": "Kunst"}}, {Term: "urban-development"}},
		map[string][]string{
			"category.environment": {"Environment", "環境", "Environnement", "بيئة", "Parks"},
			"category.culture":     {"Culture", "文化", "Parks"},
		}, nil)
	source := feeds.Source{
		Rules:             map[string]string{"Pressemitteilung": "culture"},
		DefaultCategories: []string{"urban-development"},
	}
	for _, test := range []struct {
		remark   string
		terms    []feeds.Term
		want     []string
		unmapped []string
	}{
		{"a label of any language", []feeds.Term{{Term: "環境"}}, []string{"environment"}, nil},
		{"without case", []feeds.Term{{Term: "ENVIRONNEMENT"}}, []string{"environment"}, nil},
		{"the term itself", []feeds.Term{{Term: "urban-development"}}, []string{"urban-development"}, nil},
		{"the label beside an opaque term", []feeds.Term{{Term: "c17", Label: "文化"}}, []string{"culture"}, nil},
		{"a rule comes first", []feeds.Term{{Term: "pressemitteilung"}}, []string{"culture"}, nil},
		{"the configuration's own label", []feeds.Term{{Term: "Kunst"}}, []string{"culture"}, nil},
		{"a part of a path", []feeds.Term{{Term: "News > Environment"}}, []string{"environment"}, nil},
		{"each once", []feeds.Term{{Term: "環境"}, {Term: "Environment"}}, []string{"environment"}, nil},
		{"a word that two categories share places nothing", []feeds.Term{{Term: "Parks"}}, []string{"urban-development"}, []string{"Parks"}},
		{"else the default", []feeds.Term{{Term: "Misc"}}, []string{"urban-development"}, []string{"Misc"}},
		{"no term", nil, []string{"urban-development"}, nil},
	} {
		t.Run(test.remark, func(t *testing.T) {
			got := mapper.Place(feeds.Article{Terms: test.terms}, source)
			if d := cmp.Diff(test.want, got.Categories); d != "" {
				t.Error(d)
			}
			if byDefault := len(test.unmapped) == len(test.terms); got.ByDefault != byDefault {
				t.Errorf("placed by default: %v", got.ByDefault)
			}
			if d := cmp.Diff(test.unmapped, got.Unmapped); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestAnArticleWithoutTitleGetsOne(t *testing.T) {
	c := normalize.Context{Mapper: normalize.NewMapper(nil, nil, nil)}
	for want, a := range map[string]feeds.Article{
		"The bridge is closed.":  {Summary: "The  bridge\nis closed."},
		"https://city.example/7": {Link: "https://city.example/7"},
		"guid-7":                 {GUID: "guid-7"},
	} {
		if got := normalize.Articles([]feeds.Article{a}, c).Articles[0].Title; got != want {
			t.Errorf("title %q, want %q", got, want)
		}
	}
}

func TestAnArticleThatDoesNotTellItsLanguageIsInItsPublishers(t *testing.T) {
	for _, test := range []struct{ remark, own, publisher, title, want string }{
		{"its own word comes first", "fr", "nl", "Bruggen open", "fr"},
		{"else the publisher's", "", "nl", "Bruggen open", "nl"},
		{"undetermined is no word", "und", "ja", "橋の通行止め", "ja"},
		{"not in another script", "", "ja", "Bridge closed", "und"},
		{"nor in one that shares some letters", "", "zh-Hant", "東京マラソンのおしらせです", "ja"},
		{"Han alone is of whoever publishes it: Japanese", "und", "ja", "防災訓練実施", "ja"},
		{"Han alone is of whoever publishes it: Chinese", "und", "zh-Hant", "防災訓練實施", "zh-Hant"},
		{"Chinese that Japanese can't be", "und", "ja", "市政府發佈颱風警報，請民眾注意", "zh-Hant"},
		{"Cyrillic of a city of Russia", "", "ru", "Мост закрыт", "ru"},
		{"a publisher without a language", "", "", "Bridge closed", "und"},
		{"English by its small words, whoever publishes it", "", "ja", "On Wednesday the governor met with representatives of cities attending the seminar at the hall of the city", "en"},
		{"Dutch likewise", "und", "ja", "De brug over de haven is tot en met vrijdag dicht voor het verkeer van en naar de stad", "nl"},
		{"German is not taken for Dutch", "", "nl", "Die Brücke über den Hafen ist bis Freitag für den Verkehr in die Stadt und aus der Stadt gesperrt", "de"},
	} {
		t.Run(test.remark, func(t *testing.T) {
			c := normalize.Context{Publisher: feeds.Publisher{Language: test.publisher}, Mapper: normalize.NewMapper(nil, nil, nil)}
			res := normalize.Articles([]feeds.Article{{Language: test.own, Title: test.title}}, c)
			if got := res.Articles[0].Language; got != test.want {
				t.Errorf("language %q, want %q", got, test.want)
			}
		})
	}
}

func TestKeysOfBefore(t *testing.T) {
	for _, test := range []struct {
		remark  string
		article feeds.Article
		want    []string
	}{
		{"none", feeds.Article{Link: "https://city.example/7"}, nil},
		{"another link becomes its key", feeds.Article{Link: "https://city.example/7", Aliases: []string{"https://City.example/8#top"}}, []string{"//city.example/8"}},
		{"only its scheme was another", feeds.Article{Link: "https://city.example/7", Aliases: []string{"http://city.example/7"}}, nil},
		{"another GUID stays as it is", feeds.Article{GUID: "https://city.example/g", Aliases: []string{"HTTPS://City.example/g"}}, []string{"HTTPS://City.example/g"}},
	} {
		got := normalize.Articles([]feeds.Article{test.article}, normalize.Context{Mapper: normalize.NewMapper(nil, nil, nil)}).Articles[0].Aliases
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.remark, diff)
		}
	}
}

// Of many terms the first are kept, and all of them are asked for categories.
func TestTermsAreBounded(t *testing.T) {
	a := feeds.Article{GUID: "1"}
	for i := range 60 {
		a.Terms = append(a.Terms, feeds.Term{Term: fmt.Sprint("term ", i)})
	}
	got := normalize.Articles([]feeds.Article{a}, normalize.Context{Mapper: normalize.NewMapper(nil, nil, nil)})
	if terms := got.Articles[0].Terms; len(terms) != 50 || terms[49].Term != "term 49" || len(got.Unmapped) != 60 {
		t.Errorf("%d terms are kept and %d unmapped", len(terms), len(got.Unmapped))
	}
}
