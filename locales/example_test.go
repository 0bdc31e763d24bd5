package locales_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/kairan-news/kairan/locales"
)

func Example() {
	bundle, err := locales.Load(nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, tag := range []string{"en", "ja", "th", "ar"} {
		l := bundle.Localizer(tag, "en")
		fmt.Println(l.Text("entry.language-note", map[string]any{"Language": l.Language("nl")}))
	}
	// Output:
	// This notice is in Dutch.
	// このお知らせはオランダ語で書かれています。
	// ข่าวนี้เป็นภาษาดัตช์
	// هذا الخبر باللغة الهولندية.
}

func ExampleLocalizer_Count() {
	bundle, _ := locales.Load(nil)
	russian := bundle.Localizer("ru", "en")
	for _, n := range []int{1, 2, 5, 21} {
		fmt.Println(russian.Count("page.notices", n, nil))
	}
	// Output:
	// 1 новость
	// 2 новости
	// 5 новостей
	// 21 новость
}

func ExampleLocalizer_Date() {
	bundle, _ := locales.Load(nil)
	day := time.Date(2026, time.February, 1, 16, 5, 0, 0, time.UTC)
	for _, tag := range []string{"en", "ja", "th", "fr"} {
		fmt.Println(bundle.Localizer(tag).Date(day))
	}
	// Output:
	// February 1, 2026
	// 2026年2月1日
	// 1 กุมภาพันธ์ 2569
	// 1er février 2026
}

func ExampleMatch() {
	have := []string{"en", "ja", "zh-Hans", "zh-Hant", "ru"}
	fmt.Println(locales.Match(have, "zh-TW,zh;q=0.9,en;q=0.8", "en"))
	fmt.Println(locales.Match(have, "uk", "en")) // Ukrainian is not answered in Russian: let them choose
	// Output:
	// zh-Hant true
	// en false
}

func ExampleCanonicalLocale() {
	have := []string{"en", "ja", "zh-Hans", "zh-Hant"}
	for _, s := range []string{"zh-tw", "ZH_HANS", "jp", "en-GB", "sv"} {
		locale, forGood, ok := locales.CanonicalLocale(have, s)
		fmt.Println(s, locale, forGood, ok)
	}
	// Output:
	// zh-tw zh-Hant true true
	// ZH_HANS zh-Hans true true
	// jp ja true true
	// en-GB en false true
	// sv  false false
}

func ExampleBundle_Labels() {
	bundle, _ := locales.Load(nil)
	for id, words := range bundle.Labels("category.tourism") {
		fmt.Println(id, words[0], slices.Contains(words, "観光"), slices.Contains(words, "Sightseeing"))
	}
	// Output:
	// category.tourism Tourism true true
}
