package config

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Probe says how the service asks its own public address as a reader would.
type Probe struct {
	// URL is the address without a slash at its end; "" for no probe.
	URL string `json:"url,omitempty"`
	// Every lies between two questions; 1 min unless configured, never 0.
	Every time.Duration `json:"every"`
	// AllowPrivate are addresses, networks and hosts that the probe may reach although they
	// are private.
	AllowPrivate []string `json:"allow_private,omitempty"`
	// Implied says that the configuration has no word on it, and the site's address is one
	// that the internet knows.
	Implied bool `json:"implied,omitempty"`
}

// defaultProbeEvery is how often the public address is asked where nobody says so.
const defaultProbeEvery = time.Minute

func probeShape() *shape {
	return &shape{
		form: recordForm, noun: "probe", doc: "How the service asks its own public address as a reader would, and tells what a reader would meet there. Without it, the site's url is asked where that is https and a name that the internet knows; what fails then alarms nobody before it has succeeded once.",
		fields: []field{
			{name: "url", also: []string{"address", "base_url"}, shape: &shape{
				noun: "an http or https address, such as https://news.my-city.example", format: "uri", reads: checkBaseURL,
				doc: "The address of the site as readers have it, or as it is reached from within. Without it, the url of the site.",
			}},
			{name: "every", also: []string{"interval", "schedule"}, preset: defaultProbeEvery.String(), shape: duration(10*time.Second, time.Hour, "How often one document is asked. Two failures in a row are told.")},
			{name: "allow_private", also: []string{"allowed_networks", "private"}, shape: &shape{
				form: listForm, of: &shape{noun: "an address, a network or a host, such as 10.1.0.0/16 or balancer.my-city.example", reads: checkNetwork},
				doc: "Addresses, networks and hosts that the probe may reach although they are private. Metadata services never are.",
			}},
			{name: "disabled", also: []string{"enabled", "off"}, preset: false, shape: &shape{form: flagForm, doc: "Asks nothing, such as in a copy of the service that nobody reads."}},
		},
	}
}

func (b *builder) probe(v *value, baseURL string) Probe {
	p := Probe{Every: time.Duration(v.get("every").numberOr(int64(defaultProbeEvery)))}
	for _, entry := range v.get("allow_private").list() {
		p.AllowPrivate = append(p.AllowPrivate, entry.string())
	}
	given := v.get("url")
	switch {
	case v == nil:
		if p.Implied = isPublic(baseURL); p.Implied {
			p.URL = baseURL
		}
	case v.get("disabled").isTrue():
		if given != nil {
			b.warn(given.at, "the probe is disabled, so that its url is not asked", "remove one of them")
		}
	case given == nil:
		p.URL = baseURL
	default:
		if address, err := publicAddress(given.string()); err == nil { // else it was reported
			p.URL = address
		}
	}
	return p
}

// notPublic are the names below which the internet knows no host: RFC 6761, RFC 6762, RFC
// 8375, RFC 9476, ICANN's .internal, and what local networks are called.
var notPublic = []string{
	"alt", "corp", "example", "example.com", "example.net", "example.org", "home", "home.arpa", "internal", "intranet",
	"invalid", "lan", "local", "localdomain", "localhost", "onion", "private", "test",
}

// isPublic reports whether an address is https and of a name that the internet knows, as far
// as that can be told from it.
func isPublic(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" {
		return false
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if _, err := netip.ParseAddr(host); err == nil || !strings.Contains(host, ".") {
		return false
	}
	return !slices.ContainsFunc(notPublic, func(name string) bool { return host == name || strings.HasSuffix(host, "."+name) })
}
