package address

import "testing"

func TestWhatAnAddressUnderFeedMeans(t *testing.T) {
	for in, want := range map[string]string{
		"feed://port.example/news":             "https://port.example/news",
		"FEED://port.example/news":             "https://port.example/news",
		" feed://port.example/news ":           "https://port.example/news",
		"feed:https://port.example/news":       "https://port.example/news",
		"feed:http://port.example/news?x=1":    "http://port.example/news?x=1",
		"Feed:HTTPS://Port.example/News":       "https://Port.example/News",
		"feed://https://port.example/news":     "https://port.example/news",
		"feed://http//port.example/news":       "http://port.example/news",
		"feed://port.example:8080/news":        "http://port.example:8080/news",
		"feed://port.example:443/news":         "https://port.example:443/news",
		"feed://[::1]:8080/news":               "http://[::1]:8080/news",
		"feed:news":                            "feed:news",
		"feed:":                                "feed:",
		"https://port.example/feed://x":        "https://port.example/feed://x",
		"feedburner://port.example/news":       "feedburner://port.example/news",
		"":                                     "",
		"/feed":                                "/feed",
		"feed:javascript:alert(1)":             "feed:javascript:alert(1)",
		"feed://https.example/news":            "https://https.example/news",
		"http://port.example/?u=feed://a.test": "http://port.example/?u=feed://a.test",
	} {
		if got := Feed(in); got != want {
			t.Errorf("Feed(%q) = %q, want %q", in, got, want)
		}
	}
}
