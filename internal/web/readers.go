package web

import (
	"cmp"
	"hash/maphash"
	"math"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// ReaderDay is how a reader program asked for a channel's feed on a UTC day.
type ReaderDay struct {
	Channel, Format string
	Reader          string // a well-known name, or "other"
	Day             int64  // since 1970 UTC
	Requests        int64
	// Subscribers is the most that the program told that it reads for; 0 if it told none.
	Subscribers int64
	// Clients is about how many clients asked that told no subscribers.
	Clients int64
}

// Readers counts who reads which feed. It knows programs, not people: no address is kept,
// only a few bits of a hash that nobody can repeat, since its key is this process's own and
// changes each day. It is safe for use by several goroutines; the zero value is ready.
type Readers struct {
	// Now is the clock; nil is time.Now.
	Now func() time.Time

	mu      sync.Mutex
	seed    maphash.Seed
	day     int64
	counted map[reading]*readCount
	known   map[string]program // by User-Agent
}

type reading struct {
	channel feeds.Channel
	format  feeds.Format
	reader  string
	day     int64
}

// readCount is what was counted, and of clients what was told already.
type readCount struct {
	requests, subscribers, told int64
	clients                     [clientBits / 64]uint64
}

// clientBits is in how many bits clients are counted: up to some thousands they are told
// apart well enough.
const clientBits = 1024

// Bounds, so that nobody fills the memory by inventing things.
const (
	mostReadings = 8192 // above it a new one is not counted
	mostAgents   = 4096
	mostAgent    = 512 // bytes of a User-Agent that are read
)

// probeAgent begins the User-Agent of what asks our own public address: it is nobody's
// reader.
const probeAgent = "Kairan probe/"

// program is what a User-Agent says of itself.
type program struct {
	name        string
	subscribers int64
}

// count counts a feed that was sent, or that had not changed.
func (c *Readers) count(key feeds.DocumentKey, r *http.Request) {
	now := time.Now
	if c.Now != nil {
		now = c.Now
	}
	agent := r.UserAgent()
	agent = agent[:min(len(agent), mostAgent)]
	if strings.HasPrefix(agent, probeAgent) {
		return
	}
	client := clientOf(r)
	c.mu.Lock()
	defer c.mu.Unlock()
	if day := now().Unix() / (24 * 60 * 60); day != c.day || c.counted == nil {
		c.renew(day)
	}
	p, ok := c.known[agent]
	if !ok {
		if len(c.known) >= mostAgents {
			clear(c.known)
		}
		p = programOf(agent)
		c.known[strings.Clone(agent)] = p
	}
	which := reading{key.Channel, key.Format, p.name, c.day}
	n := c.counted[which]
	if n == nil {
		if len(c.counted) >= mostReadings {
			return
		}
		n = &readCount{}
		c.counted[which] = n
	}
	n.requests++
	if p.subscribers > 0 {
		n.subscribers = max(n.subscribers, p.subscribers)
		return
	}
	bit := maphash.String(c.seed, client+"\x00"+agent) % clientBits
	n.clients[bit/64] |= 1 << (bit % 64)
}

// renew begins a day: yesterday's hashes can't be compared with today's. What of yesterday
// was not taken yet stays until it is.
func (c *Readers) renew(day int64) {
	c.day, c.seed = day, maphash.MakeSeed()
	if c.counted == nil {
		c.counted, c.known = map[reading]*readCount{}, map[string]program{}
	}
}

// Take returns what was counted since it was called last, sorted.
func (c *Readers) Take() []ReaderDay {
	c.mu.Lock()
	defer c.mu.Unlock()
	var all []ReaderDay
	for which, n := range c.counted {
		clients := n.estimate()
		if n.requests > 0 {
			all = append(all, ReaderDay{
				Channel: which.channel.String(), Format: string(which.format), Reader: which.reader, Day: which.day,
				Requests: n.requests, Subscribers: n.subscribers, Clients: max(0, clients-n.told),
			})
		}
		if which.day != c.day {
			delete(c.counted, which)
			continue
		}
		n.requests, n.told = 0, max(n.told, clients)
	}
	slices.SortFunc(all, func(a, b ReaderDay) int {
		return cmp.Or(cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Format, b.Format), cmp.Compare(a.Reader, b.Reader), cmp.Compare(a.Day, b.Day))
	})
	return all
}

