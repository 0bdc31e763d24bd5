package charset

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

func TestUTF8WithBrokenBytes(t *testing.T) {
	const (
		declared = `<?xml version="1.0" encoding="UTF-8"?>`
		silent   = `<?xml version="1.0"?>`
		latin1   = `<?xml version="1.0" encoding="ISO-8859-1"?>`
		web      = "text/xml; charset=utf-8"
		western  = "text/xml; charset=ISO-8859-1"
		quotes   = "<i>The city’s bridge</i><i>The river’s level</i><i>The mayor’s office</i>"
		cut      = "<i>A notice \xe2\x80</i><i>Another \xe3\x81</i>"
		cutRead  = "<i>A notice \uFFFD\uFFFD</i><i>Another \uFFFD\uFFFD</i>"
		japanese = "<i>避難所を開きました</i><i>図書館は休館です</i>"
	)
	for _, test := range []struct {
		says, http, head, body, want string
	}{
		{"a few curly quotes, and two characters cut off", "", declared, quotes + cut, quotes + cutRead},
		{"declared by HTTP alone", web, silent, quotes + cut, quotes + cutRead},
		{"declared by nobody", "", silent, quotes + cut, quotes + cutRead},
		{"declared, and HTTP says what servers say", western, declared, quotes + cut, quotes + cutRead},
		{"a document that calls itself something else", "", latin1, quotes + cut, quotes + cutRead},
		{"one curly quote, and as many characters cut off as you like", "", declared, "<i>It’s</i>" + strings.Repeat("<i>A \xe2\x80</i>", 9), "<i>It’s</i>" + strings.Repeat("<i>A \uFFFD\uFFFD</i>", 9)},
		{"no character is whole", "", declared, cut, cutRead},
		{"a text cut off before an ellipsis", "", declared, "<i>お知ら\xe3\x81…</i><i>防災訓\xe7\xb7…</i>", "<i>お知ら\uFFFD\uFFFD…</i><i>防災訓\uFFFD\uFFFD…</i>"},
		{"a character without its first byte", "", declared, japanese + "<i>\x81\x97報</i>", japanese + "<i>\uFFFD\uFFFD報</i>"},
		{"each second word of a short text", "", declared, "<i>Мост закр\xd1</i><i>Трамв\xd0</i>", "<i>Мост закр\uFFFD</i><i>Трамв\uFFFD</i>"},
		{"spaces in the place of bytes that look like some", "", declared, "<i>Расписание в \xd0 остове, \xd0 ассвет и \xd0 ека</i>", "<i>Расписание в Ð остове, Ð ассвет и Ð ека</i>"},

		{"an item in windows-1252", "", declared, quotes + "<i>R\xe9sum\xe9 de l'\xe9t\xe9, \xe0 la for\xeat</i>", quotes + "<i>Résumé de l'été, à la forêt</i>"},
		{"an item with the quotes of windows-1252", western, declared, quotes + "<i>It\x92s the city\x92s \x93bridge\x94</i>", quotes + "<i>It\uFFFDs the city\uFFFDs \uFFFDbridge\uFFFD</i>"},
		{"an item in windows-1251", "", declared, strings.Repeat("<i>Мост закрыт на неделю</i>", 3) + "<i>\xcc\xee\xf1\xf2</i>", strings.Repeat("<i>Мост закрыт на неделю</i>", 3) + "<i>\uFFFD\uFFFD\uFFFD\uFFFD</i>"},

		{"CESU-8", "", declared, "<i>夏の \xed\xa0\xbd\xed\xb8\x80 祭り</i>", "<i>夏の 😀 祭り</i>"},
		{"CESU-8 in English", "", declared, "<i>Summer \xed\xa0\xbc\xed\xbe\x86</i>", "<i>Summer 🎆</i>"},
		{"half of it", "", declared, japanese + "<i>\xed\xa0\xbd</i>", japanese + "<i>\uFFFD\uFFFD\uFFFD</i>"},
		{"more bytes than a character needs", "", declared, japanese + "<i>\xc0\xafetc \xe0\x80\xaf</i>", japanese + "<i>\uFFFD\uFFFDetc \uFFFD\uFFFD\uFFFD</i>"},
		{"Java's zero", "", declared, japanese + "<i>\xc0\x80</i>", japanese + "<i>\uFFFD\uFFFD</i>"},
		{"beyond Unicode", "", declared, japanese + "<i>\xf8\x88\x80\x80\x80</i>", japanese + "<i>" + strings.Repeat("\uFFFD", 5) + "</i>"},
		{"a byte order mark", western, "\xef\xbb\xbf" + latin1, quotes + cut, quotes + cutRead},

		{"windows-1251 under a byte order mark", "", "\xef\xbb\xbf" + declared, "<i>" + in(charmap.Windows1251, russian) + "</i>", "<i>" + russian + "</i>"},
		{"windows-1251 that HTTP names, under a byte order mark", "text/html; charset=windows-1251", "\xef\xbb\xbf", "<i>" + in(charmap.Windows1251, russian) + "</i>", "<i>" + russian + "</i>"},
		{"ISO-2022-JP, which is ASCII to those who don't know it", "", declared, "<i>\x1b$BHrFq=j\x1b(B</i>", "<i>避難所</i>"},
		{"French in windows-1252 with spaces before its marks", "", declared, "<i>" + in(charmap.Windows1252, french) + "</i>", "<i>" + french + "</i>"},
		{"French in windows-1252 as HTTP says", western, silent, "<i>" + in(charmap.Windows1252, french) + "</i>", "<i>" + french + "</i>"},
		{"one word of it", "", declared, "<i>d\xe9j\xe0</i>", "<i>déjà</i>"},
	} {
		got, problems := Decode([]byte(test.head+test.body), test.http)
		if want := strings.TrimPrefix(test.head, "\xef\xbb\xbf") + test.want; string(got) != want {
			t.Errorf("%s:\n got %q\nwant %q\n%v", test.says, got, want, problems)
		}
		if len(problems) == 0 && strings.Contains(test.want, "\uFFFD") {
			t.Errorf("%s: nobody is told of it", test.says)
		}
	}
}

