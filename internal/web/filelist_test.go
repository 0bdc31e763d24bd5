package web

import (
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/wording"
)

// pageIn is a page in a locale, with the built-in messages.
func pageIn(t *testing.T, locale string) *page {
	t.Helper()
	bundle, err := bundles()
	if err != nil {
		t.Fatal(err)
	}
	return &page{speech: wording.In(locale, &feeds.Site{}, bundle)}
}

func TestFilesAreListedByName(t *testing.T) {
	for _, test := range []struct{ url, title, want string }{
		{"https://city.example/docs/1.pdf", "Minutes", "Minutes"},
		{"https://city.example/docs/%E8%A8%88%E7%94%BB%20A.pdf?v=2", "", "計画 A.pdf"},
		{"https://city.example/docs/", "", "https://city.example/docs/"},
		{"https://city.example", "", "https://city.example"},
		{"https://city.example/a%0A%E2%80%AEfdp.exe", "", "a fdp.exe"},
	} {
		listed := pageIn(t, "en").files([]feeds.Enclosure{{URL: test.url, Title: test.title}})
		if got := listed[0].Title; got != test.want {
			t.Errorf("%s is called %q, want %q", test.url, got, test.want)
		}
	}
}

func TestFilesAreListedWithFormatAndSize(t *testing.T) {
	const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	for _, test := range []struct {
		url, mediaType string
		length         int64
		want, remark   string
	}{
		{"1.pdf", "application/pdf", 1_234_567, "PDF, 1.2\u00a0MB", ""},
		{"1.pdf", "application/pdf", 0, "PDF", "no size is known"},
		{"1.pdf", "application/pdf", -1, "PDF", "nor is this one"},
		{"1", "Application/PDF; charset=binary", 1, "PDF, 1\u00a0KB", "no file has 0 KB"},
		{"1", docx, 999_499, "Word, 999\u00a0KB", ""},
		{"1", docx, 999_500, "Word, 1\u00a0MB", "1,000 KB are a MB, and 1.0 is 1"},
		{"1.xlsx", "application/octet-stream", 9_949_999, "Excel, 9.9\u00a0MB", "the type says nothing, the name does"},
		{"1.XLSX?v=1.pdf", "", 9_950_000, "Excel, 10\u00a0MB", ""},
		{"1.zip", "", 999_499_999, "ZIP, 999\u00a0MB", ""},
		{"1.zip", "", 999_500_000, "ZIP, 1\u00a0GB", ""},
		{"1.zip", "", 12_600_000_000, "ZIP, 13\u00a0GB", ""},
		{"1.pdf", "text/html", 2_000, "2\u00a0KB", "what the type says counts, though it has no name"},
		{"1", "", 0, "", "nothing is known"},
		{"1.exe", "", 0, "", ""},
	} {
		e := feeds.Enclosure{URL: "https://city.example/" + test.url, Type: test.mediaType, Length: test.length}
		if got := pageIn(t, "en").files([]feeds.Enclosure{e})[0].Note; got != test.want {
			t.Errorf("%s of %q with %d bytes is %q, want %q: %s", test.url, test.mediaType, test.length, got, test.want, test.remark)
		}
	}
}

func TestASizeIsWrittenAsInTheReadersLanguage(t *testing.T) {
	for locale, want := range map[string][3]string{
		"ar":        {"\u2068PDF\u2069، 34\u00a0كيلوبايت", "\u2068PDF\u2069، 1.2\u00a0ميغابايت", "\u2068PDF\u2069، 2.5\u00a0غيغابايت"},
		"en":        {"PDF, 34\u00a0KB", "PDF, 1.2\u00a0MB", "PDF, 2.5\u00a0GB"},
		"fil":       {"PDF, 34\u00a0KB", "PDF, 1.2\u00a0MB", "PDF, 2.5\u00a0GB"},
		"fr":        {"PDF, 34\u00a0ko", "PDF, 1,2\u00a0Mo", "PDF, 2,5\u00a0Go"},
		"id":        {"PDF, 34\u00a0KB", "PDF, 1,2\u00a0MB", "PDF, 2,5\u00a0GB"},
		"ja":        {"PDF：34KB", "PDF：1.2MB", "PDF：2.5GB"},
		"ko":        {"PDF, 34KB", "PDF, 1.2MB", "PDF, 2.5GB"},
		"nl":        {"PDF, 34\u00a0kB", "PDF, 1,2\u00a0MB", "PDF, 2,5\u00a0GB"},
		"ru":        {"PDF, 34\u00a0КБ", "PDF, 1,2\u00a0МБ", "PDF, 2,5\u00a0ГБ"},
		"th":        {"PDF ขนาด 34\u00a0KB", "PDF ขนาด 1.2\u00a0MB", "PDF ขนาด 2.5\u00a0GB"},
		"tr":        {"PDF, 34\u00a0KB", "PDF, 1,2\u00a0MB", "PDF, 2,5\u00a0GB"},
		"ja-simple": {"PDF：34KB", "PDF：1.2MB", "PDF：2.5GB"},
		"vi":        {"PDF, 34\u00a0KB", "PDF, 1,2\u00a0MB", "PDF, 2,5\u00a0GB"},
		"ne":        {"PDF, ३४\u00a0केबी", "PDF, १.२\u00a0एमबी", "PDF, २.५\u00a0जीबी"},
		"pt-BR":     {"PDF, 34\u00a0KB", "PDF, 1,2\u00a0MB", "PDF, 2,5\u00a0GB"},
		"zh-Hans":   {"PDF，34\u00a0KB", "PDF，1.2\u00a0MB", "PDF，2.5\u00a0GB"},
		"zh-Hant":   {"PDF，34\u00a0KB", "PDF，1.2\u00a0MB", "PDF，2.5\u00a0GB"},
	} {
		p := pageIn(t, locale)
		for i, length := range []int64{34_000, 1_200_000, 2_500_000_000} {
			if got := p.fileNote(feeds.Enclosure{Type: "application/pdf", Length: length}); got != want[i] {
				t.Errorf("%s: %d bytes are %+q, want %+q", locale, length, got, want[i])
			}
		}
	}
}
