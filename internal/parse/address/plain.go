package address

import "strings"

// splitPlain returns the host and the path of an http or https address that nothing is
// special about: its host is a name or a number in IPv4, perhaps with a port, and nothing
// is escaped in it. [net/url.Parse] finds the same parts in such a one, and takes longer. ok is
// false of all others, and of those with a control character.
func splitPlain(link string) (host, path string, ok bool) {
	rest, ok := strings.CutPrefix(link, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(link, "http://"); !ok {
			return "", "", false
		}
	}
	end := 0
	for end < len(rest) && isHostByte(rest[end]) {
		end++
	}
	host, rest = rest[:end], rest[end:]
	if port, ok := strings.CutPrefix(rest, ":"); ok {
		if rest = strings.TrimLeft(port, "0123456789"); len(rest) == len(port) {
			return "", "", false
		}
	}
	if host == "" || rest != "" && rest[0] != '/' && rest[0] != '?' && rest[0] != '#' {
		return "", "", false
	}
	path, ok = plainPath(rest)
	return host, path, ok
}

// plainPath returns the path of what stands behind a host; ok is false where something is
// escaped in it, or there is a control character.
func plainPath(rest string) (path string, ok bool) {
	end := len(rest)
	for i := len(rest) - 1; i >= 0; i-- {
		switch c := rest[i]; {
		case c == '%' || c < ' ' || c == 0x7F:
			return "", false
		case c == '?' || c == '#':
			end = i
		}
	}
	return rest[:end], true
}
