package date

import (
	"strings"
	"time"
)

// thaiEra is added to a year of the Buddhist era.
const thaiEra = -543

// eras are what must be added to a year that is counted from an era's first.
var eras = []struct {
	name string
	base int
}{
	{"令和", 2018}, {"平成", 1988}, {"昭和", 1925}, {"大正", 1911},
	{"㋿", 2018}, {"㍻", 1988},
	{"中華民國", 1911}, {"中华民国", 1911}, {"民國", 1911}, {"民国", 1911},
	{"พุทธศักราช", thaiEra}, {"พศ", thaiEra},
}

// eraOf returns the era that a word ends with, and what stands behind it.
func eraOf(word string) (rest string, base int, ok bool) {
	for _, e := range eras {
		if i := strings.Index(word, e.name); i >= 0 {
			return strings.TrimSuffix(word[i+len(e.name):], "年"), e.base, true
		}
	}
	switch word { // R8.4.1, H31.4.30
	case "r":
		return "", 2018, true
	case "h":
		return "", 1988, true
	case "s":
		return "", 1925, true
	}
	return "", 0, false
}

// monthNames are the names of months in the thirteen languages, in small letters and
// without full stops: whole, abbreviated, and inflected.
var monthNames = months(
	// English
	"january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sep sept|october oct|november nov|december dec",
	// Dutch
	"januari|februari|maart mrt|april|mei|juni|juli|augustus|september|oktober okt|november|december",
	// French
	"janvier janv|février fevrier févr fevr fév|mars|avril avr|mai|juin|juillet juil juill|août aout|septembre|octobre|novembre|décembre decembre déc",
	// Turkish
	"ocak oca|şubat subat şub sub|mart|nisan nis|mayıs mayis|haziran haz|temmuz tem|ağustos agustos ağu agu|eylül eylul eyl|ekim eki|kasım kasim kas|aralık aralik ara",
	// Indonesian
	"januari|februari pebruari|maret|april|mei|juni|juli|agustus agu ags agt|september|oktober|november nopember nop|desember des",
	// Filipino
	"enero ene|pebrero peb|marso|abril abr|mayo|hunyo hun|hulyo hul|agosto ago|setyembre set|oktubre|nobyembre nob|disyembre dis",
	// Russian: nominative, genitive, abbreviated
	"январь января янв|февраль февраля фев февр|март марта мар|апрель апреля апр|май мая|июнь июня июн|июль июля июл|август августа авг|сентябрь сентября сен сент|октябрь октября окт|ноябрь ноября ноя нояб|декабрь декабря дек",
	// Thai, abbreviated without its full stops
	"มกราคม มค มกรา|กุมภาพันธ์ กพ กุมภา|มีนาคม มีค มีนา|เมษายน เมย เมษา|พฤษภาคม พค พฤษภา|มิถุนายน มิย มิถุนา|กรกฎาคม กค กรกฎา|สิงหาคม สค สิงหา|กันยายน กย กันยา|ตุลาคม ตค ตุลา|พฤศจิกายน พย พฤศจิกา|ธันวาคม ธค ธันวา",
	// Arabic of Egypt and the Gulf
	"يناير|فبراير|مارس|أبريل ابريل إبريل|مايو|يونيو يونية|يوليو يولية|أغسطس اغسطس|سبتمبر|أكتوبر اكتوبر|نوفمبر|ديسمبر",
	// Arabic of the Levant and Iraq; those of two words are read apart
	"|شباط|آذار اذار|نيسان|أيار ايار|حزيران|تموز|آب اب|أيلول ايلول|||",
	// Arabic of the Maghreb
	"جانفي|فيفري||أفريل افريل|ماي|جوان|جويلية|أوت اوت||||",
	// German, Spanish, Italian and Portuguese, since partners' systems write them
	"januar jän|februar|märz maerz mär||||||||||dezember dez",
	"|febrero||||junio|julio||septiembre|octubre|noviembre|diciembre dic",
	"gennaio gen|febbraio||aprile|maggio|giugno giu|luglio lug||settembre|ottobre ott||dicembre",
	"janeiro|fevereiro|março marco|||junho|julho||setembro|outubro|novembro|dezembro",
)

