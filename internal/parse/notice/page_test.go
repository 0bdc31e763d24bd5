package notice

import "testing"

func TestPages(t *testing.T) {
	for _, tt := range []struct {
		name, text     string
		title, content string
		dropped        string
	}{
		{
			name: "the first heading is the title", text: "# About us\n\nWe *are*.\n",
			title: "About us", content: "<p>We <em>are</em>.</p>",
		}, {
			name: "it may be of any level, and stand behind a text", text: "Hello.\n\n### About `us` & you\n\nText.\n",
			title: "About us & you", content: "<p>Hello.</p>\n\n<p>Text.</p>",
		}, {
			name: "front matter has the title", text: "---\ntitle: Imprint\n---\n# Who we are\n",
			title: "Imprint", content: "<h2>Who we are</h2>",
		}, {
			name: "front matter says the same", text: "---\ntitle: Imprint\n---\n# imprint\n\nText.\n",
			title: "imprint", content: "<p>Text.</p>",
		}, {
			name: "headings are in order below the title", text: "# T\n\n# A\n\n### B\n\n###### C\n\n## D\n\n# E\n",
			title: "T", content: "<h2>A</h2>\n<h3>B</h3>\n<h4>C</h4>\n<h3>D</h3>\n<h2>E</h2>",
		}, {
			name: "links lead from the base", text: "# T\n\n[Contact](page/contact) [mail](mailto:a@b.example)\n",
			title: "T", content: `<p><a href="https://news.example/en/page/contact">Contact</a> <a href="mailto:a@b.example">mail</a></p>`,
		}, {
			name: "what may not stand goes", text: "# T\n\n<script>alert(1)</script><form><input name=a></form>\n\n<p onclick=\"x()\">Text</p>\n",
			title: "T", content: "<p>Text</p>", dropped: "1 form",
		}, {
			name: "no title", text: "Text.\n", content: "<p>Text.</p>",
		},
	} {
		p := ParsePage([]byte(tt.text), "https://news.example/en/")
		if p.Title != tt.title || p.Content != tt.content || p.Dropped.String() != tt.dropped {
			t.Errorf("%s: %q, %q, dropped %q; want %q, %q, %q", tt.name, p.Title, p.Content, p.Dropped, tt.title, tt.content, tt.dropped)
		}
	}
}
