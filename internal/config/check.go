package config

import (
	"fmt"
	"net"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // a configuration must not depend on the machine's zones
	"unicode/utf8"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/idna"
	"golang.org/x/text/language"

	"github.com/kairan-news/kairan/internal/fetch/allow"
	"github.com/kairan-news/kairan/internal/normalize"
)

// reserved returns the words that the addresses of the site have for themselves.
func reserved() []string {
	return []string{
		"about", "admin", "all", "api", "archive", "assets", "everything", "export", "favicon", "feed", "feeds", "from",
		"healthz", "hub", "index", "manifest", "metrics", "n", "ns", "only", "opml", "readyz", "robots", "search",
		"sitemap", "static", "status", "subscribe",
	}
}

// checkAddressable refuses ids that read as a locale in an address.
func checkAddressable(id string) *fault {
	if len(id) != 2 {
		return nil
	}
	if _, err := language.ParseBase(id); err != nil {
		return nil
	}
	return &fault{"two letters that name a language are the address of a locale", "choose a longer word"}
}

// checkPattern wants a pattern as [path.Match] reads it.
func checkPattern(s string) *fault {
	if slices.Contains(strings.Split(s, "/"), "**") {
		return &fault{"** does not stand for folders within folders", "name each level, such as sources/*/*.yaml"}
	}
	if strings.Contains(s, "://") {
		return &fault{"files are included, and no addresses", "fetch it, and include the file"}
	}
	if _, err := path.Match(s, ""); err != nil {
		return &fault{"the pattern has a bracket that is not closed, or a \\ at its end", "write it like sources/[a-m]*.yaml"}
	}
	return nil
}

// checkSought wants a word, or a pattern that can be read.
func checkSought(s string) *fault {
	if err := normalize.CheckSought(s); err != nil {
		return &fault{err.Error(), "write a word, or a regular expression between slashes, such as /^Jobs:/"}
	}
	return nil
}

// checkAddress wants an absolute http or https address. What is wrong is told
// without the address where that may hold a password.
func checkAddress(s string) *fault {
	const hint = "write the whole address, such as https://www.my-city.example/news"
	u, err := url.Parse(s)
	switch {
	case err != nil:
		return &fault{"this is not an address", hint}
	case u.Scheme != "http" && u.Scheme != "https":
		return &fault{"this is not an http or https address", hint}
	case u.User != nil:
		return &fault{"the address holds a user or a password", "leave out what stands before the @"}
	case u.Host == "" || u.Hostname() == "" || strings.ContainsAny(u.Host, " <>\"\\"):
		return &fault{"the address has no host", hint}
	case u.Fragment != "":
		return &fault{"the address has a fragment", "leave out what follows the #"}
	case strings.ContainsAny(s, " \t\r\n"):
		return &fault{"the address has a blank in it", "write %20 where the blank belongs to it"}
	}
	return nil
}

func checkBaseURL(s string) *fault {
	if f := checkAddress(s); f != nil {
		return f
	}
	if strings.Contains(s, "?") {
		return &fault{"the public address has a query", "leave out what follows the ?"}
	}
	if _, err := publicAddress(s); err != nil {
		return &fault{"the host is no name that can be registered (" + err.Error() + ")", "write it as your registrar does"}
	}
	return nil
}

// publicAddress returns the site's address as it stands in whatever is published: without a
// slash at its end, and in ASCII (RFC 3986), since fields of HTTP, robots.txt and many
// programs know no other. A host in another script is spelt by RFC 5891, a path is encoded.
func publicAddress(s string) (string, error) {
	u, err := url.Parse(strings.TrimRight(s, "/"))
	if err != nil {
		return "", err
	}
	host, err := idna.Lookup.ToASCII(u.Hostname())
	switch {
	case strings.IndexFunc(u.Host, isNotASCII) < 0: // stays as it is written
	case err != nil:
		return "", err
	case u.Port() != "":
		u.Host = net.JoinHostPort(host, u.Port())
	default:
		u.Host = host
	}
	if strings.IndexFunc(s, isNotASCII) < 0 {
		return strings.TrimRight(s, "/"), nil
	}
	return u.String(), nil
}

func isNotASCII(r rune) bool { return r >= utf8.RuneSelf }

func checkContact(s string) *fault {
	if rest, ok := strings.CutPrefix(s, "mailto:"); ok {
		if name, host, ok := strings.Cut(rest, "@"); !ok || name == "" || host == "" || strings.ContainsAny(rest, " ()<>") {
			return &fault{"this is not a mail address", "write mailto:news@my-city.example"}
		}
		return nil
	}
	if f := checkAddress(s); f != nil {
		return &fault{f.what, "write an http or https address, or mailto:news@my-city.example"}
	}
	return nil
}

