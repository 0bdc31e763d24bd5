package search_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/search"
	"github.com/kairan-news/kairan/internal/search/searchtest"
)

// What a text is taken apart into: grams first, then the others. The tokens of a title are those
// of the text once more, with a mark.
func TestTokens(t *testing.T) {
	for _, test := range []struct{ text, want, remark string }{
		{"Harbour", "harbour .h .ha .har", "a word, and how it begins"},
		{"A ship", "a .a ship .s .sh .shi", "a word is its own beginning"},
		{"ship, ship SHIP", "ship .s .sh .shi", "once"},
		{"L’été d'Ankara’nın", "l .l ete .e .et .ete d .d ankara .a .an .ank nin .n .ni .nin", "an apostrophe ends a word; accents are left out"},
		{"İSTANBUL ISPARTA ışık", "istanbul .i .is .ist isparta .isp isik .isi", "the dots of Turkish are left out"},
		{"Straße œuvre Ørsted", "strasse .s .st .str oeuvre .o .oe .oeu orsted .or .ors", "letters that have no accent to be left out"},
		{"Hồ Chí Đà", "ho .h .ho chi .c .ch .chi da .d .da", "Vietnamese without its tones"},
		{"ёлка йод", "елка .е .ел .елк йод .й .йо .йод", "е stands for ё, but и not for й"},
		{"за́мок", "замок .з .за .зам", "the stress is left out"},
		{"مُحَمَّد", "محمد .م .مح .محم", "vowels of Arabic are left out"},
		{"المدينة", "مدينه .م .مد .مدي", "its article is taken off, and ه stands for ة"},
		{"إلى أمـــل", "الي .ا .ال .الي امل .ام .امل", "hamzas and strokes are left out"},
		{"ومهرجان", "ومهرجان .و .وم .ومه مهرجان .م .مه .مهر", "و may be an and"},
		{"नेपाली", "नेपाली .न .ने .नेप", "vowels of Devanagari are letters"},
		{"２０２６ ٢٠٢٦ ๒๐๒๖ २०२६", "2026 .2 .20 .202", "digits of any script and width"},
		{"京都", "京都 .都 .京 ^京都", "a pair, its characters, and that it begins here"},
		{"東京都の", "東京 京都 都の .の .東 .京 .都 ^東京", "each pair; a single の begins nothing"},
		{"の京都", "の京 京都 .都 .の .京 ^京都", "a stretch of kanji begins behind kana"},
		{"春まつり", "春ま まつ つり .り .春 .ま .つ ^春ま ^春 ^まつ", "春 is all of its stretch"},
		{"東京、京都", "東京 .京 京都 .都 .東 ^東京 .京 ^京都", "what keeps two runs apart"},
		{"ｶﾞｽ", "ガス .ス .ガ ^ガス", "half as wide"},
		{"タワー", "タワ ワー .ー .タ .ワ ^タワ", "the stroke is of the stretch before it"},
		{"人々", "人々 .々 .人 ^人々", "the mark that repeats is a character"},
		{"2026年", ".年 2026 .2 .20 .202 ^年", "a digit is no character of a run"},
		{"불꽃축제", "불꽃 꽃축 축제 .제 .불 .꽃 .축 ^불꽃", "Korean"},
		{"กรุง", "กรุ รุง .ุง .ก .กร .ร .รุ .ุ .ง ^กร", "Thai goes by threes"},
		{"ปี", ".ปี .ป .ี ^ปี", "a word of two"},
		{"a\x00b\xff c\u200dd", "a .a b .b cd .c .cd", "what is no text ends a word, what can't be seen doesn't"},
		{"東\ufe00京", "東京 .京 .東 ^東京", "how a character is to be drawn is left out"},
		{"— … 🎆 #!", "", "nothing to be found by"},
	} {
		tokens := search.TokensOf(feeds.Article{Content: test.text, Language: "xx", Publisher: "city"})
		got := strings.TrimSuffix(tokens.String(), "@xx /city")
		if want := test.want; normal(got) != normal(want) {
			t.Errorf("%s: %q is\n  %s\nwant\n  %s", test.remark, test.text, got, want)
		}
	}
}

