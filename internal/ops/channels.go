package ops

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// channels is the page of all channels.
type channels struct {
	view
	Locales      []string
	Locale, Sort string
	Text         string
	Shown        []ChannelStatus
	Found, All   int
	Newer, Older string
	Readers      []Reader // of all channels, by program
	Requests     int64
	Subscribers  int64
	Clients      int64
}

// channelSortings are the orders that there are; the first is the usual one.
var channelSortings = []Link{{"requests", "most requests"}, {"name", "name"}, {"published", "published last"}, {"waiting", "waiting longest"}, {"entries", "most entries"}}

// channelsShown is how many channels a page lists.
const channelsShown = 100

var channelsTemplate = parsePage("channels.html")

// Sortings are what the form offers.
func (p *channels) Sortings() []Link { return channelSortings }

func (o *pages) serveChannels(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	p := &channels{view: o.view(r, "Channels", "/channels"), Locale: q.Get("locale"), Sort: q.Get("sort"), Text: strings.TrimSpace(q.Get("q"))}
	p.Text = p.Text[:min(len(p.Text), mostSpaces)]
	all, _ := look(r, &p.view, "channels", &o.desk.channels)
	p.All = len(all)
	if !slices.ContainsFunc(channelSortings, func(l Link) bool { return l.Path == p.Sort }) {
		p.Sort = channelSortings[0].Path
	}
	var found []ChannelStatus
	for _, c := range all {
		if !slices.Contains(p.Locales, c.Locale) {
			p.Locales = append(p.Locales, c.Locale)
		}
		if (p.Locale == "" || c.Locale == p.Locale) && strings.Contains(c.Name, strings.ToLower(p.Text)) {
			found = append(found, c)
		}
	}
	slices.Sort(p.Locales)
	p.sum(found)
	slices.SortStableFunc(found, channelSorting(p.Sort))
	page, _ := strconv.Atoi(q.Get("page"))
	p.Found = len(found)
	from := min(max(page, 0)*channelsShown, len(found))
	until := min(from+channelsShown, len(found))
	p.Shown = found[from:until]
	if from > 0 {
		p.Newer = p.at(page - 1)
	}
	if until < len(found) {
		p.Older = p.at(page + 1)
	}
	o.render(w, r, channelsTemplate, p)
}

// sum adds up who reads the channels that are found.
func (p *channels) sum(found []ChannelStatus) {
	at := map[string]int{}
	for _, c := range found {
		for _, r := range c.Readers {
			n, ok := at[r.Program]
			if !ok {
				n = len(p.Readers)
				at[r.Program] = n
				p.Readers = append(p.Readers, Reader{Program: r.Program})
			}
			sum := &p.Readers[n]
			sum.Requests += r.Requests
			sum.Subscribers += r.Subscribers
			sum.Clients = max(sum.Clients, r.Clients)
			p.Requests += r.Requests
			p.Subscribers += r.Subscribers
		}
	}
	slices.SortStableFunc(p.Readers, func(a, b Reader) int {
		return cmp.Or(cmp.Compare(b.Subscribers+b.Clients, a.Subscribers+a.Clients), cmp.Compare(b.Requests, a.Requests), cmp.Compare(a.Program, b.Program))
	})
}

func channelSorting(by string) func(a, b ChannelStatus) int {
	switch by {
	case "published":
		return func(a, b ChannelStatus) int { return b.Published.Compare(a.Published) }
	case "waiting":
		return func(a, b ChannelStatus) int {
			if a.Waiting.IsZero() != b.Waiting.IsZero() {
				return b.Waiting.Compare(a.Waiting) // the zero time is before all others, and last here
			}
			return a.Waiting.Compare(b.Waiting)
		}
	case "entries":
		return func(a, b ChannelStatus) int { return b.Entries - a.Entries }
	case "name":
		return func(a, b ChannelStatus) int { return strings.Compare(a.Name, b.Name) }
	}
	return func(a, b ChannelStatus) int {
		return cmp.Or(cmp.Compare(b.Requests(), a.Requests()), strings.Compare(a.Name, b.Name))
	}
}

func (p *channels) at(page int) string {
	v := url.Values{"locale": {p.Locale}, "sort": {p.Sort}, "q": {p.Text}}
	if page > 0 {
		v.Set("page", strconv.Itoa(page))
	}
	return "/channels?" + v.Encode()
}

// Requests is how often its feeds were asked for in the last week.
func (c ChannelStatus) Requests() (n int64) {
	for _, r := range c.Readers {
		n += r.Requests
	}
	return n
}

// Told is how many subscribers programs have told, and Clients about how many asked of those
// that told none.
func (c ChannelStatus) Told() (n int64) {
	for _, r := range c.Readers {
		n += r.Subscribers
	}
	return n
}

// Clients is about how many clients asked of programs that told no subscribers.
func (c ChannelStatus) Clients() (n int64) {
	for _, r := range c.Readers {
		n += r.Clients
	}
	return n
}

// Programs names its reader programs, those that read for most first.
func (c ChannelStatus) Programs() string {
	sorted := slices.Clone(c.Readers)
	slices.SortStableFunc(sorted, func(a, b Reader) int { return cmp.Compare(b.Subscribers+b.Clients, a.Subscribers+a.Clients) })
	var names []string
	for _, r := range sorted[:min(4, len(sorted))] {
		n := r.Subscribers
		if n == 0 {
			n = r.Clients
		}
		names = append(names, r.Program+" "+grouped(n))
	}
	if len(sorted) > 4 {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}

// Size is the largest document that is held of the channel, in bytes; 0 where none is.
func (c ChannelStatus) Size() (n int64) {
	for _, size := range c.Sizes {
		n = max(n, size)
	}
	return n
}
