package date

import (
	"strings"

	"github.com/kairan-news/kairan/internal/parse"
)

// thaiEra is added to a year of the Buddhist era.
const thaiEra = -543

// eras are what must be added to a year that is counted from an era's first.
var eras = []struct {
	name string
	base int
}{
	{"令和", 2018}, {"平成", 1988}, {"昭和", 1925}, {"大正", 1911}, {"明治", 1867},
	{"中華民國", 1911}, {"中华民国", 1911}, {"民國", 1911}, {"民国", 1911},
	{"พุทธศักราช", thaiEra}, {"พศ", thaiEra},
}

// taiwanEra is added to a year of Taiwan's, which is written without its era as well.
const taiwanEra = 1911

// isTaiwanYear reports whether a number of so many digits is a year of Taiwan's: no other
// calendar has years of three digits.
func isTaiwanYear(year, digits int) bool { return digits == 3 && year >= 79 && year < 200 }

// isTaiwan reports whether a date is Taiwan's: its source is there, or writes as they do.
func isTaiwan(o parse.Options) bool {
	return o.Country == "TW" || o.Location != nil && o.Location.String() == "Asia/Taipei" ||
		strings.HasPrefix(o.Language, "zh-Hant") || strings.HasPrefix(o.Language, "zh-TW")
}

// isYearFirst reports whether a date is of where the year is written first, also where it has
// two digits: 26.6.20 is of June in Japan, Korea and China, and '26.6.20 is usual there.
func isYearFirst(o parse.Options) bool {
	switch o.Country {
	case "JP", "KR", "CN":
		return true
	}
	if o.Location == nil {
		return false
	}
	switch o.Location.String() {
	case "Asia/Tokyo", "Asia/Seoul", "Asia/Shanghai":
		return true
	}
	return false
}

// eraOf returns the era that a word ends with, and what stands behind it.
func eraOf(word string) (rest string, base int, ok bool) {
	for _, e := range eras {
		if i := strings.Index(word, e.name); i >= 0 {
			return strings.TrimSuffix(word[i+len(e.name):], "年"), e.base, true
		}
	}
	switch word { // R8.4.1, H31.4.30
	case "r", "令":
		return "", 2018, true
	case "h", "平":
		return "", 1988, true
	case "s", "昭":
		return "", 1925, true
	}
	return "", 0, false
}

// commonWords stand in dates and tell nothing that a date needs: weekdays in the
// languages of our locales, and what publishers write before a date.
var commonWords = words(
	"monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun",
	"maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma di wo do vr za zo",
	"lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim le",
	"pazartesi salı çarşamba perşembe cuma cumartesi pazar pzt sal çar per cum cmt paz",
	"senin selasa rabu kamis jumat sabtu minggu sen sel rab kam jum sab min",
	"lunes martes miyerkules huwebes biyernes sabado linggo ika ng",
	"понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс г года",
	"الاثنين الإثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة السبت الأحد الاحد",
	"วันจันทร์ วันอังคาร วันพุธ วันพฤหัสบดี วันศุกร์ วันเสาร์ วันอาทิตย์ วันที่ จ อ พ พฤ ศ ส อา ที่ น",
	"月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 月 火 水 木 金 土 日 曜日 付 更新 掲載日 公開日 発表 発表日 更新日",
	"星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 周一 周二 周三 周四 周五 周六 周日 週一 週二 週三 週四 週五 週六 週日 日期 发布日期 發布日期",
	"월요일 화요일 수요일 목요일 금요일 토요일 일요일 등록일 작성일",
	"pon wt śr czw pt sob niedz po út st čt pá so ne uto sre čet pet ned",
	"seg ter qua qui sex sáb dom segunda-feira terça-feira quarta-feira quinta-feira sexta-feira domingo mié jue vie",
	"आइतबार सोमबार मङ्गलबार मंगलबार बुधबार बिहीबार शुक्रबार शनिबार",
	"thứ ngày năm chủ nhật cn",
	"met wet art est en",
	"t of on the date published posted updated op om de",
)

func words(lists ...string) map[string]bool {
	all := map[string]bool{}
	for _, list := range lists {
		for _, w := range strings.Fields(list) {
			all[w] = true
		}
	}
	return all
}

// isCommonWord reports whether a word may stand in a date.
func isCommonWord(word string) bool { return commonWords[word] }

// hijriMonths show a date of the Islamic calendar, which is not converted: its days
// depend on who saw the moon. Where the common era's stands beside it, that is read.
var hijriMonths = map[string]bool{
	"محرم": true, "صفر": true, "رجب": true, "شعبان": true, "رمضان": true, "شوال": true, "الحجة": true, "القعدة": true,
	"muharram": true, "safar": true, "rajab": true, "ramadan": true, "shawwal": true,
}