const (
	russian = "Мост закрыт на неделю, трамваи ходят до пяти"
	french  = "« L'été à Orléans » : « déjà », « santé ! », une ville éveillée"
)

// in returns a text in a charset; what it has no place for is left out.
func in(charset encoding.Encoding, text string) string {
	var b strings.Builder
	for _, r := range text {
		if encoded, err := charset.NewEncoder().String(string(r)); err == nil {
			b.WriteString(encoded)
		}
	}
	return b.String()
}

// tongue is how notices look in a language, and the charsets that they were written in
// before UTF-8. Those that are guessed go first.
type tongue struct {
	name     string
	text     []string
	guessed  []encoding.Encoding
	charsets []encoding.Encoding
}

var tongues = []tongue{
	{"Japanese", []string{"避難所を開きました。市民の皆さまはお早めにお集まりください。", "令和八年度の予算案を公表しました", "図書館の臨時休館についてのお知らせ", "台風の接近に伴い、市内の小中学校は明日休校となります。", "ごみの収集日が変わります（山手地区）", "市長定例記者会見の概要", "ﾀﾞｲｴｯﾄ教室の参加者募集"},
		[]encoding.Encoding{japanese.ShiftJIS, japanese.EUCJP}, nil},
	{"Chinese of Taiwan", []string{"市政府發布颱風警報，請市民注意安全", "捷運延長營運時間至凌晨一點", "圖書館週末閉館公告", "自來水管線施工停水通知", "里民大會訂於十月十日舉行", "垃圾清運時間調整"},
		[]encoding.Encoding{traditionalchinese.Big5}, nil},
	{"Chinese of the mainland", []string{"市政府发布台风警报，请市民注意安全", "地铁延长运营时间至凌晨一点", "图书馆周末闭馆公告", "自来水管道施工停水通知", "社区居民大会定于十月十日举行", "联通营业厅"},
		[]encoding.Encoding{simplifiedchinese.GB18030}, []encoding.Encoding{simplifiedchinese.GBK}},
	{"Korean", []string{"대피소를 열었습니다. 시민 여러분은 서둘러 주십시오", "시립도서관 임시 휴관 안내", "수도 공사로 인한 단수", "쓰레기 수거일 변경", "태풍 접근에 따라 내일 모든 학교가 쉽니다"},
		[]encoding.Encoding{korean.EUCKR}, nil},
	{"Thai", []string{"เปิดศูนย์พักพิงแล้ว", "ประกาศปิดถนนชั่วคราว", "การประชุมสภาเทศบาลเมืองครั้งที่ ๑๐", "น้ำประปาหยุดไหลในวันพุธ", "โรงเรียนทุกแห่งปิดพรุ่งนี้เนื่องจากพายุ"},
		[]encoding.Encoding{charmap.Windows874}, nil},
	{"Russian", []string{russian, "ОТКЛЮЧЕНИЕ ГОРЯЧЕЙ ВОДЫ", "Расписание автобусов меняется с понедельника", "«Ёлка» приедет в субботу", "УЛИЦА ЗАКРЫТА"},
		[]encoding.Encoding{charmap.Windows1251}, []encoding.Encoding{charmap.KOI8R, charmap.ISO8859_5, charmap.CodePage866, charmap.MacintoshCyrillic}},
	{"Ukrainian", []string{"Міст зачинено на тиждень", "Її величність зустріла вісім дітей", "НІЧНІ МАРШРУТИ АВТОБУСІВ", "Дії поліції"},
		nil, []encoding.Encoding{charmap.Windows1251, charmap.KOI8U, charmap.ISO8859_5, charmap.CodePage866}},
	{"Greek", []string{"Η γέφυρα είναι κλειστή για μία εβδομάδα", "ΔΙΑΚΟΠΗ ΝΕΡΟΥ", "Έκτακτη ανακοίνωση του Δήμου"},
		nil, []encoding.Encoding{charmap.Windows1253, charmap.ISO8859_7}},
	{"Hebrew", []string{"הגשר סגור למשך שבוע", "הפסקת מים ברחוב הראשי"},
		nil, []encoding.Encoding{charmap.Windows1255, charmap.ISO8859_8}},
	{"Arabic", []string{"أغلق الجسر لمدة أسبوع", "انقطاع المياه يوم الأربعاء، ويرجى الاستعداد؛ شكرا", "هل تعرف؟"},
		[]encoding.Encoding{charmap.Windows1256}, []encoding.Encoding{charmap.ISO8859_6}},
	{"French", []string{"L’été à l’hôtel de ville, près du théâtre", french, "Élections municipales — clôture à 18 h"},
		[]encoding.Encoding{charmap.Windows1252}, []encoding.Encoding{charmap.ISO8859_15, charmap.Macintosh, charmap.CodePage850}},
	{"Spanish", []string{"¿Qué pasó? Año nuevo en la estación", "«El Niño» llegó"},
		[]encoding.Encoding{charmap.Windows1252}, []encoding.Encoding{charmap.ISO8859_1, charmap.Macintosh}},
	{"German", []string{"Brücke eine Woche gesperrt – Grüße aus Köln", "Übung für alle"},
		[]encoding.Encoding{charmap.Windows1252}, []encoding.Encoding{charmap.Macintosh, charmap.CodePage437}},
	{"Turkish", []string{"Köprü bir hafta kapalı, şehir içi", "İSTANBUL’DA SU KESİNTİSİ"},
		[]encoding.Encoding{charmap.Windows1254}, []encoding.Encoding{charmap.ISO8859_9}},
	{"Polish", []string{"Most zamknięty przez tydzień, żółć", "Źdźbło ćmy", "ŁÓDŹ"},
		nil, []encoding.Encoding{charmap.Windows1250, charmap.ISO8859_2, charmap.CodePage852}},
	{"Hungarian", []string{"A híd egy hétig zárva tart", "Árvíztűrő tükörfúrógép"},
		nil, []encoding.Encoding{charmap.Windows1250, charmap.ISO8859_2, charmap.CodePage852}},
	{"Lithuanian", []string{"Tiltas uždarytas savaitę, šaltą žiemą"},
		nil, []encoding.Encoding{charmap.Windows1257, charmap.ISO8859_13}},
	{"Vietnamese", []string{"Cầu đóng cửa một tuần"}, nil, []encoding.Encoding{charmap.Windows1258}},
}

