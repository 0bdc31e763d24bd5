package date

import (
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/parsetest"
)

func TestReadDate(t *testing.T) {
	tokyo, bangkok, tomsk, taipei := parsetest.Zone(t, "Asia/Tokyo"), parsetest.Zone(t, "Asia/Bangkok"), parsetest.Zone(t, "Asia/Tomsk"), parsetest.Zone(t, "Asia/Taipei")
	in := func(loc *time.Location) parse.Options { return parse.Options{Location: loc} }
	from := func(country string) parse.Options { return parse.Options{Country: country} }
	none := parse.Options{}
	tests := []struct {
		in     string
		o      parse.Options
		want   string // RFC 3339; "" if it can't be read
		remark string
	}{
		{"Wed, 01 Apr 2026 13:05:00 GMT", none, "2026-04-01T13:05:00Z", "RFC 1123"},
		{"Wed, 1 Apr 2026 13:05:00 +0900", none, "2026-04-01T04:05:00Z", "numeric zone"},
		{"Wed, 1 Apr 2026 13:05:00 +09:00", none, "2026-04-01T04:05:00Z", "a colon in the zone of RFC 822"},
		{"Wed, 1 Apr 26 13:05 GMT", none, "2026-04-01T13:05:00Z", "two-digit year, no seconds"},
		{"Wed,1 April 2026 13:05:00 EST", none, "2026-04-01T18:05:00Z", "no space, whole month"},
		{"Wednesday, 01-Apr-26 13:05:00 GMT", none, "2026-04-01T13:05:00Z", "RFC 850"},
		{"Sun Nov  6 08:49:37 1994", none, "1994-11-06T08:49:37Z", "asctime"},
		{"Tue, 15 Sept 2026 10:00:00 GMT", none, "2026-09-15T10:00:00Z", "Sept"},
		{"Xyz, 15 Sep 2026 10:00:00 GMT", none, "2026-09-15T10:00:00Z", "a weekday that is none"},
		{"Wed, 1 Apr 2026 13:05:00 +0900 (JST)", none, "2026-04-01T04:05:00Z", "comment behind the zone"},
		{"Wed, 1 Apr 2026 24:00:00 GMT", none, "2026-04-02T00:00:00Z", "midnight at the end of the day"},
		{"Wed, 1 Apr 2026 13:05:00 GMT+9", none, "2026-04-01T04:05:00Z", "GMT+9"},
		{"Wed, 1 Apr 2026 13:05:00 UTC+08:00", none, "2026-04-01T05:05:00Z", "UTC+08:00"},
		{"April 1st, 2026 1:05 PM", none, "2026-04-01T13:05:00Z", "ordinal day, pm"},
		{"1er avril 2026 à 13h05", none, "2026-04-01T13:05:00Z", "French ordinal and hour"},
		{"12:30 a.m., April 1, 2026", none, "2026-04-01T00:30:00Z", "half past midnight"},
		{"January 27, 2026", in(tokyo), "2026-01-26T15:00:00Z", "a day begins in the source's zone"},

		{"2026-04-01T13:05:00Z", none, "2026-04-01T13:05:00Z", "RFC 3339"},
		{"2026-04-01T13:05:00.123456+09:00", none, "2026-04-01T04:05:00.123Z", "fraction"},
		{"2026-04-01T13:05+0900", none, "2026-04-01T04:05:00Z", "no seconds, no colon"},
		{"2026-04-01T13:05:00", in(tokyo), "2026-04-01T04:05:00Z", "no zone"},
		{"2026-04-01 13:05:00", in(tokyo), "2026-04-01T04:05:00Z", "a space"},
		{"2026-04-01 13:05:00 JST", none, "2026-04-01T04:05:00Z", "a named zone"},
		{"2026-04-01", none, "2026-04-01T00:00:00Z", "W3C-DTF day"},
		{"2026-04", none, "2026-04-01T00:00:00Z", "W3C-DTF month"},
		{"2026", none, "2026-01-01T00:00:00Z", "W3C-DTF year"},
		{"2026-04-01T24:00:00", none, "2026-04-02T00:00:00Z", "24:00:00"},
		{"20260401T130500Z", none, "2026-04-01T13:05:00Z", "basic format"},
		{"20260401130500", none, "2026-04-01T13:05:00Z", "digits alone"},
		{"20260401", none, "2026-04-01T00:00:00Z", "a day in digits alone"},
		{"2026/04/01", none, "2026-04-01T00:00:00Z", "slashes"},
		{"2026/4/1 9:05", in(tokyo), "2026-04-01T00:05:00Z", "slashes and short numbers"},
		{"2026.4.1", none, "2026-04-01T00:00:00Z", "dots"},
		{"2026. 4. 1. 오후 1:05", none, "2026-04-01T13:05:00Z", "Korean dots"},
		{"1775048700", none, "2026-04-01T13:05:00Z", "epoch seconds"},
		{"1775048700123", none, "2026-04-01T13:05:00.123Z", "epoch milliseconds"},
		{"2026-04-01 10:00:00 2026-05-02 11:00:00", none, "2026-04-01T10:00:00Z", "two dates run together"},
		{"2026-04-01 10:002026-05-02 11:00", none, "2026-04-01T10:00:00Z", "two dates without a space"},

		{"22.06.2012 09:53:43 +0700", none, "2012-06-22T02:53:43Z", "Tomsk"},
		{"22.06.2012 09:53", in(tomsk), "2012-06-22T02:53:00Z", "Tomsk in its own zone of that year"},
		{"03/04/2026", none, "2026-03-04T00:00:00Z", "month first"},
		{"03/04/2026", parse.Options{DayFirst: true}, "2026-04-03T00:00:00Z", "day first"},
		{"22/06/2026 10:30", none, "2026-06-22T10:30:00Z", "only the day can be 22"},
		{"03.04.26", none, "2026-04-03T00:00:00Z", "dots are day first"},

		{"Wed, 01 Apr 2026 13:05:00 JST", none, "2026-04-01T04:05:00Z", ""},
		{"Wed, 01 Apr 2026 13:05:00 KST", none, "2026-04-01T04:05:00Z", ""},
		{"Wed, 01 Apr 2026 13:05:00 HKT", none, "2026-04-01T05:05:00Z", ""},
		{"Wed, 01 Apr 2026 13:05:00 AEST", none, "2026-04-01T03:05:00Z", ""},
		{"Wed, 01 Apr 2026 13:05:00 AEDT", none, "2026-04-01T02:05:00Z", ""},
		{"Wed, 01 Apr 2026 13:05:00 MSK", none, "2026-04-01T10:05:00Z", ""},
		{"Wed, 01 Apr 2026 13:05:00 CST", none, "2026-04-01T19:05:00Z", "America, if nothing else is known"},
		{"Wed, 01 Apr 2026 13:05:00 CST", from("CN"), "2026-04-01T05:05:00Z", "China"},
		{"Wed, 01 Apr 2026 13:05:00 CST", in(taipei), "2026-04-01T05:05:00Z", "what the source's own zone is called"},
		{"Wed, 01 Apr 2026 13:05:00 IST", none, "2026-04-01T07:35:00Z", "India"},
		{"Wed, 01 Apr 2026 13:05:00 IST", from("IL"), "2026-04-01T11:05:00Z", "Israel"},
		{"Wed, 01 Apr 2026 13:05:00 IST", from("IE"), "2026-04-01T12:05:00Z", "Ireland"},
		{"Wed, 01 Apr 2026 13:05:00 PST", from("PH"), "2026-04-01T05:05:00Z", "the Philippines"},
		{"Wed, 01 Apr 2026 13:05:00 BST", none, "2026-04-01T12:05:00Z", "Britain"},
		{"Wed, 01 Apr 2026 13:05:00 EST", from("AU"), "2026-04-01T03:05:00Z", "Australia"},
		{"Wed, 01 Apr 2026 13:05:00 EST", in(parsetest.Zone(t, "Australia/Brisbane")), "2026-04-01T03:05:00Z", "Australia, which only the zone tells"},

		{"令和8年4月1日", in(tokyo), "2026-03-31T15:00:00Z", "Reiwa"},
		{"令和元年5月1日", in(tokyo), "2019-04-30T15:00:00Z", "the first year"},
		{"平成31年4月30日 10時5分", in(tokyo), "2019-04-30T01:05:00Z", "Heisei"},
		{"令和3年(2021年)3月5日", none, "2021-03-05T00:00:00Z", "both years"},
		{"令和８年４月１日（水）午後１時５分", in(tokyo), "2026-04-01T04:05:00Z", "wide digits, weekday, afternoon"},
		{"R8.4.1", none, "2026-04-01T00:00:00Z", "era by its letter"},
		{"2026年4月1日", none, "2026-04-01T00:00:00Z", ""},
		{"2026年4月1日 13時05分", in(tokyo), "2026-04-01T04:05:00Z", ""},
		{"2026年4月1日 13:05:09", in(tokyo), "2026-04-01T04:05:09Z", ""},
		{"2026年4月1日（水）午前10時", in(tokyo), "2026-04-01T01:00:00Z", ""},
		{"2026年4月1日水曜日", none, "2026-04-01T00:00:00Z", ""},
		{"2026年4月1日星期三 下午3:20", none, "2026-04-01T15:20:00Z", "Chinese"},
		{"二〇二六年四月二十一日", none, "2026-04-21T00:00:00Z", "Chinese numerals"},
		{"中華民國115年4月1日", none, "2026-04-01T00:00:00Z", "the years of Taiwan"},
		{"2026년 4월 1일 오후 1시 5분", none, "2026-04-01T13:05:00Z", "Korean"},
		{"2026년 4월 1일 수요일", none, "2026-04-01T00:00:00Z", "Korean weekday"},

		{"1 เมษายน 2569", in(bangkok), "2026-03-31T17:00:00Z", "the Buddhist era"},
		{"1 เม.ย. 2569 เวลา 13.05 น.", in(bangkok), "2026-04-01T06:05:00Z", "abbreviated, a dotted hour"},
		{"1 เม.ย. 69", none, "2026-04-01T00:00:00Z", "two digits of the Buddhist era"},
		{"วันพุธที่ ๑ เมษายน พ.ศ. ๒๕๖๙", none, "2026-04-01T00:00:00Z", "Thai digits and era"},
		{"15 ม.ค. 2026", none, "2026-01-15T00:00:00Z", "Thai month, common era"},
		{"2569-04-01T13:05:00+07:00", none, "2026-04-01T06:05:00Z", "ISO with the Buddhist year"},
		{"Wed, 01 Apr 2569 13:05:00 +0700", none, "2026-04-01T06:05:00Z", "RFC 822 with the Buddhist year"},

		{"1 أبريل 2026", none, "2026-04-01T00:00:00Z", "Arabic of Egypt"},
		{"١ أبريل ٢٠٢٦", none, "2026-04-01T00:00:00Z", "Arabic-Indic digits"},
		{"۱ نيسان ۲۰۲۶", none, "2026-04-01T00:00:00Z", "Persian digits, Arabic of the Levant"},
		{"15 كانون الثاني 2026", none, "2026-01-15T00:00:00Z", "a month of two words"},
		{"15 كانون الأول 2025", none, "2025-12-15T00:00:00Z", ""},
		{"15 تشرين الثاني 2025", none, "2025-11-15T00:00:00Z", ""},
		{"الأربعاء، 1 يناير 2025 الساعة 3:05 م", none, "2025-01-01T15:05:00Z", "Arabic afternoon"},
		{"14 رمضان 1447 هـ", none, "", "the Islamic calendar is not converted"},
		{"1 апреля 2026 г.", none, "2026-04-01T00:00:00Z", "Russian genitive"},
		{"ср, 01 апр 2026 13:05:00 +0300", none, "2026-04-01T10:05:00Z", "Russian abbreviation"},
		{"15 сент. 2026, 13:05 МСК", none, "2026-09-15T10:05:00Z", "a zone in Cyrillic"},
		{"1 Nisan 2026 Çarşamba 13:05", none, "2026-04-01T13:05:00Z", "Turkish"},
		{"15 Eylül 2026", none, "2026-09-15T00:00:00Z", "Turkish"},
		{"15 AĞUSTOS 2026", none, "2026-08-15T00:00:00Z", "Turkish capitals"},
		{"mar. 03 févr. 2026", none, "2026-02-03T00:00:00Z", "a Tuesday, no March"},
		{"1 août 2026", none, "2026-08-01T00:00:00Z", "French"},
		{"woensdag 1 april 2026 13:05 uur", none, "2026-04-01T13:05:00Z", "Dutch"},
		{"1 mrt. 2026", none, "2026-03-01T00:00:00Z", "Dutch abbreviation"},
		{"Rabu, 1 April 2026 pukul 13.05 WIB", none, "2026-04-01T06:05:00Z", "Indonesian"},
		{"Rabu, 1 April 2026 13.05 WIB", none, "2026-04-01T06:05:00Z", "Indonesian, with nothing before the time"},
		{"17 Agu 2026", none, "2026-08-17T00:00:00Z", "Indonesian abbreviation"},
		{"ika-1 ng Abril 2026", none, "2026-04-01T00:00:00Z", "Filipino"},
		{"Hunyo 12, 2026", none, "2026-06-12T00:00:00Z", "Filipino"},

		{"", none, "", "nothing"},
		{"yesterday", none, "", "no date"},
		{"31 February 2026", none, "", "a day that does not exist"},
		{"1 Apr 1970 00:00:00 GMT", none, "", "before 1990"},
		{"0000-00-00 00:00:00", none, "", "a database's nothing"},
		{"Wed, 01 Apr 2026 13:05:00 GMT", parse.Options{Now: time.Date(2026, 3, 30, 0, 0, 0, 0, time.UTC)}, "", "in the future"},
		{"Wed, 01 Apr 2026 13:05:00 GMT", parse.Options{Now: time.Date(2026, 4, 1, 4, 6, 0, 0, time.UTC)}, "", "the time of Japan under the name of GMT"},
		{"Wed, 01 Apr 2026 13:05:00 GMT", parse.Options{Now: time.Date(2026, 4, 1, 12, 59, 0, 0, time.UTC)}, "2026-04-01T13:05:00Z", "a clock that is ahead"},
	}
	for _, tt := range tests {
		got, problem := Parse(tt.in, tt.o)
		text := ""
		if !got.IsZero() {
			text = got.Format(time.RFC3339Nano)
		}
		if text != tt.want {
			t.Errorf("Parse(%q) = %q, %v; want %q: %s", tt.in, text, problem, tt.want, tt.remark)
		}
		if tt.want == "" && tt.in != "" && problem == nil {
			t.Errorf("Parse(%q) tells no problem: %s", tt.in, tt.remark)
		}
	}
}

