package fetch

import (
	"net/url"
	"strings"
)

// Link is a link in a response's header (RFC 8288).
type Link struct {
	// URL is absolute.
	URL string
	// Rels are its relation types, in small letters.
	Rels []string
	// Type is the media type that it declares, in small letters; Title and Language are as
	// they are written. "" for none.
	Type, Title, Language string
}

// maxLinks bounds how many links of a header are read.
const maxLinks = 100

// parseLinks reads the Link fields of a header (RFC 8288 §3), as of a response from that
// address. Links from elsewhere (anchor) are not of the document, and left out; so is what
// can't be read.
func parseLinks(values []string, base *url.URL) (links []Link) {
	for _, value := range values {
		for len(links) < maxLinks {
			start := strings.IndexByte(value, '<')
			if start < 0 {
				break
			}
			target, rest, ok := strings.Cut(value[start+1:], ">")
			if !ok {
				break
			}
			var params map[string]string
			params, value = linkParams(rest)
			u, err := base.Parse(strings.TrimSpace(target))
			if _, elsewhere := params["anchor"]; elsewhere || err != nil || checkAddress(u) != "" {
				continue
			}
			u.User = nil // a server has no business in naming credentials
			links = append(links, Link{
				URL: u.String(), Rels: strings.Fields(strings.ToLower(params["rel"])),
				Type: strings.ToLower(params["type"]), Title: params["title"], Language: params["hreflang"],
			})
		}
	}
	return links
}

// linkParams reads the parameters of a link, of each name the first (§3.3, §3.4.1), and
// returns what follows the comma behind them.
func linkParams(s string) (params map[string]string, rest string) {
	params = map[string]string{}
	for {
		s = strings.TrimLeft(s, " \t")
		if s == "" || s[0] == ',' {
			return params, strings.TrimPrefix(s, ",")
		}
		s = strings.TrimLeft(s, "; \t")
		end := strings.IndexAny(s, "=;,")
		if end < 0 {
			return params, ""
		}
		name := strings.ToLower(strings.TrimSpace(s[:end]))
		value := ""
		if s = s[end:]; s[0] == '=' {
			value, s = linkValue(strings.TrimLeft(s[1:], " \t"))
		}
		if _, taken := params[name]; !taken && name != "" {
			params[name] = value
		}
	}
}

// linkValue reads a token or a quoted string, and returns what follows it.
func linkValue(s string) (value, rest string) {
	if !strings.HasPrefix(s, `"`) {
		end := strings.IndexAny(s, ";,")
		if end < 0 {
			end = len(s)
		}
		return strings.TrimSpace(s[:end]), s[end:]
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			return strings.TrimSpace(b.String()), s[i+1:]
		case c == '\\' && i+1 < len(s):
			i++
			b.WriteByte(s[i])
		default:
			b.WriteByte(c)
		}
	}
	return strings.TrimSpace(b.String()), ""
}
