// Package searchtest writes articles in the languages of the program that mean nothing, and
// are to an index what real ones are: of words as long and as often, spaced as their script has
// it.
package searchtest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// Languages are those in which articles are written.
var Languages = strings.Fields("en ja ja-simple zh-Hans zh-Hant ko nl fr th tr id fil ar ru vi ne pt-BR")

// Publishers are those of whom they are, by turns.
const Publishers = 14

// Corpus writes articles. It may not be used by several goroutines at once.
type Corpus struct {
	random  *rand.Rand
	writers []writer
	written int
	from    time.Time
}

// New returns a corpus whose articles are the same for the same seed. They were published an
// hour after one another, from a time on.
func New(seed uint64, from time.Time) *Corpus {
	c := &Corpus{random: rand.New(rand.NewPCG(seed, 1)), from: from}
	for i := range Languages {
		c.writers = append(c.writers, newWriter(scripts[i], rand.New(rand.NewPCG(seed, uint64(i+2)))))
	}
	return c
}

// Next writes an article: a title, some six hundred characters of text, and a summary, which
// is how the text begins.
func (c *Corpus) Next() feeds.Article {
	n := c.written
	c.written++
	w := c.writers[n%len(c.writers)]
	text := w.text(500 + c.random.IntN(400))
	id := fmt.Sprintf("guid-%d", n)
	a := feeds.Article{
		Publisher: fmt.Sprintf("city-%d", n/len(c.writers)%Publishers), GUID: id, Key: id, Link: "https://city.example/" + id,
		Language: Languages[n%len(c.writers)], Title: w.text(w.title + c.random.IntN(w.title)),
		Content: "<p>" + text + "</p>", Published: c.from.Add(time.Duration(n) * time.Hour), PublishedFrom: feeds.DateDeclared,
		Categories: []string{[]string{"culture", "sports", "tourism"}[c.random.IntN(3)]},
	}
	runes := []rune(text)
	a.Summary = string(runes[:min(150, len(runes))])
	return a
}

// Word returns a word of the language with this number: the lower its rank, the more often it
// is written.
func (c *Corpus) Word(language, rank int) string { return c.writers[language].words[rank] }

// writer writes in one language.
type writer struct {
	script
	words  []string
	random *rand.Rand
	often  *rand.Zipf // which word
}

// script is how a language looks.
type script struct {
	letters string // the most frequent first
	words   int
	least   int // letters of a word
	most    int
	space   string   // between two words
	ends    []string // particles behind a word, for each of which the next word needs no space
	clause  int      // words between two commas
	comma   string
	title   int // characters of a title at least
}

var (
	kanji  = ideographs(0x4E00, 2000)
	hanzi  = ideographs(0x5000, 3000)
	hantsu = ideographs(0x6000, 3000)
	hangul = ideographs(0xAC00, 900)
)

const latin = "eaionrtslducmphgbvfkywjzxq"

// scripts are those of [Languages].
var scripts = []script{
	{letters: latin, words: 12000, least: 2, most: 9, space: " ", clause: 9, comma: ", ", title: 35},
	{letters: kanji, words: 12000, least: 1, most: 3, ends: strings.Fields("の は を に が で と から まで です。 ます。 した、 する など も へ"), clause: 9, comma: "、", title: 15},
	{letters: kanji, words: 4000, least: 1, most: 2, ends: strings.Fields("の は を に が で と から まで です。 ます。 した、 する など も へ"), clause: 7, comma: "、", title: 15},
	{letters: hanzi, words: 15000, least: 1, most: 3, clause: 7, comma: "，", title: 12},
	{letters: hantsu, words: 15000, least: 1, most: 3, clause: 7, comma: "，", title: 12},
	{letters: hangul, words: 9000, least: 2, most: 3, space: " ", ends: strings.Fields("이 가 을 를 에 에서 은 는 의 로 과 도"), clause: 8, comma: ", ", title: 15},
	{letters: latin, words: 15000, least: 2, most: 11, space: " ", clause: 9, comma: ", ", title: 35},
	{letters: "eaiéonrtslduècmpêghçàbvfù", words: 13000, least: 2, most: 9, space: " ", clause: 9, comma: ", ", title: 35},
	{letters: "กานรเงมยลวดทสอตะปบคหแจพชขผใไถโซฟธณญษศภฐ", words: 6000, least: 2, most: 6, clause: 9, comma: " ", title: 30},
	{letters: "aeinrlıkdtsmyuobüşzgçğhvcöpfj", words: 18000, least: 3, most: 12, space: " ", clause: 9, comma: ", ", title: 35},
	{letters: "anieurktdsmpglbohyjcwfv", words: 10000, least: 3, most: 10, space: " ", clause: 9, comma: ", ", title: 35},
	{letters: "anigotslmkyeduprbhw", words: 10000, least: 2, most: 10, space: " ", clause: 9, comma: ", ", title: 35},
	{letters: "اليمنورتبدعسفهكقحجشطصخضذثزغظأةىإ", words: 15000, least: 2, most: 7, space: " ", clause: 9, comma: "، ", title: 30},
	{letters: "оеаинтсрвлкмдпуяызьбгчйхжшюцщэф", words: 18000, least: 2, most: 11, space: " ", clause: 9, comma: ", ", title: 35},
	{letters: "nhtcigaumàláđôêpảơrvsọạốếệ", words: 3000, least: 2, most: 4, space: " ", clause: 9, comma: ", ", title: 30},
	{letters: "रनकतमसयलपहवदबगचजआथटभधशखउअइ", words: 12000, least: 2, most: 6, space: " ", clause: 9, comma: "। ", title: 30},
	{letters: "aeosrindtmuclpvgãçhqbfézíáj", words: 13000, least: 2, most: 10, space: " ", clause: 9, comma: ", ", title: 35},
}

// ideographs returns characters from one on.
func ideographs(from rune, n int) string {
	var b strings.Builder
	for i := range rune(n) {
		b.WriteRune(from + i*7%rune(n))
	}
	return b.String()
}

// newWriter makes up the words of a language. Few words are most of a text (Zipf's law), and
// few letters most of the words.
func newWriter(s script, random *rand.Rand) writer {
	w := writer{script: s, random: random, often: rand.NewZipf(random, 1.07, 4, uint64(s.words-1))}
	letters := []rune(s.letters)
	frequent := rand.NewZipf(random, 1.15, max(8, float64(len(letters))/30), uint64(len(letters)-1))
	known := map[string]bool{}
	for len(w.words) < s.words {
		word := make([]rune, s.least+random.IntN(s.most-s.least+1))
		for i := range word {
			word[i] = letters[frequent.Uint64()]
		}
		if text := string(word); !known[text] || len(word) == s.least {
			known[text] = true
			w.words = append(w.words, text)
		}
	}
	return w
}

// text writes about so many characters.
func (w writer) text(characters int) string {
	var b strings.Builder
	n := 0
	put := func(s string) {
		b.WriteString(s)
		n += len([]rune(s))
	}
	for i := 1; n < characters; i++ {
		put(w.words[w.often.Uint64()])
		if len(w.ends) > 0 {
			put(w.ends[w.random.IntN(len(w.ends))])
		}
		if i%w.clause == 0 {
			put(w.comma)
		} else {
			put(w.space)
		}
	}
	return strings.TrimSpace(b.String())
}
