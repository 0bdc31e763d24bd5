package address

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// internationalized spells hosts as browsers do before they ask for them (WHATWG URL,
// "domain to ASCII"): Unicode's compatible forms are one, and hyphens may stand anywhere.
var internationalized = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false), idna.CheckHyphens(false), idna.BidiRule())

// host returns the host of an authority, with its port unless that is its scheme's own, as
// browsers spell it: in ASCII and small letters. It is "" where there can be no such host.
func host(authority, scheme string) string {
	name, port := authority, ""
	if i := strings.LastIndexByte(authority, ':'); i > strings.LastIndexByte(authority, ']') {
		name, port = authority[:i], authority[i+1:]
	}
	if port != "" {
		n, err := strconv.ParseUint(port, 10, 16)
		if err != nil {
			return ""
		}
		port = ":" + strconv.FormatUint(n, 10)
		if scheme == "http" && n == 80 || scheme == "https" && n == 443 {
			port = ""
		}
	}
	if name = hostName(name); name == "" {
		return ""
	}
	return name + port
}

// hostName spells the name of a host, or its number within brackets; "" if it is none.
func hostName(name string) string {
	if inner, ok := strings.CutPrefix(name, "["); ok {
		inner, ok = strings.CutSuffix(inner, "]")
		if _, err := netip.ParseAddr(inner); err != nil || !ok || strings.Contains(inner, "%") {
			return ""
		}
		return strings.ToLower(name)
	}
	if strings.IndexByte(name, '%') >= 0 {
		decoded, err := url.PathUnescape(name)
		if err != nil {
			return ""
		}
		name = decoded
	}
	if !isASCII(name) {
		ascii, err := internationalized.ToASCII(name)
		if err != nil {
			return ""
		}
		name = ascii
	}
	// The forbidden code points of WHATWG URL.
	if strings.Trim(name, ".") == "" || strings.ContainsAny(name, "\x00 #/:<>?@[\\]^|%\"`{}\x7f") {
		return ""
	}
	return strings.ToLower(name)
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// IsPublic reports whether an absolute address leads to a host that all may ask, as far as
// its name tells: it has a domain that is no network's own, or the number of no network's
// own.
func IsPublic(link string) bool {
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	name := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if ip, err := netip.ParseAddr(name); err == nil {
		return ip.IsGlobalUnicast() && !ip.IsPrivate()
	}
	dot := strings.LastIndexByte(name, '.')
	if dot <= 0 {
		return false
	}
	switch name[dot+1:] {
	case "localhost", "local", "internal", "intranet", "lan", "home", "corp", "localdomain", "invalid", "test", "arpa":
		return false
	}
	return true
}
