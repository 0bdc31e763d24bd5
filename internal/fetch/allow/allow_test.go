package allow

import (
	"net/netip"
	"testing"
)

func TestParse(t *testing.T) {
	for entry, want := range map[string]Exception{
		"10.0.0.0/8":             {Network: netip.MustParsePrefix("10.0.0.0/8")},
		"10.1.2.3/8":             {Network: netip.MustParsePrefix("10.0.0.0/8")},
		"192.0.2.7":              {Network: netip.MustParsePrefix("192.0.2.7/32")},
		"::ffff:192.0.2.7":       {Network: netip.MustParsePrefix("192.0.2.7/32")},
		"fd00::/8":               {Network: netip.MustParsePrefix("fd00::/8")},
		" ::1 ":                  {Network: netip.MustParsePrefix("::1/128")},
		"intranet":               {Host: "intranet"},
		"Intranet.City.example.": {Host: "intranet.city.example"},
		"3.city.example":         {Host: "3.city.example"},
	} {
		if got, err := Parse(entry); err != nil || got != want {
			t.Errorf("%q is %v, %v; want %v", entry, got, err, want)
		}
	}
	for _, entry := range []string{"", ".", "10.0.0.0/33", "10.0.0/8", "300.1.2.3", "10.0.0", "1", "intranet.1", "http://intranet", "*.city.example", "intranet:80", "a b"} {
		if got, err := Parse(entry); err != ErrNone {
			t.Errorf("%q is %v, %v; want none", entry, got, err)
		}
	}
}
