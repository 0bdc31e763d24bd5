package feeds_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/check"
)

func ExampleRender() {
	channel := feeds.Channel{Locale: "en", Kind: feeds.ChannelAll}
	doc, err := feeds.Render(feeds.Feed{
		Channel:  channel,
		ID:       feeds.ChannelID("sample", channel),
		Language: "en",
		Title:    "Sample City",
		HomeURL:  "https://news.example/en/",
		URL:      map[feeds.Format]string{feeds.Atom: "https://news.example/en/all.atom"},
		Updated:  time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC),
		Entries: []feeds.Entry{{
			Article: feeds.Article{ID: feeds.MintID("sample-city", "1", "ja"), Language: "ja", Title: "回覧"},
			Title:   "[Japanese] 回覧",
			URL:     "https://news.example/en/n/1",
		}},
	}, feeds.Atom)
	if err != nil {
		fmt.Println(err)
	}
	for line := range strings.Lines(string(doc)) {
		if strings.HasPrefix(line, "<title") {
			fmt.Print(line)
		}
	}
	fmt.Println(check.Document(feeds.Atom, doc))
	// Output:
	// <title type="text">Sample City</title>
	// <title type="text">[Japanese] 回覧</title>
	// <nil>
}

func ExampleMintID() {
	fmt.Println(feeds.MintID("tokyo", "guid-1", "ja"))
	// Output: urn:uuid:087436a6-d5b9-5d18-9981-813366a212c7
}
