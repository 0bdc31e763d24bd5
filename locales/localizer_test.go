package locales

import (
	"strings"
	"sync"
	"testing"
	"time"
)

// day is the day of the seminar, in the afternoon, in no zone to speak of.
var day = time.Date(2026, time.February, 1, 16, 5, 0, 0, time.UTC)

type data = map[string]any

func TestAMissingMessageIsLookedForDownTheChain(t *testing.T) {
	b, err := Load(folder(
		"active.de.toml", `"page.home" = "Startseite"`,
		"active.en.toml", "[\"publisher.only-english\"]\nother = \"Only English\"\n",
		"active.fr.toml", `"publisher.only-french" = "Seulement en français"`))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ chain, id, want, remark string }{
		{"de fr en", "page.home", "Startseite", "its own first"},
		{"de fr en", "page.picture", "Image", "then the next, not the default at once"},
		{"de fr", "publisher.only-english", "Only English", "English ends every chain"},
		{"de es-419 fr", "page.picture", "Image", "languages without a bundle are passed over"},
		{"es", "page.picture", "Picture", "no bundle at all"},
		{"", "page.picture", "Picture", "no chain at all"},
		{"ja nl", "publisher.only-french", "publisher.only-french", "what nobody has shows its id"},
		{"ja", "no.such.message", "no.such.message", "and so does what there is not"},
	} {
		l := b.Localizer(strings.Fields(tt.chain)...)
		if got := l.Text(tt.id, nil); got != tt.want {
			t.Errorf("%q: %s is %q, want %q (%s)", tt.chain, tt.id, got, tt.want, tt.remark)
		}
	}
	if b.Localizer("ja").Has("no.such.message") || !b.Localizer("de").Has("publisher.only-english") {
		t.Error("Has does not follow the chain")
	}
}

func TestAMessageIsOfOneLanguage(t *testing.T) {
	b, err := Load(folder("active.fa.toml", `"page.home" = "خانه"`))
	if err != nil {
		t.Fatal(err)
	}
	l := b.Localizer("fa", "ar", "en")
	if got, want := l.Count("page.notices", 2, nil), "خبران"; got != want {
		t.Errorf("two notices are %q, want %q: the words and the form of Arabic", got, want)
	}
	if got, want := l.Count("page.notices", 5, nil), "5 أخبار"; got != want {
		t.Errorf("five notices are %q, want %q", got, want)
	}
	if got, want := l.Text("page.published", data{"Date": day}), "نُشر في 1 فبراير 2026"; got != want {
		t.Errorf("a time that is filled in is %q, want %q", got, want)
	}
}

func TestAMissingValueNeverShows(t *testing.T) {
	l := mustLoad(t).Localizer("ja")
	if got := l.Text("page.published", nil); got != "page.published" {
		t.Errorf("without its date the message is %q, want its id", got)
	}
	if got := l.Text("page.notices", nil); got != "page.notices" {
		t.Errorf("a plural without a number is %q, want its id", got)
	}
}

func TestPlurals(t *testing.T) {
	b := mustLoad(t)
	for _, tt := range []struct {
		tag  string
		n    int
		want string
	}{
		{"en", 0, "0 notices"}, {"en", 1, "1 notice"}, {"en", 2, "2 notices"}, {"en", 1234, "1,234 notices"},
		{"ja", 1, "お知らせ1件"}, {"ja", 1234, "お知らせ1,234件"},
		{"zh-Hans", 3, "3 条资讯"}, {"zh-Hant", 3, "3 則消息"}, {"ko", 3, "소식 3건"},
		{"nl", 1, "1 bericht"}, {"nl", 12000, "12.000 berichten"},
		{"fr", 0, "0 actualité"}, {"fr", 1, "1 actualité"}, {"fr", 2, "2 actualités"}, {"fr", 1000000, "1\u202f000\u202f000 d’actualités"},
		{"th", 7, "7 ข่าว"}, {"tr", 7, "7 duyuru"}, {"id", 1500, "1.500 berita"}, {"fil", 4, "4 balita"},
		{"ar", 0, "لا أخبار"}, {"ar", 1, "خبر واحد"}, {"ar", 2, "خبران"}, {"ar", 3, "3 أخبار"}, {"ar", 11, "11 خبرًا"}, {"ar", 100, "100 خبر"}, {"ar", 103, "103 أخبار"},
		{"ru", 1, "1 новость"}, {"ru", 2, "2 новости"}, {"ru", 5, "5 новостей"}, {"ru", 11, "11 новостей"}, {"ru", 21, "21 новость"}, {"ru", 22, "22 новости"},
	} {
		if got := b.Localizer(tt.tag).Count("page.notices", tt.n, nil); got != tt.want {
			t.Errorf("%s: %d is %q, want %q", tt.tag, tt.n, got, tt.want)
		}
	}
}

