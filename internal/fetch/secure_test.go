package fetch

import (
	"net/http"
	"net/url"
	"slices"
	"testing"
)

func TestWhoAnswersByHTTPSIsTold(t *testing.T) {
	var told []string
	c := New(Config{Secure: func(host string) { told = append(told, host) }})
	for _, test := range []struct {
		address, location string
		status            int
		want              []string
		remark            string
	}{
		{"https://City.example/feed", "", 200, []string{"city.example"}, "an answer"},
		{"https://city.example:443/feed", "", 404, []string{"city.example"}, "an answer that there is nothing"},
		{"https://city.example/", "https://www.city.example/", 301, []string{"city.example"}, "a redirect"},
		{"https://city.example/", "HTTP://city.example/", 301, nil, "a redirect away from https"},
		{"https://city.example/", "", 502, nil, "a server that is down behind it"},
		{"http://city.example/", "", 200, nil, "an answer by http"},
		{"https://city.example:8443/", "", 200, nil, "another port than pictures of http would be asked at"},
	} {
		told = nil
		at, err := url.Parse(test.address)
		if err != nil {
			t.Fatal(err)
		}
		answer := &http.Response{StatusCode: test.status, Header: http.Header{}}
		if test.location != "" {
			answer.Header.Set("Location", test.location)
		}
		if c.sawSecure(at, answer); !slices.Equal(told, test.want) {
			t.Errorf("%s: told %v, want %v", test.remark, told, test.want)
		}
	}
}
