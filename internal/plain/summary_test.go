package plain

import (
	"strings"
	"testing"
)

func TestSummarize(t *testing.T) {
	long := func(s string) string { return strings.TrimSpace(strings.Repeat(s, 100)) }
	tests := []struct{ name, in, end string }{
		{"short", "One sentence.", "One sentence."},
		{"English sentences", long("The bridge is closed for a week. "), "week."},
		{"English without a sentence's end", long("bridge closed "), "closed…"},
		{"Japanese sentences", long("橋は一週間通れません。"), "通れません。"},
		{"Japanese without a sentence's end", long("橋は、一週間"), "橋は…"},
		{"Thai", long("สะพานปิดหนึ่งสัปดาห์ "), "สัปดาห์…"},
		{"Thai without spaces", long("น้ำท่วม"), "…"},
		{"a flag is of two letters", long("🇯🇵🇹🇭"), "🇹🇭🇯🇵…"},
		{"nothing opens before the ellipsis", long("closed ")[:258] + " (" + strings.Repeat("y", 100), "closed…"},
	}
	for _, tt := range tests {
		got := Summarize(tt.in)
		if !strings.HasSuffix(got, tt.end) || len([]rune(got)) > SummaryLength {
			t.Errorf("%s: %d characters, %q", tt.name, len([]rune(got)), got)
		}
	}
}

func TestAbridge(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		limit    int
		want     string
	}{
		{"as wide as may be", "避難訓練", 8, "避難訓練"},
		{"wide characters count double", "避難訓練参加", 8, "避難訓…"},
		{"after a phrase", "台風が近づいているため、市民体育館の利用を", 30, "台風が近づいているため…"},
		{"after a phrase further to the front", "市民の皆さま、体育館改修工事案内", 26, "市民の皆さま…"},
		{"after a particle", "令和八年度予算案の概要説明会", 22, "令和八年度予算案の…"},
		{"before a figure and its counter", "体育館改修先着120人募集", 16, "体育館改修先着…"},
		{"not between a number's words", "La Ville ouvre 200 places de crèche", 20, "La Ville ouvre…"},
		{"nor between its parts", "Le budget de la Ville : 6\u202F200\u00A0euros", 30, "Le budget de la Ville…"},
		{"Thai, after a phrase", "ปิดถนนชั่วคราว เพื่อซ่อมแซมสะพาน", 20, "ปิดถนนชั่วคราว…"},
		{"a sentence", "橋を閉鎖します。迂回してください。", 20, "橋を閉鎖します。"},
	} {
		if got := Abridge(tt.in, tt.limit); got != tt.want {
			t.Errorf("%s: Abridge(%q, %d) = %q, want %q", tt.name, tt.in, tt.limit, got, tt.want)
		}
	}
}

func TestWhatASystemPutsBehindATextItCut(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"amid a sentence", "The city opens the […]", "The city opens the…"},
		{"behind one", "The city opens the pool. [...]", "The city opens the pool."},
		{"with dots", "The city opens the, [. . .]", "The city opens the…"},
		{"Japanese brackets", "市民プールを［…］", "市民プールを…"},
		{"a link", "The pool opens. Continue reading", "The pool opens."},
		{"a link with an arrow", "The pool opens… Continue reading →", "The pool opens…"},
		{"a link with the title in it", "The pool opens… Continue reading “The pool opens on Sunday”", "The pool opens…"},
		{"both", "The pool opens […] Read more »", "The pool opens…"},
		{"Japanese", "プールを開きます。続きを読む", "プールを開きます。"},
		{"French", "La piscine ouvre. Lire la suite...", "La piscine ouvre."},
		{"Russian", "Бассейн открыт. Читать далее", "Бассейн открыт."},
		{"WordPress's note", "The pool opens. The post The pool appeared first on City of Example.", "The pool opens."},
		{"WordPress's note in German", "Das Bad öffnet. Der Beitrag Das Bad öffnet am Sonntag erschien zuerst auf Stadt Beispiel.", "Das Bad öffnet."},
		{"WordPress's note in French", "La piscine ouvre. L’article La piscine est apparu en premier sur Ville d’Exemple.", "La piscine ouvre."},
		{"WordPress's note in Japanese", "プールを開きます。投稿 プール開き は 例市 に最初に表示されました。", "プールを開きます。"},
		{"WordPress's note that begins with the title", "Havuz açılıyor. Havuz pazar günü yazısı ilk önce Örnek Belediyesi üzerinde ortaya çıktı.", "Havuz açılıyor."},
		{"WordPress's note alone", "Der Beitrag Das Bad erschien zuerst auf Stadt Beispiel.", "Der Beitrag Das Bad erschien zuerst auf Stadt Beispiel."},
		{"a link with the title in it, behind a sentence", "The pool opens on Sunday. Continue reading The pool opens", "The pool opens on Sunday."},
		{"the same in Dutch", "Het bad gaat open. Lees verder “Het bad gaat zondag open”", "Het bad gaat open."},
		{"an advice to read", "The library opens. Read more books this summer", "The library opens. Read more books this summer"},
		{"a sentence that begins as such a link", "The library opens. Continue reading all night with us.", "The library opens. Continue reading all night with us."},
		{"a sentence about reading", "We invite you to continue reading", "We invite you to continue reading"},
		{"a sentence in Japanese that ends so", "図書館で続きを読む", "図書館で続きを読む"},
		{"nothing else", "Continue reading", "Continue reading"},
		{"brackets that say something", "The pool opens [on Sunday]", "The pool opens [on Sunday]"},
	} {
		if got := Summarize(tt.in); got != tt.want {
			t.Errorf("%s: %q becomes %q, want %q", tt.name, tt.in, got, tt.want)
		}
	}
}

func TestBound(t *testing.T) {
	if got := Bound(strings.Repeat("題", 1000), 1000); len([]rune(got)) != 1000 {
		t.Errorf("a title of 1,000 characters becomes one of %d", len([]rune(got)))
	}
	if got := Bound(strings.Repeat("word ", 300), 1000); len([]rune(got)) > 1000 || !strings.HasSuffix(got, "word…") {
		t.Errorf("a longer one ends in %q, after %d", got[len(got)-10:], len([]rune(got)))
	}
}
