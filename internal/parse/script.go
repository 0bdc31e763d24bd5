package parse

import (
	"sync"
	"unicode"

	"golang.org/x/text/language"
)

// scripts counts the letters of a text by script.
type scripts struct {
	latin, kana, han, hangul, thai, arabic, cyrillic, greek, other int
	simplified, traditional                                        int
}

// scriptSample is how many bytes of a text are looked at.
const scriptSample = 2000

// countScripts counts the letters of the beginning of a text.
func countScripts(text string) scripts {
	var n scripts
	for _, r := range text[:min(len(text), scriptSample)] {
		switch {
		case r < 'A':
		case r < 0x80:
			if 'a' <= r|0x20 && r|0x20 <= 'z' {
				n.latin++
			}
		case r < 0x250:
			if unicode.IsLetter(r) {
				n.latin++
			}
		case r >= 0x370 && r < 0x400:
			n.greek++
		case r >= 0x400 && r < 0x530:
			n.cyrillic++
		case r >= 0x620 && r < 0x700, r >= 0x750 && r < 0x780, r >= 0xFB50 && r < 0xFE00, r >= 0xFE70 && r < 0xFEFF:
			n.arabic++
		case r >= 0xE00 && r < 0xE80:
			n.thai++
		case r >= 0x3041 && r <= 0x30FF && r != '・' && r != 'ー', r >= 0xFF66 && r <= 0xFF9D:
			n.kana++
		case r >= 0x4E00 && r <= 0x9FFF, r >= 0x3400 && r < 0x4DC0, r >= 0x20000 && r < 0x32000:
			n.han++
			switch chineseForms()[r] {
			case 's':
				n.simplified++
			case 't':
				n.traditional++
			}
		case r >= 0xAC00 && r <= 0xD7A3, r >= 0x1100 && r < 0x1200:
			n.hangul++
		case unicode.IsLetter(r):
			n.other++
		}
	}
	return n
}

// letters returns how many letters there are, those that stand for a syllable or a
// word counted twice.
func (n scripts) letters() int {
	return n.latin + n.thai + n.arabic + n.cyrillic + n.greek + n.other + 2*(n.kana+n.han+n.hangul)
}

// Characters that only one of the two forms of Chinese has, in pairs. None of the
// simplified ones is in use in traditional Chinese or in Japanese.
const (
	simplifiedOnly  = "们这说时对发经应见现还过动关开问题书车东业务团园广场处长门间义习乡买卖严个临为丽举么乐争亏亚产亲从仓伟伦华单压历协卫厅听员响图圣报坏块坚坛备复头夺奋妇娱实审宾导层岁岛币师带帮库庆废张强归录总恶悬惊惯战户扩执扬护择担损换据摇敌数断无显晓暂术机杂权条极构标树样桥检楼欢残毕气汉汤沟泽洁测济浓涨渐湾温满灭灯灵炉热爱环疗监盖盘码确离种积称稳竞笔简类粮红约级纪纯纲纳线练组细织终绍结绕给络绝统继续维绿缓编缩网罗联职肃胜脑节苏药获营虑虽规视觉计订认讨让训议讯记讲许论设访证评识诉译试话询该详语误请诸课谁调谈谢谱贝负财责贤败货质贯贵费资赛赞趋转轮软轻载较输辆边达运进远连迟选递遗邮邻释针钟钢钱铁银链销锁错键镇闭闻阅队阳阶际陆险隐难雾静韩顶项顺须预领频颗颜风飞饭饮馆驻验骑鱼鲜鸟麦黄齐龙"
	traditionalOnly = "們這說時對發經應見現還過動關開問題書車東業務區團園廣場處長門間義習鄉買賣嚴個豐臨為麗舉麼樂爭虧雲亞產親僅從倉價眾優夥偉傳傷倫華單壓歷協衛廳聽員響圖聖報壞塊堅壇備複頭奪奮婦娛學實審賓導層歲島幣師帶幫幹並庫慶廢張強歸錄總惡懸驚慣戰戶擴執揚護擇擔損換據搖敵數斷無顯曉暫術機雜權條極構標樹樣橋檢樓歡殘畢氣漢湯溝澤潔測濟濃漲漸灣溫滿滅燈靈爐熱愛環療監蓋盤碼確離種積稱穩競筆簡類糧紅約級紀純綱納線練組細織終紹結繞給絡絕統繼續維綠緩編縮網羅聯職肅勝腦節蘇藥獲營慮雖規視覺計訂認討讓訓議訊記講許論設訪證評識訴譯試話詢該詳語誤請諸課誰調談謝譜貝負財責賢敗貨質貫貴費資賽贊趨轉輪軟輕載較輸輛邊達運進遠連遲選遞遺郵鄰釋針鐘鋼錢鐵銀鏈銷鎖錯鍵鎮閉聞閱隊陽階際陸險隱難霧靜韓頂項順須預領頻顆顏風飛飯飲館駐驗騎魚鮮鳥麥黃齊龍"
)

