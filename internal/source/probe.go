package source

import (
	"cmp"
	"context"
	"errors"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/parse/address"
)

// probeBytes is as much of a page as a probe reads.
const probeBytes = 1 << 10

// IsGone asks the page of an article that its source no longer lists whether it is
// gone: 404 or 410, also where redirects lead, unless that is a front page. The error is
// what kept it from telling; one of a host that asks for less is a [fetch.Error] that is
// throttled.
//
// Of pages and sitemaps robots.txt is asked, as for every page of theirs. Of feeds it is
// not. It speaks to who crawls; this is one request for the status of one page that the
// publisher's own feed had led to, as of a reader who follows our link, and without it a
// notice that was taken back would live on with us.
func (c *Collector) IsGone(ctx context.Context, s feeds.Source, link string) (bool, error) {
	r := fetch.Request{URL: link, Accept: acceptPage, AllowPrivate: s.AllowPrivate, Pause: c.Pause, MaxBytes: probeBytes, KeepPrefix: true}
	if sameHost(link, s.URL) {
		var err error
		if r.Credentials, err = c.credentials(s); err != nil {
			return false, err
		}
	}
	if s.Kind != feeds.KindFeed {
		if allowed, err := c.Robots.AllowedFor(ctx, r); !allowed {
			return false, cmp.Or(err, errForbidden)
		}
	}
	_, err := c.Client.Get(ctx, r)
	if isGone(err, link) {
		return true, nil
	}
	return false, err
}

// isGone reports whether it is the page of an article that answered 404 or 410. Where the
// front page does, to which a server may lead from all that it can't find, it is the
// site that is in disorder.
func isGone(err error, link string) bool {
	var failed *fetch.Error
	return errors.As(err, &failed) && failed.Kind == fetch.KindHTTPStatus && (failed.Status == 404 || failed.Status == 410) &&
		(!address.IsFrontPage(failed.URL) || address.IsFrontPage(link))
}
