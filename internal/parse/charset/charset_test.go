package charset

import (
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

func TestDecode(t *testing.T) {
	const (
		ja = "避難所を開きました。市民の皆さまはお早めにお集まりください"
		tw = "市政府發布颱風警報，請市民注意安全"
		cn = "市政府发布台风警报，请市民注意安全"
		ko = "대피소를 열었습니다. 시민 여러분은 서둘러 주십시오"
		ru = "Мост закрыт на неделю, трамваи ходят до пяти"
		th = "เปิดศูนย์พักพิงแล้ว"
		fr = "L'été à l'hôtel de ville, près du théâtre"
		tr = "Köprü bir hafta kapalı, şehir içi"
		ar = "أغلق الجسر لمدة أسبوع"
	)
	tests := []struct {
		label string // in the XML declaration; "" for none
		http  string
		text  string
		enc   encoding.Encoding // that the bytes truly are in
	}{
		{"Shift_JIS", "", ja, japanese.ShiftJIS}, {"cp932", "", ja, japanese.ShiftJIS}, {"windows-31j", "", ja, japanese.ShiftJIS},
		{"EUC-JP", "", ja, japanese.EUCJP}, {"ISO-2022-JP", "", ja, japanese.ISO2022JP}, {"", "", ja, japanese.ISO2022JP},
		{"Big5", "", tw, traditionalchinese.Big5}, {"GBK", "", cn, simplifiedchinese.GBK}, {"gb2312", "", cn, simplifiedchinese.GBK}, {"GB18030", "", cn, simplifiedchinese.GB18030},
		{"EUC-KR", "", ko, korean.EUCKR}, {"cp949", "", ko, korean.EUCKR},
		{"TIS-620", "", th, charmap.Windows874}, {"windows-874", "", th, charmap.Windows874},
		{"windows-1251", "", ru, charmap.Windows1251}, {"cp1251", "", ru, charmap.Windows1251}, {"KOI8-R", "", ru, charmap.KOI8R},
		{"IBM855", "", ru, charmap.CodePage855}, {"IBM866", "", ru, charmap.CodePage866}, {"x-mac-cyrillic", "", ru, charmap.MacintoshCyrillic}, {"MacCyrillic", "", ru, charmap.MacintoshCyrillic},
		{"ISO-8859-5", "", ru, charmap.ISO8859_5}, {"ISO-8859-1", "", fr, charmap.Windows1252}, {"ISO-8859-15", "", fr, charmap.ISO8859_15}, {"windows-1252", "", fr, charmap.Windows1252},
		{"windows-1254", "", tr, charmap.Windows1254}, {"ISO-8859-9", "", tr, charmap.Windows1254}, {"windows-1256", "", ar, charmap.Windows1256},
		{"UTF-16", "", ja, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)}, {"UTF-16", "", ja, unicode.UTF16(unicode.BigEndian, unicode.UseBOM)},
		{"UTF-16", "", ja, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)}, {"", "", ja, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
		{"UTF-32", "", ja, utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)}, {"", "", ja, utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)},
		{"", "text/xml; charset=Shift_JIS", ja, japanese.ShiftJIS}, {"", "text/xml;charset=\"euc-kr\"", ko, korean.EUCKR},
		{"windows-1252", "", ja, unicode.UTF8BOM}, {"Shift_JIS", "text/xml; charset=EUC-JP", ja, encoding.Nop},
		{"UTF-8", "", tw, traditionalchinese.Big5}, {"UTF-8", "", ru, charmap.Windows1251}, {"", "", ja, japanese.EUCJP}, {"", "", ja, japanese.ShiftJIS}, {"", "", ko, korean.EUCKR}, {"", "", th, charmap.Windows874},
		{"x-nobody", "", ru, charmap.Windows1251}, {"EUC-JP", "text/xml; charset=ISO-8859-1", fr, charmap.Windows1252},
	}
	for _, tt := range tests {
		declaration := "<?xml version=\"1.0\"?>"
		if tt.label != "" {
			declaration = "<?xml version=\"1.0\" encoding=\"" + tt.label + "\"?>"
		}
		doc := declaration + "<rss><channel><title>" + tt.text + "</title></channel></rss>"
		data, err := tt.enc.NewEncoder().Bytes([]byte(doc))
		if err != nil {
			t.Fatal(err)
		}
		if got, problems := Decode(data, tt.http); string(got) != doc {
			t.Errorf("declared %q, HTTP %q, in %v:\n got %q\nwant %q\n%v", tt.label, tt.http, tt.enc, got, doc, problems)
		}
	}
}
