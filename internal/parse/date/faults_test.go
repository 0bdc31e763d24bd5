package date

import (
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/parsetest"
)

// Dates of kinds that were read wrong, or not at all.
func TestDatesOfAllKinds(t *testing.T) {
	in := func(zone string) parse.Options { return parse.Options{Location: parsetest.Zone(t, zone)} }
	none, tokyo, taipei := parse.Options{}, in("Asia/Tokyo"), in("Asia/Taipei")
	for _, test := range []struct {
		in   string
		o    parse.Options
		want string // RFC 3339; "" if it is none
	}{
		// A database's nothing.
		{"-0001-11-30T00:00:00+00:00", none, ""},
		{"Wed, 30 Nov -0001 00:00:00 +0000", none, ""},
		{"0001-01-01", none, ""},
		{"0001-01-01T00:00:00", none, ""},
		{"0001-01-01T00:00:00Z", none, ""},
		{"01/01/0001 00:00:00", none, ""},
		{"01.01.0001", none, ""},
		{"1 January 0001", none, ""},
		{"0001年1月1日", none, ""},
		{"0000-00-00", none, ""},
		{"0000/00/00 00:00", none, ""},
		{"00.00.0000", none, ""},
		{"1899-12-30T00:00:00", none, ""},

		// Days that there are not.
		{"32 Nov 2026", none, ""},
		{"Nov 31, 2026", none, ""},
		{"31 Feb 2026 10:00", none, ""},
		{"2026-02-30", none, ""},
		{"2026年2月30日", none, ""},
		{"32.11.2026", none, ""},
		{"0 June 2026", none, ""},
		{"29 February 2026", none, ""},
		{"29 February 2028", none, "2028-02-29T00:00:00Z"},

		// The year first, where it always is.
		{"26.6.20", tokyo, "2026-06-19T15:00:00Z"},
		{"'26.6.20.", in("Asia/Seoul"), "2026-06-19T15:00:00Z"},
		{"26/6/20 13:30", in("Asia/Shanghai"), "2026-06-20T05:30:00Z"},
		{"26.06.20", none, "2020-06-26T00:00:00Z"},
		{"令8.6.20", tokyo, "2026-06-19T15:00:00Z"},

		// Hours that last until others.
		{"2026年6月20日 午後7時～9時", tokyo, "2026-06-20T10:00:00Z"},
		{"2026年6月20日 午前10時～午後3時", tokyo, "2026-06-20T01:00:00Z"},
		{"2026年6月20日 午後1時30分から3時15分まで", tokyo, "2026-06-20T04:30:00Z"},
		{"2026년 6월 20일 오후 1시~3시", in("Asia/Seoul"), "2026-06-20T04:00:00Z"},
		{"2026/6/20 1:30 下午", taipei, "2026-06-20T05:30:00Z"},
		{"2026년 6월 20일 밤 9시", in("Asia/Seoul"), "2026-06-20T12:00:00Z"},
		{"2026년 6월 20일 낮 2시", in("Asia/Seoul"), "2026-06-20T05:00:00Z"},

		// Hours of print, of Greek, and with their zone in brackets.
		{"20 juin 2026 – 13 h 30", in("Europe/Paris"), "2026-06-20T11:30:00Z"},
		{"samedi 20 juin 2026, 13 h", in("Europe/Paris"), "2026-06-20T11:00:00Z"},
		{"20 Ιουνίου 2026, 1:30 μ.μ.", in("Europe/Athens"), "2026-06-20T10:30:00Z"},
		{"Thứ bảy, 20/06/2026, 13:30 (GMT+7)", none, "2026-06-20T06:30:00Z"},
		{"20/06/2026 13:30 (UTC+07:00)", none, "2026-06-20T06:30:00Z"},
		{"Sat Jun 20 2026 13:30:00 GMT+0900 (GMT+09:00)", none, "2026-06-20T04:30:00Z"},
		{"20/06/2026 13:30 (GMT)", tokyo, "2026-06-20T13:30:00Z"},

		// Days of two calendars.
		{"5 محرم 1448 هـ الموافق 20 يونيو 2026 م", in("Asia/Riyadh"), "2026-06-19T21:00:00Z"},
		{"20 يونيو 2026 الموافق 5 محرم 1448هـ", in("Asia/Riyadh"), "2026-06-19T21:00:00Z"},
		{"السبت 5 محرم 1448هـ - 20 يونيو 2026م", in("Asia/Riyadh"), "2026-06-19T21:00:00Z"},
		{"5 محرم 1448", in("Asia/Riyadh"), ""},
		{"5 محرم 1448 هـ - 6 محرم 1448 هـ", in("Asia/Riyadh"), ""},
		{"20 يونيه 2026 10:30 ص", in("Africa/Cairo"), "2026-06-20T07:30:00Z"},

		// Ranges.
		{"20-22 June 2026", none, "2026-06-20T00:00:00Z"},
		{"20–22 juin 2026", none, "2026-06-20T00:00:00Z"},
		{"20. - 22. Juni 2026", none, "2026-06-20T00:00:00Z"},
		{"du 20 au 22 juin 2026", none, "2026-06-20T00:00:00Z"},
		{"20 to 22 June 2026", none, "2026-06-20T00:00:00Z"},
		{"30 June - 2 July 2026", none, "2026-06-30T00:00:00Z"},
		{"30 June 2026 - 2 July 2026", none, "2026-06-30T00:00:00Z"},
		{"28 December - 3 January 2027", none, "2026-12-28T00:00:00Z"},
		{"28 December 2026 – 3 January 2027", none, "2026-12-28T00:00:00Z"},
		{"June 20-22, 2026", none, "2026-06-20T00:00:00Z"},
		{"June 30 – July 2, 2026", none, "2026-06-30T00:00:00Z"},
		{"Sat, Jun 20 to Mon, Jun 22 2026", none, "2026-06-20T00:00:00Z"},
		{"10-12 June 26", none, "2026-06-10T00:00:00Z"},
		{"20.-22.06.2026", none, "2026-06-20T00:00:00Z"},
		{"20.06.-22.06.2026", none, "2026-06-20T00:00:00Z"},
		{"20. bis 22.06.2026", none, "2026-06-20T00:00:00Z"},
		{"30.12. - 02.01.2027", none, "2026-12-30T00:00:00Z"},
		{"20/06 - 22/06/2026", parse.Options{DayFirst: true}, "2026-06-20T00:00:00Z"},
		{"06/20 - 06/22/2026", none, "2026-06-20T00:00:00Z"},
		{"2026-06-20 - 2026-06-22", none, "2026-06-20T00:00:00Z"},
		{"2026-06-20/2026-06-22", none, "2026-06-20T00:00:00Z"},
		{"2026/6/20~6/22", none, "2026-06-20T00:00:00Z"},
		{"2026年6月20日~22日", none, "2026-06-20T00:00:00Z"},
		{"令和8年12月28日（月）〜1月3日（日）", none, "2026-12-28T00:00:00Z"},
		{"2026년 6월 20일 ~ 22일", none, "2026-06-20T00:00:00Z"},
		{"2026.6.20(土)～6.22(月)", none, "2026-06-20T00:00:00Z"},
		{"20 tot en met 22 juni 2026", none, "2026-06-20T00:00:00Z"},
		{"11.09.2019 - 14.30 Uhr", none, "2019-09-11T14:30:00Z"},
		{"20–22 June", none, ""},
		{"30 June - 12 July", none, ""},
		{"6月20日~22日", none, ""},

		// Eras and others in one character.
		{"㋿8年6月1日", none, "2026-06-01T00:00:00Z"},
		{"㋿元年5月1日", none, "2019-05-01T00:00:00Z"},
		{"㍻31年4月30日", none, "2019-04-30T00:00:00Z"},
		{"㍼64年1月7日", none, ""},
		{"㍽元年1月1日", none, ""},
		{"2026年㋅㏠ ㍢", none, "2026-06-01T10:00:00Z"},

		// Zones.
		{"2026-06-20 10:15:00 Europe/Paris", none, "2026-06-20T08:15:00Z"},
		{"2026-01-20 10:15:00 (europe/paris)", none, "2026-01-20T09:15:00Z"},
		{"2026-06-20T10:15:00+02:00[Europe/Paris]", none, "2026-06-20T08:15:00Z"},
		{"2026-06-20T10:15[America/Argentina/Buenos_Aires]", none, "2026-06-20T13:15:00Z"},
		{"Sat, 20 Jun 2026 10:15:00 AMERICA/PORT_OF_SPAIN", none, "2026-06-20T14:15:00Z"},
		{"20/Jun/2026:10:15:00 +0200", none, "2026-06-20T08:15:00Z"},
		{"2026-06-20 10:15 Nowhere/Atall", none, "2026-06-20T10:15:00Z"},
		{"June 20, 2026 1:15pm ET", none, "2026-06-20T17:15:00Z"},
		{"January 20, 2026 1:15 p.m. ET", none, "2026-01-20T18:15:00Z"},
		{"01:15 PM CT, June 20, 2026", none, "2026-06-20T18:15:00Z"},
		{"June 20, 2026 13:15 MT", none, "2026-06-20T19:15:00Z"},
		{"Jan 20, 2026 13:15 (PT)", none, "2026-01-20T21:15:00Z"},
		{"20 et 21 juin 2026", none, "2026-06-20T00:00:00Z"},
		{"20 juin 2026, 10:15 et 11:15", none, "2026-06-20T10:15:00Z"},
		{"pt., 19 cze 2026 10:15", none, "2026-06-19T10:15:00Z"},
		{"pet, 19 lipnja 2026 10:15", none, "2026-06-19T10:15:00Z"},
		{"Sat, 20 Jun 2026 10:15:00 AST", none, "2026-06-20T14:15:00Z"},
		{"Sat, 20 Jun 2026 10:15:00 AST", in("Asia/Riyadh"), "2026-06-20T07:15:00Z"},
		{"Sat, 20 Jun 2026 10:15:00 AST", in("America/Halifax"), "2026-06-20T14:15:00Z"},
		{"Sat, 20 Jun 2026 10:15:00 BST", in("Asia/Dhaka"), "2026-06-20T04:15:00Z"},
		{"Sat, 20 Jun 2026 10:15:00 IST", in("Asia/Jerusalem"), "2026-06-20T08:15:00Z"},
		{"Sat, 20 Jun 2026 10:15:00 SAST", in("Africa/Johannesburg"), "2026-06-20T08:15:00Z"},
		{"Sat, 20 Jun 2026 10:15:00 WAT", in("Africa/Lagos"), "2026-06-20T09:15:00Z"},

		// Hours in words, and beyond midnight.
		{"2026年6月20日 正午", tokyo, "2026-06-20T03:00:00Z"},
		{"2026年6月20日(土)正午", tokyo, "2026-06-20T03:00:00Z"},
		{"2026年6月20日 午後3時半", tokyo, "2026-06-20T06:30:00Z"},
		{"2026年6月20日土曜日午後3時半頃", tokyo, "2026-06-20T06:30:00Z"},
		{"2026년 6월 20일 오후 3시 반", none, "2026-06-20T15:30:00Z"},
		{"2026年6月20日 深夜11時", none, "2026-06-20T23:00:00Z"},
		{"2026年6月20日 深夜1時", none, "2026-06-20T01:00:00Z"},
		{"2026年6月20日 深夜25時30分", tokyo, "2026-06-20T16:30:00Z"},
		{"2026年6月20日 夜8時", none, "2026-06-20T20:00:00Z"},
		{"2026年6月20日 中午11:30", none, "2026-06-20T11:30:00Z"},
		{"2026/06/20 25:30", tokyo, "2026-06-20T16:30:00Z"},
		{"2026-06-30 25:30", none, "2026-07-01T01:30:00Z"},
		{"2026/06/20 31:30", none, ""},
		{"June 20, 2026, noon", none, "2026-06-20T12:00:00Z"},
		{"June 20, 2026 12 midnight", none, "2026-06-20T00:00:00Z"},
		{"June 20, 2026 2 PM", none, "2026-06-20T14:00:00Z"},
		{"2pm, 20 June 2026", none, "2026-06-20T14:00:00Z"},
		{"20 June 2026 230pm", none, "2026-06-20T14:30:00Z"},
		{"2026年6月20日 下午三點半", none, "2026-06-20T15:30:00Z"},
		{"Samstag, 20. Juni 2026, 14 Uhr", none, "2026-06-20T14:00:00Z"},

		// Taiwan.
		{"民國115年6月1日", none, "2026-06-01T00:00:00Z"},
		{"中華民國 115 年 6 月 1 日", none, "2026-06-01T00:00:00Z"},
		{"中華民國一一五年六月一日", none, "2026-06-01T00:00:00Z"},
		{"民國一百一十五年十二月三十一日", none, "2026-12-31T00:00:00Z"},
		{"民國99年6月1日", none, "2010-06-01T00:00:00Z"},
		{"民國115/06/01 10:15", taipei, "2026-06-01T02:15:00Z"},
		{"115年6月1日", taipei, "2026-05-31T16:00:00Z"},
		{"99年6月1日", taipei, "2010-05-31T16:00:00Z"},
		{"26年6月1日", taipei, "2026-05-31T16:00:00Z"},
		{"115/06/01", taipei, "2026-05-31T16:00:00Z"},
		{"115.6.1", taipei, "2026-05-31T16:00:00Z"},
		{"115-06-01 10:15", taipei, "2026-06-01T02:15:00Z"},
		{"115-06-01", parse.Options{Language: "zh-Hant"}, "2026-06-01T00:00:00Z"},
		{"115-06-01", none, ""},
		{"1150601", taipei, "2026-05-31T16:00:00Z"},
		{"1150601", none, ""},

		// What programs write.
		{"/Date(1781950500000)/", none, "2026-06-20T10:15:00Z"},
		{`\/Date(1781950500000-0500)\/`, none, "2026-06-20T10:15:00Z"},
		{"new Date(1781950500000)", none, ""},
		{"1781950500.25", none, "2026-06-20T10:15:00.25Z"},
		{"1781950500250", none, "2026-06-20T10:15:00.25Z"},
		{"1781950500250.5", none, "2026-06-20T10:15:00.25Z"},
		{"1781950500250999", none, "2026-06-20T10:15:00.25Z"},
		{"1781950500250999999", none, "2026-06-20T10:15:00.25Z"},
		{"1781950500.", none, ""},
		{"2026-W25-6", none, "2026-06-20T00:00:00Z"},
		{"2026W256", none, "2026-06-20T00:00:00Z"},
		{"2026-W25", none, "2026-06-15T00:00:00Z"},
		{"2026-W25-6T10:15:00+09:00", none, "2026-06-20T01:15:00Z"},
		{"2026-W01-1", none, "2025-12-29T00:00:00Z"},
		{"2020-W53-7", none, "2021-01-03T00:00:00Z"},
		{"2026-W54-1", none, ""},
		{"2025-W53-1", none, ""},
		{"2026-171", none, "2026-06-20T00:00:00Z"},
		{"2026171T1015Z", none, "2026-06-20T10:15:00Z"},
		{"2026-366", none, ""},
		{"2028-366", none, "2028-12-31T00:00:00Z"},
		{"2026:06:20 10:15:00", none, "2026-06-20T10:15:00Z"},

		// Times without a colon, and without a space.
		{"20 Jun 2026 1015 GMT", none, "2026-06-20T10:15:00Z"},
		{"20-Jun-2026 1015Z", none, "2026-06-20T10:15:00Z"},
		{"Sat, 20 June 2026 1015 +0900", none, "2026-06-20T01:15:00Z"},
		{"Jun 20 2026 2030", none, "2026-06-20T20:30:00Z"},
		{"1015 GMT, 20 June 2026", none, "2026-06-20T10:15:00Z"},
		{"2026-06-20 1015", none, "2026-06-20T10:15:00Z"},
		{"20/06/2026 101530", none, "2026-06-20T10:15:30Z"},
		{"20 June 2026 1015hrs", none, "2026-06-20T10:15:00Z"},
		{"20 June 2026 2560", none, "2026-06-20T00:00:00Z"},
		{"20 June 2026 - 22 June 2026", none, "2026-06-20T00:00:00Z"},
		{"20Jun202610:15", none, "2026-06-20T10:15:00Z"},
		{"2026-06-2010:15", none, "2026-06-20T10:15:00Z"},
		{"20.06.202610:15:30", none, "2026-06-20T10:15:30Z"},
		{"2026年6月20日10:15", none, "2026-06-20T10:15:00Z"},
		{"June 20, 20269:15", none, "2026-06-20T09:15:00Z"},
		{"2026-06-20T10.15", none, "2026-06-20T10:15:00Z"},
	} {
		got, problem := Parse(test.in, test.o)
		text := ""
		if !got.IsZero() {
			text = got.Format(time.RFC3339Nano)
		}
		if text != test.want || (problem == nil) != (test.want != "") {
			t.Errorf("Parse(%q) = %q, want %q: %v", test.in, text, test.want, problem)
		}
	}
}

