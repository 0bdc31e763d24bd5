package jobs

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// A new notice with characters that were cut off says nothing of those before it.
func TestACutCharacterCorrectsNothingElse(t *testing.T) {
	for says, test := range map[string]struct{ title, fresh string }{
		"English with curly quotes":        {"The city’s bridge %d</title>", "The river’s level \xe2\x80</title><description>High \xe3\x81</description>"},
		"Japanese":                         {"市からのお知らせ%d</title>", "防災訓練のお知\xe3\x82</title><description>避難所を\xe9\x96</description>"},
		"Russian":                          {"Мост %d закрыт на неделю</title>", "Трамваи не ход\xd1</title>"},
		"an item in another charset":       {"The city’s bridge %d</title>", "R\xe9sum\xe9 de l'\xe9t\xe9</title>"},
		"an item from another kind of UTF": {"Le pont est fermé à midi, %d</title>", "Fête \xed\xa0\xbc\xed\xbe\x86</title>"},
	} {
		h := newHouse(t)
		h.add("a", cityFeed, "@hourly")
		var items []string
		item := func(id, title string) string {
			return fmt.Sprintf(`<item><guid>urn:city:%s</guid><link>https://city.example/%s</link><pubDate>Mon, 01 Jun 2026 10:00:00 GMT</pubDate><title>%s</item>`, id, id, title)
		}
		for n := range 5 {
			items = append(items, item(fmt.Sprint(n), fmt.Sprintf(test.title, n)))
		}
		document := func(items ...string) string {
			return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>City</title><link>https://city.example/</link>` + strings.Join(items, "") + `</channel></rss>`
		}
		h.serve(cityFeed, body(document(items...)))
		h.collect("a")
		h.pass(2 * time.Hour)
		h.serve(cityFeed, body(document(append([]string{item("new", test.fresh)}, items...)...)))
		if run := h.collect("a"); run.New != 1 || run.Changed != 0 || run.Unchanged != 5 {
			t.Errorf("%s: %d new, %d changed and %d unchanged, want 1, 0 and 5; %q %s", says, run.New, run.Changed, run.Unchanged, run.Problems, run.Error)
		}
	}
}
