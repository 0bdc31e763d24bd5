package config_test

import (
	"fmt"
	"time"

	"github.com/kairan-news/kairan/internal/config"
)

func ExampleRead() {
	_, err := config.Read("kairan.yaml", []byte(`site:
  id: my-city
  url: https://news.my-city.example
publishers:
  - {key: my-city, name: My City, time_zone: Asia/Tokyo, language: ja}
sources:
  - id: news
    publisher: mycity
    kind: rsss
    url: https://www.my-city.example/rss.xml
`), nil).Check(nil)
	fmt.Println(err)
	// Output:
	// kairan.yaml:8:16: unknown publisher "mycity"; did you mean "my-city"?
	// kairan.yaml:9:11: unknown kind "rsss"; did you mean "feed"?
}

func ExampleParseSchedule() {
	schedule, err := config.ParseSchedule("30 2 * * *")
	if err != nil {
		fmt.Println(err)
		return
	}
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		fmt.Println(err)
		return
	}
	// On 29 March 2026 there is no 02:30: at 02:00 the clock is put forward.
	at := time.Date(2026, 3, 28, 12, 0, 0, 0, zone)
	for range 2 {
		at = schedule.Next(at)
		fmt.Println(at.Format("2 January 15:04"))
	}
	// Output:
	// 29 March 03:00
	// 30 March 02:30
}