// Each language has twelve months.
func TestThereAreTwelveMonths(t *testing.T) {
	count := map[int]int{}
	for _, month := range monthNames() {
		count[month]++
	}
	if len(count) != 12 || count[0] != 0 {
		t.Errorf("the months are %v", count)
	}
	if monthNames()["dezember"] != 12 || croatianMonths()["listopad"] != 10 {
		t.Error("names stand in other months' places")
	}
}

// The months of further languages, each as it is written in a date, and short.
func TestMonthsOfFurtherLanguages(t *testing.T) {
	for _, l := range []struct {
		language string
		months   [12]string
	}{
		{"Basque", [12]string{"2026ko urtarrilaren 20a", "2026ko otsailaren 20a", "2026ko martxoaren 20a", "2026ko apirilaren 20a", "2026 mai 20", "2026ko ekainaren 20a", "2026 uzt 20", "2026ko abuztuak 20", "2026ko irailaren 20a", "2026ko urriaren 20a", "2026ko azaroaren 20a", "2026ko abenduaren 20a"}},
		{"Bulgarian", [12]string{"20 януари 2026 г.", "20 февруари 2026", "20 март 2026", "20 април 2026", "20 май 2026", "20 юни 2026", "20 юли 2026", "20 авг. 2026", "20 септември 2026", "20 октомври 2026", "20 ное 2026", "20 декември 2026"}},
		{"Catalan", [12]string{"20 de gener de 2026", "20 febr. 2026", "20 de març del 2026", "20 d’abril de 2026", "20 de maig de 2026", "20 de juny de 2026", "20 de juliol de 2026", "20 d'agost de 2026", "20 de setembre de 2026", "20 d'octubre de 2026", "20 de novembre de 2026", "20 des. 2026"}},
		{"Croatian", [12]string{"20. siječnja 2026.", "20. veljače 2026.", "20. ožu 2026.", "20. travnja 2026.", "20. svi 2026.", "20. lipnja 2026.", "20. srpnja 2026.", "20. kolovoza 2026.", "20. rujna 2026.", "20. listopada 2026.", "20. studenoga 2026.", "20. prosinca 2026."}},
		{"Czech", [12]string{"20. ledna 2026", "20. února 2026", "20. března 2026", "20. dubna 2026", "20. května 2026", "20. června 2026", "20. července 2026", "20. srpna 2026", "20. září 2026", "20. října 2026", "20. listopadu 2026", "20. pro 2026"}},
		{"Danish", [12]string{"20. januar 2026", "20. februar 2026", "20. marts 2026", "20. april 2026", "20. maj 2026", "20. juni 2026", "20. juli 2026", "20. august 2026", "20. september 2026", "20. okt. 2026", "20. november 2026", "20. december 2026"}},
		{"Estonian", [12]string{"20. jaanuar 2026", "20. veebruar 2026", "20. märts 2026", "20. aprill 2026", "20. mai 2026", "20. juuni 2026", "20. juuli 2026", "20. august 2026", "20. sept 2026", "20. oktoober 2026", "20. november 2026", "20. dets 2026"}},
		{"Finnish", [12]string{"20. tammikuuta 2026", "20. helmikuuta 2026", "20. maaliskuuta 2026", "20. huhtikuuta 2026", "20. toukokuuta 2026", "20. kesäk. 2026", "20. heinäkuuta 2026", "20. elokuuta 2026", "20. syyskuuta 2026", "20. lokakuuta 2026", "20. marraskuuta 2026", "20. joulukuuta 2026"}},
		{"Galician", [12]string{"20 de xaneiro de 2026", "20 de febreiro de 2026", "20 de marzo de 2026", "20 abr. 2026", "20 de maio de 2026", "20 de xuño de 2026", "20 de xullo de 2026", "20 ago. 2026", "20 de setembro de 2026", "20 de outubro de 2026", "20 de novembro de 2026", "20 de decembro de 2026"}},
		{"Greek", [12]string{"20 Ιανουαρίου 2026", "20 Φεβ 2026", "20 Μαρτίου 2026", "20 Απριλίου 2026", "20 Μαΐου 2026", "20 Ιουνίου 2026", "20 ΙΟΥΛΙΟΥ 2026", "20 Αύγουστος 2026", "20 Σεπτεμβρίου 2026", "20 ΟΚΤΩΒΡΙΟΣ 2026", "20 Νοεμβρίου 2026", "20 Δεκ 2026"}},
		{"Hebrew", [12]string{"20 בינואר 2026", "20 בפברואר 2026", "20 מרץ 2026", "20 באפריל 2026", "20 במאי 2026", "20 ביוני 2026", "20 יולי 2026", "20 באוג׳ 2026", "20 בספטמבר 2026", "20 באוקטובר 2026", "20 בנובמבר 2026", "20 דצמבר 2026"}},
		{"Hindi", [12]string{"20 जनवरी 2026", "२० फ़रवरी २०२६", "20 मार्च 2026", "20 अप्रैल 2026", "20 मई 2026", "20 जून 2026", "20 जुलाई 2026", "20 अग॰ 2026", "20 सितंबर 2026", "20 अक्टूबर 2026", "20 नवंबर 2026", "20 दिसंबर 2026"}},
		{"Hungarian", [12]string{"2026. január 20.", "2026. február 20.", "2026. márc. 20.", "2026. április 20.", "2026. május 20.", "2026. június 20.", "2026. júl. 20.", "2026. augusztus 20.", "2026. szept. 20.", "2026. október 20.", "2026. november 20.", "2026. december 20."}},
		{"Icelandic", [12]string{"20. janúar 2026", "20. febrúar 2026", "20. mars 2026", "20. apríl 2026", "20. maí 2026", "20. júní 2026", "20. júlí 2026", "20. ágúst 2026", "20. september 2026", "20. október 2026", "20. nóv. 2026", "20. des. 2026"}},
		{"Irish", [12]string{"20 Eanáir 2026", "20 Feabhra 2026", "20 Márta 2026", "20 Aibreán 2026", "20 Bealtaine 2026", "20 Meitheamh 2026", "20 Iúil 2026", "20 Lúnasa 2026", "20 Meán Fómhair 2026", "20 Deireadh Fómhair 2026", "20 Samhain 2026", "20 Nollaig 2026"}},
		{"Italian, Portuguese, Spanish, short", [12]string{"20 gen 2026", "20 fev 2026", "20 mar 2026", "20 abr 2026", "20 mag 2026", "20 giu 2026", "20 lug 2026", "20 ago 2026", "20 set 2026", "20 out 2026", "20 nov 2026", "20 dic 2026"}},
		{"Latvian", [12]string{"2026. gada 20. janvāris", "2026. gada 20. februārī", "2026. gada 20. marts", "2026. gada 20. aprīlis", "2026. gada 20. maijs", "2026. gada 20. jūnijā", "20. jūl. 2026", "2026. gada 20. augusts", "2026. gada 20. septembris", "2026. gada 20. oktobris", "2026. gada 20. novembris", "2026. gada 20. decembris"}},
		{"Lithuanian", [12]string{"2026 m. sausio 20 d.", "2026 m. vasario 20 d.", "2026 m. kovo 20 d.", "2026 m. balandžio 20 d.", "2026 m. gegužės 20 d.", "2026 m. birželio 20 d.", "2026 m. liepos 20 d.", "2026 m. rugpjūčio 20 d.", "2026 m. rugsėjo 20 d.", "2026 m. spalio 20 d.", "2026 m. lapkričio 20 d.", "2026 m. gruodžio 20 d."}},
		{"Malay", [12]string{"20 Januari 2026", "20 Februari 2026", "20 Mac 2026", "20 April 2026", "20 Mei 2026", "20 Jun 2026", "20 Julai 2026", "20 Ogos 2026", "20 September 2026", "20 Oktober 2026", "20 November 2026", "20 Disember 2026"}},
		{"Maltese", [12]string{"20 ta’ Jannar 2026", "20 ta’ Frar 2026", "20 ta’ Marzu 2026", "20 ta’ April 2026", "20 ta’ Mejju 2026", "20 ta’ Ġunju 2026", "20 ta’ Lulju 2026", "20 ta’ Awwissu 2026", "20 ta’ Settembru 2026", "20 ta’ Ottubru 2026", "20 ta’ Novembru 2026", "20 ta’ Diċembru 2026"}},
		{"Norwegian", [12]string{"20. januar 2026", "20. februar 2026", "20. mars 2026", "20. april 2026", "20. mai 2026", "20. juni 2026", "20. juli 2026", "20. aug. 2026", "20. september 2026", "20. oktober 2026", "20. november 2026", "20. desember 2026"}},
		{"Persian", [12]string{"۲۰ ژانویه ۲۰۲۶", "۲۰ فوریه ۲۰۲۶", "۲۰ مارس ۲۰۲۶", "۲۰ آوریل ۲۰۲۶", "۲۰ مه ۲۰۲۶", "۲۰ ژوئن ۲۰۲۶", "۲۰ ژوئیه ۲۰۲۶", "۲۰ اوت ۲۰۲۶", "۲۰ سپتامبر ۲۰۲۶", "۲۰ اکتبر ۲۰۲۶", "۲۰ نوامبر ۲۰۲۶", "۲۰ دسامبر ۲۰۲۶"}},
		{"Polish", [12]string{"20 stycznia 2026", "20 lut 2026", "20 marca 2026", "20 kwietnia 2026 r.", "20 maja 2026", "20 czerwca 2026", "20 lip 2026", "20 sierpnia 2026", "20 WRZEŚNIA 2026", "20 paź 2026", "20 listopada 2026", "20 grudnia 2026"}},
		{"Romanian", [12]string{"20 ianuarie 2026", "20 februarie 2026", "20 martie 2026", "20 aprilie 2026", "20 mai 2026", "20 iunie 2026", "20 iul. 2026", "20 august 2026", "20 septembrie 2026", "20 octombrie 2026", "20 noiembrie 2026", "20 decembrie 2026"}},
		{"Serbian", [12]string{"20. јануар 2026.", "20. фебруара 2026.", "20. mart 2026.", "20. апр 2026.", "20. maja 2026.", "20. јуна 2026.", "20. jul 2026.", "20. avgusta 2026.", "20. септембар 2026.", "20. oktobar 2026.", "20. новембра 2026.", "20. decembra 2026."}},
		{"Slovak", [12]string{"20. januára 2026", "20. februára 2026", "20. marca 2026", "20. apríla 2026", "20. mája 2026", "20. júna 2026", "20. júla 2026", "20. augusta 2026", "20. septembra 2026", "20. októbra 2026", "20. novembra 2026", "20. decembra 2026"}},
		{"Slovene", [12]string{"20. januarja 2026", "20. februarja 2026", "20. marca 2026", "20. aprila 2026", "20. maja 2026", "20. junija 2026", "20. julija 2026", "20. avgusta 2026", "20. septembra 2026", "20. oktobra 2026", "20. novembra 2026", "20. decembra 2026"}},
		{"Swahili", [12]string{"20 Januari 2026", "20 Februari 2026", "20 Machi 2026", "20 Aprili 2026", "20 Mei 2026", "20 Juni 2026", "20 Julai 2026", "20 Agosti 2026", "20 Septemba 2026", "20 Oktoba 2026", "20 Novemba 2026", "20 Desemba 2026"}},
		{"Swedish", [12]string{"20 januari 2026", "20 februari 2026", "20 mars 2026", "20 april 2026", "20 maj 2026", "20 juni 2026", "20 juli 2026", "20 augusti 2026", "20 september 2026", "20 oktober 2026", "20 november 2026", "20 december 2026"}},
		{"Ukrainian", [12]string{"20 січня 2026 р.", "20 лютого 2026", "20 березня 2026", "20 квіт. 2026", "20 травня 2026", "20 червня 2026", "20 липня 2026", "20 серпня 2026", "20 вересня 2026", "20 жовтня 2026", "20 листопада 2026", "20 грудня 2026"}},
		{"Nepali", [12]string{"20 जनवरी 2026", "20 फेब्रुअरी 2026", "20 मार्च 2026", "20 अप्रिल 2026", "20 मे 2026", "शनिबार, 20 जुन 2026", "20 जुलाई 2026", "20 अगस्ट 2026", "20 सेप्टेम्बर 2026", "मङ्गलबार, २० अक्टोबर २०२६", "20 नोभेम्बर 2026", "20 डिसेम्बर 2026"}},
		{"Vietnamese", [12]string{"20 tháng 1, 2026", "ngày 20 tháng 2 năm 2026", "20 thg 3, 2026", "20 tháng tư 2026", "20 tháng năm 2026", "Thứ 7, ngày 20 tháng 6 năm 2026", "T2, 20 Tháng 7 2026", "20 Th08, 2026", "Thứ hai, 20 tháng chín 2026", "20 tháng mười 2026", "20 tháng mười một 2026", "20 tháng mười hai năm 2026"}},
		{"Welsh", [12]string{"20 Ionawr 2026", "20 Chwefror 2026", "20 Mawrth 2026", "20 Ebrill 2026", "20 Mai 2026", "Dydd Mawrth 20 Mehefin 2026", "20 Gorffennaf 2026", "20 Awst 2026", "20 Medi 2026", "20 Hydref 2026", "20 Tach 2026", "20 Rhagfyr 2026"}},
	} {
		o := parse.Options{}
		if l.language == "Croatian" {
			o.Language = "hr"
		}
		for i, s := range l.months {
			want := time.Date(2026, time.Month(i+1), 20, 0, 0, 0, 0, time.UTC)
			if got, problem := Parse(s, o); !got.Equal(want) {
				t.Errorf("%s: Parse(%q) = %v, %v", l.language, s, got, problem)
			}
		}
	}
}