// normal leaves out what comes twice and the order of what has none, which the table leaves to
// who reads it.
func normal(tokens string) string {
	all := strings.Fields(tokens)
	slices.Sort(all)
	return strings.Join(slices.Compact(all), " ")
}

func TestTokensOfAnArticle(t *testing.T) {
	a := feeds.Article{
		Title: "Kyoto", Summary: "Old town", Content: "<p>Tem<b>ples</b></p><p>" + strings.Repeat("x ", 300) + "</p>far", Language: "pt-BR", Publisher: "a_b-1",
		Published: time.Date(2025, 12, 31, 23, 30, 0, 0, time.FixedZone("", -3600)),
	}
	got := strings.Fields(search.TokensOf(a).String())
	for _, want := range strings.Fields("kyoto =kyoto =.k =.ky =.kyo old town temples x @pt-BR /a_b-1 ~202 ~2026 ~2026-01") {
		if !slices.Contains(got, want) {
			t.Errorf("%s is missing: %q", want, got)
		}
	}
	for _, not := range strings.Fields("far =old =temples tem ~2025") {
		if slices.Contains(got, not) {
			t.Errorf("%s is there: %q", not, got)
		}
	}
}

// All tokens are of what an index is told to take as it is.
func TestTokensAreOfLettersDigitsAndMarks(t *testing.T) {
	corpus := searchtest.New(1, time.Unix(0, 0))
	texts := []string{"a'b\"c\\d*e:f(g)h&i|j!k<l>m", "\u202eabc\u2066", "İ\u0301ǅ", "ﬁ ㍿ ① ½", "\u0e33\u0eb3"}
	for range 2 * len(searchtest.Languages) {
		texts = append(texts, corpus.Next().Content)
	}
	for _, text := range texts {
		for token := range strings.FieldsSeq(search.TokensOf(feeds.Article{Title: text, Content: text, Language: "en", Publisher: "city"}).String()) {
			for _, r := range token {
				if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) && !strings.ContainsRune(search.Marks, r) {
					t.Fatalf("%q has %q", token, r)
				}
			}
		}
	}
}

// fulfils reports whether an article's tokens fulfil a query, as an index would say.
func fulfils(tokens search.Tokens, q search.Query) bool {
	in := func(c search.Condition) bool {
		if len(c.Tokens) == 1 && slices.ContainsFunc(slices.Concat(tokens.Grams, tokens.Others), func(t string) bool {
			return t == c.Tokens[0] || c.Begins && strings.HasPrefix(t, c.Tokens[0])
		}) {
			return true
		}
		for at := 0; at+len(c.Tokens) <= len(tokens.Grams); at++ {
			if slices.Equal(tokens.Grams[at:at+len(c.Tokens)], c.Tokens) {
				return true
			}
		}
		return false
	}
	for _, alternatives := range q {
		if !slices.ContainsFunc(alternatives, in) {
			return false
		}
	}
	return true
}

// rank returns the rank at which an article is found; 0 if it is not.
func rank(a feeds.Article, query string) search.Rank {
	tokens := search.TokensOf(a)
	for _, step := range (search.Request{Terms: search.Parse(query), Order: search.Best}).Steps() {
		if fulfils(tokens, step.Query) {
			return step.Rank
		}
	}
	return 0
}

