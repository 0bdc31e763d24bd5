package main

import "testing"

// The built-in configuration is published under one address, whichever process
// publishes it.
func TestWhereTheBuiltInSiteIs(t *testing.T) {
	f := flags{data: t.TempDir()}
	address := func(listen string) string {
		t.Helper()
		s, err := f.load(listen)
		if err != nil {
			t.Fatal(err)
		}
		db, err := f.open(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		return s.config.Site.BaseURL
	}
	for _, tt := range []struct{ listen, want, remark string }{
		{"", "http://localhost:8080", "nobody has served it yet"},
		{":9000", "http://localhost:9000", "who serves it says where"},
		{"", "http://localhost:9000", "who works beside it, or collects"},
		{"192.0.2.1:80", "http://192.0.2.1:80", "it is served elsewhere"},
		{"", "http://192.0.2.1:80", "and so it is published"},
	} {
		if got := address(tt.listen); got != tt.want {
			t.Errorf("%s: %s; want %s", tt.remark, got, tt.want)
		}
	}
}
