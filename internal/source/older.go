package source

import (
	"context"
	"fmt"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/parse/feed"
)

// Page is an older part of a feed.
type Page struct {
	Articles []feeds.Article
	// Next is the address of the part behind it, on the same host; "" if there is none.
	Next string
}

// Older fetches the part of a feed at that address, which another part names, and reads
// it. It is asked without validators, and leaves nothing in the state: those are the first
// document's. A redirect to another host is an error, as is a document that can't be read
// to its end.
func (c *Collector) Older(ctx context.Context, in Input, address string) (Page, error) {
	r := fetch.Request{URL: address, Accept: acceptFeed, AllowPrivate: in.Source.AllowPrivate, Pause: c.Pause}
	var err error
	if sameHost(address, in.Source.URL) {
		if r.Credentials, err = c.credentials(in.Source); err != nil {
			return Page{}, err
		}
	}
	got, err := c.Client.Get(ctx, r)
	if err != nil {
		return Page{}, fmt.Errorf("collect what is older of %s: %w", in.Source.ID, err)
	}
	if !sameHost(got.URL, address) {
		return Page{}, fmt.Errorf("collect what is older of %s: %s leads to another host", in.Source.ID, fetch.Redact(address))
	}
	o := c.options(in)
	o.ContentType, o.BaseURL = got.ContentType, got.URL
	f, err := feed.Parse(got.Body, o)
	if err != nil {
		return Page{}, fmt.Errorf("collect what is older of %s: %w", in.Source.ID, err)
	}
	return Page{Articles: copied(f), Next: behind(f, got.URL)}, nil
}

// behind returns where a feed from that address goes on, on its host; "" if it does not.
func behind(f *feed.Feed, at string) string {
	if f.Next == at || !sameHost(f.Next, at) {
		return ""
	}
	return f.Next
}
