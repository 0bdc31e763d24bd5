package locales

import "testing"

func TestSmoke(t *testing.T) {
	b, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	l := b.Localizer("en")
	t.Log(l.Text("channel.category.title", map[string]any{"Site": "S", "Category": "العربية"}), l.Count("page.notices", 1234, nil), b.Tags())
}