func TestFindDatesOfAllKinds(t *testing.T) {
	taiwan := parse.Options{Language: "zh-Hant"}
	for _, test := range []struct {
		text string
		o    parse.Options
		want string // "" for none
		at   string
	}{
		{"發布日期：中華民國115年6月1日 發布單位：工務局", parse.Options{}, "2026-06-01", "中華民國115年6月1日"},
		{"民國 115 年 6 月 1 日起", parse.Options{}, "2026-06-01", "民國 115 年 6 月 1 日"},
		{"民國一百一十五年六月一日公告", parse.Options{}, "2026-06-01", "民國一百一十五年六月一日"},
		{"民國115/06/01 公告", parse.Options{}, "2026-06-01", "民國115/06/01"},
		{"於115年6月1日施工", parse.Options{}, "2026-06-01", "115年6月1日"},
		{"發布日期：115-06-01", taiwan, "2026-06-01", "115-06-01"},
		{"發布日期：115/06/01 10:15", taiwan, "2026-06-01", "115/06/01 10:15"},
		{"發布日期：115.06.01", taiwan, "2026-06-01", "115.06.01"},
		{"Part no. 115-06-01 is out of stock", parse.Options{}, "", ""},
		{"電話 02-115-06-01", taiwan, "", ""},
		{"㋿8年6月1日 発表", parse.Options{}, "2026-06-01", "㋿8年6月1日"},
		{"The fair is on June 20-22, 2026 in the park", parse.Options{}, "2026-06-20", "June 20-22, 2026"},
		{"The fair is on 20–22 June 2026 in the park", parse.Options{}, "2026-06-20", "20–22 June 2026"},
		{"From 30 June - 2 July 2026 the pool is closed", parse.Options{}, "2026-06-30", "30 June - 2 July 2026"},
		{"From June 30 – July 2, 2026 the pool is closed", parse.Options{}, "2026-06-30", "June 30 – July 2, 2026"},
		{"Opublikowano 14 października 2026", parse.Options{}, "2026-10-14", "14 października 2026"},
		{"Call 12-14, 2026 times", parse.Options{}, "", ""},
	} {
		got, at := Find(test.text, test.o)
		text := ""
		if !got.IsZero() {
			text = got.Format(time.DateOnly)
		}
		if text != test.want || at != test.at {
			t.Errorf("Find(%q) = %q at %q, want %q at %q", test.text, text, at, test.want, test.at)
		}
	}
}
