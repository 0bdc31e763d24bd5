package script

import "testing"

func TestProven(t *testing.T) {
	for _, test := range []struct{ says, text, want string }{
		{"kana", "避難所を開設しました", "ja"},
		{"kana alone", "おしらせです", "ja"},
		{"kana beside Latin letters", "WEBサイトをリニューアル", "ja"},
		{"Hangul", "도서관 임시 휴관", "ko"},
		{"Hangul beside Han", "市立 도서관 휴관 안내", "ko"},
		{"Thai", "ปิดถนนชั่วคราว", "th"},
		{"Greek", "Διακοπή νερού", "el"},
		{"Hebrew", "הגשר סגור למשך שבוע", "he"},
		{"Georgian", "ხიდი დაკეტილია", "ka"},
		{"Han that both have", "市長定例記者会見", ""},
		{"Han in the forms that Japanese has, too", "東京都議会議員選挙投票所", ""},
		{"a name in the old forms of Japanese", "國學院大學公開講座", ""},
		{"Han that traditional Chinese alone has", "請市民當心颱風", "zh-Hant"},
		{"Han that simplified Chinese alone has", "请市民当心台风", "zh-Hans"},
		{"simplified with words of every day", "这一周有点乱 大家都骂我 又不好说什么 我只是在等待 好吧好吧 您呢", "zh-Hans"},
		{"Japanese that looks simplified", "団体競技大会会場案内", ""},
		{"a Japanese name in Chinese", "樱桃小丸子（ちびまる子ちゃん）原画展览即将于周末开幕，请购买门票，欢迎观众参观这场精彩的动画艺术展览，详细时间请见官网说明", "zh-Hans"},
		{"too short", "の", ""},
		{"nothing", "", ""},

		{"English", "The bridge over the harbour is closed for a week, and trams stop at five in the afternoon", "en"},
		{"few words of it", "The bridge is closed for the week", ""},
		{"French that has much of Spanish", "Un train de la ligne en travaux, transportant cinquante personnes, est resté en panne de courant en gare de banlieue", ""},
		{"one small word over and over", "A paragraph, a title, a picture, a link, a robot, a cat, a robot", ""},
		{"addresses are no words", "Photos http://www.example.com/o/no/do/da www.example.com/de/um/com more pictures here", ""},
		{"Spanish", "El puente de la ciudad se cierra una semana y los tranvías paran a las cinco de la tarde", "es"},
		{"Dutch", "De brug over de haven is tot en met vrijdag dicht voor het verkeer van en naar de stad", "nl"},
		{"Portuguese", "A ponte da cidade fecha por uma semana e os elétricos param às cinco da tarde, diz a câmara do porto", "pt"},
		{"Russian", "Движение по мосту закрыто на неделю, и трамваи будут ходить только до пяти часов вечера, сообщили в мэрии", "ru"},
		{"Ukrainian", "Рух мостом зачинено на тиждень, і трамваї будуть ходити тільки до п’ятої години вечора, як повідомили в мерії", "uk"},
		{"Bulgarian", "Движението по моста е затворено за една седмица и трамваите ще се движат само до пет часа, съобщиха от общината", "bg"},
		{"few words in Cyrillic", "Мост закрыт на неделю", ""},
		{"Kazakh", "Көпір бір аптаға жабылды және трамвайлар кешкі сағат беске дейін ғана жүреді деп хабарлады қала әкімдігі туралы бұл мәлімет", "kk"},
		{"Arabic", "أعلنت البلدية عن إغلاق الجسر في وسط المدينة لمدة أسبوع من يوم الأحد على أن يعود المرور إلى طبيعته بعد ذلك", "ar"},
		{"few words in Arabic letters", "أغلق الجسر", ""},
		{"Persian", "شهرداری اعلام کرد که پل مرکز شهر از روز یکشنبه به مدت یک هفته بسته است و رفت و آمد با اتوبوس در این مدت ادامه دارد", "fa"},
		{"Turkish by its letters", "Kadıköy sahilinde çocuklar için ağaç dikimi ve sığınak tanıtımı", "tr"},
		{"Polish by its letters", "Zamknięty most żelazny: łódź i żegluga wstrzymane", "pl"},
		{"Vietnamese by its letters", "Cầu đóng cửa một tuần để sửa chữa", "vi"},
		{"a Polish name in English", "Łódź and Tokyo sign a treaty", ""},
	} {
		if got := Proven(test.text); got != test.want {
			t.Errorf("%s: %q is proven to be in %q, want %q", test.says, test.text, got, test.want)
		}
	}
}

func TestFits(t *testing.T) {
	for _, test := range []struct {
		text, tag string
		want      bool
	}{
		{"防災訓練", "ja", true},
		{"防災訓練", "zh-Hant", true},
		{"防災訓練", "en", false},
		{"Bridge closed", "nl", true},
		{"Bridge closed", "ru", false},
		{"Bridge closed", "no language", false},
		{"", "en", false},
	} {
		if got := Fits(test.text, test.tag); got != test.want {
			t.Errorf("Fits(%q, %q) = %v", test.text, test.tag, got)
		}
	}
}
