package builtin_test

import (
	"bytes"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/builtin"
	"github.com/kairan-news/kairan/internal/config"
	"github.com/kairan-news/kairan/locales"
)

var languages = strings.Fields("en ja ja-simple zh-Hans zh-Hant ko nl fr th tr id fil ar ru vi ne pt-BR")

func parsed(t *testing.T) *config.Config {
	t.Helper()
	bundle, err := locales.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	c, err := config.Read(builtin.Name, builtin.Config(), nil).Check(bundle)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheConfigurationHasNoFault(t *testing.T) {
	c := parsed(t)
	var tags []string
	for _, l := range c.Site.Locales {
		tags = append(tags, l.Tag)
	}
	if d := cmp.Diff(languages, tags); d != "" {
		t.Errorf("locales (-want +got)\n%s", d)
	}
	if d := cmp.Diff(config.DefaultCategories(), c.Site.Categories); d != "" {
		t.Errorf("categories (-want +got)\n%s", d)
	}
}

func TestTheSchemaAcceptsTheConfiguration(t *testing.T) {
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(config.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", schema); err != nil {
		t.Fatal(err)
	}
	asJSON, err := yaml.YAMLToJSON(builtin.Config())
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiler.MustCompile("schema.json").Validate(value); err != nil {
		t.Error(err)
	}
}

func TestThePublishersAreTheMembersOfTheSeminarTheirHostAndTheSampleCity(t *testing.T) {
	got := map[string]string{}
	for _, p := range parsed(t).Site.Publishers {
		got[p.Key] = strings.Join([]string{p.Country, p.Language, p.Location.String(), p.NameID}, " ")
		if p.HomePage == "" && p.Key != "sample-city" {
			t.Errorf("%s has no home page", p.Key)
		}
		if known := p.Key == "sample-city" || p.Key == "new-south-wales"; p.License.FullText != known {
			t.Errorf("%s: whether its full text may be republished is %t", p.Key, p.License.FullText)
		}
	}
	want := map[string]string{
		"tokyo":           "JP ja Asia/Tokyo publisher.tokyo",
		"amsterdam":       "NL nl Europe/Amsterdam publisher.amsterdam",
		"bangkok":         "TH th Asia/Bangkok publisher.bangkok",
		"beijing":         "CN zh-Hans Asia/Shanghai publisher.beijing",
		"brussels":        "BE fr Europe/Brussels publisher.brussels",
		"hong-kong":       "HK zh-Hant Asia/Hong_Kong publisher.hong-kong",
		"istanbul":        "TR tr Europe/Istanbul publisher.istanbul",
		"jakarta":         "ID id Asia/Jakarta publisher.jakarta",
		"manila":          "PH fil Asia/Manila publisher.manila",
		"new-south-wales": "AU en Australia/Sydney publisher.new-south-wales",
		"riyadh":          "SA ar Asia/Riyadh publisher.riyadh",
		"seoul":           "KR ko Asia/Seoul publisher.seoul",
		"taipei":          "TW zh-Hant Asia/Taipei publisher.taipei",
		"tomsk":           "RU ru Asia/Tomsk publisher.tomsk",
		"toronto":         "CA en America/Toronto publisher.toronto",
		"sample-city":     "JP ja Asia/Tokyo publisher.sample-city",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

// Those that somebody saw alive, or that several lists name, are enabled.
func TestEverySourceIsThereWithItsState(t *testing.T) {
	c := parsed(t)
	got := map[string]string{}
	for _, s := range c.Sources {
		state := "enabled"
		if s.Disabled {
			state = "disabled"
		}
		got[s.ID] = strings.Join([]string{s.Publisher, s.Language, s.URL + s.Path, state}, " ")
		if s.Comment == "" {
			t.Errorf("%s has no comment", s.ID)
		}
		from := time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)
		next := c.Schedule(s).Next(from)
		if pause := c.Schedule(s).Next(next).Sub(next); s.Kind == feeds.KindFeed && pause < 10*time.Minute {
			t.Errorf("%s is asked again after %s, which is not polite", s.ID, pause)
		}
	}
	want := map[string]string{
		"samples":          "sample-city  builtin:samples enabled",
		"tokyo-ja":         "tokyo ja https://www.metro.tokyo.lg.jp/rss/index.rdf enabled",
		"tokyo-ja-sm":      "tokyo ja https://www.metro.tokyo.lg.jp/rss/rss_sm.xml enabled",
		"hongkong-gia-en":  "hong-kong en https://www.info.gov.hk/gia/rss/general_en.xml enabled",
		"hongkong-gia-zh":  "hong-kong zh-Hant https://www.info.gov.hk/gia/rss/general_zh.xml enabled",
		"hongkong-news-en": "hong-kong en https://www.news.gov.hk/en/common/html/topstories.rss.xml enabled",
		"hongkong-news-tc": "hong-kong zh-Hant https://www.news.gov.hk/tc/common/html/topstories.rss.xml enabled",
		"hongkong-news-sc": "hong-kong zh-Hans https://sc.news.gov.hk/TuniS/www.news.gov.hk/tc/common/html/topstories.rss.xml enabled",
		"seoul-ko":         "seoul ko https://seoulboard.seoul.go.kr/rss/RSSGenerator?bbsNo=158 enabled",
		"seoul-media-ko":   "seoul ko https://mediahub.seoul.go.kr/news/rss/ enabled",
		"seoul-en":         "seoul en https://english.seoul.go.kr/feed/ enabled",
		"taipei-zh":        "taipei zh-Hant https://www.gov.taipei/OpenData.aspx?SN=7DEC7150E6BAD606 enabled",
		"toronto-en":       "toronto en https://www.toronto.ca/news/feed/ enabled",
		"amsterdam-nl":     "amsterdam nl https://www.amsterdam.nl/nieuws/nieuwsoverzicht/?rss=true enabled",
		"brussels-en":      "brussels en https://www.brussels.be/rss.xml enabled",
		"nsw-rfs":          "new-south-wales en https://www.rfs.nsw.gov.au/feeds/majorIncidents.xml enabled",
		"manila-pna":       "manila en https://www.pna.gov.ph/latest.rss disabled",
		"jakarta-id":       "jakarta id https://www.beritajakarta.id/rss disabled",
		"tomsk-ru":         "tomsk ru https://tomsk.gov.ru/rss disabled",
		"riyadh-ar":        "riyadh ar https://www.spa.gov.sa/rss.xml disabled",
		"istanbul-tr":      "istanbul tr https://www.ibb.istanbul/rss disabled",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

// sample is a file of the samples.
type sample struct {
	name, story, language, category string
	text                            string
}

var (
	fileName     = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})-([a-z0-9-]+)\.([A-Za-z-]+)\.(md|txt|html)$`)
	metaCategory = regexp.MustCompile(`<meta name="category" content="([^"]+)">`)
)