// pieces calls with what people might see of a text: as many characters from any place on.
func pieces(text string, f func(string)) {
	runes := []rune(text)
	for _, size := range []int{3, 4, 5, 7, 10, 15, 25, 40, 80} {
		for from := 0; from+size <= len(runes); from++ {
			f(string(runes[from : from+size]))
		}
	}
}

// A text in another charset is not taken for broken UTF-8, however short it is, unless
// so little of it is none that nothing can be said.
func TestOtherCharsetsAreNoBrokenUTF8(t *testing.T) {
	for _, l := range tongues {
		text := strings.Join(l.text, " ")
		for _, charset := range append(l.guessed, l.charsets...) {
			pieces(text, func(piece string) {
				data := in(charset, piece)
				if utf8.ValidString(data) {
					return
				}
				if e := weigh([]byte(data)); e.proven() || e.likely() && !e.slight() {
					t.Errorf("%s in %v: %q is taken for UTF-8 (%+v)", l.name, charset, piece, e)
				}
			})
		}
	}
}

// What declares its charset truly is read so, also where chance makes it resemble UTF-8.
func TestATrueWordIsBelieved(t *testing.T) {
	labels := map[encoding.Encoding]string{
		japanese.ShiftJIS: "Shift_JIS", japanese.EUCJP: "EUC-JP", traditionalchinese.Big5: "Big5", simplifiedchinese.GB18030: "GB18030",
		simplifiedchinese.GBK: "GBK", korean.EUCKR: "EUC-KR", charmap.Windows874: "TIS-620", charmap.Windows1251: "windows-1251",
		charmap.KOI8R: "KOI8-R", charmap.CodePage866: "IBM866", charmap.Windows1252: "windows-1252", charmap.Windows1256: "windows-1256",
		charmap.Windows1254: "windows-1254", charmap.Windows1250: "windows-1250", charmap.ISO8859_5: "ISO-8859-5", charmap.ISO8859_2: "ISO-8859-2",
	}
	for _, l := range tongues {
		for _, charset := range append(l.guessed, l.charsets...) {
			if labels[charset] == "" {
				continue
			}
			head := fmt.Sprintf("<?xml version='1.0' encoding='%s'?>", labels[charset])
			pieces(strings.Join(l.text, " "), func(piece string) {
				data := in(charset, piece)
				if utf8.ValidString(data) {
					return
				}
				want, err := charset.NewDecoder().String(data)
				if err != nil {
					t.Fatal(err)
				}
				if got, problems := Decode([]byte(head+data), ""); string(got) != head+want {
					t.Errorf("%s in %v: %q is read as %q, %v", l.name, charset, want, got, problems)
				}
			})
		}
	}
}