func TestWhetherATimeIsTold(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want bool // only the day
	}{
		{"2026-04-01", true}, {"2026-04", true}, {"20260401", true}, {"April 1, 2026", true}, {"令和8年4月1日（水）", true}, {"1 เมษายน 2569", true},
		{"2026년 4월 1일 수요일", true}, {"10-12 June 2026", true}, {"2026-04-01Z", true}, {"14 محرم 1448 هـ الموافق 29 يونيو 2026 م", true},
		{"2026-04-01T00:00:00Z", false}, {"Wed, 01 Apr 2026 00:00:00 +0900", false}, {"2026-04-01T00:00", false}, {"2026年4月1日 13時05分", false},
		{"2026年4月1日（水）午前10時", false}, {"1 เม.ย. 2569 เวลา 13.05 น.", false}, {"1775048700", false}, {"1er avril 2026 à 13h05", false}, {"April 1st, 2026 1:05 PM", false},
	} {
		got, problem := Parse(tt.in, parse.Options{})
		if problem != nil || got.DayOnly != tt.want {
			t.Errorf("Parse(%q) tells only the day: %v, %v; want %v", tt.in, got.DayOnly, problem, tt.want)
		}
	}
	if d, at := Find("Opened on 2026-04-01 13:05 by the mayor", parse.Options{}); d.DayOnly || at != "2026-04-01 13:05" {
		t.Errorf("what is found is %+v at %q", d, at)
	}
	if d := InAddress("https://city.example/2026/04/01/park", parse.Options{}); !d.DayOnly || d.IsZero() {
		t.Errorf("an address tells %+v", d)
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"Wed, 01 Apr 2026 13:05:00 JST", "2026-04-01T13:05:00+09:00", "令和元年5月1日", "1 เม.ย. 69 เวลา 13.05 น.", "15 كانون الثاني 2026", "二〇二六年四月一日", "22.06.2012 09:53:43 +0700", "1775048700"} {
		f.Add(s, "JP", true)
	}
	f.Fuzz(func(t *testing.T, s, country string, dayFirst bool) {
		got, problem := Parse(s, parse.Options{Country: country, DayFirst: dayFirst})
		if !got.IsZero() && (got.Before(earliest) || problem != nil || got.Location() != time.UTC) {
			t.Errorf("Parse(%q) = %v, %v", s, got, problem)
		}
	})
}
