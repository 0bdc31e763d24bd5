package publish_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/storetest"
)

// BenchmarkChains is what a live feed costs of stories that come in thirteen languages, at
// once or one after the other, and with it a check that finds nothing to close: for readers
// who accept their own language alone, and for those who accept any.
func BenchmarkChains(b *testing.B) {
	h := newHouse(b, storetest.SQLite(b))
	var tags []string
	for _, l := range h.site.Locales {
		tags = append(tags, l.Tag)
	}
	for batch := range 60 {
		var all []feeds.Article
		for i := range 10 {
			for _, tag := range tags {
				name := fmt.Sprint("story-", batch, "-", i)
				all = append(all, notice(name, tag, name+" "+tag))
			}
		}
		h.collect(false, all...)
		h.now = h.now.Add(10 * time.Hour)
	}
	h.publishMarked()
	channel := feeds.Channel{Locale: "en", Kind: feeds.ChannelAll}
	for _, chain := range []feeds.Chain{{"en"}, {"en", feeds.AnyLanguage}} {
		h.site.Locales[0].Chain = chain
		for _, category := range []string{"", "government"} {
			if channel.Kind, channel.Name = feeds.ChannelAll, ""; category != "" {
				channel.Kind, channel.Name = feeds.ChannelCategory, category
			}
			b.Run(fmt.Sprint(chain, channel.Kind), func(b *testing.B) {
				for b.Loop() {
					if _, err := h.publisher.Composer.Make(b.Context(), channel, 0, feeds.RSS); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run(fmt.Sprint(chain, channel.Kind, "/tail"), func(b *testing.B) {
				for b.Loop() {
					if _, err := h.publisher.Publish(b.Context(), channel, 0, h.now); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
