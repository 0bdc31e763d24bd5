package feeds

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// records reads a story as "ja:new en:translation ja:correction": each language is
// one article, "ja2" is a second one in Japanese, "ja@x" one of publisher x.
func records(story string) []Record {
	var log []Record
	revision := map[string]int{}
	for i, word := range strings.Fields(story) {
		article, reason, _ := strings.Cut(word, ":")
		if reason != string(ReasonWithdrawal) {
			revision[article]++
		}
		language, publisher, of := strings.Cut(article, "@")
		if !of {
			publisher = "city"
		}
		log = append(log, Record{
			Seq: int64(i + 1), Reason: Reason(reason), Article: article, Revision: revision[article],
			Story: "story", Language: strings.TrimRight(language, "0123456789"), Publisher: publisher,
		})
	}
	return log
}

// steps writes what View says as "1 ja/1" (record 1 shows revision 1 of ja), with
// "<x" for what it replaces and "-x" for what is gone.
func steps(all []Step) []string {
	var said []string
	for _, s := range all {
		word := fmt.Sprint(s.Record.Seq)
		if s.Article != "" {
			word += fmt.Sprintf(" %s/%d", s.Article, s.Revision)
		}
		if s.Replaces != "" {
			word += " <" + s.Replaces
		}
		if s.Gone != "" {
			word += " -" + s.Gone
		}
		said = append(said, word)
	}
	return said
}

func TestView(t *testing.T) {
	english := []string{"en", "fr", "ja"}
	for _, test := range []struct {
		name  string
		chain []string
		story string
		want  []string
	}{
		{"nothing", english, "", nil},
		{"the reader's own language", english, "en:new", []string{"1 en/1"}},
		{"a fallback", english, "ja:new", []string{"1 ja/1"}},
		{"a language that is not accepted", english, "th:new", nil},
		{"a late translation replaces the fallback", english, "ja:new en:translation", []string{"1 ja/1", "2 en/1 <ja"}},
		{"a translation into a better fallback", english, "ja:new fr:translation en:translation", []string{"1 ja/1", "2 fr/1 <ja", "3 en/1 <fr"}},
		{"a translation into a worse language changes nothing", english, "en:new ja:translation", []string{"1 en/1"}},
		{"a translation into a language that is not accepted", english, "en:new th:translation", []string{"1 en/1"}},
		{"a correction", english, "en:new en:correction", []string{"1 en/1", "2 en/2"}},
		{"a correction of what is not shown", english, "en:new ja:translation ja:correction", []string{"1 en/1"}},
		{"a correction of the fallback before its translation", english, "ja:new ja:correction en:translation", []string{"1 ja/1", "2 ja/2", "3 en/1 <ja"}},
		{"a withdrawal", english, "en:new en:withdrawal", []string{"1 en/1", "2 -en"}},
		{"a withdrawal puts the next best back", english, "ja:new en:translation en:withdrawal", []string{"1 ja/1", "2 en/1 <ja", "3 ja/1 <en -en"}},
		{"it puts back the newest revision", english, "ja:new en:translation ja:correction en:withdrawal", []string{"1 ja/1", "2 en/1 <ja", "4 ja/2 <en -en"}},
		{"a withdrawal of what is not shown", english, "en:new ja:translation ja:withdrawal", []string{"1 en/1"}},
		{"a withdrawal of what never was", english, "en:new fr:withdrawal", []string{"1 en/1"}},
		{"withdrawn for good", english, "ja:new en:translation en:withdrawal ja:withdrawal", []string{"1 ja/1", "2 en/1 <ja", "3 ja/1 <en -en", "4 -ja"}},
		{"published again", english, "en:new en:withdrawal en:new", []string{"1 en/1", "2 -en", "3 en/2"}},
		{"two in one language: the first stays", english, "ja:new ja2:translation", []string{"1 ja/1"}},
		{"two in one language: the second follows", english, "ja:new ja2:translation ja:withdrawal", []string{"1 ja/1", "3 ja2/1 <ja -ja"}},
		{"two in one language: who comes back stands behind", english, "ja:new ja2:translation ja:withdrawal ja:new", []string{"1 ja/1", "3 ja2/1 <ja -ja"}},
		{"no language at all", []string{}, "en:new", nil},
		{"everything: each for itself", nil, "ja:new en:translation ja:correction en:withdrawal", []string{"1 ja/1", "2 en/1", "3 ja/2", "4 -en"}},
		{"everything: two in one language", nil, "ja:new ja2:translation ja:withdrawal ja2:withdrawal", []string{"1 ja/1", "2 ja2/1", "3 -ja", "4 -ja2"}},
		{"everything: another publisher's stands behind", nil, "ja:new ja@x:translation ja@x:correction ja:correction", []string{"1 ja/1", "4 ja/2"}},
		{"everything: it follows", nil, "ja:new ja@x:translation ja@x:correction ja:withdrawal ja@x:correction", []string{"1 ja/1", "4 -ja", "4 ja@x/2 <ja", "5 ja@x/3"}},
		{"everything: who comes back stands behind it", nil, "ja:new ja@x:translation ja:withdrawal ja:translation ja@x:withdrawal", []string{"1 ja/1", "3 -ja", "3 ja@x/1 <ja", "5 -ja@x", "5 ja/2 <ja@x"}},
		{"everything: it is withdrawn unseen", nil, "ja:new ja@x:translation ja@x:withdrawal ja:withdrawal", []string{"1 ja/1", "4 -ja"}},
		{"everything: languages are apart", nil, "ja:new en@x:translation ja@x:translation en:translation", []string{"1 ja/1", "2 en@x/1"}},
		{"everything: all of the next publisher follow the last of the first", nil,
			"ja:new ja2:translation ja@x:translation ja2@x:translation ja:withdrawal ja2:withdrawal",
			[]string{"1 ja/1", "2 ja2/1", "5 -ja", "6 -ja2", "6 ja@x/1 <ja2", "6 ja2@x/1 <ja2"}},
		{"everything: a part of the log will do for one publisher", nil, "ja:correction en:withdrawal", []string{"1 ja/1", "2 -en"}},
		{"a publisher's version stands once where its language is a fallback", english, "ja:new ja@x:translation en@x:translation en@x:withdrawal ja:withdrawal",
			[]string{"1 ja/1", "3 en@x/1 <ja", "4 ja/1 <en@x -en@x", "5 ja@x/1 <ja -ja"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := steps(View(Accepted{Chain: test.chain}, records(test.story))); !slices.Equal(got, test.want) {
				t.Errorf("View(%q, %s)\n got %q\nwant %q", test.chain, test.story, got, test.want)
			}
		})
	}
}

