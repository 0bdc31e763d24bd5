package locales

import (
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// inZone is half past three of the afternoon of 1 April 2026 in a zone.
func inZone(t *testing.T, name string) time.Time {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return time.Date(2026, time.April, 1, 15, 30, 0, 0, zone)
}

func TestATimeIsToldWithItsPlace(t *testing.T) {
	b, err := Load(folder("active.my.toml", `"page.home" = "ပင်မ"`))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ tag, zone, want string }{
		{"en", "Asia/Tokyo", "April 1, 2026 at 15:30, Tokyo time"},
		{"ja", "Asia/Tokyo", "2026年4月1日 15:30（東京時間）"},
		{"zh-Hans", "Asia/Tokyo", "2026年4月1日 15:30（东京时间）"},
		{"zh-Hant", "Asia/Tokyo", "2026年4月1日 下午3:30（東京時間）"},
		{"ko", "Asia/Tokyo", "2026년 4월 1일 오후 3:30(도쿄 시간)"},
		{"nl", "Asia/Tokyo", "1 april 2026 om 15:30 uur (tijd in Tokio)"},
		{"fr", "Asia/Tokyo", "1er avril 2026 à 15:30 (heure locale, Tokyo)"},
		{"th", "Asia/Tokyo", "1 เมษายน 2569 เวลา 15:30 น. (เวลาโตเกียว)"},
		{"tr", "Asia/Tokyo", "1 Nisan 2026 15:30 (Tokyo saatiyle)"},
		{"id", "Asia/Tokyo", "1 April 2026 pukul 15.30 waktu Tokyo"},
		{"fil", "Asia/Tokyo", "Abril 1, 2026 nang 3:30\u202fPM, oras sa Tokyo"},
		{"ar", "Asia/Tokyo", "1 أبريل 2026 في 3:30 م بتوقيت طوكيو"},
		{"ru", "Asia/Tokyo", "1 апреля 2026\u202fг. в 15:30 (местное время, Токио)"},
		{"en", "Asia/Shanghai", "April 1, 2026 at 15:30, Beijing time"},
		{"zh-Hans", "Asia/Shanghai", "2026年4月1日 15:30（北京时间）"},
		{"en", "Australia/Sydney", "April 1, 2026 at 15:30, Sydney time"},
		{"fr", "America/Toronto", "1er avril 2026 à 15:30 (heure locale, Toronto)"},
		{"en", "UTC", "April 1, 2026 at 15:30 UTC"},
		{"ja", "Etc/GMT-9", "2026年4月1日 15:30 UTC+09:00"},
		// A bundle that has no words for it has CLDR's.
		{"my", "Asia/Yangon", "၂၀၂၆ ဧပြီ ၁ ၁၅:၃၀ (ရန်ကုန် အချိန်)"},
	} {
		if got := b.Localizer(tt.tag).DateTime(inZone(t, tt.zone)); got != tt.want {
			t.Errorf("%s in %s: got %q, want %q", tt.tag, tt.zone, got, tt.want)
		}
	}
}