func TestValuesOfAnotherDirectionAreIsolated(t *testing.T) {
	b := mustLoad(t)
	const fsi, pdi = "\u2068", "\u2069"
	for _, tt := range []struct {
		tag, id string
		data    data
		want    string
		remark  string
	}{
		{"en", "entry.attribution", data{"Publisher": "City of Amsterdam"}, "Source: City of Amsterdam", "one direction"},
		{"en", "entry.attribution", data{"Publisher": "東京都"}, "Source: 東京都", "other script, same direction"},
		{"en", "entry.attribution", data{"Publisher": "أمانة منطقة الرياض"}, "Source: " + fsi + "أمانة منطقة الرياض" + pdi, "Arabic in English"},
		{"en", "entry.attribution", data{"Publisher": "Riyadh (الرياض)"}, "Source: " + fsi + "Riyadh (الرياض)" + pdi, "one Arabic word is enough"},
		{"ar", "entry.attribution", data{"Publisher": "بلدية أمستردام"}, "المصدر: بلدية أمستردام", "one direction"},
		{"ar", "entry.attribution-licence", data{"Publisher": "بلدية أمستردام", "License": "CC BY 4.0"}, "المصدر: بلدية أمستردام، " + fsi + "CC BY 4.0" + pdi, "Latin in Arabic"},
		{"ar", "entry.corrected", data{"Date": "١ فبراير ٢٠٢٦"}, "صُحِّح في ١ فبراير ٢٠٢٦", "digits have no direction of their own"},
		{"ar", "entry.corrected", data{"Date": "2026-02-01"}, "صُحِّح في 2026-02-01", "nor have these"},
		{"ja", "entry.mark", data{"Language": "アラビア語"}, "［アラビア語］", "one direction"},
	} {
		if got := b.Localizer(tt.tag).Text(tt.id, tt.data); got != tt.want {
			t.Errorf("%s: got %+q, want %+q (%s)", tt.tag, got, tt.want, tt.remark)
		}
	}
}

func TestDirOfALocalizer(t *testing.T) {
	b := mustLoad(t)
	for tag, want := range map[string]string{"ar": "rtl", "ja": "ltr", "en": "ltr", "fa": "rtl"} {
		if l := b.Localizer(tag); l.Dir() != want {
			t.Errorf("%s is written %s, want %s", tag, l.Dir(), want)
		}
	}
}

func TestManySpeakAtOnce(t *testing.T) {
	b := mustLoad(t)
	var wait sync.WaitGroup
	for _, tag := range b.Tags() {
		for range 4 {
			wait.Go(func() {
				l := b.Localizer(tag, "en")
				for n := range 50 {
					l.Count("page.notices", n, nil)
					l.Text("entry.language-note", data{"Language": l.Language("ja")})
					l.Date(day)
				}
			})
		}
	}
	wait.Wait()
}

func TestLabelsHoldEveryLocaleAndTheSynonyms(t *testing.T) {
	labels := mustLoad(t).Labels("category.")
	if len(labels) != 13 {
		t.Errorf("there are labels for %d categories, want 13", len(labels))
	}
	for _, tt := range []struct{ word, id string }{
		{"環境", "category.environment"}, {"環境保全", "category.environment"}, {"環保", "category.environment"},
		{"Environnement", "category.environment"}, {"Milieu", "category.environment"}, {"بيئة", "category.environment"},
		{"Экология", "category.environment"}, {"防災", "category.disaster-prevention"}, {"都市整備", "category.urban-development"},
		{"Government", "category.government"}, {"체육", "category.sports"}, {"สุขภาพ", "category.health"},
	} {
		found := false
		for _, word := range labels[tt.id] {
			found = found || word == tt.word
		}
		if !found {
			t.Errorf("%q does not stand for %s", tt.word, tt.id)
		}
	}
	if related := mustLoad(t).Labels("entry.related")["entry.related"]; len(related) != 18 || related[0] != "Recommended for You" {
		t.Errorf("the headings are %q", related)
	}
}

func TestALanguageIsNamedInTheLanguageOfTheMessage(t *testing.T) {
	b, err := Load(folder("active.de.toml", `"entry.mark" = "[{{.Language}}]"`))
	if err != nil {
		t.Fatal(err)
	}
	l := b.Localizer("de")
	for _, tt := range []struct {
		id, tag, want, remark string
	}{
		{"entry.mark", "ja", "[Japanisch]", ""},
		{"entry.language-note", "ja", "This notice is in Japanese.", "English stands in for a message that is lacking, and says all of it in English"},
		{"entry.mark", "jp", "[jp]", "what is no language shows its tag"},
	} {
		if got := l.Text(tt.id, map[string]any{"Language": LanguageTag(tt.tag)}); got != tt.want {
			t.Errorf("%s of %s is %q, want %q (%s)", tt.id, tt.tag, got, tt.want, tt.remark)
		}
	}
	got := l.Text("channel.all.description", map[string]any{"Site": "X", "Language": LanguageTag("de")})
	if want := "All the latest from X: one entry for each notice, in German where available."; got != want {
		t.Errorf("a channel without words of its own is %q, want %q", got, want)
	}
}
