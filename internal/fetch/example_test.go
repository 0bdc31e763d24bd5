package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/kairan-news/kairan/internal/fetch"
)

// A document is asked for once, and from then on only whether it has changed.
func ExampleClient_Get() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		if r.Header.Get("If-None-Match") == `"1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, "<rss/>")
	}))
	defer server.Close()
	client := fetch.New(fetch.Config{UserAgent: "Kairan/1.0 (+https://city.example/bot)"})

	request := fetch.Request{URL: server.URL + "/news.rss", AllowPrivate: true}
	first, err := client.Get(context.Background(), request)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(first.Status, string(first.Body), first.ETag)

	request.ETag, request.LastModified, request.ValidatorsFor, request.Digest = first.ETag, first.LastModified, first.URL, first.Digest
	second, err := client.Get(context.Background(), request)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(second.Status, second.Unchanged, second.ETag)
	// Output:
	// 200 <rss/> "1"
	// 304 true "1"
}

// An error says what happened and what to do.
func ExampleError() {
	_, err := fetch.New(fetch.Config{}).Get(context.Background(), fetch.Request{URL: "http://me:secret@10.0.0.7/news.rss"})
	var failure *fetch.Error
	if errors.As(err, &failure) {
		fmt.Println(failure.Kind)
		fmt.Println(failure)
	}
	// Output:
	// private-address
	// fetch http://10.0.0.7/news.rss: the host may not be reached: the address 10.0.0.7 is private; if the source is inside your network, set allow_private for it or list the network; metadata services are never reached
}

// A source of every ten minutes is asked ever less often while it fails.
func ExampleBackoff() {
	for _, failures := range []int{0, 1, 2, 5, 9} {
		fmt.Println(failures, fetch.Backoff(10*time.Minute, failures, 0).Round(time.Minute))
	}
	// Output:
	// 0 10m0s
	// 1 18m0s
	// 2 32m0s
	// 5 3h9m0s
	// 9 24h0m0s
}

func ExampleRetryAfter() {
	now := time.Date(2026, time.April, 1, 12, 0, 0, 0, time.UTC)
	for _, value := range []string{"120", "Wed, 01 Apr 2026 13:00:00 GMT", "-1", "soon"} {
		at := fetch.RetryAfter(http.Header{"Retry-After": {value}}, now)
		fmt.Println(at.Format("15:04:05"), !at.IsZero())
	}
	// Output:
	// 12:02:00 true
	// 13:00:00 true
	// 00:00:00 false
	// 00:00:00 false
}