// Languages that a chain lets in since a record are accepted from then on alone.
func TestViewOfAWidenedChain(t *testing.T) {
	accepted := Accepted{Chain: Chain{"en", AnyLanguage}, Narrow: Chain{"en"}, Until: 2}
	for _, test := range []struct {
		name, story string
		want        []string
	}{
		{"what came before stays where it was", "ko:new ja:translation", nil},
		{"what comes since is let in", "ko:new ja:translation th:translation", []string{"3 th/1"}},
		{"so is a correction of what came before", "ko:new ja:translation ko:correction", []string{"3 ko/2"}},
		{"its withdrawal takes nothing back", "ko:new ja:translation ko:withdrawal", nil},
		{"what was accepted goes on", "ko:new en:translation en:correction", []string{"2 en/1", "3 en/2"}},
		{"the best goes first since", "ko:new ja:translation th:translation en:translation", []string{"3 th/1", "4 en/1 <th"}},
	} {
		if got := steps(View(accepted, records(test.story))); !slices.Equal(got, test.want) {
			t.Errorf("%s: %s\n got %q\nwant %q", test.name, test.story, got, test.want)
		}
	}
	if got := steps(View(accepted.AsOf(Cut{Until: 2, Languages: Chain{"en", "ko"}}), records("ko:new en:translation"))); !slices.Equal(got, []string{"1 ko/1", "2 en/1 <ko"}) {
		t.Errorf("an archive that was closed before tells %q", got)
	}
}

// A chain that is written is as it was of what came before, when no tag fitted another, and
// so is each of its channels.
func TestNoTagFittedAnotherBefore(t *testing.T) {
	site := &Site{
		NarrowUntil: 2,
		Locales: []Locale{{Tag: "pt-BR", Chain: Chain{"pt-BR", "en"}}, {Tag: "ja", Chain: Chain{"ja", AnyLanguage}}, {Tag: "no", Chain: Chain{"no", "en", AnyLanguage}, Narrow: Chain{"no", "en"}},
			{Tag: "zh-Hans", Chain: Chain{"zh-Hans", "zh-Hant", "en", AnyLanguage}, Narrow: Chain{"zh-Hans", "en"}}},
		Publishers: []Publisher{{Key: "lisbon", Language: "pt"}, {Key: "taipei", Language: "zh-Hant"}},
	}
	for _, test := range []struct{ channel, story, want string }{
		{"pt-BR/all", "pt:new", ""},
		{"pt-BR/all", "ko:new pt:translation pt-PT:translation", "3 pt-PT/1"},
		{"pt-BR/all", "ko:new pt-BR:translation", "2 pt-BR/1"},
		{"pt-BR/only/culture", "pt:new", ""},
		{"pt-BR/only/culture", "ko:new th:translation pt:translation", "3 pt/1"},
		{"pt-BR/from/lisbon", "pt:new", "1 pt/1"},
		{"pt-BR/everything", "pt:new", "1 pt/1"},
		{"ja/all", "ko:new", "1 ko/1"},
		{"ja/from/lisbon", "ko:new", "1 ko/1"},
		{"no/all", "nb:new", ""},
		{"no/from/lisbon", "nb:new pt:translation", "2 pt/1"},
		{"no/all", "nb:new en:translation nb:correction", "2 en/1, 3 nb/2 <en"},
		{"zh-Hans/from/lisbon", "en:new pt:translation", "1 en/1"},
		{"zh-Hans/from/taipei", "en:new zh-Hant:translation", "1 en/1"},
		{"zh-Hans/from/taipei", "en:new ko:translation zh-Hant:translation", "1 en/1, 3 zh-Hant/1 <en"},
	} {
		var c Channel
		if err := c.UnmarshalText([]byte(test.channel)); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(steps(View(site.Accepted(c), records(test.story))), ", "); got != test.want {
			t.Errorf("%s makes %q of %s, want %q", test.channel, got, test.story, test.want)
		}
	}
	archive := site.Accepted(Channel{"pt-BR", ChannelAll, ""}).AsOf(Cut{Until: 2, Languages: Chain{"pt-BR"}})
	if got := steps(View(archive, records("pt:new en:translation"))); got != nil {
		t.Errorf("an archive that was closed before tells %q", got)
	}
}

