package ledger

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
)

// BenchmarkContentHash hashes the 30 articles of a document, of 1 KB each.
func BenchmarkContentHash(b *testing.B) {
	for _, bench := range []struct{ language, title, paragraph string }{
		{"English", "Shelter %d opens before the typhoon", "<p>The city opens shelters in the harbour districts &amp; the <strong>Central Hall</strong>.</p>"},
		{"Japanese", "避難所%dを開きました", "<p>台風に備えて、港の近くの<strong>避難所</strong>を開きました（2026年4月1日）。</p>"},
		{"French", "L’abri n° %d est ouvert", "<p>La ville a ouvert des abris près du port, à l’entrée de la <strong>salle</strong>.</p>"},
		{"Thai", "เปิดศูนย์พักพิง %d แห่ง", "<p>กรุงเทพมหานครเปิดศูนย์พักพิงใกล้ท่าเรือเพื่อรับมือกับ<strong>พายุ</strong></p>"},
		{"Russian", "Открыто убежище № %d", "<p>Город открыл убежища в районе порта, у входа в <strong>зал</strong>.</p>"},
	} {
		articles := make([]feeds.Article, 30)
		for i := range articles {
			articles[i] = feeds.Article{
				Title: fmt.Sprintf(bench.title, i), Link: fmt.Sprintf("https://www.city.example/n/%d", i),
				Content: strings.Repeat(bench.paragraph, 1+1000/len(bench.paragraph)),
			}
		}
		b.Run(bench.language, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for i := range articles {
					contentHash(&articles[i])
				}
			}
		})
	}
}
