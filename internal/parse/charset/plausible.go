package charset

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
)

// commonHan are frequent characters of Chinese and Japanese, in both forms, with
// those of notices.
const commonHan = "的一是不了在人有我他这這中大来來上国國个個到说說们們为為子和你地出道也時时年得就那要下以生會会自著着去之過过家學学對对可她里后後小心多天而能好都然沒没日於于起還还發发成事只作當当想看文無无開开手十用主行方又如前所本見见經经頭头面公同三已老從从動动兩两長长知民樣样現现分將将外但身些與与高意進进把法此實实回二理美點点月明其種种聲声全工己話话市政府新聞安全東京部区區都県町村会社お知報通災训訓練练実施議议募集催案内內情报度告受付相談谈休講讲座教室支援設设計计画畫划業业育健康福祉保險険险税料金申請请続續续届屆変變变更止延期注避難难警防犯交故火震風风水停断斷布關关関路館馆園园校医醫院選举舉決决定算財财策"

// commonHangul are the commonest syllables of Korean.
const commonHangul = "이다는의에가을고지기사하시은도로해한리대자어서일인를수정나보제전주안장부공무구관광여신화동원상조경오성미소국그라마만내교방중문아개연위생민과등참물금용선역청입니습하면들으된되와했있요할계모두스드트절차체육회의건강보강북남울산천센터운영행접신청자체험프램알림"

// letters are the letters of alphabets, the commonest of each first, in groups that are
// worth 5, 4, 3, 2 and 1. Capitals are worth as much.
var letters = []string{
	"оеаи;нтсрвл;кмдпуяыі;ьгзбчйхжш;юцщэфъёїєґўјљњђћџѓќѕ",
	"αοιε;τσνηρυ;πκμλάίόές;ωγδήύώ;θφβχξζψϊϋΐΰ",
	"יוהל;תארבמש;נםדקחע;פטכגסצ;ןזךףץ",
	"الين;موترهب;ةعدسفكق;حأىجشصط;خءئؤإآغذزثضظپچژگکی",
}

// worths are what characters are worth: letters what [letters] says, frequent ones of Han
// and Hangul so much more than others.
var worths = sync.OnceValue(func() map[rune]int {
	all := make(map[rune]int, 512)
	for _, r := range commonHan {
		all[r] = 8
	}
	for _, r := range commonHangul {
		all[r] = 4
	}
	for _, alphabet := range letters {
		for i, group := range strings.Split(alphabet, ";") {
			for _, r := range group {
				all[r], all[unicode.ToUpper(r)] = 5-i, 5-i
			}
		}
	}
	return all
})

// plausibility scores how much what comes out looks like text that people write:
// frequent characters of its script count for it, replacements, rare symbols, letters of
// two scripts side by side and capitals amid words count against it. A character of two
// bytes counts as two.
func plausibility(sample []byte, enc encoding.Encoding) int {
	out := convert(sample, enc)
	score, worths := 0, worths()
	var last rune
	for len(out) > 0 {
		r, n := utf8.DecodeRune(out)
		out = out[n:]
		switch {
		case r < utf8.RuneSelf:
			switch {
			case isLatin(r) && last >= 0x370 && last < 0x1100:
				score -= 4
			case isSmallLatin(r) && last >= firstEastAsian:
				score += mismatch
			}
		case r == utf8.RuneError:
			score -= 20
		case r < 0x250:
			score += latin(r, last)
		case r >= 0xE00 && r < 0xE80:
			score += thai(r, last)
		case r < 0x1100:
			score += alphabetic(r, last, worths[r])
		default:
			score += eastAsian(r, worths[r])
			if r >= firstEastAsian && isSmallLatin(last) {
				score += mismatch
			}
		}
		last = r
	}
	return score
}

// isLatin reports whether a character is a letter of ASCII.
func isLatin(r rune) bool { return 'a' <= r|0x20 && r|0x20 <= 'z' }

// isSmallLatin reports whether a character is a small letter of ASCII. A character of East
// Asia stands rarely beside one, and in what is no text of East Asia beside nothing else.
func isSmallLatin(r rune) bool { return 'a' <= r && r <= 'z' }

// firstEastAsian is where the scripts of East Asia begin.
const firstEastAsian = 0x2E80

