package ledger

import (
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

func TestIdentity(t *testing.T) {
	for _, test := range []struct {
		says  string
		known *city
		comes []feeds.Article
		want  string
	}{
		{"an unknown article is new", at(), notices(1, 1), "new"},
		{"what has its GUID and says the same is the same", at(notice(1)), notices(1, 1), "1 same"},
		{"another title is a revision", at(notice(1)), notices(1, 1, title("Corrected")), "1 changed revised"},
		{"another GUID with link, title and date of a known one is it", at(notice(1)), notices(1, 1, guid("x")), "1 noted"},
		{"another GUID with the link of a known one, and another title, is new", at(notice(1)), notices(1, 1, guid("x"), title("Other")), "new"},
		{"a GUID is the same with http and with https", at(notice(1, guid("http://city.example/g"))), notices(1, 1, guid("https://city.example/g")), "1 noted"},
		{"another language is another article", at(notice(1)), notices(1, 1, language("en"), title("Notice in English")), "new"},
		{"an article without a language is the only one that has its key", at(notice(1)), notices(1, 1, language("")), "1 same"},
		{"one of which the language is known now speaks it", at(notice(1, language("und"))), notices(1, 1), "1 changed respoken"},
		{"a source may say that its article is in another language", at(notice(1)), notices(1, 1, language("ko")), "1 changed respoken"},
		{"a tag that tells its region is no news", at(notice(1, language("pt"))), notices(1, 1, language("pt-BR")), "1 refiled respelt"},
		{"nor is one that no longer does", at(notice(1, language("pt-BR"))), notices(1, 1, language("pt")), "1 refiled respelt"},
		{"with another title it is the same under its own GUID", at(notice(1, language("ja"))), notices(1, 1, language("ja-simple"), title("Easy")), "1 changed revised respelt"},
		{"a simpler version beside the ordinary one is new", at(notice(1, guid("path"), link(""))),
			[]feeds.Article{notice(1, guid("path"), link("")), notice(1, guid("path"), link(""), language("ja-simple"), title("Easy"))}, "new, 1 same"},
		{"beside it there may be versions in other languages", at(notice(1, language("pt")), notice(1, language("ko"))), []feeds.Article{notice(1, language("ko")), notice(1, language("pt-BR"))}, "1 refiled respelt, 2 same"},
		{"the language in another script is another article", at(notice(1, language("sr"))), notices(1, 1, language("sr-Latn"), title("Other")), "new"},
		{"https is no correction", at(notice(1, link("http://city.example/1"))), notices(1, 1), "1 refiled relocated"},
		{"another host is none", at(notice(1, link("https://old.example/1"))), notices(1, 1), "1 refiled relocated"},
		{"a link without a GUID is known under the host's other name", at(notice(1, guid(""))),
			notices(1, 1, guid(""), link("https://www.city.example/1")), "1 refiled relocated"},
		{"a link that is read otherwise than before is known by what it was", at(notice(1, guid(""), link("https://city.example/?a=1&amp;b=2"))),
			notices(1, 1, guid(""), link("https://city.example/?a=1&b=2"), formerly("city.example/?a=1&amp;b=2")), "1 changed revised"},
		{"a GUID that is read otherwise than before is known by what it was", at(notice(1, guid("g2"), link(""))), notices(1, 1, guid("g1"), link(""), formerly("g2")), "1 noted"},
		{"but not by one that several articles have", at(notice(1, guid("g2")), notice(2, guid("g2"))), notices(3, 3, guid("g1"), formerly("g2")), "new"},
		{"but not where that is another article's that is here", at(notice(1, guid(""))),
			[]feeds.Article{notice(2, guid(""), formerly("city.example/1")), notice(1, guid(""))}, "1 same, new"},
		{"nor where the link itself is known", at(notice(1, guid("")), notice(2, guid(""))), notices(2, 2, guid(""), formerly("city.example/1")), "2 same"},
		{"what was withdrawn returns", at().add("a", notice(1), withdrawn), notices(1, 1), "1 changed returned"},
		{"what was erased never does", at().add("a", notice(1), erased), notices(1, 1, title("Again")), "1 duplicate"},
		{"a link that another source has finds its article", at().add("b", notice(1)), notices(1, 1, guid("x")), "1 refiled"},
		{"who brought an article first revises it", at().add("b", notice(1)), notices(1, 1, content("<p>Other.</p>")), "1 refiled"},
		{"sources number their articles: 7 of one is not 7 of another", at().add("b", notice(1, guid("7"))),
			notices(2, 2, guid("7")), "new"},
		{"a GUID that named another article before gives way to the link", at(notice(1, guid("latest"))),
			notices(2, 2, guid("latest")), "new"},
		{"but not one that is an IRI", at(notice(1, guid("urn:x:1"))), notices(2, 2, guid("urn:x:1")), "1 changed revised"},
		{"an article that is here twice is one", at(notice(1)), []feeds.Article{notice(1), notice(9, guid("https://city.example/1"), link(""))}, "1 same, new"},
	} {
		t.Run(test.says, func(t *testing.T) {
			p := test.known.part(t, brings(Some, test.comes...))
			if got := fates(p.matches); got != test.want {
				t.Errorf("it becomes %q, want %q", got, test.want)
			}
		})
	}
}

func TestWhatNeitherGUIDNorLinkTellsApart(t *testing.T) {
	alert := func(n int, changes ...func(*feeds.Article)) feeds.Article {
		return notice(n, append([]func(*feeds.Article){guid(""), link("https://city.example/alerts")}, changes...)...)
	}
	for _, test := range []struct {
		says  string
		known *city
		comes []feeds.Article
		want  string
	}{
		{"two items with one link are two", at(), []feeds.Article{alert(2), alert(1)}, "new, new"},
		{"one that is there again with another date alone is the same", at(), []feeds.Article{alert(1, later(time.Hour)), alert(1)}, "new"},
		{"an item with the link of a known one, and another title and date, is another", at(alert(1)), []feeds.Article{alert(2)}, "new"},
		{"one that says the same is it", at(alert(1)), []feeds.Article{alert(1)}, "1 same"},
		{"one with its title and date and another text is a revision", at(alert(1)), []feeds.Article{alert(1, content("<p>More.</p>"))}, "1 changed revised"},
		{"of two the known one is found by what it says", at(alert(1)), []feeds.Article{alert(2), alert(1)}, "1 noted, new"},
		{"once a link is shared it stays so", at(alert(1), alert(2)), []feeds.Article{alert(3)}, "new"},
		{"and finds the one that says just the same", at(alert(1), alert(2)), []feeds.Article{alert(1)}, "1 noted"},
		{"whatever the title of the other", at(alert(1, title("Alert")), alert(2, title("Alert"))), []feeds.Article{alert(1, title("Alert"))}, "1 noted"},
		{"or the only one with its title and date", at(alert(1), alert(2)), []feeds.Article{alert(2, content("<p>More.</p>"))}, "2 changed revised"},
		{"or with its date and text", at(alert(1), alert(2)), []feeds.Article{alert(2, title("Corrected"))}, "2 changed revised"},
		{"of an erased one neither comes back", at().add("a", alert(1), erased), []feeds.Article{alert(1, undated, title("Again"))}, "1 duplicate"},
	} {
		t.Run(test.says, func(t *testing.T) {
			p := test.known.part(t, brings(Windowed, test.comes...))
			if got := fates(p.matches); got != test.want {
				t.Errorf("they become %q, want %q", got, test.want)
			}
		})
	}
}

func TestASourceThatChangesAsAWhole(t *testing.T) {
	elsewhere := func(n int, changes ...func(*feeds.Article)) feeds.Article {
		a := notice(n, changes...)
		a.GUID, a.Key, a.Link = "", "", "https://new.example"+a.Link[len("https://city.example"):]
		return a
	}
	anew := func(n int) feeds.Article {
		return notice(n, guid("x"+notice(n).GUID), link("https://city.example/new"+notice(n).GUID))
	}
	byLinks := func(n int) feeds.Article { return notice(n, guid("x"+notice(n).GUID)) }
	for _, test := range []struct {
		says  string
		comes []feeds.Article
		want  string
	}{
		{"three of three at another host are known by their paths", []feeds.Article{elsewhere(3), elsewhere(2), elsewhere(1)}, "1 refiled relocated, 2 refiled relocated, 3 refiled relocated"},
		{"then also one whose title is new", []feeds.Article{elsewhere(4, title("Other")), elsewhere(3), elsewhere(2), elsewhere(1)},
			"1 refiled relocated, 2 refiled relocated, 3 refiled relocated, 4 changed revised"},
		{"two prove nothing", []feeds.Article{elsewhere(2), elsewhere(1)}, "new, new"},
		{"a site that was made anew has the titles and dates of before", []feeds.Article{anew(3), anew(2), anew(1)}, "1 refiled relocated, 2 refiled relocated, 3 refiled relocated"},
		{"other GUIDs for all are known by the links", []feeds.Article{byLinks(3), byLinks(2), byLinks(1)}, "1 noted, 2 noted, 3 noted"},
	} {
		t.Run(test.says, func(t *testing.T) {
			_, l := at(notices(1, 4)[3], notices(1, 4)[2], notices(1, 4)[1], notices(1, 4)[0]).look(t, brings(Windowed, test.comes...))
			if got := fates(l.matches); got != test.want {
				t.Errorf("they become %q, want %q", got, test.want)
			}
		})
	}
}

func TestLinkKey(t *testing.T) {
	for _, test := range []struct{ link, want, remark string }{
		{"https://city.example/1", "city.example/1", "no scheme"},
		{"http://CITY.example:80/1", "city.example/1", "a host in small letters, without a usual port"},
		{"https://city.example:8443/1?a=b#c", "city.example:8443/1?a=b#c", "all else stays"},
		{"https://city.example/", "", "a front page says nothing"},
		{"https://city.example/?p=1", "city.example/?p=1", "but with a question"},
		{"/1", "", "no host"},
		{"", "", "no link"},
	} {
		if got := linkKey(test.link); got != test.want {
			t.Errorf("linkKey(%q) = %q, want %q: %s", test.link, got, test.want, test.remark)
		}
	}
}
