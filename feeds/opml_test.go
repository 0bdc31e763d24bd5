package feeds_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/kairan-news/kairan/feeds"
)

func TestOPML(t *testing.T) {
	got, err := feeds.RenderOPML(feeds.OPML{
		Title: "サンプル市のお知らせ & more", Language: "ja", Owner: "サンプル市", HomeURL: "https://news.example/ja/",
		Groups: []feeds.OPMLGroup{
			{Channels: []feeds.OPMLChannel{{Title: "すべて", Language: "ja", URL: "https://news.example/ja/all.atom", Format: feeds.Atom, HomeURL: "https://news.example/ja/"}}},
			{Title: "分野", Channels: []feeds.OPMLChannel{
				{Title: "防災", Description: "「防災」のお知らせ\x00", Language: "ja", URL: "https://news.example/ja/disaster-prevention.rss", Format: feeds.RSS, HomeURL: "https://news.example/ja/disaster-prevention", Category: "disaster-prevention"},
				{Title: "no address"},
			}},
			{Title: "発信元", Channels: []feeds.OPMLChannel{{Language: "und", URL: "https://news.example/ja/from/riyadh.atom"}}},
			{Title: "nothing in it"},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", "channels.opml")
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the list differs from %s:\n%s", path, got)
	}
}
