package address

import (
	"net/url"
	"strings"
)

// Former returns what [Article] made of a reference before it read addresses as browsers
// do, by grammar 0: "" where it could not read it. What was stored then is found by it.
func Former(base, ref string) string {
	given := ref
	ref = stripControls(strings.TrimSpace(ref))
	if strings.HasPrefix(ref, "//") && base == "" {
		ref = "https:" + ref
	}
	ref = strings.ReplaceAll(join(base, ref), " ", "%20")
	u, err := url.Parse(ref)
	if err == nil && strings.HasPrefix(ref, "http") && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
		return untrack(ref)
	}
	if base == "" {
		return bare(given)
	}
	return ""
}
