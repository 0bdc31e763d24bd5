package related

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// notice is an article whose id and story are its title's first word.
func notice(language, title, summary string, categories ...string) feeds.Article {
	name, _, _ := strings.Cut(title, "|")
	return feeds.Article{
		ID: name, Story: name, Publisher: "city", Language: language, Title: strings.TrimPrefix(title, name+"|"),
		Summary: summary, Categories: categories, Published: monday,
	}
}

func TestTheBestNeighbour(t *testing.T) {
	for _, c := range []struct {
		language string
		held     []feeds.Article
		asked    feeds.Article
		want     string
	}{
		{"en", []feeds.Article{
			notice("en", "flood|Flood Warning for the Lower River", "Residents of the harbour district should move cars to higher ground."),
			notice("en", "library|Central Library Opens on Sundays", "Readers may borrow books from ten to six."),
			notice("en", "budget|Governor Presents the Budget", "The assembly debates the budget in March."),
			notice("en", "marathon|City Marathon Closes Streets", "The streets along the river are closed to cars on Sunday."),
		}, notice("en", "x|River floods recede, warnings lifted", "The flooded streets of the harbour district are open to residents again."), "flood"},
		{"ja", []feeds.Article{
			notice("ja", "drill|防災訓練を実施します", "地震を想定した避難訓練を中央公園で行います。"),
			notice("ja", "garbage|ごみの収集日が変わります", "年末年始のごみの収集についてお知らせします。"),
			notice("ja", "festival|春の桜まつりを開催します", "公園で屋台と音楽をお楽しみください。"),
			notice("ja", "bus|都営バスの運行時間について", "年末年始の運行時間をお知らせします。"),
		}, notice("ja", "x|避難所の案内と地震への備え", "防災の日に、避難の方法を確認しましょう。"), "drill"},
		{"zh-Hant", []feeds.Article{
			notice("zh-Hant", "metro|捷運環狀線延長通車", "市長出席捷運新站啟用典禮。"),
			notice("zh-Hant", "flu|流感疫苗接種開始", "六十五歲以上長者可至醫院免費接種。"),
			notice("zh-Hant", "typhoon|颱風來襲停班停課", "請市民做好防颱準備。"),
			notice("zh-Hant", "museum|美術館舉辦特展", "展覽至六月底。"),
		}, notice("zh-Hant", "x|長者疫苗接種站增設", "各區醫院增設流感與肺炎疫苗接種站。"), "flu"},
		{"th", []feeds.Article{
			notice("th", "flood|ประกาศเตือนน้ำท่วมฉับพลัน", "ขอให้ประชาชนริมแม่น้ำเจ้าพระยาเตรียมพร้อม"),
			notice("th", "tax|การชำระภาษีที่ดินและสิ่งปลูกสร้าง", "ชำระได้ที่สำนักงานเขตทุกแห่ง"),
			notice("th", "park|เปิดสวนสาธารณะแห่งใหม่", "สวนสาธารณะมีลู่วิ่งและสนามเด็กเล่น"),
			notice("th", "dust|ค่าฝุ่นละอองเกินมาตรฐาน", "ควรสวมหน้ากากอนามัย"),
		}, notice("th", "x|สถานการณ์น้ำท่วมริมแม่น้ำ", "ระดับน้ำในแม่น้ำเจ้าพระยาลดลง"), "flood"},
		{"ar", []feeds.Article{
			notice("ar", "market|افتتاح السوق المركزي الجديد", "يفتح السوق أبوابه للزوار يوم الجمعة."),
			notice("ar", "roads|إغلاق طرق في وسط المدينة", "أعمال صيانة على الطريق الدائري."),
			notice("ar", "trees|حملة لزراعة الأشجار في الحدائق", "تزرع الأمانة عشرة آلاف شجرة."),
			notice("ar", "water|انقطاع المياه في الأحياء الشمالية", "تعود المياه مساء السبت."),
		}, notice("ar", "x|أمانة المدينة تزرع أشجارًا في حديقة جديدة", "حملة التشجير مستمرة في الحدائق العامة."), "trees"},
		{"ko", []feeds.Article{
			notice("ko", "subway|지하철 9호선 연장 개통", "시장이 개통식에 참석했다."),
			notice("ko", "snow|대설주의보 발령", "시민들은 대중교통을 이용해 주시기 바랍니다."),
		}, notice("ko", "x|지하철에서 마스크를 착용하세요", "9호선을 이용하는 시민에게 알립니다."), "subway"},
		{"tr", []feeds.Article{
			notice("tr", "ferry|Vapur seferleri iptal edildi", "Lodos nedeniyle Kadıköy seferleri yapılamıyor."),
			notice("tr", "concert|Açık hava konserleri başlıyor", "Konserler ücretsizdir."),
		}, notice("tr", "x|İstanbul'da vapurlar yeniden seferde", "Lodosun ardından vapur seferi başladı."), "ferry"},
	} {
		t.Run(c.language, func(t *testing.T) {
			x := NewIndex()
			for _, a := range c.held {
				x.Put(a)
			}
			got := x.Related(c.asked)
			if len(got) == 0 || got[0] != c.want {
				t.Errorf("related are %q; want %q first", got, c.want)
				for _, k := range x.windows[feeds.Writing(c.language)].alike(termsOf(c.asked), &c.asked) {
					t.Logf("%s: %.3f", k.id, k.score)
				}
			}
		})
	}
}