// weakMonths are names of months that are also weekdays: a surer name of a month in
// the same date wins.
var weakMonths = map[string]bool{"mar": true, "mart": true, "sub": true, "set": true, "dis": true, "des": true}

// months numbers the names of twelve months, which bars divide.
func months(lists ...string) map[string]int {
	all := map[string]int{}
	for _, list := range lists {
		for i, names := range strings.Split(list, "|") {
			for _, name := range strings.Fields(names) {
				if _, ok := all[name]; !ok {
					all[name] = i + 1
				}
			}
		}
	}
	return all
}

// commonWords stand in dates and tell nothing that a date needs: weekdays in the
// thirteen languages, and what publishers write before a date.
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
// depend on who saw the moon.
var hijriMonths = map[string]bool{
	"محرم": true, "صفر": true, "رجب": true, "شعبان": true, "رمضان": true, "شوال": true, "الحجة": true, "القعدة": true,
	"muharram": true, "safar": true, "rajab": true, "ramadan": true, "shawwal": true,
}

// zones are the offsets of named zones in minutes east of Greenwich, those of one
// meaning. What several countries call alike is in sharedZones.
var zones = map[string]int{
	"utc": 0, "gmt": 0, "ut": 0, "z": 0, "wet": 0, "west": 60,
	"cet": 60, "cest": 120, "mez": 60, "mesz": 120, "met": 60, "mest": 120, "eet": 120, "eest": 180,
	"msk": 180, "msd": 240, "мск": 180, "trt": 180, "samt": 240, "yekt": 300, "omst": 360, "novt": 420, "krat": 420,
	"tomt": 420, "irkt": 480, "yakt": 540, "vlat": 600,
	"jst": 540, "kst": 540, "hkt": 480, "sgt": 480, "myt": 480, "pht": 480, "phst": 480, "wib": 420, "wita": 480, "wit": 540,
	"ict": 420, "pkt": 300, "npt": 345, "uzt": 300, "irst": 210, "arst": 180,
	"aest": 600, "aedt": 660, "acst": 570, "acdt": 630, "awst": 480, "nzst": 720, "nzdt": 780,
	"edt": -240, "cdt": -300, "mdt": -360, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600,
	"nst": -210, "ndt": -150, "brt": -180, "art": -180, "clt": -240, "cot": -300, "pet": -300,
}

// sharedZones are named zones that several countries have, by ISO 3166-1 code; ""
// is who means it most.
var sharedZones = map[string]map[string]int{
	"ist": {"": 330, "IE": 60, "IL": 120, "TR": 180},
	"cst": {"": -360, "CN": 480, "TW": 480, "HK": 480, "MO": 480, "CU": -300, "AU": 570},
	"bst": {"": 60, "BD": 360},
	"pst": {"": -480, "PH": 480},
	"est": {"": -300, "AU": 600},
	"edt": {"": -240, "AU": 660},
	"mst": {"": -420, "MY": 480, "MM": 390, "RU": 180},
	"ast": {"": -240, "SA": 180, "KW": 180, "QA": 180, "BH": 180, "IQ": 180},
	"wst": {"": 480, "WS": 780},
	"gst": {"": 240},
	"sst": {"": -660, "SG": 480},
	"cdt": {"": -300, "CN": 540, "TW": 540},
}

// namedZone returns the offset of a zone's name in seconds. The country decides
// between zones of one name, else what the source's own zone is called at t.
func (r *reader) namedZone(name string, t time.Time) (int, bool) {
	if shared, ok := sharedZones[name]; ok {
		if minutes, ok := shared[strings.ToUpper(r.o.Country)]; ok && r.o.Country != "" {
			return minutes * 60, true
		}
		if r.o.Location != nil && !t.IsZero() {
			for _, at := range []time.Time{t, t.AddDate(0, 6, 0)} {
				if abbreviation, offset := at.In(r.o.Location).Zone(); strings.EqualFold(abbreviation, name) || strings.EqualFold(abbreviation, "A"+name) { // Australians write EST for AEST
					return offset, true
				}
			}
		}
		return shared[""] * 60, true
	}
	minutes, ok := zones[name]
	return minutes * 60, ok
}