// Where no space ends a word, two neighbouring characters may be one, and three, and one.
func TestAllNeighbouringCharactersAreFound(t *testing.T) {
	corpus := searchtest.New(7, time.Unix(0, 0))
	asked := map[string]int{}
	rounds := 3
	if testing.Short() {
		rounds = 1
	}
	for range rounds * len(searchtest.Languages) {
		a := corpus.Next()
		if !slices.Contains([]string{"ja", "ja-simple", "zh-Hans", "zh-Hant", "ko", "th"}, a.Language) {
			continue
		}
		tokens := search.TokensOf(a)
		text := []rune(strings.TrimSuffix(strings.TrimPrefix(a.Content, "<p>"), "</p>"))
		for _, text := range []string{a.Title, string(text[:min(600, len(text))])} {
			for run := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
				chars := []rune(run)
				for length := 1; length <= 5; length++ {
					for at := 0; at+length <= len(chars); at++ {
						query := string(chars[at : at+length])
						asked[a.Language]++
						if !fulfils(tokens, search.Request{Terms: search.Parse(query)}.Steps()[0].Query) {
							t.Fatalf("%s: %q is not found in %q", a.Language, query, run)
						}
					}
				}
			}
		}
	}
	for language, n := range asked {
		if n < 500 {
			t.Errorf("%d questions of %s prove little", n, language)
		}
	}
	if len(asked) != 6 {
		t.Errorf("asked were %v", asked)
	}
}

// Each word of a text is found, and so is each of its beginnings.
func TestAllWordsAreFound(t *testing.T) {
	corpus := searchtest.New(9, time.Unix(0, 0))
	for range len(searchtest.Languages) {
		a := corpus.Next()
		tokens := search.TokensOf(a)
		for word := range strings.FieldsSeq(a.Title) {
			for at := range word {
				if at == 0 || at > 12 {
					continue
				}
				if q := search.Parse(word[:at]); !fulfils(tokens, search.Request{Terms: q}.Steps()[0].Query) && a.Language != "ar" {
					t.Errorf("%s: %q (%q) of %q is not found", a.Language, word[:at], q, word)
				}
			}
			if q := search.Parse(word); !fulfils(tokens, search.Request{Terms: q}.Steps()[0].Query) {
				t.Errorf("%s: %q (%q) is not found", a.Language, word, q)
			}
		}
	}
}

func TestRanks(t *testing.T) {
	article := func(title, text string) feeds.Article { return feeds.Article{Title: title, Content: text} }
	for _, test := range []struct {
		title, text, query string
		want               search.Rank
		remark             string
	}{
		{"Harbour festival", "", "harbour", search.InTitleWhole, "a word of the title"},
		{"Harbour festival", "", "festival harbour", search.InTitleWhole, "in any order"},
		{"Harbours", "", "harbour", search.InTitle, "it begins one of the title"},
		{"News", "At the harbour", "harbour", search.Whole, "a word of the text"},
		{"Festival", "At the harbour", "harbour festival", search.Whole, "one here and one there"},
		{"News", "At the harbourside", "harbour", search.Within, "it begins one of the text"},
		{"News", "At the harbour", "arbour", 0, "it ends one"},
		{"京都の祭り", "", "京都", search.InTitleWhole, "kanji behind which kana stand"},
		{"東京都の祭り", "", "京都", search.InTitle, "no beginning of a stretch"},
		{"祭り", "会場は京都府庁です", "京都", search.Whole, "it begins a stretch"},
		{"祭り", "東京都の会場", "京都", search.Within, "東京都 comes last"},
		{"祭り", "東京、大阪、都市", "京都", 0, "not in a row"},
		{"불꽃축제", "", "축제", search.InTitle, "the end of a word of Korean"},
		{"세계 축제의", "", "축제", search.InTitleWhole, "its beginning"},
		{"เทศกาลดอกไม้", "", "ดอก", search.InTitle, "amid a line of Thai"},
		{"مهرجان المدينة", "", "مدينه", search.InTitleWhole, "without the article"},
		{"春の花", "", "春", search.InTitleWhole, "a word of one character"},
		{"青春", "", "春", search.InTitle, "a part of one"},
		{"Kyoto 京都", "", "京都kyoto", search.InTitleWhole, "two scripts without a space"},
		{"A", "", "", search.Rank(0), "nothing is asked for"},
	} {
		if got := rank(article(test.title, test.text), test.query); got != test.want {
			t.Errorf("%s: %q is found in %q, %q at rank %d, want %d", test.remark, test.query, test.title, test.text, got, test.want)
		}
	}
}
