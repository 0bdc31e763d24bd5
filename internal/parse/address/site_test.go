package address

import "testing"

func TestFrontPages(t *testing.T) {
	for link, want := range map[string]bool{
		"https://a.example": true, "https://a.example/": true, "https://a.example/en/": true, "https://a.example/zh-tw": true,
		"https://a.example/index.html": true, "https://a.example/ja/index.php": true, "https://a.example/?lang=ja": true,
		"https://a.example/?p=12": false, "https://a.example/news/": false, "https://a.example/en/1.html": false, "https://a.example/faq/": false,
	} {
		if got := IsFrontPage(link); got != want {
			t.Errorf("IsFrontPage(%q) = %v", link, got)
		}
	}
}

func TestSameSite(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"https://www.city.example/a", "http://news.city.example/b", true},
		{"https://www.a.lg.jp/", "https://www.b.lg.jp/", false},
		{"https://a.gov.hk/", "https://b.gov.hk/", false},
		{"http://127.0.0.1:80/", "http://127.0.0.1:81/", false},
		{"http://127.0.0.1:80/", "http://127.0.0.1:80/x", true},
		{"https://büro.example/", "https://xn--bro-hoa.example/a", true},
		{"https://büro.stadt.example/", "https://stadt.example/a", true},
		{"https://büro.example/", "https://buro.example/a", false},
		{"https://[2001:db8::1]/", "https://[2001:db8::2]/", false},
	} {
		if got := SameSite(test.a, test.b); got != test.want {
			t.Errorf("SameSite(%q, %q) = %v", test.a, test.b, got)
		}
	}
}
