package value

import "testing"

func TestWebURI(t *testing.T) {
	for in, want := range map[string]string{
		"https://city.example/a?b=1&c=%E5%9B%9E#d": "https://city.example/a?b=1&c=%E5%9B%9E#d",
		" https://city.example/a b ":               "https://city.example/a%20b",
		"https://city.example/回覧?q=板":              "https://city.example/%E5%9B%9E%E8%A6%A7?q=%E6%9D%BF",
		"https://例え.example/":                      "https://xn--r8jz45g.example/",
		"https://例え.example:8080":                  "https://xn--r8jz45g.example:8080",
		"https://city.example/100%":                "https://city.example/100%25",
		"https://city.example/{a}|<b>":             "https://city.example/%7Ba%7D%7C%3Cb%3E",
		"HTTP://city.example/":                     "HTTP://city.example/",
		"https://[2001:db8::1]:8443/a":             "https://[2001:db8::1]:8443/a",
		"https://[2001:db8::1/a":                   "",
		"https://city[1].example/":                 "",
		"https://city.example/a[1]?b[]=2#c[3]":     "https://city.example/a%5B1%5D?b%5B%5D=2#c%5B3%5D",
		"https://city.example/a#b#c":               "https://city.example/a#b%23c",
		"https://u:p@press_office.city.example.:/": "https://u:p@press_office.city.example.:/",
		"https://city.example:port/":               "",
		"https://../a":                             "",
		"/a":                                       "",
		"//city.example/":                          "",
		"https://":                                 "",
		"https:///a":                               "",
		"https://:80/":                             "",
		"javascript:alert(1)":                      "",
		"mailto:a@b.example":                       "",
		"":                                         "",
	} {
		if got := WebURI(in); got != want {
			t.Errorf("webURI(%q) is %q; want %q", in, got, want)
		}
	}
}

func TestLine(t *testing.T) {
	for in, want := range map[string]string{
		"a b": "a b", " a": "a", "a ": "a", "a  b": "a b", "a\tb\r\nc": "a b c", "  ": "", "": "",
		"全角　空白": "全角　空白", "a\u2028b": "a b", "a\x00b": "ab", "a\xffb": "ab", "a\ufdd0b\U0001fffec": "abc", "🎆\U0010fffd": "🎆\U0010fffd", "\u00a0": "", "\u3000a\u3000": "a", "a\u3000b\nc": "a\u3000b c",
	} {
		if got := Line(in); got != want {
			t.Errorf("line(%q) is %q; want %q", in, got, want)
		}
	}
}

func TestLangTag(t *testing.T) {
	for in, want := range map[string]string{
		"en": "en", "zh-Hant": "zh-Hant", "fil": "fil", "und": "und", "pt-BR": "pt-BR", "sr-Latn-RS": "sr-Latn-RS",
		"": "und", "xx": "und", "english": "und", "en_US": "und", "e": "und", "en-": "und", "日本語": "und",
	} {
		if got := LangTag(in); got != want {
			t.Errorf("langTag(%q) is %q; want %q", in, got, want)
		}
	}
}
