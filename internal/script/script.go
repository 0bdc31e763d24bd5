package script

import (
	"sync"
	"unicode"
)

// Letters counts the letters of a text by script. Other are those of scripts that none
// of our locales is written in.
type Letters struct {
	Latin, Kana, Han, Hangul, Thai, Arabic, Cyrillic, Greek, Other int
	// Simplified and Traditional count the Han characters that only one of the two
	// forms of Chinese has. NotJapanese are those of the Traditional that Japanese has
	// not; of the Simplified it has none.
	Simplified, Traditional, NotJapanese int
}

// sample is how many bytes of a text are looked at.
const sample = 2000

// Count counts the letters of the beginning of a text, of its first 2,000 bytes.
func Count(text string) Letters {
	var n Letters
	var counts [kinds]int
	at := 0 // where the block of the letter before is
	near := &blocks[at]
	for _, r := range text[:min(len(text), sample)] {
		switch {
		case r < 'A':
		case r < 0x80:
			if 'a' <= r|0x20 && r|0x20 <= 'z' {
				n.Latin++
			}
		case r < 0x250:
			if unicode.IsLetter(r) {
				n.Latin++
			}
		default:
			if r < near.first || r > near.last {
				at = seek(at, r)
				near = &blocks[at]
			}
			switch k := near.kind; {
			case k > han, k == mixed && unicode.IsLetter(r):
				counts[k]++
			case k == han:
				counts[k]++
				n.countForm(r)
			}
		}
	}
	n.Kana, n.Han, n.Hangul, n.Thai = counts[kana], counts[han], counts[hangul], counts[thai]
	n.Arabic, n.Cyrillic, n.Greek, n.Other = counts[arabic], counts[cyrillic], counts[greek], counts[mixed]
	return n
}

// seek returns where the block of a character from 0x250 on is. It goes there from
// another, since those of a language are close together.
func seek(at int, r rune) int {
	for r > blocks[at].last {
		at++
	}
	for r < blocks[at].first {
		at--
	}
	return at
}

// countForm counts a Han character that only one of the two forms of Chinese has.
func (n *Letters) countForm(r rune) {
	if r < firstForm || r > lastForm {
		return
	}
	switch chineseForms()[r-firstForm] {
	case 's':
		n.Simplified++
	case 't':
		n.Traditional++
	case 'c':
		n.Traditional++
		n.NotJapanese++
	}
}

// kind is the script of a block. The characters of the first two are looked at one by
// one.
type kind int

const (
	mixed kind = iota // of scripts that are none of ours, with characters that are no letters
	han
	greek
	cyrillic
	arabic
	thai
	kana
	hangul
	kinds // how many there are
)

// block is a part of Unicode's code space whose characters count as letters of one
// script.
type block struct {
	first, last rune
	kind        kind
}

// blocks are those behind the Latin letters, in their order and without gaps.
var blocks = [...]block{
	{0x250, 0x36F, mixed},
	{0x370, 0x3FF, greek},
	{0x400, 0x52F, cyrillic},
	{0x530, 0x61F, mixed},
	{0x620, 0x6FF, arabic},
	{0x700, 0x74F, mixed},
	{0x750, 0x77F, arabic},
	{0x780, 0xDFF, mixed},
	{0xE00, 0xE7F, thai},
	{0xE80, 0x10FF, mixed},
	{0x1100, 0x11FF, hangul},
	{0x1200, 0x3040, mixed},
	{0x3041, 0x30FA, kana},
	{'・', 'ー', mixed},
	{0x30FD, 0x30FF, kana},
	{0x3100, 0x33FF, mixed},
	{0x3400, 0x4DBF, han},
	{0x4DC0, 0x4DFF, mixed},
	{0x4E00, 0x9FFF, han},
	{0xA000, 0xABFF, mixed},
	{0xAC00, 0xD7A3, hangul},
	{0xD7A4, 0xFB4F, mixed},
	{0xFB50, 0xFDFF, arabic},
	{0xFE00, 0xFE6F, mixed},
	{0xFE70, 0xFEFE, arabic},
	{0xFEFF, 0xFF65, mixed},
	{0xFF66, 0xFF9D, kana},
	{0xFF9E, 0x1FFFF, mixed},
	{0x20000, 0x31FFF, han},
	{0x32000, unicode.MaxRune, mixed},
}

// All returns how many letters there are, those that stand for a syllable or a word
// counted twice.
func (n Letters) All() int {
	return n.Latin + n.Thai + n.Arabic + n.Cyrillic + n.Greek + n.Other + 2*(n.Kana+n.Han+n.Hangul)
}