// GiveBack takes back what could not be stored, to be told again.
func (c *Readers) GiveBack(days []ReaderDay) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, d := range days {
		channel, ok := feeds.ParseChannel(d.Channel)
		if !ok {
			continue
		}
		which := reading{channel, feeds.Format(d.Format), d.Reader, d.Day}
		n := c.counted[which]
		if n == nil { // of a day that was over when it was taken
			if len(c.counted) >= mostReadings {
				continue
			}
			n = &readCount{}
			c.counted[which] = n
		}
		n.requests += d.Requests
		n.subscribers = max(n.subscribers, d.Subscribers)
		n.told -= d.Clients
	}
}

// estimate is about how many clients set the bits, by linear counting: of n clients in m
// bits, m·e^(-n/m) bits stay empty.
func (n *readCount) estimate() int64 {
	empty := clientBits
	for _, word := range n.clients {
		for ; word != 0; word &= word - 1 {
			empty--
		}
	}
	return int64(math.Round(-clientBits * math.Log(float64(max(empty, 1))/clientBits)))
}

// clientOf is the address that the request came from, as far as it is told.
func clientOf(r *http.Request) string {
	if before, _, _ := strings.Cut(r.Header.Get("X-Forwarded-For"), ","); before != "" {
		return before
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// readerNames are the programs that are told apart: what stands in their User-Agent, in
// lower case, and their name. The first that fits is it, so that one that names another
// which it stands for comes before that.
var readerNames = [][2]string{
	{"feedly", "Feedly"}, {"inoreader", "Inoreader"}, {"newsblur", "NewsBlur"}, {"the old reader", "The Old Reader"}, {"theoldreader", "The Old Reader"},
	{"feedbin", "Feedbin"}, {"freshrss", "FreshRSS"}, {"miniflux", "Miniflux"}, {"tiny tiny rss", "Tiny Tiny RSS"}, {"nextcloud-news", "Nextcloud News"},
	{"netnewswire", "NetNewsWire"}, {"reeder", "Reeder"}, {"newsboat", "Newsboat"}, {"thunderbird", "Thunderbird"}, {"liferea", "Liferea"},
	{"akregator", "Akregator"}, {"rss2email", "rss2email"}, {"sfeed", "sfeed"}, {"feedparser", "feedparser"}, {"feeder", "Feeder"}, {"newsify", "Newsify"},
	{"bazqux", "BazQux"}, {"commafeed", "CommaFeed"}, {"slackbot", "Slack"}, {"kairan", "Kairan"}, {"googlebot", "search engines"},
	{"bingbot", "search engines"}, {"yandex", "search engines"}, {"baiduspider", "search engines"}, {"mozilla", "browsers"}, {"curl", "curl"},
	{"wget", "wget"}, {"go-http-client", "Go programs"}, {"python", "Python programs"},
}

var subscribersTold = regexp.MustCompile(`(\d{1,9}) (?:subscriber|reader)`)

// programOf reads a User-Agent: "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 42 subscribers)".
func programOf(agent string) program {
	lower := strings.ToLower(agent)
	p := program{name: "other"}
	for _, known := range readerNames {
		if strings.Contains(lower, known[0]) {
			p.name = known[1]
			break
		}
	}
	if m := subscribersTold.FindStringSubmatch(lower); m != nil {
		p.subscribers, _ = strconv.ParseInt(m[1], 10, 64)
	}
	return p
}
