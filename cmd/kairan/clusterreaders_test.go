package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// hotFeeds are those that the cluster's readers follow.
func hotFeeds() (paths []string) {
	for _, channel := range []string{"en/all", "ja/all", "en/environment", "ja/environment", "en/from/city-3", "ja/from/city-7"} {
		for _, format := range []string{"rss", "atom", "json"} {
			paths = append(paths, "/"+channel+"."+format)
		}
	}
	return paths
}

// unheldFeeds are what nobody follows.
func unheldFeeds() (paths []string) {
	for _, channel := range []string{"en/from/city-5", "en/from/city-6", "ja/from/city-5", "ja/from/city-6"} {
		for _, format := range []string{"rss", "atom", "json"} {
			paths = append(paths, "/"+channel+"."+format)
		}
	}
	return paths
}

// clusterReaders ask for hot feeds without an end, in turn at each web, and at the other where
// one does not answer, as behind a balancer.
type clusterReaders struct {
	t      *testing.T
	client *http.Client

	mu      sync.Mutex
	sites   []string
	answers int
	moved   int // requests that another web answered
	had     map[string]map[string]int
	errs    []string
}

// followFeeds has so many readers ask until the test ends.
func followFeeds(t *testing.T, readers int, sites ...string) *clusterReaders {
	r := &clusterReaders{t: t, sites: sites, had: map[string]map[string]int{}, client: &http.Client{
		Transport: &http.Transport{MaxIdleConnsPerHost: readers}, Timeout: 20 * time.Second,
	}}
	ctx, stop := context.WithCancel(t.Context())
	var reading sync.WaitGroup
	for n := range readers {
		reading.Go(func() { r.follow(ctx, n) })
	}
	t.Cleanup(func() { stop(); reading.Wait() })
	return r
}

// readEvery is how often a reader asks.
const readEvery = 20 * time.Millisecond

func (r *clusterReaders) follow(ctx context.Context, n int) {
	tick := time.NewTicker(readEvery)
	defer tick.Stop()
	for ; ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		paths := hotFeeds()
		r.ask(ctx, paths[n%len(paths)], n/len(paths))
	}
}

// ask asks the webs in their turn until one can be reached.
func (r *clusterReaders) ask(ctx context.Context, path string, turn int) {
	r.mu.Lock()
	sites := slices.Clone(r.sites)
	r.mu.Unlock()
	var failed []string
	for i := range sites {
		site := sites[(turn+i)%len(sites)]
		status, header, body, err := r.get(ctx, site+path)
		if ctx.Err() != nil {
			return
		}
		if err != nil { // it is down
			failed = append(failed, err.Error())
			continue
		}
		switch {
		case status != http.StatusOK:
			failed = append(failed, fmt.Sprintf("%s at %s is answered with %d (Retry-After %q)", path, site, status, header.Get("Retry-After")))
		case !strings.HasSuffix(strings.TrimSpace(body), map[string]string{"rss": "</rss>", "atom": "</feed>", "json": "}"}[path[strings.LastIndexByte(path, '.')+1:]]):
			failed = append(failed, fmt.Sprintf("%s at %s is cut off", path, site))
		default:
			r.took(site, path, i > 0)
			return
		}
		break // an answer is not asked for again
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.errs = append(r.errs, time.Now().Format(time.TimeOnly)+" "+strings.Join(failed, "; "))
}

func (r *clusterReaders) get(ctx context.Context, url string) (status int, header http.Header, body string, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, nil, "", err
	}
	response, err := r.client.Do(request)
	if err != nil {
		return 0, nil, "", err
	}
	defer response.Body.Close()
	var text strings.Builder
	if _, err := io.Copy(&text, response.Body); err != nil {
		return 0, nil, "", err
	}
	return response.StatusCode, response.Header, text.String(), nil
}

func (r *clusterReaders) took(site, path string, moved bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answers++
	if moved {
		r.moved++
	}
	if r.had[site] == nil {
		r.had[site] = map[string]int{}
	}
	r.had[site][path]++
}

// replace has readers ask at one site in the place of another.
func (r *clusterReaders) replace(old, next string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sites[slices.Index(r.sites, old)] = next
}

// warm waits until each web has answered each feed some times from now on.
func (r *clusterReaders) warm(times int) {
	r.t.Helper()
	r.mu.Lock()
	clear(r.had)
	r.mu.Unlock()
	eventually(r.t, func() bool {
		r.mu.Lock()
		defer r.mu.Unlock()
		for _, site := range r.sites {
			for _, path := range hotFeeds() {
				if r.had[site][path] < times {
					return len(r.errs) > 0
				}
			}
		}
		return true
	}, func() string { return "the webs do not answer" })
}

// failures are what readers met that they must not.
func (r *clusterReaders) failures() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.errs)
}
