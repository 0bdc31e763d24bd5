package locales

import (
	"html"
	"regexp"
)

// reading is a run of Chinese characters with its reading in brackets, as those write it
// who address children and learners: "防災（ぼうさい）", "お知（し）らせ".
var reading = regexp.MustCompile(`([\p{Han}ヶ]+)（([\p{Hiragana}ー]+)）`)

// Ruby returns text of our own as HTML, with readings set above their characters (the
// element ruby; HTML Living Standard §4.5.10). The brackets stay for what can't show that.
// Texts of others are no business of it: what stands in brackets in these may be something
// else.
func Ruby(text string) string {
	return reading.ReplaceAllString(html.EscapeString(text), "<ruby>$1<rp>（</rp><rt>$2</rt><rp>）</rp></ruby>")
}

// WithoutReadings returns text without readings in brackets: what is spoken, as by a screen
// reader, needs none, and would say each word twice.
func WithoutReadings(text string) string { return reading.ReplaceAllString(text, "$1") }
