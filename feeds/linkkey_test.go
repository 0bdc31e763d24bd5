package feeds

import "testing"

func TestWhichLinksAreOne(t *testing.T) {
	for _, tt := range []struct{ link, key, identity, remark string }{
		{"https://town.example/news/1", "town.example/news/1", "//town.example/news/1", "without the scheme"},
		{"http://town.example/news/1", "town.example/news/1", "//town.example/news/1", "whichever it is"},
		{"https://Town.EXAMPLE/News/1", "town.example/News/1", "//town.example/News/1", "hosts have no case, paths do"},
		{"http://town.example:80/1", "town.example/1", "//town.example/1", "the port of http"},
		{"https://town.example:443/1", "town.example/1", "//town.example/1", "the port of https"},
		{"https://town.example:8080/1", "town.example:8080/1", "//town.example:8080/1", "a port of its own"},
		{"https://town.example/1?id=2&p", "town.example/1?id=2&p", "//town.example/1?id=2&p", "a query as it is"},
		{"https://town.example/1#b", "town.example/1#b", "//town.example/1", "a place within a page is no other article"},
		{"https://town.example/1?", "town.example/1", "//town.example/1", "an empty query is none"},
		{"https://town.example", "town.example", "//town.example/", "no path"},
		{"https://town.example/%E6%A9%8B", "town.example/%E6%A9%8B", "//town.example/%E6%A9%8B", "an escaped path"},
		{"https://town.example/橋", "town.example/%E6%A9%8B", "//town.example/%E6%A9%8B", "the same path as it is written"},
		{"/news/1", "", "/news/1", "a relative link"},
		{"tag:town.example,2026:1", "", "tag:town.example,2026:1", "no link at all"},
		{"https://[town/1", "", "https://[town/1", "what can't be read"},
		{"", "", "", "nothing"},
	} {
		if key, identity := LinkKey(tt.link), LinkIdentity(tt.link); key != tt.key || identity != tt.identity {
			t.Errorf("%q has the key %q and the identity %q, want %q and %q: %s", tt.link, key, identity, tt.key, tt.identity, tt.remark)
		}
	}
}