// What declares UTF-8 and is none is read as what it is.
func TestAFalseWordIsNone(t *testing.T) {
	for _, l := range tongues {
		for _, charset := range l.guessed {
			data := in(charset, strings.Join(l.text, " "))
			want, err := charset.NewDecoder().String(data)
			if err != nil {
				t.Fatal(err)
			}
			for _, http := range []string{"", "text/xml; charset=utf-8"} {
				head := "<?xml version='1.0' encoding='UTF-8'?>"
				if got, problems := Decode([]byte(head+data), http); string(got) != head+want {
					t.Errorf("%s in %v: %q is read as %q, %v", l.name, charset, want, got, problems)
				}
			}
		}
	}
}

// A tenth of a text's characters may be broken, in any way, whoever says what.
func TestDamagedUTF8IsUTF8(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 8))
	damage := []struct {
		what string
		do   func(c string) string
	}{
		{"without its last byte", func(c string) string { return c[:len(c)-1] }},
		{"without its first byte", func(c string) string { return c[1:] }},
		{"with a question mark as its first byte", func(c string) string { return "?" + c[1:] }},
		{"with a space as its last byte", func(c string) string { return c[:len(c)-1] + " " }},
		{"with any byte as its last one", func(c string) string { return c[:len(c)-1] + string([]byte{byte(random.IntN(256))}) }},
		{"with another first byte", func(c string) string { return string([]byte{c[0] | 0x20}) + c[1:] }},
	}
	says := []struct{ head, http string }{
		{"<?xml version='1.0' encoding='UTF-8'?>", ""}, {"<?xml version='1.0'?>", ""}, {"<?xml version='1.0'?>", "text/xml; charset=utf-8"},
		{"<?xml version='1.0' encoding='UTF-8'?>", "text/xml; charset=ISO-8859-1"}, {"<?xml version='1.0' encoding='Shift_JIS'?>", ""},
	}
	for _, l := range tongues {
		text := []rune(strings.Repeat(strings.Join(l.text, " ")+" ", 2))
		var wide []int // the places of characters beyond ASCII
		for i, r := range text {
			if r >= utf8.RuneSelf {
				wide = append(wide, i)
			}
		}
		for _, d := range damage {
			for _, count := range []int{1, max(1, len(wide)/10)} {
				hurt := map[int]bool{}
				for len(hurt) < count {
					hurt[wide[random.IntN(len(wide))]] = true
				}
				var broken []byte
				for i, r := range text {
					if c := string(r); hurt[i] {
						broken = append(broken, d.do(c)...)
					} else {
						broken = append(broken, c...)
					}
				}
				for _, s := range says {
					data := append([]byte(s.head), broken...)
					if got, problems := Decode(data, s.http); string(got) != string(mendUTF8(data)) {
						t.Errorf("%s, %d characters %s, %s %s:\n%q\n%v", l.name, count, d.what, s.head, s.http, got, problems)
					}
				}
			}
		}
	}
}