// checkStorage never repeats the address: it may hold a password.
func checkStorage(s string) *fault {
	const hint = "write sqlite:PATH or postgres://USER@HOST/DATABASE"
	scheme, rest, ok := strings.Cut(s, ":")
	switch {
	case !ok:
		return &fault{"storage names no kind of database", hint}
	case scheme == "sqlite":
		if strings.TrimSpace(rest) == "" || strings.HasSuffix(rest, "/") {
			return &fault{"storage names no file", "write sqlite:PATH, such as sqlite:kairan.db"}
		}
		return nil
	case scheme != "postgres" && scheme != "postgresql":
		return &fault{"storage is of a kind that is not known", hint}
	}
	u, err := url.Parse(s)
	switch {
	case err != nil:
		return &fault{"storage is not an address", hint + "; a password's special characters are written as %40 and so on"}
	case !strings.HasPrefix(rest, "//") || u.Path == "" || u.Path == "/":
		return &fault{"storage names no database", hint}
	}
	return nil
}

// checkReference never repeats what stands there: it may be the secret itself.
func checkReference(s string) *fault {
	name, ok := strings.CutPrefix(s, "${")
	if name, closed := strings.CutSuffix(name, "}"); !ok || !closed || strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") != "" || name == "" || name[0] <= '9' {
		return &fault{"a secret does not belong into this file", "write the name of an environment variable that holds it, such as ${NEWS_TOKEN}; NEWS_TOKEN_FILE may name a file instead"}
	}
	return nil
}

// checkNetwork wants what the collector takes for an address, a network or a host.
func checkNetwork(s string) *fault {
	if _, err := allow.Parse(s); err != nil {
		return &fault{err.Error(), "write one such as 192.0.2.7, 10.1.0.0/16 or intranet.my-city.example"}
	}
	return nil
}

func checkTimeZone(s string) *fault {
	const hint = "write a name of the IANA database, such as Asia/Tokyo or Europe/Amsterdam"
	if strings.EqualFold(s, "local") {
		return &fault{"the zone of the machine is not that of a publisher", hint}
	}
	if _, err := time.LoadLocation(s); err != nil {
		return &fault{"there is no such time zone", hint}
	}
	return nil
}

func checkCountry(s string) *fault {
	const hint = "write two capital letters, such as JP"
	r, err := language.ParseRegion(s)
	switch {
	case err != nil || len(s) != 2 || !r.IsCountry():
		return &fault{"there is no such country code", hint}
	case r.Canonicalize().String() != s:
		return &fault{"this is another way to write the code", fmt.Sprintf("write %q", r.Canonicalize())}
	}
	return nil
}

func checkSelector(s string) *fault {
	if _, err := cascadia.Compile(s); err != nil {
		return &fault{"this is not a CSS selector (" + err.Error() + ")", "write one such as ul.news li"}
	}
	return nil
}

func checkSchedule(s string) *fault {
	_, f := parseSchedule(s)
	return f
}

func checkLanguage(s string) *fault {
	_, f := canonical(s)
	return f
}

// mistaken are codes of countries and old habits that people write for languages.
// What is a language of its own (se is Northern Sami) is not among them.
var mistaken = map[string]string{
	"jp": "ja", "cn": "zh-Hans", "kr": "ko", "tw": "zh-Hant", "hk": "zh-Hant",
	"tc": "zh-Hant", "sc": "zh-Hans", "zt": "zh-Hant", "chi": "zh-Hans", "cz": "cs", "dk": "da", "ua": "uk", "ph": "fil",
	"english": "en", "japanese": "ja", "dutch": "nl", "eng": "en", "jpn": "ja",
}

// canonical returns the canonical spelling of a language tag (BCP 47).
func canonical(s string) (string, *fault) {
	const hint = "write a BCP 47 tag, such as ja, zh-Hant or pt-BR"
	if meant, ok := mistaken[strings.ToLower(s)]; ok {
		return "", &fault{"this is not the tag of a language", fmt.Sprintf("did you mean %q?", meant)}
	}
	t, err := language.Parse(s)
	if err != nil {
		return "", &fault{"there is no such language", hint}
	}
	if base, _, _ := t.Raw(); base.String() == "und" {
		return "", &fault{"the tag names no language", hint}
	}
	return t.String(), nil
}
