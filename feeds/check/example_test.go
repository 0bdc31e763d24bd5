package check_test

import (
	"fmt"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/check"
)

func ExampleDocument() {
	err := check.Document(feeds.JSONFeed, []byte(`{
  "version": "https://jsonfeed.org/version/1.1",
  "title": "Sample City", "language": "en",
  "home_page_url": "https://news.example/en/",
  "feed_url": "all.json",
  "items": []
}`))
	fmt.Println(err)
	// Output: 5:15: iri: feed_url "all.json" is not an absolute http or https address
}
