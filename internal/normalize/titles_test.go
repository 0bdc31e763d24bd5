package normalize_test

import (
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/normalize"
	"github.com/kairan-news/kairan/locales"
)

// TestTitles proves which titles the words of each language place, and which they do not:
// those with words that mean something else, or too much.
func TestTitles(t *testing.T) {
	bundle, err := locales.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	var categories []feeds.Category
	for _, term := range strings.Fields("government international disaster-prevention environment urban-development infrastructure industry tourism culture health education sports living") {
		categories = append(categories, feeds.Category{Term: term})
	}
	words := map[string]map[string][]string{}
	for _, tag := range bundle.Tags() {
		words[tag] = bundle.Keywords(tag)
	}
	mapper := normalize.NewMapper(categories, bundle.Labels("category."), words)
	const (
		none, government, disaster, environment, urban       = "", "government", "disaster-prevention", "environment", "urban-development"
		infrastructure, industry, culture, health, education = "infrastructure", "industry", "culture", "health", "education"
		living, international, sports, tourism               = "living", "international", "sports", "tourism"
	)
	for language, titles := range map[string][]struct{ title, want string }{
		"en": {
			{"Evacuation centre opens as cyclone nears", disaster}, {"Thunderstorms expected tonight", disaster}, {"Voting starts on Monday", government},
			{"Food poisoning at the summer fair", health}, {"Council tax bills are sent out", living}, {"Martial arts for beginners", sports},
			{"New car park at the station", infrastructure}, {"International airport closes its east gate", infrastructure},
			{"A message to all residents", none}, {"Our privacy policy has changed", none}, {"Building confidence", none}, {"Brainstorming in the town hall garden", none},
		},
		"ja": {
			{"大雨による浸水にご注意ください", disaster}, {"川の氾濫について", disaster}, {"自然災害への備え", disaster}, {"国際空港へのアクセス", infrastructure},
			{"道路工事のお知らせ", infrastructure}, {"住民税の納付について", living}, {"歴史的な一日", none}, {"住民のみなさまへ", none}, {"避難民の受け入れ", international},
		},
		"zh-Hans": {
			{"我市发布内涝预警", disaster}, {"洪水围困群众获救", disaster}, {"自然灾害综合风险普查", disaster}, {"国际机场新航站楼启用", infrastructure}, {"食物中毒事件通报", health},
			{"市民运动会开幕", sports}, {"致广大居民的一封信", none}, {"劳动节放假通知", none}, {"精神文明建设", none},
		},
		"zh-Hant": {
			{"低窪地區水浸", disaster}, {"洪水警報", disaster}, {"國際機場新航廈啟用", infrastructure}, {"疑似食物中毒個案", health}, {"氣溫創歷史新高", none}, {"致社會各界", none},
			{"維修工程公告", none}, {"空氣污染指數偏高", environment},
		},
		"ko": {
			{"집중호우로 도로 침수", disaster}, {"홍수 주의보 발령", disaster}, {"자연재난 국민행동요령", disaster}, {"국제공항 새 터미널", infrastructure}, {"도로공사 안내", infrastructure},
			{"주민협의회 개최", none}, {"놀라운 정도로 많은 참여", none}, {"수도권 주민 안내", none}, {"역사 앞 광장 개방", none}, {"시장이 방문했다", none}, {"산업재해 예방 교육", none}, {"버스킹 공연", culture},
			{"정전협정 기념식", international},
		},
		"nl": {
			{"Woningbrand aan de Kade", disaster}, {"Overstromingen in het zuiden", disaster}, {"Stroomstoring in de wijk", infrastructure}, {"Werk aan de weg", infrastructure},
			{"Stembureaus gaan open", government}, {"Aan het werk!", none}, {"Leren tas gevonden", none}, {"Voedselvergiftiging na feest", health},
		},
		"fr": {
			{"Feux de forêt : accès interdit", disaster}, {"Vigilance orages ce soir", disaster}, {"COUPURE D'EAU demain", infrastructure}, {"Coupure d’eau demain", infrastructure},
			{"Intoxication alimentaire : les bons gestes", health}, {"Groupe de travail du mardi", none}, {"Suivez-nous sur les réseaux sociaux", none}, {"Siège social déménagé", none},
		},
		"th": {
			{"น้ำป่าไหลหลากหลายพื้นที่", disaster}, {"ภัยธรรมชาติและการเตรียมตัว", disaster}, {"น้ำท่วมฉับพลัน", disaster}, {"ปรับปรุงถนนสุขุมวิท", infrastructure}, {"ป้องกันลมแดด", health},
			{"วันหยุดราชการ", none}, {"การแสดงความคิดเห็น", none}, {"พบกันที่ถนนข้าวสาร", none},
		},
		"tr": {
			{"DEPREMDE NE YAPMALI", disaster}, {"Yangınlara karşı uyarı", disaster}, {"YANGIN TATBİKATI", disaster}, {"Sel baskınından korunma", disaster}, {"İtfaiyeden çağrı", disaster},
			{"Okulların açılış günü", education}, {"Çevre yolu kapalı", infrastructure}, {"Hastanemiz açıldı", health}, {"Mahalle buluşması", none}, {"Gezi Parkı çevresi", none}, {"Turistlere öneriler", tourism},
			{"Belediyemizden duyuru", none}, {"Aşırı sıcaklar", none},
		},
		"id": {
			{"Banjirnya mulai surut", disaster}, {"Bencana alam: apa yang harus disiapkan", disaster}, {"Cuaca ekstrem sepekan", disaster}, {"Keracunan makanan di pasar", health},
			{"Jalan ditutup akhir pekan", infrastructure}, {"Imbauan bagi warga", none}, {"Ikuti media sosial kami", none}, {"Senin depan", none}, {"Taman kanak-kanak baru", education},
		},
		"fil": {
			{"Pagbaha sa mababang lugar", disaster}, {"Nasunog ang pamilihan", disaster}, {"Landslide sa gilid ng bundok", disaster}, {"Sarado ang kalsada", infrastructure}, {"Pasaporte: bagong oras", living},
			{"Para sa komunidad", none}, {"Malinis na tubig", none},
		},
		"ar": {
			{"بالزلزال الأخير", disaster}, {"تحذير من الفيضانات", disaster}, {"اعصار يقترب من الساحل", disaster}, {"المستشفيات تستقبل المرضى", health}, {"المطار الدولي يفتح بوابة", infrastructure},
			{"وفد من سيول يزور المدينة", none}, {"سياسة الخصوصية", none}, {"أعمال صيانة", none}, {"للمدارس الجديدة", education}, {"الانتخابات غدا", government},
		},
		"ru": {
			{"О наводнениях весной", disaster}, {"Пожаров стало меньше", disaster}, {"Эвакуацию провели учебную", disaster}, {"Ливни и грозы", disaster}, {"Отключения горячей воды", infrastructure},
			{"В школах начался год", education}, {"Выставок станет больше", culture}, {"Ремонт жилья", none}, {"Новое жилье", urban}, {"В связи с праздником", none}, {"Дорогой подарок городу", none}, {"Парковки у вокзала", infrastructure},
			{"Жизнь замечательных людей", none}, {"Вакансий стало больше", industry},
		},
		"ja-simple": {
			{"台風（たいふう）が来（き）ます", disaster}, {"ごみの出（だ）し方（かた）", living}, {"小学校（しょうがっこう）に入（はい）る子（こ）ども", education}, {"みなさんへ", none},
		},
		"vi": {
			{"Bão số 5 đang đến gần", disaster}, {"Tuyến tàu điện ngầm mới", infrastructure}, {"Tiêm phòng cúm cho trẻ em", health}, {"Thư gửi toàn thể người dân", none}, {"Chính sách bảo mật", none}, {"Thu gom rác trong dịp Tết", living},
		},
		"ne": {
			{"भूकम्पबाट जोगिने उपाय", disaster}, {"बाढीको चेतावनी", disaster}, {"खोपको समय", health}, {"विद्यालयमा भर्ना", education}, {"सबैलाई नमस्कार", none}, {"करको म्याद", none},
		},
		"pt": {
			{"Vacinação contra a gripe", health}, {"Alagamentos na zona leste", disaster},
		},
		"pt-BR": {
			{"Tufão se aproxima da cidade", disaster}, {"Inscrições abertas para a creche", living}, {"Grupo de trabalho se reúne", none}, {"Política de privacidade", none}, {"Aeroporto internacional fecha pista", infrastructure}, {"Mudanças no atendimento", none},
		},
	} {
		for _, test := range titles {
			got := mapper.Place(feeds.Article{Language: language, Title: test.title}, feeds.Source{})
			if strings.Join(got.Categories, " ") != test.want {
				t.Errorf("%s: %q is placed in %q, want %q", language, test.title, got.Categories, test.want)
			}
		}
	}
	for _, tag := range bundle.Tags() {
		flood := map[string]string{
			"en": "Flood", "ja": "洪水", "zh-Hans": "洪水", "zh-Hant": "洪水", "ko": "홍수", "nl": "Overstroming", "fr": "Inondation", "th": "น้ำท่วม", "tr": "Sel", "id": "Banjir", "fil": "Baha", "ar": "فيضان", "ru": "Наводнение", "ja-simple": "洪水（こうずい）", "vi": "Lũ lụt", "ne": "बाढी", "pt-BR": "Enchente",
		}
		if flood[tag] == "" {
			continue // a locale that was added
		}
		if got := mapper.Place(feeds.Article{Language: tag, Title: flood[tag]}, feeds.Source{}); strings.Join(got.Categories, "") != disaster {
			t.Errorf("%s: a flood is placed in %q", tag, got.Categories)
		}
	}
}
