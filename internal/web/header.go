package web

import (
	"net/http"
	"strconv"
	"time"
)

// How long a cache may serve an old answer: while it asks for the new one, and
// while this site does not answer (RFC 5861). A feed that is a day old is better
// than none.
const (
	staleWhileRevalidate = 10 * time.Minute
	staleIfError         = 24 * time.Hour
)

func cacheControl(age time.Duration) string {
	seconds := func(d time.Duration) string { return strconv.Itoa(int(d / time.Second)) }
	return "public, max-age=" + seconds(age) +
		", stale-while-revalidate=" + seconds(staleWhileRevalidate) +
		", stale-if-error=" + seconds(staleIfError)
}

// archiveAge is how long a cache may keep an archive before it asks again. Which entries it
// holds changes only where the law takes something out of it; their words and labels may.
const archiveAge = time.Hour

// pictureSecurity lets a picture of the site's own, which its operators chose, do nothing where
// it is opened by itself.
const pictureSecurity = "default-src 'none'; sandbox"

// contentSecurity lets a page take its style sheet, its icon and the script that copies
// addresses from this site, and the pictures, sounds and films of a notice from its publisher;
// nothing else, and no script of any other's.
const contentSecurity = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' https:; media-src 'self' https:; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// Fields that never change, as http.Header holds them. Answers share them.
var (
	varyFeed       = []string{"Accept-Encoding, Sec-Fetch-Dest"}
	varyPage       = []string{"Accept-Encoding"}
	anyOrigin      = []string{"*"}
	exposed        = []string{"ETag, Link, IM, Delta-Base"}
	archiveCache   = []string{cacheControl(archiveAge)}
	varyDelta      = []string{"Accept-Encoding, Sec-Fetch-Dest, A-IM, If-None-Match"}
	feedIM         = []string{"feed"}
	noStore        = []string{"no-store"}
	security       = []string{contentSecurity}
	noSniff        = []string{"nosniff"}
	referrerPolicy = []string{"strict-origin-when-cross-origin"}
)

// speakTo says for whose readers the body is: "the natural language(s) of the intended
// audience", which need not be those that are used in it (RFC 9110 §8.5). What is for all
// ("") says nothing.
func speakTo(h http.Header, locale string) {
	if locale != "" {
		h["Content-Language"] = []string{locale}
	}
}

// setSecurity sets what every answer carries.
func setSecurity(h http.Header) {
	h["Content-Security-Policy"] = security
	h["X-Content-Type-Options"] = noSniff
	h["Referrer-Policy"] = referrerPolicy
}
