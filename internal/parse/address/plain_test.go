package address

import (
	"net/url"
	"testing"
)

func TestSplitPlain(t *testing.T) {
	for _, link := range []string{
		"http://harbour.example/", "https://harbour.example:8443/news/a;b,c/~d?e=f&g#h",
		"http://192.0.2.7?x", "https://harbour.example#/top", "https://harbour.example/港/news?q=橋", "https://a.example//b/../c",
	} {
		if _, _, ok := splitPlain(link); !ok {
			t.Errorf("%s is not plain", link)
		}
		comparePlain(t, link)
	}
	for _, link := range []string{
		"", "https://", "https:///a", "ftp://harbour.example/", "//harbour.example/", "HTTP://harbour.example/", "https://user@harbour.example/",
		"https://[2001:db8::1]/", "https://harbour.example:/", "https://harbour.example:80a/", "https://harbour.example/a%2Fb",
		"https://harbour.example/\x01", "https://港.example/", "https://harbour_pier.example/", `https://harbour.example\a`,
	} {
		if _, _, ok := splitPlain(link); ok {
			t.Errorf("%q is plain", link)
		}
	}
}

// FuzzSplitPlain holds it to what net/url finds in an address.
func FuzzSplitPlain(f *testing.F) {
	f.Add("https://harbour.example:8443/news?e=f#h")
	f.Add("http://192.0.2.7?x#/y?z")
	f.Add("http://a.example:0/:b@c[d]")
	f.Fuzz(comparePlain)
}

func comparePlain(t *testing.T, link string) {
	host, path, ok := splitPlain(link)
	if !ok {
		return
	}
	u, err := url.Parse(link)
	if err != nil || u.Host == "" || u.Hostname() != host || u.Path != path {
		t.Fatalf("%q has host %q and path %q, of net/url %v (%v)", link, host, path, u, err)
	}
}
