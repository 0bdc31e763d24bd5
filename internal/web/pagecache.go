package web

import (
	"container/list"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

// pageCache holds composed pages within a bound of bytes. A page is composed once
// for each stamp: the state of everything that it shows.
type pageCache struct {
	bound      int64
	compressor *compressor
	making     singleflight.Group

	mu    sync.Mutex
	bytes int64
	pages map[string]*list.Element // of *cachedPage
	order *list.List               // the most recently used first
}

type cachedPage struct {
	path    string
	stamp   stamp
	content *content
}

// stamp is the state that a page was composed of. Pages with equal stamps are
// equal.
type stamp struct {
	settings       Settings
	revision, past int64  // of the channel that it shows
	channels       string // the channels that are worth a link, where the page lists them
}

// composePatience is how long the composition of one page may take.
const composePatience = 5 * time.Second

func newPageCache(bound int64) *pageCache {
	return &pageCache{bound: bound, compressor: newCompressor(), pages: map[string]*list.Element{}, order: list.New()}
}

// get returns the page of a path in the state that the stamp tells. Where it can't
// be composed, the error comes with the page in its last state, nil if there is
// none, or if that shows a past that has changed.
func (c *pageCache) get(ctx context.Context, path string, now stamp, mediaType string, compose func(context.Context) ([]byte, error)) (*content, error) {
	last, ok := c.look(path)
	if ok && last.stamp == now {
		return last.content, nil
	}
	made, err, _ := c.making.Do(path, func() (any, error) {
		// Whoever asked first may go away; the others still wait.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), composePatience)
		defer cancel()
		body, err := compose(ctx)
		if err != nil {
			return nil, err
		}
		page := newContent(body, bodyTag(body), mediaType, c.compressor)
		c.keep(&cachedPage{path, now, page})
		return page, nil
	})
	if err != nil {
		if ok && last.stamp.past == now.past {
			return last.content, err
		}
		return nil, err
	}
	return made.(*content), nil
}

// fresh returns the page of a path if it is held in the state that the stamp tells.
func (c *pageCache) fresh(path string, now stamp) *content {
	if held, ok := c.look(path); ok && held.stamp == now {
		return held.content
	}
	return nil
}

func (c *pageCache) look(path string) (*cachedPage, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at, ok := c.pages[path]
	if !ok {
		return nil, false
	}
	c.order.MoveToFront(at)
	return at.Value.(*cachedPage), true
}

func (c *pageCache) keep(p *cachedPage) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at, ok := c.pages[p.path]; ok {
		c.drop(at)
	}
	c.pages[p.path] = c.order.PushFront(p)
	c.bytes += p.content.size()
	for c.bytes > c.bound && c.order.Len() > 1 {
		c.drop(c.order.Back())
	}
}

// forget takes a page away that must not be shown again, in whatever state.
func (c *pageCache) forget(path string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at, ok := c.pages[path]; ok {
		c.drop(at)
	}
}

func (c *pageCache) drop(at *list.Element) {
	p := c.order.Remove(at).(*cachedPage)
	delete(c.pages, p.path)
	c.bytes -= p.content.size()
}

// bodyTag is a strong entity tag: a digest of the body.
func bodyTag(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + hex.EncodeToString(sum[:12]) + `"`
}
