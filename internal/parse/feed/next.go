package feed

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

// nextOf returns the address of the document that holds what is older than this one: the
// archive before it or the next page (RFC 5005 §4, §3, as "links" by their relation; JSON
// Feed's next_url), else what the generator is known to serve; "" if there is none.
func (r *reader) nextOf(base string, links func(rel string) string, generator string) string {
	if link := address.Web(base, prose.FirstOf(links("prev-archive"), links("next"))); link != "" {
		return link
	}
	if strings.Contains(strings.ToLower(generator), "wordpress") {
		return pageAfter(r.o.BaseURL)
	}
	return ""
}

// pageAfter returns the address of the page behind one of WordPress's feeds, which counts
// them from 1 by "paged"; "" where the address can't be read, or names something else.
func pageAfter(at string) string {
	u, err := url.Parse(at)
	if err != nil || u.Host == "" {
		return ""
	}
	page := 1
	q := u.Query()
	if s := q.Get("paged"); s != "" {
		if page, err = strconv.Atoi(s); err != nil || page < 1 {
			return ""
		}
	}
	q.Set("paged", strconv.Itoa(page+1))
	u.RawQuery = q.Encode()
	return u.String()
}
