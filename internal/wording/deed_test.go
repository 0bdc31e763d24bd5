package wording

import (
	"testing"

	"github.com/kairan-news/kairan/feeds"
)

func TestDeed(t *testing.T) {
	for _, test := range []struct{ locale, license, want, remark string }{
		{"ja", "https://creativecommons.org/licenses/by/4.0/", "https://creativecommons.org/licenses/by/4.0/deed.ja", "the licence"},
		{"ja-simple", "https://creativecommons.org/licenses/by/4.0", "https://creativecommons.org/licenses/by/4.0/deed.ja", "a variant of the language"},
		{"zh-Hant", "http://creativecommons.org/licenses/by-nc-sa/4.0/deed.en", "https://creativecommons.org/licenses/by-nc-sa/4.0/deed.zh-hant", "another language's deed"},
		{"pt-BR", "https://creativecommons.org/publicdomain/zero/1.0/", "https://creativecommons.org/publicdomain/zero/1.0/deed.pt-br", "a region of its own"},
		{"en-GB", "https://creativecommons.org/licenses/by/4.0/", "https://creativecommons.org/licenses/by/4.0/deed.en", "none of its own"},
		{"nb", "https://creativecommons.org/licenses/by/4.0/", "https://creativecommons.org/licenses/by/4.0/deed.no", "another name of it"},
		{"th", "https://creativecommons.org/licenses/by/4.0/", "", "no such deed"},
		{"sr", "https://creativecommons.org/licenses/by/4.0/", "", "in another script alone"},
		{"ja", "https://creativecommons.org/licenses/by/4.0/legalcode", "", "the text itself is meant"},
		{"ja", "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0", "", "another licence"},
		{"ja", "", "", "none"},
	} {
		if got := (&Speech{Locale: test.locale, site: &feeds.Site{}}).Deed(test.license); got != test.want {
			t.Errorf("%s reads of %q at %q, want %q: %s", test.locale, test.license, got, test.want, test.remark)
		}
	}
}
