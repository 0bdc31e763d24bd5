package date

import (
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// monthNames are the names of months in the languages of our locales and in those of their
// neighbours, in small letters and without full stops: whole, abbreviated, and inflected,
// as Unicode's CLDR has them. Where two languages call two months alike, the first has the
// name; see croatianMonths.
var monthNames = sync.OnceValue(func() map[string]int {
	return months(
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
		"يناير|فبراير|مارس|أبريل ابريل إبريل|مايو|يونيو يونية يونيه|يوليو يولية يوليه|أغسطس اغسطس|سبتمبر|أكتوبر اكتوبر|نوفمبر|ديسمبر",
		// Arabic of the Levant and Iraq; those of two words are read apart
		"|شباط|آذار اذار|نيسان|أيار ايار|حزيران|تموز|آب اب|أيلول ايلول|||",
		// Arabic of the Maghreb
		"جانفي|فيفري||أفريل افريل|ماي|جوان|جويلية|أوت اوت||||",
		// German, Spanish, Italian and Portuguese
		"januar jän jänner|februar feber|märz maerz mär|||||||||dezember dez",
		"|febrero|marzo|||junio|julio||septiembre setiembre|octubre|noviembre|diciembre dic",
		"gennaio gen|febbraio||aprile|maggio mag|giugno giu|luglio lug||settembre|ottobre ott||dicembre",
		"janeiro|fevereiro fev|março marco||maio|junho|julho||setembro|outubro out|novembro|dezembro",
		// Catalan, Galician, Basque with its cases
		"gener|febrer|març||maig|juny|juliol|agost|setembre||novembre|desembre",
		"xaneiro xan|febreiro||||xuño xuñ|xullo xul||||novembro|decembro",
		"urtarril urtarrila urtarrilak urtarrilaren urt|otsail otsaila otsailak otsailaren ots|martxo martxoa martxoak martxoaren|apiril apirila apirilak apirilaren api|maiatz maiatza maiatzak maiatzaren|ekain ekaina ekainak ekainaren eka|uztail uztaila uztailak uztailaren uzt|abuztu abuztua abuztuak abuztuaren abu|irail iraila irailak irailaren ira|urri urria urriak urriaren urr|azaro azaroa azaroak azaroaren aza|abendu abendua abenduak abenduaren abe",
		// Swedish, Danish and Norwegian, Icelandic
		"|||||||augusti||||",
		"|februar|marts||maj|||||||desember",
		"janúar|febrúar|||maí|júní jún|júlí júl|ágúst ágú||október|nóvember nóv|",
		// Finnish, Estonian
		"tammikuu tammikuun tammikuuta tammik tammi|helmikuu helmikuun helmikuuta helmik helmi|maaliskuu maaliskuun maaliskuuta maalisk maalis|huhtikuu huhtikuun huhtikuuta huhtik huhti|toukokuu toukokuun toukokuuta toukok touko|kesäkuu kesäkuun kesäkuuta kesäk kesä|heinäkuu heinäkuun heinäkuuta heinäk heinä|elokuu elokuun elokuuta elok elo|syyskuu syyskuun syyskuuta syysk syys|lokakuu lokakuun lokakuuta lokak loka|marraskuu marraskuun marraskuuta marrask marras|joulukuu joulukuun joulukuuta jouluk joulu",
		"jaanuar jaan|veebruar veebr|märts|aprill||juuni|juuli|||oktoober||detsember dets",
		// Latvian, Lithuanian
		"janvāris janvāra janvārī|februāris februāra februārī febr|marts marta martā|aprīlis aprīļa aprīlī|maijs maija maijā|jūnijs jūnija jūnijā jūn|jūlijs jūlija jūlijā jūl|augusts augusta augustā|septembris septembra septembrī|oktobris oktobra oktobrī|novembris novembra novembrī|decembris decembra decembrī",
		"sausis sausio saus|vasaris vasario vas|kovas kovo kov|balandis balandžio bal|gegužė gegužės geg|birželis birželio birž|liepa liepos liep|rugpjūtis rugpjūčio rugp|rugsėjis rugsėjo rugs|spalis spalio spal|lapkritis lapkričio lapkr|gruodis gruodžio gruod",
		// Polish, Czech, Slovak
		"styczeń stycznia sty|luty lutego lut|marzec marca|kwiecień kwietnia kwi|maj maja|czerwiec czerwca cze|lipiec lipca lip|sierpień sierpnia sie|wrzesień września wrz|październik października paź|listopad listopada lis|grudzień grudnia gru",
		"leden ledna led|únor února úno|březen března bře|duben dubna dub|květen května kvě|červen června čvn|červenec července čvc|srpen srpna srp|září zář|říjen října říj|listopadu|prosinec prosince pro",
		"január januára|február februára|marec|apríl apríla|máj mája|jún júna|júl júla||septembra|október októbra|novembra|december decembra",
		// Slovene, Serbian in Latin letters and in Cyrillic, Croatian where it is alone with a name
		"januar januarja januara|februarja februara||aprila|maj maja|junij junija jun juna|julij julija jul jula|avgust avgusta avg|septembar|oktobar oktobra|novembar|decembar decembra",
		"јануар јануара јан|фебруар фебруара феб|март марта мар|април априла апр|мај маја|јун јуна|јул јула|август августа авг|септембар септембра сеп|октобар октобра окт|новембар новембра нов|децембар децембра дец",
		"siječanj siječnja sij|veljača veljače velj|ožujak ožujka ožu|travanj travnja tra|svibanj svibnja svi|lipanj lipnja|srpanj srpnja|kolovoz kolovoza kol|rujan rujna ruj||studeni studenoga studenog stu|prosinac prosinca",
		// Hungarian, Romanian
		"|febr|március márc|április ápr|május máj|június jún|július júl|augusztus|szeptember szept|október||",
		"ianuarie ian|februarie|martie|aprilie||iunie iun|iulie iul||septembrie|octombrie|noiembrie noi|decembrie",
		// Bulgarian, Ukrainian
		"януари яну|февруари||април||юни|юли||септември|октомври|ноември ное|декември",
		"січень січня січ|лютий лютого лют|березень березня бер|квітень квітня квіт|травень травня трав|червень червня черв|липень липня лип|серпень серпня серп|вересень вересня вер|жовтень жовтня жовт|листопад листопада лист|грудень грудня груд",
		// Greek: nominative, genitive, abbreviated
		"ιανουάριος ιανουαρίου ιαν|φεβρουάριος φεβρουαρίου φεβ|μάρτιος μαρτίου μαρ μάρ|απρίλιος απριλίου απρ|μάιος μαΐου μάι μαΐ|ιούνιος ιουνίου ιουν ιούν|ιούλιος ιουλίου ιουλ ιούλ|αύγουστος αυγούστου αυγ αύγ|σεπτέμβριος σεπτεμβρίου σεπ σεπτ|οκτώβριος οκτωβρίου οκτ|νοέμβριος νοεμβρίου νοε νοέ|δεκέμβριος δεκεμβρίου δεκ",
		// Maltese, Irish, Welsh
		"jannar|frar fra|marzu||mejju mej|ġunju ġun|lulju lul|awwissu aww|settembru|ottubru|novembru|diċembru diċ",
		"eanáir ean|feabhra feabh|márta|aibreán aibreáin aib|bealtaine beal|meitheamh meithimh meith|iúil|lúnasa lún|meán mfómh|deireadh dfómh|samhain samhna samh|nollaig nollag noll",
		"ionawr ion|chwefror chwef chwe|mawrth maw|ebrill ebr||mehefin meh|gorffennaf gorff gor|awst|medi|hydref hyd|tachwedd tach|rhagfyr rhag",
		// Hebrew, Hindi, Nepali, Persian
		"ינואר ינו|פברואר פבר|מרץ מרס|אפריל אפר|מאי|יוני|יולי|אוגוסט אוג|ספטמבר ספט|אוקטובר אוק|נובמבר נוב|דצמבר דצמ",
		"जनवरी जन|फ़रवरी फरवरी फ़र फर|मार्च|अप्रैल|मई|जून|जुलाई जुल|अगस्त अग|सितंबर सितम्बर सित|अक्तूबर अक्टूबर अक्तू अक्टू|नवंबर नवम्बर नव|दिसंबर दिसम्बर दिस",
		"|फेब्रुअरी फेब||अप्रिल|मे|जुन||अगस्ट अग|सेप्टेम्बर सेप|अक्टोबर अक्टो|नोभेम्बर नोभे|डिसेम्बर डिसे",
		"ژانویه ژانویهٔ|فوریه فوریهٔ|مارس|آوریل|مه مهٔ|ژوئن|ژوئیه ژوئیهٔ|اوت آگوست|سپتامبر|اکتبر|نوامبر|دسامبر",
		// Malay, Swahili; Vietnamese counts its months: see countedMonth
		"||mac||||julai|ogos ogo||||disember",
		"||machi|aprili||||agosti|septemba|oktoba|novemba|desemba",
	)
})

// croatianMonths are those names that mean other months in Croatian than in the languages
// around.
var croatianMonths = sync.OnceValue(func() map[string]int { return months("|||||lip|srp|||listopad listopada lis||") })

// months numbers the names of twelve months, which bars divide.
func months(lists ...string) map[string]int {
	all := map[string]int{}
	for _, list := range lists {
		for i, names := range strings.Split(list, "|") {
			for _, name := range strings.Fields(names) {
				name = norm.NFC.String(name)
				if _, ok := all[name]; !ok {
					all[name] = i + 1
				}
			}
		}
	}
	return all
}

// bareMonths are the same names as they are written in capitals, or in a hurry: without
// their accents.
var bareMonths = sync.OnceValue(func() map[string]int {
	all := map[string]int{}
	for name, month := range monthNames() {
		bare := withoutAccents(name)
		if other, taken := all[bare]; taken && other != month {
			month = 0 // it would be a guess
		}
		all[bare] = month
	}
	return all
})

// weakMonths are names of months that are also weekdays: a surer name of a month in
// the same date wins.
var weakMonths = map[string]bool{"mar": true, "mart": true, "sub": true, "set": true, "dis": true, "des": true, "mawrth": true, "maw": true, "ira": true, "μαρ": true}

// monthOf returns the month of that name; 0 if it is none.
func (r *reader) monthOf(word string) int {
	if m := croatianMonths()[word]; m != 0 && r.isCroatian() {
		return m
	}
	if m := monthNames()[word]; m != 0 {
		return m
	}
	for _, article := range []string{"d'", "l'", "ב"} { // Catalan, French; Hebrew's "in"
		if rest, ok := strings.CutPrefix(word, article); ok {
			return monthNames()[rest]
		}
	}
	if isCommonWord(word) || len(word) < 3 {
		return 0
	}
	return bareMonths()[withoutAccents(word)]
}

// isCroatian reports whether a date is Croatia's.
func (r *reader) isCroatian() bool {
	return strings.HasPrefix(r.o.Language, "hr") || r.o.Country == "HR" || r.o.Location != nil && r.o.Location.String() == "Europe/Zagreb"
}

// withoutAccents returns Latin and Greek letters without what stands above or below them,
// and Greek's sigma in its one form.
func withoutAccents(s string) string {
	if isASCII(s) {
		return s
	}
	var out strings.Builder
	for _, c := range norm.NFD.String(s) {
		switch {
		case c >= 0x300 && c <= 0x36F:
		case c == 'ς':
			out.WriteRune('σ')
		default:
			out.WriteRune(c)
		}
	}
	return out.String()
}

// countedMonth reads the number of a Vietnamese month behind the word for month: in digits,
// or in words. It returns the place behind it; 0 for none.
func (r *reader) countedMonth(i int) (end, month int) {
	for i < len(r.s) && (r.s[i] == ' ' || r.s[i] == '.') {
		i++
	}
	if v, n := r.digits(i, 3); n == 1 || n == 2 {
		return i + n, v
	}
	for m := len(vietnameseNumbers); m > 0; m-- { // the eleventh begins as the tenth
		if name := vietnameseNumbers[m-1]; strings.HasPrefix(r.s[i:], name) && !isLetterAt(r.s, i+len(name)) {
			return i + len(name), m
		}
	}
	return i, 0
}

var vietnameseNumbers = []string{"một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai"}
