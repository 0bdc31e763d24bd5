package address

import (
	"net/url"
	"strings"
	"testing"
)

func TestAddressesAreReadAsBrowsersReadThem(t *testing.T) {
	for _, test := range []struct{ base, ref, want, remark string }{
		{"", "https://town.example/n/1", "https://town.example/n/1", "written as it should be"},
		{"", "https://town.example/n/1?b=2&a=1#c", "https://town.example/n/1?b=2&a=1#c", ""},
		{"", "https://town.example", "https://town.example", "no path"},
		{"", "https://town.example/お知らせ?q=春", "https://town.example/お知らせ?q=春", "letters of other scripts stay"},
		{"", "https://town.example/n/1?utm_source=rss", "https://town.example/n/1", "tracked"},
		{"", "https://town.example:8443/n/1", "https://town.example:8443/n/1", "a port"},
		{"", "http://192.0.2.7/a", "http://192.0.2.7/a", "a number"},
		{"", "http://[2001:DB8::1]:8080/a", "http://[2001:db8::1]:8080/a", "a number of IPv6"},

		{"", "https://town.example/tax-5%-off", "https://town.example/tax-5%25-off", "a percent sign in a path"},
		{"", "https://town.example/a%20b%", "https://town.example/a%20b%25", "beside an escape, at the end"},
		{"", "https://town.example/a?rate=5%&x=%zz", "https://town.example/a?rate=5%25&x=%25zz", "in a query"},
		{"", "https://town.example/a#50%", "https://town.example/a#50%25", "in a fragment"},
		{"https://town.example/f", "/tax-5%-off", "https://town.example/tax-5%25-off", "in a relative one"},

		{"", "HTTPS://Town.Example/A", "https://town.example/A", "capitals"},
		{"", "Http://TOWN.example/A?B#C", "http://town.example/A?B#C", ""},
		{"", `http:\\town.example\a\b`, "http://town.example/a/b", "backslashes"},
		{"", `http://town.example\a?p=c:\d`, "http://town.example/a?p=c:%5Cd", "which stay in a query"},
		{"https://town.example/x/", `..\files\a.pdf`, "https://town.example/files/a.pdf", "in a relative one"},
		{"https://town.example/x/", `\\cdn.example\a.png`, "https://cdn.example/a.png", ""},
		{"", "https:/town.example/a", "https://town.example/a", "one slash"},
		{"https://other.example/", "https:/town.example/a", "https://town.example/a", "one slash, where the base has the scheme"},
		{"https://town.example/x/", "https:/news/1", "https://town.example/news/1", "one slash before what is no host"},
		{"https://town.example/x/", "https:news.html", "https://town.example/x/news.html", "none"},
		{"", "https:///town.example/a", "https://town.example/a", "three slashes"},
		{"https://town.example/x/", "///cdn.example/a", "https://cdn.example/a", "three without a scheme"},
		{"", "//town.example/a", "https://town.example/a", "two without a scheme"},
		{"http://town.example/", "//cdn.example/a", "http://cdn.example/a", ""},
		{"", "https//town.example/a", "https://town.example/a", "a colon forgotten"},
		{"", "https://town.example:443/a", "https://town.example/a", "a scheme's own port"},
		{"", "https://town.example:/a", "https://town.example/a", "no port behind a colon"},
		{"", "https://town.example/a/../b/./c", "https://town.example/b/c", "dots"},
		{"", "https://town.example/.well-known/a", "https://town.example/.well-known/a", "a dot that is none of these"},

		{"", "www.town.example/a", "https://www.town.example/a", "www. without a scheme"},
		{"http://feeds.example/f", "WWW.Town.example:8080", "http://www.town.example:8080", ""},
		{"https://town.example/x/", "town.example/a", "https://town.example/a", "the base's own host"},
		{"https://www.town.example/x/", "town.example/a", "https://town.example/a", ""},
		{"https://town.example/x/", "town.example.html", "https://town.example/x/town.example.html", "a file"},
		{"https://town.example/x/", "www.html", "https://town.example/x/www.html", ""},
		{"", `"https://town.example/a"`, "https://town.example/a", "quotes"},
		{"", "“https://town.example/a”", "https://town.example/a", ""},
		{"", `"https://town.example/a`, "https://town.example/a", "a quote that never ends"},
		{"https://town.example/", `"a`, "https://town.example/%22a", "one that is no address's"},
		{"", "<https://town.example/a>", "https://town.example/a", "angle brackets"},
		{"", "<URL:https://town.example/a>", "https://town.example/a", "RFC 1738"},
		{"", `<a target=x href='https://town.example/a'>More</a>`, "https://town.example/a", "a link of HTML"},
		{"", `&lt;a href=&quot;https://town.example/a?b=1&amp;amp;c=2&quot;&gt;More&lt;/a&gt;`, "https://town.example/a?b=1&c=2", "an escaped one"},
		{"", "<p>https://town.example/a</p>", "https://town.example/a", "a paragraph"},
		{"", "https://town.example/a\u200b", "https://town.example/a", "a space without width"},
		{"", "\ufeff\u3000https://town.example/a\u00a0", "https://town.example/a", "other spaces"},
		{"", "feed://town.example/a", "https://town.example/a", "a feed reader's scheme"},
		{"", "feed:https://town.example/a", "https://town.example/a", ""},
		{"", "webcal://town.example/a.ics", "https://town.example/a.ics", "a calendar's"},
		{"", "http://https://town.example/a", "https://town.example/a", "two schemes"},
		{"", "https://http//town.example/a", "http://town.example/a", ""},
		{"", "http:http://town.example/a", "http://town.example/a", ""},

		{"", "https://town.example/?a=1&amp;b=2", "https://town.example/?a=1&b=2", "a reference left"},
		{"", "https://town.example/?a=1&amp;amp;b=2", "https://town.example/?a=1&b=2", ""},
		{"", "https:&#47;&#x2F;town.example/?a=1&#38;b=2", "https://town.example/?a=1&b=2", "by numbers"},
		{"", "https://town.example/?a=1&copy=2&lt=3", "https://town.example/?a=1&copy=2&lt=3", "parameters, no references"},
		{"", "https://town.example/?a=1&#news", "https://town.example/?a=1&#news", "a fragment"},
		{"", "https://town.example/?a=1&#3", "https://town.example/?a=1&#3", ""},
		{"", "https://town.example/?a=1&amp;utm_medium=rss", "https://town.example/?a=1", ""},

		{"", "https://clerk:secret@town.example/a", "https://town.example/a", "credentials"},
		{"", "https://clerk@town.example/@mayor", "https://town.example/@mayor", ""},
		{"", "https://a:b@c@town.example/", "https://town.example/", ""},
		{"https://clerk:secret@town.example/f", "/a", "https://town.example/a", "of the base"},

		{"", "https://town.example/a b\tc\nd", "https://town.example/a%20bcd", "white space"},
		{"", `https://town.example/a"b<c>`, "https://town.example/a%22b%3Cc%3E", "what ends an attribute"},
		{"", "https://town.example/a\u3000b", "https://town.example/a%E3%80%80b", "a wide space"},
		{"", "https://BÜRO.Stadt.example/ä", "https://xn--bro-hoa.stadt.example/ä", "a host in Unicode"},
		{"", "https://xn--bro-hoa.stadt.example/", "https://xn--bro-hoa.stadt.example/", "in ASCII"},
		{"", "https://ｔｏｗｎ.example/", "https://town.example/", "in wide letters"},
		{"", "https://b%C3%BCro.example/", "https://xn--bro-hoa.example/", "escaped"},
		{"https://büro.example/f", "/a", "https://xn--bro-hoa.example/a", "of the base"},
		{"https://town.example/f", "2026:06/a.html", "https://town.example/2026:06/a.html", "a colon in the first segment"},
		{"https://town.example/f", "?p=1", "https://town.example/f?p=1", "a query alone"},

		{"", "MAILTO:clerk@town.example", "mailto:clerk@town.example", "mail"},
		{"", "tel:+81 3", "tel:+81%203", "a telephone"},
		{"", "", "", "nothing"},
		{"https://town.example/f", " \u200b ", "", ""},
		{"https://town.example/f", "javascript:alert(1)", "", "no address"},
		{"https://town.example/f", "Java\nScript:alert(1)", "", ""},
		{"https://town.example/f", "tag:town.example,2026:1", "", ""},
		{"", "https://", "", "no host"},
		{"", "https:///?a", "", ""},
		{"", "https://town example/a", "", "a space in a host"},
		{"", "https://town.example:port/a", "", "a port that is none"},
		{"", "https://town.example:65536/a", "", ""},
		{"", "https://[2001:db8::zz]/a", "", "a number that is none"},
		{"", "https://a|b.example/", "", "a host that can't be"},
		{"", "n-42", "", "relative to nothing"},
	} {
		if got := Safe(test.base, test.ref); got != test.want {
			t.Errorf("Safe(%q, %q) = %q, want %q: %s", test.base, test.ref, got, test.want, test.remark)
		}
	}
}

