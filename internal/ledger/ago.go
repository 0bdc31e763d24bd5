package ledger

import (
	"regexp"
	"slices"
	"strings"
)

// age is how a language says how long ago something was: a unit behind the number, which
// changes with it, and a word behind that or before the number, which stays. White space is
// left out. A word for one or two without a number, as Arabic has, can't be told from others.
type age struct {
	units          string // alternatives of a regular expression
	behind, before string // likewise; "" for none
}

// ages are those of the locales, and of some that their sources are in.
var ages = []age{
	{`seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|months?|years?`, `ago`, ``},                               // English
	{`秒|分|時間|日|週間?|[かヶカケ]月|年`, `前`, ``},                                                                                          // Japanese
	{`秒[钟鐘]?|分[钟鐘]?|[个個]?小[时時]|[个個]?鐘頭|天|日|[周週]|[个個]月|年`, `前|之前|以前`, ``},                                                         // Chinese
	{`초|분|시간|일|주일?|개월|달|년`, `전`, ``},                                                                                             // Korean
	{`seconden?|sec|minuten|minuut|min|uur|uren|dag(?:en)?|week|weken|maand(?:en)?|jaar`, `geleden`, ``},                         // Dutch
	{`secondes?|minutes?|min|heures?|h|jours?|j|semaines?|mois|ans?`, ``, `ilya`},                                                // French
	{`วินาที|นาที|ชั่วโมง|ชม|วัน|สัปดาห์|เดือน|ปี`, `ที่แล้ว|ที่ผ่านมา|ก่อน`, ``},                                                // Thai
	{`saniye|sn|dakika|dk|saat|gün|hafta|ay|yıl`, `önce`, ``},                                                                    // Turkish
	{`detik|menit|jam|hari|minggu|pekan|bulan|tahun`, `yanglalu|lalu`, ``},                                                       // Indonesian
	{`(?:na)?(?:segundo|minuto|oras|araw|linggo|buwan|taon)`, `(?:na)?(?:ang)?naka(?:lipas|raan|raraan|karaan)`, `nakalipasang`}, // Filipino
	{`ثاني[ةه]|ثوان[يٍ]?|دقيق[ةه]|دقائق|ساع[ةه]|ساعات|يوم(?:ًا|اً|ا)?|أيام|ايام|أسبوع(?:ًا|اً|ا)?|أسابيع|شهر(?:ًا|اً|ا)?|أشهر|شهور|سن[ةه]|سنوات`, `مضت|مضى`, `منذ|قبل`}, // Arabic
	{`секунд[уы]?|сек|минут[уы]?|мин|час(?:а|ов)?|ч|дн(?:я|ей)|день|недел[юи]|недель|месяц(?:а|ев)?|год(?:а)?|лет`, `\.?назад`, ``},                                     // Russian
	{`सेकंड|सेकेंड|मिनट|घंट[ेा]|घण्ट[ेा]|दिन|सप्ताह|हफ़्त[ेा]|हफ्त[ेा]|महीन[ेा]|साल`, `पहले|पूर्व`, ``},                                                                 // Hindi
	{`सेकेन्ड|मिनेट|घण्टा|दिन|हप्ता|महिना|वर्ष`, `अघि|पहिले|अगाडि`, ``},                                                                                                 // Nepali
	{`sekunden?|minuten?|stunden?|tage?n?|wochen?|monate?n?|jahre?n?`, ``, `vor`},                           // German
	{`segundos?|minutos?|min|horas?|h|días?|dias?|semanas?|mes(?:es)?|mês|años?|anos?`, `atrás`, `hace|há`}, // Spanish, Portuguese
	{`giây|phút|giờ|ngày|tuần|tháng|năm`, `trước`, ``},                                                      // Vietnamese
}

// ago matches a unit and what is behind it, in a group; since matches what stands before a
// number, and units[i] the units for its group i.
var ago, since, units = compileAges(ages)

func compileAges(ages []age) (ago, since *regexp.Regexp, units []*regexp.Regexp) {
	var behind, before []string
	for _, a := range ages {
		if a.behind != "" {
			behind = append(behind, `(?:`+a.units+`)(`+a.behind+`)`)
		}
		if a.before != "" {
			before = append(before, `(`+a.before+`)`)
			units = append(units, regexp.MustCompile(`(?i)^(?:`+a.units+`)`))
		}
	}
	for _, u := range units {
		u.Longest()
	}
	return regexp.MustCompile(`(?i)^(?:` + strings.Join(behind, `|`) + `)`), regexp.MustCompile(`(?i)(?:` + strings.Join(before, `|`) + `)$`), units
}

// mostBefore is more than a word before a number takes, in bytes.
const mostBefore = 16

// timeAgo returns how long the unit is that stands behind a number, where both say how long
// ago something was; 0 where they do not.
func timeAgo(before, after string) int {
	if of := ago.FindStringSubmatchIndex(after); of != nil {
		i := slices.IndexFunc(of[2:], func(at int) bool { return at >= 0 })
		return of[2:][i]
	}
	of := since.FindStringSubmatchIndex(before[max(0, len(before)-mostBefore):])
	if of == nil {
		return 0
	}
	i := slices.IndexFunc(of[2:], func(at int) bool { return at >= 0 })
	return len(units[i/2].FindString(after))
}
