package fetch

import (
	"net/url"
	"slices"
	"strings"
)

// Redact returns an address that may be shown: without user name and password, and
// without the values of query parameters that look like keys. What can't be read
// as an address is not shown at all.
func Redact(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return "[unreadable address]"
	}
	return redactURL(u)
}

func redactURL(u *url.URL) string {
	shown := *u
	if u.User != nil {
		shown.User = nil
	}
	shown.Fragment, shown.RawFragment = "", ""
	shown.RawQuery = redactQuery(u.RawQuery)
	return shorten(shown.String(), 500)
}

// redactQuery replaces values and leaves all else as it was written.
func redactQuery(query string) string {
	if query == "" {
		return ""
	}
	pairs := strings.Split(query, "&")
	for i, pair := range pairs {
		if name, _, ok := strings.Cut(pair, "="); ok && secretParameter(name) {
			pairs[i] = name + "=REDACTED"
		}
	}
	return strings.Join(pairs, "&")
}

// secretParameter reports whether a query parameter names a secret. It rather hides
// one too many.
func secretParameter(name string) bool {
	if plain, err := url.QueryUnescape(name); err == nil {
		name = plain
	}
	name = strings.ToLower(name)
	whole := []string{"key", "auth", "sig", "pw", "pwd", "pass", "sid", "session", "code"}
	parts := []string{"token", "secret", "passw", "apikey", "api_key", "api-key", "accesskey", "access_key",
		"subscription-key", "signature", "credential", "authorization"}
	return slices.Contains(whole, name) || slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(name, p) })
}

// redactText takes secrets out of a text that others wrote.
func redactText(text string, secrets []string) string {
	for _, s := range secrets {
		text = strings.ReplaceAll(text, s, redacted)
	}
	return shorten(text, 300)
}

// shorten puts a text into one line of a log, of so many bytes at most, and cuts it at a
// character's border.
func shorten(s string, limit int) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	if len(s) <= limit {
		return s
	}
	cut := limit
	for cut > 0 && s[cut]&0xC0 == 0x80 {
		cut--
	}
	return s[:cut] + "…"
}