func samples(t *testing.T) []sample {
	t.Helper()
	bundle, err := locales.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	terms := map[string]string{}
	for _, c := range config.DefaultCategories() {
		terms[c.Term] = c.Term
		for _, label := range bundle.Labels("category.")["category."+c.Term] {
			terms[label] = c.Term
		}
	}
	entries, err := fs.ReadDir(builtin.Samples(), ".")
	if err != nil {
		t.Fatal(err)
	}
	var all []sample
	for _, e := range entries {
		if path.Ext(e.Name()) == ".png" {
			continue // of a notice beside it
		}
		data, err := fs.ReadFile(builtin.Samples(), e.Name())
		if err != nil {
			t.Fatal(err)
		}
		m := fileName.FindStringSubmatch(e.Name())
		if m == nil {
			t.Errorf("%s is not named date-slug.language.ext", e.Name())
			continue
		}
		s := sample{name: e.Name(), story: m[1] + "-" + m[2], language: m[3], text: string(data)}
		raw, _, _ := strings.Cut(s.text, "\n") // of a plain text
		switch path.Ext(s.name) {
		case ".md":
			var front struct {
				Title, Summary, Category, Author string
				Image                            string
				Alt                              string `yaml:"image_alt"`
				Date                             time.Time
			}
			_, rest, _ := strings.Cut(s.text, "---\n")
			head, body, _ := strings.Cut(rest, "\n---\n")
			if err := yaml.UnmarshalWithOptions([]byte(head), &front, yaml.Strict()); err != nil {
				t.Errorf("%s: %v", s.name, err)
			}
			if front.Title == "" || front.Author == "" || front.Date.Format(time.DateOnly) != m[1] || front.Date.Hour() == 0 || (front.Image == "") != (front.Alt == "") {
				t.Errorf("%s: its front matter is %+v", s.name, front)
			}
			if n := strings.Count(strings.TrimSpace(body), "\n\n"); n < 2 || n > 5 {
				t.Errorf("%s has %d paragraphs beside the last line", s.name, n)
			}
			raw = front.Category
		case ".html":
			if m := metaCategory.FindStringSubmatch(s.text); m != nil {
				raw = m[1]
			}
		}
		if s.category = terms[raw]; s.category == "" {
			t.Errorf("%s: there is no category %q", s.name, raw)
		}
		all = append(all, s)
	}
	return all
}

