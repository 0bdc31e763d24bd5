package store_test

import (
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

var rereadBullets = []bullet{
	{"what a newer release reads otherwise takes the place of what is stored, silently", func(t *testing.T, h *house) {
		h.collect("a", 2, 0, notice(1, content("<p>Opening hours</p>")), notice(2))
		before := h.article("Notice 1")
		better := notice(1)
		better.Summary, better.Images = "In short.", []feeds.Image{{URL: "https://city.example/i.png"}}
		for range 2 {
			out := h.run("a", []feeds.Article{better, notice(2)}, byGrammar(1))
			if out.New+out.Changed+out.Withdrawn != 0 || out.Run.Unchanged != 2 {
				t.Errorf("it came to %+v", out.Run)
			}
			if a := h.article("Notice 1"); a.ID != before.ID || a.Revision != 1 || a.Content != better.Content || a.Summary != better.Summary ||
				len(a.Images) != 1 || !a.Changed.Equal(before.Changed) || !a.Updated.IsZero() {
				t.Errorf("it became %+v", a)
			}
		}
		h.wantLog("new ja Notice 1", "new ja Notice 2")
		if out := h.run("a", []feeds.Article{notice(1, content("<p>Off.</p>")), notice(2)}, byGrammar(1)); out.Changed != 1 {
			t.Errorf("what the source changes from then on came to %+v", out.Run)
		}
	}},
	{"what a newer release reads otherwise marks its channels once", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1, content("<p>Opening hours</p>")))
		h.marks()
		h.run("a", []feeds.Article{notice(1)}, byGrammar(1))
		if len(h.marks()) == 0 {
			t.Error("no channel is marked")
		}
		h.run("a", []feeds.Article{notice(1)}, byGrammar(1))
		h.wantMarks()
	}},
	{"what podcasts say, and whose a picture is, is read silently", func(t *testing.T, h *house) {
		before := notice(1)
		before.Images, before.Enclosures = []feeds.Image{{URL: "https://city.example/i.png"}}, []feeds.Enclosure{{URL: "https://city.example/e.mp3"}}
		h.collect("a", 1, 0, before)
		h.marks()
		better := before
		better.Images = []feeds.Image{{URL: "https://city.example/i.png", Alt: "smoke", Credit: "A. B."}}
		better.Enclosures = []feeds.Enclosure{{URL: "https://city.example/e.mp3", Duration: 754}}
		h.collect("a", 0, 0, better)
		better.Episode = feeds.Episode{Number: 7, Transcripts: []feeds.Transcript{{URL: "https://city.example/e.vtt", Type: "text/vtt"}}}
		for range 2 {
			if out := h.run("a", []feeds.Article{better}, byGrammar(1)); out.New+out.Changed+out.Withdrawn != 0 {
				t.Errorf("it came to %+v", out.Run)
			}
		}
		a := h.article("Notice 1")
		if a.Revision != 1 || a.Images[0].Credit != "A. B." || a.Enclosures[0].Duration != 754 || a.Episode.Number != 7 || len(a.Episode.Transcripts) != 1 {
			t.Errorf("it became %+v", a)
		}
		h.wantLog("new ja Notice 1")
	}},
	{"that only a day was told is read silently", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1))
		day := notice(1)
		day.PublishedDay = true
		if out := h.run("a", []feeds.Article{day}, byGrammar(1)); out.New+out.Changed+out.Withdrawn != 0 {
			t.Errorf("it came to %+v", out.Run)
		}
		if a := h.article("Notice 1"); a.Revision != 1 || !a.PublishedDay {
			t.Errorf("it became %+v", a)
		}
		h.wantLog("new ja Notice 1")
	}},
	{"what a newer release reads as before marks no channel", func(t *testing.T, h *house) {
		all := notice(1)
		all.Authors, all.Enclosures = []feeds.Person{{Name: "知事"}}, []feeds.Enclosure{{URL: "https://city.example/e.pdf"}}
		all.Related = []feeds.Related{{Title: "Before", Date: noon}}
		all.Episode = feeds.Episode{Number: 7, Transcripts: []feeds.Transcript{{URL: "https://city.example/e.vtt", Type: "text/vtt"}}}
		h.collect("a", 1, 0, all)
		h.marks()
		h.run("a", []feeds.Article{all}, byGrammar(1))
		h.wantMarks()
	}},
}

// byGrammar has a run read by a grammar.
func byGrammar(n int) func(*store.Collected) {
	return func(c *store.Collected) { c.Grammar = n }
}