// mismatch is what counts against two characters that don't stand side by side.
const mismatch = -6

// latin scores a letter of Latin with marks, or a sign of Latin-1, by what stands before it.
func latin(r, last rune) int {
	switch {
	case r < 0xA0: // controls
		return mismatch
	case !unicode.IsLetter(r):
		return latinSign(r, last)
	case last >= 0x370 && unicode.IsLetter(last):
		return mismatch
	case unicode.IsUpper(r) && unicode.IsLower(last):
		return -3
	case strings.ContainsRune("ðþýÐÞÝŕĺťďľňţŔĹŤĎĽŇŢ", r): // of few languages, in the places of signs and of others' letters
		return 1
	case last < utf8.RuneSelf:
		return 2
	}
	return 0
}

// latinSign scores a sign of Latin-1 by what stands before it.
func latinSign(r, last rune) int {
	switch {
	case r == '»', (r == '«' || r == '¿' || r == '¡') && !unicode.IsLetter(last):
		return 2
	case unicode.IsLetter(last) && !strings.ContainsRune("·\u00a0\u00ad´°ªº", r):
		return -3
	}
	return 0
}

// alphabetic scores a letter of an alphabet other than Latin, by what stands before it.
func alphabetic(r, last rune, worth int) int {
	switch {
	case !unicode.IsLetter(r):
		return 0
	case isLatin(last), last >= 0xC0 && last < 0x250 && unicode.IsLetter(last):
		return worth + mismatch
	case unicode.IsUpper(r) && unicode.IsLower(last):
		return -3
	case isFinal(last) && r >= 0x5D0 && r <= 0x5EA:
		return mismatch
	case last >= 0x370 && unicode.IsLetter(last) && last>>8 != r>>8 && last < 0x1100:
		return mismatch
	}
	return worth
}

// isFinal reports whether a letter of Hebrew stands at the end of words alone.
func isFinal(r rune) bool { return strings.ContainsRune("ךםןףץ", r) }

// thai scores a character of Thai by what stands before it: vowels and tones need a
// consonant.
func thai(r, last rune) int {
	switch {
	case isLeading(last) && !isConsonant(r), isLatin(last):
		return mismatch
	case strings.ContainsRune("นรกงอมยวสดทต", r): // the commonest
		return 4
	case strings.ContainsRune("ฃฅฆฌญฎฏฐฑฒณธฝฟภศษฬฮฤฦผฉ", r): // the rarest
		return 0
	case isConsonant(r), isLeading(r):
		return 3
	case isFollowing(r):
		if isConsonant(last) || isTone(last) || r == 'ะ' && last == 'า' {
			return 5
		}
		return mismatch
	case strings.ContainsRune("ๆฯๅ", r), r >= '๐' && r <= '๙' && !isConsonant(last) && !isFollowing(last):
		return 0
	}
	return -3 // a figure within a word, or a sign that nobody writes any more
}

func isConsonant(r rune) bool { return r >= 'ก' && r <= 'ฮ' }

// isLeading reports whether a vowel of Thai stands before its consonant.
func isLeading(r rune) bool { return r >= 'เ' && r <= 'ไ' }

// isFollowing reports whether a vowel or a tone of Thai stands behind its consonant, above
// or below it.
func isFollowing(r rune) bool { return isTone(r) || r == 'ะ' || r == 'า' || r == 'ำ' }

// isTone reports whether a character of Thai has no width.
func isTone(r rune) bool { return r == 'ั' || r >= 'ิ' && r <= 'ฺ' || r >= '็' && r <= '๎' }

// eastAsian scores a character of the scripts of East Asia, and the symbols beside them.
func eastAsian(r rune, worth int) int {
	switch {
	case r >= 0x3040 && r <= 0x30FF: // kana
		return 8
	case r >= 0xAC00 && r <= 0xD7A3: // Hangul
		return 4 + worth
	case r >= 0x4E00 && r <= 0x9FFF: // Han
		return 2 + worth
	case r >= 0x3000 && r <= 0x303F, r >= 0xFF00 && r <= 0xFF60: // CJK punctuation, full width
		return 6
	case r >= 0xFF61 && r <= 0xFF9F, r >= 0xE000 && r <= 0xF8FF, r >= 0x2500 && r <= 0x259F:
		return mismatch
	}
	return 0
}