func TestABundleCallsAZoneAsItLikes(t *testing.T) {
	b, err := Load(folder("active.en.toml", `"zone.Australia/Sydney" = "New South Wales"`))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := b.Localizer("en").DateTime(inZone(t, "Australia/Sydney")), "April 1, 2026 at 15:30, New South Wales time"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestALanguageThatCLDRLacksHasDatesOfISO(t *testing.T) {
	s := styleOf("tlh")
	at := inZone(t, "Asia/Tokyo")
	got := strings.Join([]string{s.date(at), s.weekday(at), s.shortDate(at), s.clock(at), s.dateTime(at), s.number(1234), s.list([]string{"a", "b", "c"}), s.quote("a")}, " | ")
	if want := `2026-04-01 | 2026-04-01 | 2026-04-01 | 15:30 | 2026-04-01 15:30 | 1234 | a, b, c | "a"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestYearsInOtherCalendars(t *testing.T) {
	const gregorian, japanese, buddhist = feeds.CalendarGregorian, feeds.CalendarJapanese, feeds.CalendarBuddhist
	day := func(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 12, 0, 0, 0, time.UTC) }
	for _, tt := range []struct {
		tag       string
		calendars []feeds.Calendar
		at        time.Time
		want      string
	}{
		{"ja", nil, day(2026, 4, 1), "2026年4月1日"},
		{"ja", []feeds.Calendar{japanese}, day(2026, 4, 1), "令和8年4月1日"},
		{"ja", []feeds.Calendar{japanese, gregorian}, day(2026, 4, 1), "令和8年（2026年）4月1日"},
		{"ja", []feeds.Calendar{gregorian, japanese}, day(2026, 4, 1), "2026年（令和8年）4月1日"},
		{"ja", []feeds.Calendar{japanese}, day(2019, 5, 1), "令和元年5月1日"},
		{"ja", []feeds.Calendar{japanese}, day(2019, 4, 30), "平成31年4月30日"},
		{"ja", []feeds.Calendar{japanese}, day(1989, 1, 7), "昭和64年1月7日"},
		{"th", nil, day(2026, 4, 1), "1 เมษายน 2569"},
		{"th", []feeds.Calendar{gregorian}, day(2026, 4, 1), "1 เมษายน ค.ศ. 2026"},
		{"th", []feeds.Calendar{buddhist, gregorian}, day(2026, 4, 1), "1 เมษายน 2569 (ค.ศ. 2026)"},
		{"th", []feeds.Calendar{gregorian, buddhist}, day(2026, 4, 1), "1 เมษายน ค.ศ. 2026 (พ.ศ. 2569)"},
	} {
		l := mustLoad(t).Localizer(tt.tag).In(tt.calendars...)
		if got := l.Date(tt.at); got != tt.want {
			t.Errorf("%s in %v: got %q, want %q", tt.tag, tt.calendars, got, tt.want)
		}
		if got := l.Text("page.published", data{"Date": tt.at}); !strings.Contains(got, tt.want) {
			t.Errorf("%s in %v: a message has %q, want %q", tt.tag, tt.calendars, got, tt.want)
		}
	}
	ja := mustLoad(t).Localizer("ja").In(japanese, gregorian)
	for got, want := range map[string]string{
		ja.DateFull(day(2026, 4, 1)):  "令和8年（2026年）4月1日水曜日",
		ja.DateShort(day(2026, 4, 1)): "2026/04/01", // no era without its 年
		ja.DateTime(day(2026, 4, 1)):  "令和8年（2026年）4月1日 12:00 UTC",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestACalendarIsOfItsLocaleAlone(t *testing.T) {
	at := time.Date(2026, time.April, 1, 12, 0, 0, 0, time.UTC)
	b := mustLoad(t)
	b.Localizer("ja").In(feeds.CalendarJapanese)
	if got, want := b.Localizer("ja").Date(at), "2026年4月1日"; got != want {
		t.Errorf("another localizer writes %q, want %q", got, want)
	}
	de := b.Localizer("de", "ja").In(feeds.CalendarJapanese)
	if got, want := de.Date(at), "2026年4月1日"; got != want {
		t.Errorf("the next of a chain writes %q, want %q", got, want)
	}
}

func TestEveryLocaleQuotesAsItDoes(t *testing.T) {
	for tag, want := range map[string]string{"en": "“a”", "ja": "「a」", "zh-Hans": "“a”", "zh-Hant": "「a」", "fr": "«\u00a0a\u00a0»", "ru": "«a»", "nl": "‘a’", "ar": "«a»"} {
		if got := mustLoad(t).Localizer(tag).Quote("a"); got != want {
			t.Errorf("%s quotes %q, want %q", tag, got, want)
		}
	}
}

// The zones of the built-in publishers have a name in every bundle, in its script.
func TestEveryLocaleNamesThePublishersZones(t *testing.T) {
	b := mustLoad(t)
	zones := strings.Fields("Asia/Tokyo Europe/Amsterdam Asia/Bangkok Asia/Shanghai Europe/Brussels Asia/Hong_Kong Europe/Istanbul Asia/Jakarta Asia/Manila Australia/Sydney Asia/Riyadh Asia/Seoul Asia/Taipei Asia/Tomsk America/Toronto")
	for _, tag := range b.Tags() {
		for _, zone := range zones {
			city := b.locales[tag].city(zone)
			if city == "" || Direction(tag) == "rtl" != isRTL(city) || strings.Contains("ja ko ru th ar zh-Hans zh-Hant", tag) && city[0] < 0x80 {
				t.Errorf("%s calls %s %q", tag, zone, city)
			}
		}
	}
}

func isRTL(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 0x590 && r < 0x700 })
}