func TestTheSamplesAreWorthSeeing(t *testing.T) {
	stories, categories := map[string][]string{}, map[string]bool{}
	perLanguage, government := map[string]int{}, map[string]int{}
	for _, s := range samples(t) {
		stories[s.story] = append(stories[s.story], s.language)
		categories[s.category] = true
		perLanguage[s.language]++
		if s.category == "government" {
			government[s.language]++
		}
	}
	if len(stories) < 14 || len(categories) < 9 {
		t.Errorf("there are %d stories in %d categories, want 14 in 9", len(stories), len(categories))
	}
	inMany := 0
	for _, in := range stories {
		if len(in) >= 3 {
			inMany++
		}
	}
	if inMany < 5 {
		t.Errorf("%d stories are in three languages or more, want 5", inMany)
	}
	for _, l := range languages {
		if perLanguage[l] < 3 {
			t.Errorf("there are %d stories in %s, want 3", perLanguage[l], l)
		}
		delete(perLanguage, l)
	}
	if len(perLanguage) > 0 {
		t.Errorf("no locale is %v", slices.Collect(maps.Keys(perLanguage)))
	}
	if government["ar"] < 2 || government["ja"] < 2 {
		t.Errorf("government has %d stories in Arabic and %d in Japanese, want 2", government["ar"], government["ja"])
	}
}

// A notice about a typhoon must not be taken for a real one.
func TestEverySampleSaysThatItIsOne(t *testing.T) {
	marks := map[string]string{
		"en":        "This is a sample notice from Kazemori, a city that does not exist.",
		"ja":        "これは、実在しない都市「風森市」の見本のお知らせです。",
		"zh-Hans":   "这是一则示例通知，风森市是一座并不存在的城市。",
		"zh-Hant":   "這是一則範例公告，風森市是一座並不存在的城市。",
		"ko":        "이 글은 실제로 존재하지 않는 도시, 가제모리시의 예시 공지입니다.",
		"nl":        "Dit is een voorbeeldbericht van Kazemori, een stad die niet bestaat.",
		"fr":        "Ceci est un exemple d’avis de Kazemori, une ville qui n’existe pas.",
		"th":        "นี่คือประกาศตัวอย่างของคาเซโมริ เมืองที่ไม่มีอยู่จริง",
		"tr":        "Bu, gerçekte var olmayan bir kent olan Kazemori’nin örnek duyurusudur.",
		"id":        "Ini adalah contoh pengumuman dari Kazemori, kota yang tidak benar-benar ada.",
		"fil":       "Isa itong halimbawang abiso mula sa Kazemori, isang lungsod na hindi totoong umiiral.",
		"ar":        "هذا مثال على إعلان من كازيموري، وهي مدينة لا وجود لها.",
		"ru":        "Это образец объявления города Кадзэмори, которого не существует.",
		"vi":        "Đây là thông báo mẫu của Kazemori, một thành phố không có thật.",
		"ne":        "यो काजेमोरीको नमुना सूचना हो; काजेमोरी वास्तवमा नभएको सहर हो।",
		"pt-BR":     "Este é um aviso de exemplo de Kazemori, uma cidade que não existe.",
		"ja-simple": "このまちは、ほんとうはありません。",
	}
	for _, s := range samples(t) {
		if mark, ok := marks[s.language]; !ok || !strings.Contains(s.text, mark) {
			t.Errorf("%s does not say in its language that it is a sample", s.name)
		}
	}
}