func TestWhatIsNotRecommended(t *testing.T) {
	flood := func(name string, change func(*feeds.Article)) feeds.Article {
		a := notice("en", name+"|Flood warning for the harbour", "Residents should move their cars.")
		if change != nil {
			change(&a)
		}
		return a
	}
	asked := flood("asked", nil)
	for why, c := range map[string]struct {
		tell func(x *Index)
		want []string
	}{
		"another version of its own story": {func(x *Index) {
			x.Put(flood("other", func(a *feeds.Article) { a.Story = "asked" }))
		}, nil},
		"two versions of one story": {func(x *Index) {
			x.Put(flood("one", func(a *feeds.Article) { a.Story = "s" }))
			x.Put(flood("two", func(a *feeds.Article) { a.Story = "s" }))
		}, []string{"s"}},
		"a withdrawn one": {func(x *Index) {
			x.Put(flood("gone", nil))
			x.Put(flood("here", nil))
			x.Withdraw("gone", "en")
		}, []string{"here"}},
		"one that was corrected into something else": {func(x *Index) {
			x.Put(flood("changed", nil))
			x.Put(notice("en", "changed|Library opens on Sundays", "Readers may borrow books."))
		}, nil},
		"one that came back is": {func(x *Index) {
			x.Put(flood("back", nil))
			x.Withdraw("back", "en")
			x.Put(flood("back", nil))
		}, []string{"back"}},
		"one of half a year ago": {func(x *Index) {
			x.Put(flood("old", func(a *feeds.Article) { a.Published = monday.AddDate(0, 0, -181) }))
		}, nil},
		"one in another language": {func(x *Index) {
			x.Put(flood("nl", func(a *feeds.Article) { a.Language = "nl" }))
		}, nil},
		"one that shares nothing": {func(x *Index) {
			x.Put(notice("en", "budget|Governor presents a budget", "Debate on Monday.", "government"))
		}, nil},
		"a sixth": {func(x *Index) {
			for i := range 7 {
				x.Put(flood(fmt.Sprint("s", i), nil))
			}
		}, []string{"s0", "s1", "s2", "s3", "s4"}},
		"older ones, where newer ones are as alike": {func(x *Index) {
			x.Put(flood("older", func(a *feeds.Article) { a.Published = monday.AddDate(0, -2, 0) }))
			x.Put(flood("newer", func(a *feeds.Article) { a.Published = monday.AddDate(0, 0, -2) }))
		}, []string{"newer", "older"}},
		"other categories, where the same are as alike": {func(x *Index) {
			x.Put(flood("a", func(a *feeds.Article) { a.Categories = []string{"sports"} }))
			x.Put(flood("b", func(a *feeds.Article) { a.Categories = []string{"disaster-prevention"} }))
		}, []string{"b", "a"}},
	} {
		x := NewIndex()
		c.tell(x)
		asked.Categories = []string{"disaster-prevention"}
		if got := x.Related(asked); !slices.Equal(got, c.want) {
			t.Errorf("%s: related are %q; want %q", why, got, c.want)
		}
	}
}

// TestTheSourceKnowsBetter proves that what a source lists comes first, in its order.
func TestTheSourceKnowsBetter(t *testing.T) {
	x := NewIndex()
	x.Put(notice("en", "alike|Seminar of partner cities", "The governor met representatives of partner cities."))
	x.Put(notice("en", "reception|Governor Attends ‘New Year’s Reception’", ""))
	x.Put(notice("en", "lottery|Year-End Jumbo Lottery Draw", ""))
	foreign := notice("en", "foreign|Happy New Year", "")
	foreign.Publisher = "other"
	x.Put(foreign)
	a := notice("en", "x|Second seminar of partner cities", "The governor met representatives of cities.")
	a.Related = []feeds.Related{{Title: "Year-end jumbo lottery draw"}, {Title: "Not held"}, {Title: "Happy New Year"}, {Title: "Governor attends 'New Year's reception'"}}
	if got, want := x.Related(a), []string{"lottery", "reception", "alike"}; !slices.Equal(got, want) {
		t.Errorf("related are %q; want %q", got, want)
	}
}