// Of returns how many letters are of a script, by its code (ISO 15924), counted as All
// counts them. Japanese and Korean are written in Han characters, too. A script that is
// none of ours is taken to be what is there of others.
func (n Letters) Of(code string) int {
	switch code {
	case "Latn":
		return n.Latin
	case "Jpan":
		return 2 * (n.Kana + n.Han)
	case "Hans", "Hant", "Hani":
		return 2 * n.Han
	case "Kore":
		return 2 * (n.Hangul + n.Han)
	case "Thai":
		return n.Thai
	case "Arab":
		return n.Arabic
	case "Cyrl":
		return n.Cyrillic
	case "Grek":
		return n.Greek
	default:
		return n.Other
	}
}

// Characters that only one of the two forms of Chinese has. None of the simplified ones is
// in use in traditional Chinese or in Japanese. Of the traditional ones Japanese has many,
// and has others instead of the rest, as JIS X 0208 tells: of that its first level is what
// is in use, beside a few that stand in names.
const (
	simplifiedOnly  = "们这说时对发经应见现还过动关开问题书车东业务团园广场处长门间义习乡买卖严个临为丽举么乐亏亚产亲从仓伟伦华单压历协卫厅听员响图圣报坏块坚坛备复头夺奋妇娱实审宾导层岁岛币师带帮库庆废张强归录总恶悬惊惯战户扩执扬护择损换摇敌无显晓暂术杂权极构标树样桥检欢毕气汉汤沟泽洁测济浓涨渐满灭灵热爱环疗监盖盘码确离种积稳竞笔简类粮红约级纪纯纲纳线练组细织终绍结绕给络绝统继续维绿缓编缩网罗联职肃胜脑节苏药获营虑虽规视觉计订认讨让训议讯记讲许论设访证评识诉译试话询该详语误请诸课谁调谈谢谱贝负财责贤败货质贯贵费资赛赞趋转轮软轻载较输辆边达运进远连迟选递遗邮邻释针钟钢钱铁银链销锁错键镇闭闻阅队阳阶际陆险隐难雾韩顶项顺须预领频颗颜风飞饭饮馆驻验骑鱼鲜鸟齐龙"
	traditionalOnly = "這時見現還過動開問題書車東業務園場長門間義習買個臨為麗雲親僅倉優偉傷倫華協衛員響聖報塊堅壇備複頭奪奮婦審賓導層島幣師幹並庫慶張強懸驚慣執揚護損換敵無暫術機極構標樹橋畢漢湯溝潔測濃漸滅燈熱愛環療監蓋盤確離種積競筆簡類糧紅約級紀純綱納線練組細織終紹結給絡統維緩編縮網羅聯職勝節蘇獲慮規視計訂認討訓議訊記講許論設訪評識訴試話該詳語誤請諸課誰調談謝譜貝負財責賢敗貨質貫貴費資趨輪軟載較輸達運進遠連選遺郵針鐘鋼銀鎖錯鍵鎮閉聞隊陽階際陸難霧韓頂項順須預領頻風飛飯飲館駐騎魚鮮鳥龍學鐵廣邊齊榮國會澤禮藝"
	notJapanese     = "們說對發經應關區團處鄉賣嚴豐舉麼樂爭虧亞產從價眾夥傳單壓歷廳聽圖壞娛實歲帶幫廢歸錄總惡戰戶擴擇擔據搖數斷顯曉雜權條樣檢樓歡殘氣濟漲灣溫滿靈爐碼稱穩繞絕繼續綠肅腦藥營雖覺讓證譯詢賽贊轉輕輛遲遞鄰釋錢鏈銷閱險隱靜顆顏驗麥黃來與當舊臺將內稅每縣辦醫號點體雙讀戲屬佔颱嗎裡嘅咗哋啲嚟"
)

// The block in which the characters of the two lists stand.
const firstForm, lastForm = 0x4E00, 0x9FFF

// chineseForms are the forms of the characters from firstForm on: 0 of one that both have.
var chineseForms = sync.OnceValue(func() *[lastForm - firstForm + 1]byte {
	var forms [lastForm - firstForm + 1]byte
	for _, r := range simplifiedOnly {
		forms[r-firstForm] = 's'
	}
	for _, r := range traditionalOnly {
		forms[r-firstForm] = 't'
	}
	for _, r := range notJapanese {
		forms[r-firstForm] = 'c'
	}
	return &forms
})
