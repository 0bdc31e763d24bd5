package ops

import (
	"net/netip"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words in an error that may be addresses, and paths of the file system.
var (
	maybeAddress = regexp.MustCompile(`\[[0-9A-Fa-f:.%a-z]+\](?::\d+)?|(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?|(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}`)
	maybePath    = regexp.MustCompile(`(?:^|[\s"'(=])(/(?:home|root|var|srv|opt|mnt|data|tmp|run|etc|usr|private|Users)/[^\s"'():]*)`)
)

// Redacted returns an error as it may be shown: without addresses of our own networks, paths
// of our file systems, and what [Config.Own] names.
func (v *view) Redacted(text string) string { return redact(text, v.pages.Own) }

// FirstLine is its first line, shortened.
func (v *view) FirstLine(text string) string {
	text, _, _ = strings.Cut(v.Redacted(strings.TrimSpace(text)), "\n")
	if runes := []rune(text); len(runes) > 160 {
		return string(runes[:159]) + "…"
	}
	return text
}

func redact(text string, own []string) string {
	for _, name := range own {
		if name != "" {
			text = without(text, name)
		}
	}
	text = maybeAddress.ReplaceAllStringFunc(text, func(s string) string {
		if ours(s) {
			return "[our address]"
		}
		return s
	})
	return maybePath.ReplaceAllStringFunc(text, func(s string) string {
		i := strings.IndexByte(s, '/')
		return s[:i] + "[our path]"
	})
}

// without takes a name out of a text, where it stands for itself and is no part of another,
// such as of a publisher's address.
func without(text, name string) string {
	var b strings.Builder
	for {
		i := strings.Index(text, name)
		if i < 0 {
			return b.String() + text
		}
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(name):])
		b.WriteString(text[:i])
		if partOfName(before) || partOfName(after) && after != '/' && after != ':' {
			b.WriteString(name)
		} else {
			b.WriteString("[ours]")
		}
		text = text[i+len(name):]
	}
}

func partOfName(r rune) bool {
	return r == '.' || r == '-' || r == '_' || r == '/' || r == '@' || unicode.IsLetter(r) || unicode.IsDigit(r)
}

// ours reports whether an address is of a network that nobody else reaches.
func ours(s string) bool {
	ip, err := netip.ParseAddr(strings.Trim(s, "[]"))
	if err != nil {
		port, err := netip.ParseAddrPort(s)
		if err != nil {
			return false
		}
		ip = port.Addr()
	}
	ip = ip.Unmap()
	return ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() || ip.IsUnspecified()
}