// made returns an article of invented words.
func made(r *rand.Rand, n int) feeds.Article {
	words := func(count int) string {
		var b strings.Builder
		for range count {
			// Some words are common and most are rare, as in every language.
			fmt.Fprintf(&b, "w%d ", int(r.ExpFloat64()*r.ExpFloat64()*400))
		}
		return b.String()
	}
	return feeds.Article{
		ID: fmt.Sprint("a", n), Story: fmt.Sprint("s", n), Publisher: "city", Language: "en", Title: words(8), Summary: words(40),
		Categories: []string{fmt.Sprint("c", r.IntN(13))}, Published: monday.Add(time.Duration(n) * time.Hour),
	}
}

// event is a record of a made log.
type event struct {
	article   feeds.Article
	withdrawn bool
}

func madeLog(n int) []event {
	r := rand.New(rand.NewPCG(1, 2))
	var log []event
	for i := range n {
		switch {
		case i > 10 && i%17 == 0: // corrected
			a := made(r, i)
			a.ID = log[r.IntN(i)].article.ID
			a.Story = "s" + a.ID[1:]
			log = append(log, event{article: a})
		case i > 10 && i%23 == 0:
			log = append(log, event{log[r.IntN(i)].article, true})
		default:
			log = append(log, event{article: made(r, i)})
		}
	}
	return log
}

func (x *Index) tell(e event) {
	if e.withdrawn {
		x.Withdraw(e.article.ID, e.article.Language)
	} else {
		x.Put(e.article)
	}
}

// TestTheAnswerDependsOnTheLogAlone proves that an index that was told of the newest
// record of each article in the window answers as one that was told of all.
func TestTheAnswerDependsOnTheLogAlone(t *testing.T) {
	const size = 150
	log := madeLog(1000)
	grown := newIndex(size)
	for i, e := range log {
		if i%50 == 49 {
			built := newIndex(size)
			seen := map[string]bool{}
			var newest []event
			for _, e := range slices.Backward(log[:i]) {
				if !seen[e.article.ID] && len(seen) < size {
					seen[e.article.ID] = true
					newest = append(newest, e)
				}
			}
			for _, e := range slices.Backward(newest) {
				built.tell(e)
			}
			a, b := grown.Related(e.article), built.Related(e.article)
			if !slices.Equal(a, b) {
				t.Fatalf("before record %d: %q and %q", i, a, b)
			}
			if again := grown.Related(e.article); !slices.Equal(a, again) {
				t.Fatalf("asked twice: %q and %q", a, again)
			}
		}
		grown.tell(e)
	}
}

// TestBounds proves that an index does not grow beyond its window.
func TestBounds(t *testing.T) {
	const size = 50
	x := newIndex(size)
	for i, e := range madeLog(2000) {
		x.tell(e)
		w := x.windows["en-Latn"]
		if w.order.Len() > size || len(w.byID) != w.order.Len() || len(w.docs) > size+1 || len(w.byTitle) > size || w.live > size {
			t.Fatalf("after %d: %d articles, %d slots, %d titles", i, w.order.Len(), len(w.docs), len(w.byTitle))
		}
	}
	terms := 0
	for _, p := range x.windows["en-Latn"].postings {
		terms += len(p)
	}
	if terms > size*mostTerms {
		t.Errorf("%d postings", terms)
	}
	long := notice("ja", "long|"+strings.Repeat("長い題名の", 10_000), strings.Repeat("本文", 100_000))
	if n := len(termsOf(long)); n > mostTerms {
		t.Errorf("%d terms", n)
	}
	x.Put(long)
	x.Put(feeds.Article{ID: "empty", Language: "ja"})
	if got := x.Related(feeds.Article{ID: "other", Language: "ja"}); len(got) != 0 {
		t.Errorf("related to nothing are %q", got)
	}
	if got := x.Related(notice("sw", "x|Habari", "")); len(got) != 0 {
		t.Errorf("related in a language that nothing is in are %q", got)
	}
}

// BenchmarkRelated is what an article costs in a full window: it is asked about, and
// then takes the oldest one's place.
func BenchmarkRelated(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	japanese := []rune("東京都知事は防災訓練を実施し避難所の案内と地震への備えについて市民に呼びかけました春の桜まつり環境教育観光産業福祉医療交通水道")
	for name, make := range map[string]func(n int) feeds.Article{
		"words": func(n int) feeds.Article { return made(r, n) },
		"pairs": func(n int) feeds.Article {
			text := func(n int) string {
				t := ""
				for range n {
					t += string(japanese[r.IntN(len(japanese))])
				}
				return t
			}
			return feeds.Article{ID: fmt.Sprint(n), Story: fmt.Sprint(n), Language: "ja", Title: text(20), Summary: text(120), Published: monday}
		},
	} {
		b.Run(name, func(b *testing.B) {
			x := NewIndex()
			var all []feeds.Article
			for i := range 2 * Window {
				all = append(all, make(i))
			}
			for _, a := range all[:Window] {
				x.Put(a)
			}
			n := 0
			for b.Loop() {
				a := all[n%len(all)]
				a.ID = fmt.Sprint("n", n)
				a.Story = a.ID
				x.Related(a)
				x.Put(a)
				n++
			}
		})
	}
}
