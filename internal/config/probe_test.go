package config

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestWhatIsProbed(t *testing.T) {
	const configuration = `
site: {id: tokyo, url: %q}
publishers: [{key: tokyo, time_zone: Asia/Tokyo, language: ja}]
sources: []
%s
`
	minute := time.Minute
	for _, test := range []struct {
		remark, site, probe string
		want                Probe
	}{
		{"a site that the internet knows", "https://news.tokyo.lg.jp/", "", Probe{URL: "https://news.tokyo.lg.jp", Every: minute, Implied: true}},
		{"one in another script", "https://東京.jp/お知らせ", "", Probe{URL: "https://xn--1lqs71d.jp/%E3%81%8A%E7%9F%A5%E3%82%89%E3%81%9B", Every: minute, Implied: true}},
		{"one by http", "http://news.tokyo.lg.jp", "", Probe{Every: minute}},
		{"an example", "https://news.example", "", Probe{Every: minute}},
		{"a test", "https://news.example.com", "", Probe{Every: minute}},
		{"a local network", "https://news.city.internal", "", Probe{Every: minute}},
		{"a machine", "https://localhost:8443", "", Probe{Every: minute}},
		{"an address", "https://203.0.113.7", "", Probe{Every: minute}},
		{"an address of IPv6", "https://[2001:db8::1]", "", Probe{Every: minute}},
		{"the word alone", "http://news.city.internal", "probe:", Probe{Every: minute}},
		{"a time alone", "http://news.city.internal", "probe: {every: 30s}", Probe{URL: "http://news.city.internal", Every: 30 * time.Second}},
		{"another address", "https://news.tokyo.lg.jp", "probe: {url: http://10.0.0.7/news/, allow_private: [10.0.0.7]}", Probe{URL: "http://10.0.0.7/news", Every: minute, AllowPrivate: []string{"10.0.0.7"}}},
		{"none", "https://news.tokyo.lg.jp", "probe: {disabled: true}", Probe{Every: minute}},
	} {
		c, err := Parse("kairan.yaml", fmt.Appendf(nil, configuration, test.site, test.probe), bundles{})
		if err != nil {
			t.Errorf("%s: %v", test.remark, err)
			continue
		}
		if !reflect.DeepEqual(c.Probe, test.want) {
			t.Errorf("%s: %+v, want %+v", test.remark, c.Probe, test.want)
		}
	}
	for probe, want := range map[string]string{
		"probe: {url: news.tokyo.lg.jp}":                    "this is not an http or https address; write the whole address",
		"probe: {url: 'https://kairan:hunter2@tokyo.jp'}":   "the address holds a user or a password",
		"probe: {every: 1s}":                                "10s",
		"probe: {interval: 1m}":                             `unknown key "interval" in probe; did you mean "every"?`,
		"probe: {allow_private: ['http://10.0.0.7']}":       "write one such as 192.0.2.7, 10.1.0.0/16",
		"probe: {url: 'https://tokyo.jp/', disabled: 'no'}": "disabled",
	} {
		_, err := Parse("kairan.yaml", fmt.Appendf(nil, configuration, "https://news.tokyo.lg.jp", probe), bundles{})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v; want %q", probe, err, want)
		}
	}
}
