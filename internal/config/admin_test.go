package config

import (
	"net/netip"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

const someSum = "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8"

func TestWhoMayComeInIsRead(t *testing.T) {
	c, err := Parse(filepath.Join("etc", "kairan.yaml"), []byte(valid+`admin:
  tokens:
    - {name: yuki, sha256: `+someSum+`, may: act, until: 2027-03-31}
    - {name: yuki, file: next.token, until: "2027-03-31T18:00:00+09:00"}
  proxy: {header: X-Forwarded-User, from: [10.1.2.3/8, 192.0.2.7, socket], may: act}
  metrics_token: {file: metrics.token}
  hosts: [ops.city.example]
`), bundles{})
	if err != nil {
		t.Fatal(err)
	}
	want := Admin{
		Tokens: []AdminToken{
			{Name: "yuki", TokenProof: TokenProof{SHA256: someSum}, Act: true, Until: time.Date(2027, 4, 1, 0, 0, 0, 0, time.UTC)},
			{Name: "yuki", TokenProof: TokenProof{File: filepath.Join("etc", "next.token")}, Until: time.Date(2027, 3, 31, 9, 0, 0, 0, time.UTC)},
		},
		Proxy:   &AdminProxy{Header: "X-Forwarded-User", From: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("192.0.2.7/32")}, Socket: true, Act: true},
		Metrics: &TokenProof{File: filepath.Join("etc", "metrics.token")},
		Hosts:   []string{"ops.city.example"},
	}
	for i := range c.Admin.Tokens {
		c.Admin.Tokens[i].Until = c.Admin.Tokens[i].Until.UTC()
	}
	if !reflect.DeepEqual(c.Admin, want) {
		t.Errorf("read is %+v, want %+v", c.Admin, want)
	}
}

func TestFaultsOfWhoMayComeIn(t *testing.T) {
	for _, c := range []struct{ admin, want string }{
		{"tokens: [{name: a}]", `sha256`},
		{"tokens: [{name: a, sha256: abc}]", `64 hexadecimal digits`},
		{"tokens: [{name: a, file: x, may: rite}]", `did you mean "act"?`},
		{"tokens: [{name: a, file: x, until: 2027-02-30}]", `no such time`},
		{"tokens: [{name: a, file: x, sha256: " + someSum + "}]", `both a sha256 and a file`},
		{"tokens: [{name: a, file: x}, {name: a, file: y}, {name: a, file: z}]", `more than 2 tokens of the name "a"`},
		{"tokens: [{name: a, sha256: " + someSum + "}, {name: b, sha256: " + someSum + "}]", `is there twice`},
		{"proxy: {header: X-Forwarded-User}", `from`},
		{"proxy: {header: X-Forwarded-User, from: [everywhere]}", `neither an address nor a network`},
		{"hosts: [https://ops.city.example]", `the name of a host`},
		{"tokenz: []", `did you mean "tokens"?`},
	} {
		_, err := Parse("kairan.yaml", []byte(valid+"admin: {"+c.admin+"}\n"), bundles{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.admin, err, c.want)
		}
	}
}
