//go:build linux

package main

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"time"
)

// languages are those of the sources, and the site's locales; each with a sentence of which
// its notices are made.
var languages = []struct{ tag, sentence string }{
	{"en", "The harbour bridge is closed to cars while its bearings are renewed; buses take the tunnel. "},
	{"ja", "港の橋は支承の交換のため車両通行止めとなり、バスはトンネルを通ります。"},
	{"ko", "항구 다리는 받침 교체로 차량 통행이 금지되고 버스는 터널을 이용합니다. "},
	{"zh-Hant", "港口大橋因更換支座暫停車輛通行，公車改走隧道。"},
	{"zh-Hans", "港口大桥因更换支座暂停车辆通行，公交车改走隧道。"},
	{"th", "สะพานท่าเรือปิดไม่ให้รถยนต์ผ่านระหว่างเปลี่ยนแผ่นรองสะพาน รถประจำทางใช้อุโมงค์ "},
	{"ar", "جسر الميناء مغلق أمام السيارات أثناء تجديد محامله، والحافلات تسلك النفق. "},
	{"fr", "Le pont du port est fermé aux voitures pendant le remplacement de ses appuis ; les bus passent par le tunnel. "},
	{"nl", "De havenbrug is dicht voor auto's terwijl de opleggingen worden vernieuwd; bussen nemen de tunnel. "},
	{"id", "Jembatan pelabuhan ditutup untuk mobil selama bantalannya diganti; bus melewati terowongan. "},
	{"tr", "Liman köprüsü mesnetleri yenilenirken araçlara kapalı; otobüsler tüneli kullanıyor. "},
	{"ru", "Портовый мост закрыт для автомобилей на время замены опорных частей; автобусы идут через тоннель. "},
	{"fil", "Sarado sa mga kotse ang tulay ng daungan habang pinapalitan ang mga patungan; dadaan sa lagusan ang mga bus. "},
}

// The farm's size beside its feeds.
const (
	categories = 13
	publishers = 15
	// smallPublisher has two feeds in English, so that its document is a short one in each
	// locale, since English is in the chains of all.
	smallPublisher = publishers - 1
	textBytes      = 1200
	hosts          = 250
	farmPort       = "18099"
)

// farm serves feeds on loopback, a fortieth of them at one address.
type farm struct {
	items   int
	further atomic.Int64 // notices that every tenth feed has beyond the first ones
	began   time.Time
}

func (f *farm) start() (stop func(), err error) {
	listener, err := net.Listen("tcp", "0.0.0.0:"+farmPort)
	if err != nil {
		return nil, fmt.Errorf("serve the sources: %w", err)
	}
	server := &http.Server{Handler: f, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }() // ends with the listener
	return func() { server.Close() }, nil
}

// ServeHTTP implements http.Handler.
func (f *farm) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var feed int
	if _, err := fmt.Sscanf(r.URL.Path, "/%d.xml", &feed); err != nil {
		http.NotFound(w, r)
		return
	}
	further := 0
	if feed%10 == 0 {
		further = int(f.further.Load())
	}
	tag := fmt.Sprintf(`"%d-%d"`, feed, further)
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
	_, _ = w.Write(f.document(feed, further)) // a client that left is no matter
}

func language(feed int) int { return feed % len(languages) }

func publisher(feed int) int {
	if feed == 0 || feed == len(languages) {
		return smallPublisher
	}
	return feed % smallPublisher
}

// notice returns what a feed's notice says.
func notice(feed, n int) (title, text string) {
	sentence := languages[language(feed)].sentence
	title = fmt.Sprintf("%s %d/%d", strings.TrimRight(sentence[:strings.LastIndexByte(sentence[:min(len(sentence), 60)], ' ')+1]+sentence[len(sentence)-1:], " ;"), feed, n)
	return title, "<p>" + strings.Repeat(fmt.Sprintf("%d. ", n)+sentence, textBytes/len(sentence)+1) + "</p>"
}

func (f *farm) document(feed, further int) []byte {
	var b bytes.Buffer
	tag := languages[language(feed)].tag
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Feed %d</title><link>https://city.example/%d/</link><description>News</description><language>%s</language>`, feed, feed, tag)
	for n := f.items + further - 1; n >= 0; n-- {
		title, text := notice(feed, n)
		fmt.Fprintf(&b, `<item><title>%s</title><link>https://city.example/%d/%d</link><guid isPermaLink="false">%d-%d</guid><pubDate>%s</pubDate><category>c%d</category><description><![CDATA[%s]]></description></item>`,
			title, feed, n, feed, n, f.began.Add(time.Duration(n)*time.Minute-24*time.Hour).UTC().Format(time.RFC1123Z), (feed+n)%categories, text)
	}
	b.WriteString(`</channel></rss>`)
	return b.Bytes()
}

// configuration writes the site's, with so many sources.
func (b *bench) configuration(file string, sources int) error {
	var c strings.Builder
	c.WriteString("site:\n  id: bench\n  url: http://127.0.0.1:18080\n  title: Bench\n  default_locale: en\n  locales: [")
	for i, l := range languages {
		if i > 0 {
			c.WriteString(", ")
		}
		c.WriteString(l.tag)
	}
	c.WriteString("]\ncategories:\n")
	for i := range categories {
		fmt.Fprintf(&c, "  - {term: c%d, labels: {en: Category %d}}\n", i, i)
	}
	c.WriteString("publishers:\n")
	for i := range publishers {
		fmt.Fprintf(&c, "  - {key: city%d, name: City %d, time_zone: UTC, language: en, licence: {name: CC0, full_text: true}}\n", i, i)
	}
	c.WriteString("sources:\n")
	schedule := b.schedule
	if schedule == "" {
		schedule = "0 4 1 1 *"
	}
	for i := range sources {
		fmt.Fprintf(&c, "  - {id: s%d, publisher: city%d, kind: feed, url: 'http://127.0.1.%d:%s/%d.xml', language: %s, schedule: '%s', allow_private: true}\n",
			i, publisher(i), 1+i%hosts, farmPort, i, languages[language(i)].tag, schedule)
	}
	c.WriteString("fetch: {contact: 'mailto:bench@city.example', host_pause: 0}\n")
	return os.WriteFile(file, []byte(c.String()), 0o600)
}