// chineseForms maps the characters of the two lists to their form.
var chineseForms = sync.OnceValue(func() map[rune]byte {
	forms := make(map[rune]byte, 800)
	for _, r := range simplifiedOnly {
		forms[r] = 's'
	}
	for _, r := range traditionalOnly {
		forms[r] = 't'
	}
	return forms
})

// chineseForm returns "zh-Hans" or "zh-Hant" where the characters of the text leave
// no doubt, else "".
func chineseForm(text string) string {
	n := countScripts(text)
	switch {
	case n.simplified >= 2 && n.simplified > 4*n.traditional:
		return "zh-Hans"
	case n.traditional >= 2 && n.traditional > 4*n.simplified:
		return "zh-Hant"
	}
	return ""
}

// guessLanguage returns the language that the script of a text leaves no doubt of.
func guessLanguage(text string) string {
	n := countScripts(text)
	all := n.letters()
	switch {
	case all < 6:
	case 2*n.kana > all/10 && 2*(n.kana+n.han) > all/2:
		return "ja"
	case 2*n.hangul > all/2:
		return "ko"
	case n.thai > all/2:
		return "th"
	case n.greek > all/2:
		return "el"
	case n.kana == 0 && 2*n.han > all*3/4:
		if form := chineseForm(text); form != "" {
			return form
		}
	}
	return Undetermined
}

// languageConflict tells why a text can't be in the language that was said; "" if it
// can. Short texts and names in another script are no conflict.
func languageConflict(text, tag string) string {
	n := countScripts(text)
	all := n.letters()
	if all < 20 || tag == Undetermined {
		return ""
	}
	script, confidence := language.Make(tag).Script()
	if confidence == language.No {
		return ""
	}
	own := 0
	switch script.String() {
	case "Latn":
		own = n.latin
	case "Jpan":
		own = 2 * (n.kana + n.han)
		if n.kana == 0 && n.han >= 30 && (n.simplified+n.traditional) > 0 {
			return "the text has no kana"
		}
	case "Hans", "Hant", "Hani":
		own = 2 * n.han
		switch {
		case 2*n.kana > all/5:
			return "the text has kana"
		case script.String() == "Hans" && n.traditional >= 5 && n.traditional > 4*n.simplified:
			return "the characters are traditional"
		case script.String() == "Hant" && n.simplified >= 5 && n.simplified > 4*n.traditional:
			return "the characters are simplified"
		}
	case "Kore":
		own = 2 * (n.hangul + n.han)
	case "Thai":
		own = n.thai
	case "Arab":
		own = n.arabic
	case "Cyrl":
		own = n.cyrillic
	case "Grek":
		own = n.greek
	default:
		own = n.other
	}
	if own*10 < all && all >= 40 {
		return "the text is in another script"
	}
	return ""
}