func TestWhatWasReadRightIsReadAsBefore(t *testing.T) {
	for _, ref := range []string{
		"https://town.example/n/1?b=2&a=%E3%81%82#c", "/n/1", "n/1.html", "?p=1", "#top", "//cdn.example/a.png", "https://town.example/お知らせ", "../お知らせ",
		"https://town.example/~clerk/a,b;c='d'", "https://town.example:8080/", "https://town.example/a|b", "https://town.example/a[1]",
	} {
		for _, base := range []string{"", "https://town.example/x/feed.xml"} {
			if got, want := Article(base, ref), Former(base, ref); got != want {
				t.Errorf("Article(%q, %q) = %q, was %q", base, ref, got, want)
			}
		}
	}
}

func TestFormer(t *testing.T) {
	for ref, want := range map[string]string{
		"https://town.example/?a=1&amp;b=2": "https://town.example/?a=1&amp;b=2",
		"https://büro.example/a":            "https://büro.example/a",
		"HTTP://town.example/a":             "http://town.example/a",
		`https:\\town.example\a`:            "",
		"https://town.example/5%":           "",
	} {
		if got := Former("https://town.example/", ref); got != want {
			t.Errorf("Former(%q) = %q, want %q", ref, got, want)
		}
	}
}

func TestIsPublic(t *testing.T) {
	for link, want := range map[string]bool{
		"https://town.example/": true, "http://192.0.2.7/": true, "http://[2001:db8::1]/": true,
		"http://localhost/": false, "http://intranet/": false, "http://cms.local/": false, "http://10.1.2.3/": false, "http://127.0.0.1:8080/": false,
		"http://[::1]/": false, "/news": false, "ftp://town.example/": false, "": false,
	} {
		if got := IsPublic(link); got != want {
			t.Errorf("IsPublic(%q) = %v", link, got)
		}
	}
}

// FuzzSafe holds what must be true of every address that comes out: it can be opened, it
// has no credentials, and it is read as itself.
func FuzzSafe(f *testing.F) {
	for _, s := range []string{"https://town.example/5%", `http:\\a\b`, "<a href='x'>", "//a:b@c:1/d", "http://https://x", "&#x68;ttp://ü", "www.a.b:1", "a:b", "https:///./%2e/#%"} {
		f.Add("https://town.example/f", s)
	}
	f.Fuzz(func(t *testing.T, base, ref string) {
		link := Web(base, ref)
		if link == "" {
			return
		}
		u, err := url.Parse(link)
		if err != nil || u.Host == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" || strings.ContainsAny(link, " <>\"\\\t\r\n") {
			t.Fatalf("Web(%q, %q) = %q, %v", base, ref, link, err)
		}
		if again := Web("", link); again != link {
			t.Errorf("%q is read as %q", link, again)
		}
	})
}
