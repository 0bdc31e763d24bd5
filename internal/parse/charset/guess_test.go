package charset

import (
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// What nobody declares is guessed by its letters, however few there are, and by the
// language of the document or of its publisher.
func TestGuess(t *testing.T) {
	for _, test := range []struct {
		says, text string
		enc        encoding.Encoding
		document   string // what the document says of its language
		publisher  string
	}{
		{"German", "Die Brücke ist für Fußgänger gesperrt", charmap.Windows1252, "", ""},
		{"German of a publisher of Germany", "Über die Brücke führt kein Weg", charmap.Windows1252, "", "de"},
		{"German signs", "„Grüße“ – für alle Bürger, Öffnungszeiten geändert", charmap.Windows1252, "de-DE", ""},
		{"Swedish", "Bron är stängd för fotgängare på måndag", charmap.Windows1252, "", ""},
		{"French of a publisher of France", "Fermé l’été, sauf à la mairie annexe", charmap.Windows1252, "", "fr"},
		{"Czech, as the feed says", "Most je uzavřen, řidiči ať čekají", charmap.Windows1250, "cs", ""},
		{"Polish", "Most zamknięty, objazd ulicą Długą i Łąkową, życzymy cierpliwości", charmap.Windows1250, "", ""},
		{"Polish in ISO-8859-2", "Most zamknięty, objazd ulicą Długą, życzymy cierpliwości", charmap.ISO8859_2, "", "pl"},
		{"Hungarian", "Lezárták a hidat, gyűlés a közösségi házban, őszi szünet", charmap.Windows1250, "", "hu"},
		{"Turkish", "Köprü kapalıdır, sığınağa geçiş açıktır", charmap.Windows1254, "", ""},
		{"Turkish without a hint", "Belediye Başkanlığından duyuru: İçme suyu kesintisi, Şehir haberleri, Çocuk şenliği", charmap.Windows1254, "", ""},
		{"a letter of Turkish", "Su baskını", charmap.Windows1254, "", "tr"},
		{"Polish that looks like Korean", "Urząd Miasta ogłasza przetarg na remont świetlicy", charmap.Windows1250, "pl", ""},
		{"a letter of Polish", "Nowy żłobek", charmap.Windows1250, "pl", ""},
		{"a letter of French", "Fermé", charmap.Windows1252, "", ""},
		{"a quotation mark", "The city’s bridge", charmap.Windows1252, "en", ""},
		{"Lithuanian", "Tiltas uždarytas savaitę, šaltą žiemą", charmap.Windows1257, "lt", ""},
		{"Russian", "Ремонт моста", charmap.Windows1251, "", ""},
		{"Russian, one word", "Новости", charmap.Windows1251, "", ""},
		{"Russian in capitals", "РЕМОНТ МОСТА НА УЛИЦЕ МИРА", charmap.Windows1251, "", ""},
		{"Russian under a template's English", "Ремонт моста завершён", charmap.Windows1251, "en-US", ""},
		{"Russian in KOI8-R", "Ремонт моста завершен", charmap.KOI8R, "", ""},
		{"Russian in ISO-8859-5", "Ремонт моста завершен", charmap.ISO8859_5, "", ""},
		{"Russian in IBM866", "Ремонт моста завершен", charmap.CodePage866, "", ""},
		{"Russian in IBM866, in capitals", "РЕМОНТ МОСТА ЗАВЕРШЕН", charmap.CodePage866, "", "ru"},
		{"Russian of the Macintosh", "Ремонт моста завершается", charmap.MacintoshCyrillic, "", ""},
		{"Bulgarian", "Мостът е затворен за една седмица", charmap.Windows1251, "", ""},
		{"Bulgarian, a few words", "Съобщение за гражданите", charmap.Windows1251, "", "bg"},
		{"Ukrainian", "Міст зачинено, їдьте в об’їзд", charmap.Windows1251, "", ""},
		{"Ukrainian in KOI8-U", "Міст зачинено, їдьте в об'їзд", charmap.KOI8U, "uk", ""},
		{"Greek", "Η γέφυρα κλείνει για μία εβδομάδα", charmap.Windows1253, "", ""},
		{"Greek, a few words", "Διακοπή νερού", charmap.Windows1253, "", ""},
		{"Greek in ISO-8859-7", "Έκτακτη ανακοίνωση του Δήμου", charmap.ISO8859_7, "", "el"},
		{"Greek in capitals", "ΔΙΑΚΟΠΗ ΝΕΡΟΥ ΣΤΟ ΚΕΝΤΡΟ", charmap.Windows1253, "", "el"},
		{"Hebrew", "הגשר סגור למשך שבוע", charmap.Windows1255, "", ""},
		{"Hebrew, a few words", "הודעה לתושבים", charmap.Windows1255, "", "he"},
		{"Hebrew in ISO-8859-8", "הפסקת מים ברחוב הראשי", charmap.ISO8859_8, "", ""},
		{"Arabic", "إغلاق الجسر", charmap.Windows1256, "", ""},
		{"Arabic, a sentence", "أعلنت البلدية عن إغلاق الجسر لمدة أسبوع", charmap.Windows1256, "", ""},
		{"Arabic in ISO-8859-6", "أعلنت البلدية عن إغلاق الجسر", charmap.ISO8859_6, "", "ar"},
		{"Thai", "ปิดถนน", charmap.Windows874, "", ""},
		{"Thai of a city of Thailand", "ประกาศหยุดราชการ", charmap.Windows874, "", "th"},
		{"Japanese", "広報ひろば", japanese.ShiftJIS, "", ""},
		{"Japanese without kana", "防災訓練実施", japanese.ShiftJIS, "", "ja"},
		{"Japanese in EUC-JP without kana", "防災訓練実施", japanese.EUCJP, "ja", ""},
		{"Korean", "휴관 안내", korean.EUCKR, "", ""},
		{"Chinese of Taiwan", "停水通知", traditionalchinese.Big5, "", "zh-Hant"},
		{"Chinese of the mainland", "停水通知公告", simplifiedchinese.GBK, "zh-CN", ""},
		{"Japanese under a template's English", "広報ひろば", japanese.ShiftJIS, "en", ""},
	} {
		head := "<rss>"
		if test.document != "" {
			head = "<rss><language>" + test.document + "</language>"
		}
		data := []byte(head + "<title>" + in(test.enc, test.text) + "</title></rss>")
		got, problems := Decode(data, "", test.publisher)
		if want := head + "<title>" + test.text + "</title></rss>"; string(got) != want {
			t.Errorf("%s: %q, want %q, %v", test.says, got, want, problems)
		}
	}
}

// A server's default goes behind what a document declares, where that fits.
func TestAServersDefault(t *testing.T) {
	const (
		latin1 = "text/xml; charset=ISO-8859-1"
		ascii  = "application/rss+xml; charset=us-ascii"
		cp1252 = "text/xml; charset=windows-1252"
	)
	for _, test := range []struct {
		says, http, declared, text string
		enc                        encoding.Encoding
	}{
		{"several bytes", latin1, "Shift_JIS", "広報ひろば", japanese.ShiftJIS},
		{"several bytes, of ASCII", ascii, "Shift_JIS", "広報ひろば", japanese.ShiftJIS},
		{"several bytes, by another name", "text/xml; charset=latin1", "EUC-JP", "広報ひろば", japanese.EUCJP},
		{"several bytes, by its number", cp1252, "EUC-KR", "휴관 안내", korean.EUCKR},
		{"several bytes that are none", latin1, "EUC-JP", "L'été à l'hôtel de ville, près du théâtre", charmap.Windows1252},
		{"Big5", latin1, "Big5", "停水通知", traditionalchinese.Big5},
		{"GBK", latin1, "gb2312", "停水通知公告", simplifiedchinese.GBK},
		{"Russian", latin1, "KOI8-R", "Новости города", charmap.KOI8R},
		{"Russian of the Macintosh", latin1, "x-mac-cyrillic", "Новости города", charmap.MacintoshCyrillic},
		{"Russian that is French", latin1, "windows-1251", "L'été à l'hôtel de ville, près du théâtre", charmap.Windows1252},
		{"Greek", latin1, "ISO-8859-7", "Διακοπή νερού", charmap.ISO8859_7},
		{"Thai", latin1, "TIS-620", "ปิดถนน", charmap.Windows874},
		{"Arabic", latin1, "windows-1256", "إغلاق الجسر", charmap.Windows1256},
		{"Polish", latin1, "ISO-8859-2", "Most zamknięty, życzymy cierpliwości", charmap.ISO8859_2},
		{"the euro", latin1, "ISO-8859-15", "5 € pour l'été", charmap.ISO8859_15},
		{"no default", "text/xml; charset=windows-1251", "KOI8-R", "Новости города", charmap.Windows1251},
	} {
		head := `<?xml version="1.0" encoding="` + test.declared + `"?>`
		data := []byte(head + "<rss><title>" + in(test.enc, test.text) + "</title></rss>")
		got, problems := Decode(data, test.http)
		if want := head + "<rss><title>" + test.text + "</title></rss>"; string(got) != want {
			t.Errorf("%s: %q, want %q, %v", test.says, got, want, problems)
		}
	}
}

// Of a page HTTP knows it better, as browsers have it.
func TestAServersWordOnAPage(t *testing.T) {
	for _, page := range []string{
		`<!DOCTYPE html><html><head><meta charset="windows-1251"></head>`,
		`<?xml version="1.0" encoding="windows-1251"?><html>`,
		"<!-- a page --><HTML><META charset=windows-1251>",
	} {
		data := page + "<p>" + in(charmap.Windows1251, "Новости города") + "</p>"
		want, err := charmap.Windows1252.NewDecoder().String(data)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := Decode([]byte(data), "text/html; charset=ISO-8859-1"); string(got) != want {
			t.Errorf("%q is read as %q", page, got)
		}
		if got, _ := Decode([]byte(data), "text/html"); string(got) != page+"<p>Новости города</p>" {
			t.Errorf("%q without a word of HTTP's is read as %q", page, got)
		}
	}
}

// A template that says ISO-8859-1 of a language that has other letters is as a server that
// says so.
func TestTemplatesDefault(t *testing.T) {
	const head = `<?xml version="1.0" encoding="ISO-8859-1"?><rss><language>`
	for _, test := range []struct {
		says, language, publisher, text string
		enc                             encoding.Encoding
	}{
		{"Russian", "ru", "", "Ремонт моста завершен", charmap.Windows1251},
		{"Russian in KOI8-R", "ru-RU", "", "Ремонт моста завершен", charmap.KOI8R},
		{"Greek under a template's English", "en-us", "el", "Η γέφυρα κλείνει για μία εβδομάδα", charmap.Windows1253},
		{"Turkish", "tr", "", "Belediye Başkanlığından duyuru: şehir haberleri", charmap.Windows1254},
		{"Japanese", "ja", "", "防災訓練のお知らせ", japanese.ShiftJIS},
		{"Japanese in escapes", "ja", "", "防災訓練のお知らせ", japanese.ISO2022JP},
		{"Turkish of a publisher of Berlin", "tr", "de", "Belediye Başkanlığından duyuru: şehir haberleri", charmap.Windows1254},
		{"German that is in it", "de", "", "Die Brücke ist für Fußgänger gesperrt", charmap.Windows1252},
		{"French of a publisher of Prague", "", "cs", "À la mairie, la fête de l'été est fermée à midi", charmap.Windows1252},
		{"German of a publisher of Tokyo", "", "ja", "Über die Brücke führt kein Weg für Fußgänger", charmap.Windows1252},
		{"French of a publisher of Moscow", "fr", "ru", "Fermé l'été", charmap.Windows1252},
	} {
		got, problems := Decode([]byte(head+test.language+"</language><title>"+in(test.enc, test.text)+"</title></rss>"), "", test.publisher)
		if want := head + test.language + "</language><title>" + test.text + "</title></rss>"; string(got) != want {
			t.Errorf("%s: %q, want %q, %v", test.says, got, want, problems)
		}
	}
	const page = `<html lang="ru"><meta charset="iso-8859-1"><title>`
	if got, _ := Decode([]byte(page+in(charmap.Windows1251, "Ремонт")+"</title></html>"), ""); string(got) == page+"Ремонт</title></html>" {
		t.Error("a page is not read as browsers read it")
	}
}