// TestViewOfACategory proves from where on a story stands in a category. "/out" after
// a record says that the story was outside.
func TestViewOfACategory(t *testing.T) {
	chain := []string{"en", "ja"}
	for _, test := range []struct {
		name, story string
		want        []string
	}{
		{"it comes in later, as it is by then", "ja:new/out ja:correction/out ja:filing", []string{"3 ja/2"}},
		{"a translation brings it in", "ja:new/out th:translation", []string{"2 ja/1"}},
		{"the best version comes in", "ja:new/out en:translation/out ja:filing", []string{"3 en/1"}},
		{"it comes in twice", "ja:new ja:filing", []string{"1 ja/1"}},
		{"it leaves", "ja:new ja:filing/out ja:correction/out", []string{"1 ja/1", "2"}},
		{"it leaves and comes back", "ja:new ja:filing/out ja:filing", []string{"1 ja/1", "2", "3 ja/1"}},
		{"it left and is withdrawn", "ja:new ja:filing/out ja:withdrawal/out", []string{"1 ja/1", "2", "3 -ja"}},
		{"it was never there and is withdrawn", "ja:new/out ja:withdrawal/out", nil},
		{"it leaves by a correction", "ja:new ja:correction/out", []string{"1 ja/1", "2"}},
		{"it comes in when nothing of it is left", "ja:new/out ja:withdrawal/out ja:filing", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			var story []Record
			revision := 0
			for i, word := range strings.Fields(test.story) {
				word, outside := strings.CutSuffix(word, "/out")
				r := records(word)[0]
				if r.Language == "ja" && r.Reason != ReasonWithdrawal && r.Reason != ReasonFiling {
					revision++
					r.Revision = revision
				}
				r.Seq, r.Outside = int64(i+1), outside
				story = append(story, r)
			}
			if got := steps(View(Accepted{Chain: chain}, story)); !slices.Equal(got, test.want) {
				t.Errorf("%s\n got %q\nwant %q", test.story, got, test.want)
			}
		})
	}
}

// TestViewIsTheSameFromEveryRecord proves that a view can be read up to any record:
// what a longer log says of its beginning is what the shorter one said.
func TestViewIsTheSameFromEveryRecord(t *testing.T) {
	story := records("ja:new th:translation en:translation ja:correction en:withdrawal fr:translation ja:withdrawal fr:correction fr:withdrawal")
	story = append(story, records("ja:new ja@x:translation ja:withdrawal ja:translation ja@x:withdrawal")...)
	for _, chain := range [][]string{{"en", "fr", "ja"}, {"ja"}, {"fr", "en"}, nil} {
		whole := steps(View(Accepted{Chain: chain}, story))
		for n := range story {
			part := steps(View(Accepted{Chain: chain}, story[:n]))
			if !slices.Equal(part, whole[:len(part)]) {
				t.Errorf("chain %q, %d records: %q is no beginning of %q", chain, n, part, whole)
			}
		}
	}
}

func ExampleView() {
	story := []Record{
		{Seq: 1, Reason: ReasonNew, Article: "お知らせ", Revision: 1, Language: "ja"},
		{Seq: 2, Reason: ReasonTranslation, Article: "Notice", Revision: 1, Language: "en"},
	}
	for _, step := range View(Accepted{Chain: Chain{"en", "ja"}}, story) {
		fmt.Printf("%d: %s, in place of %q\n", step.Record.Seq, step.Article, step.Replaces)
	}
	// Output:
	// 1: お知らせ, in place of ""
	// 2: Notice, in place of "お知らせ"
}
