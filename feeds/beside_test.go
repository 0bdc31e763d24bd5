package feeds

import (
	"slices"
	"strings"
	"testing"
)

func TestBeside(t *testing.T) {
	for _, test := range []struct {
		says, story, of, want string
	}{
		{"translations stand beside one another", "ja@city en@city", "ja@city", "en@city"},
		{"what another publisher has in the same language does not", "ja@city ja@harbour", "ja@city", ""},
		{"in neither order", "ja@city ja@harbour", "ja@harbour", ""},
		{"in a further language it does", "ja@city ja@harbour en@harbour", "ja@city", "en@harbour"},
		{"but for one that its publisher has too, also later", "ja@city en@harbour en@city", "ja@city", "en@city"},
		{"of each language the first", "ja@city en@harbour en@port th@port", "ja@city", "en@harbour th@port"},
		{"two of one publisher in one language do", "ja@city 2ja@city", "ja@city", "2ja@city"},
	} {
		t.Run(test.says, func(t *testing.T) {
			var story []Article
			var of Article
			for _, id := range strings.Fields(test.story) {
				language, publisher, _ := strings.Cut(strings.TrimLeft(id, "2"), "@")
				a := Article{ID: id, Language: language, Publisher: publisher}
				if story = append(story, a); id == test.of {
					of = a
				}
			}
			var got []string
			for _, a := range Beside(of, story) {
				got = append(got, a.ID)
			}
			if !slices.Equal(got, strings.Fields(test.want)) {
				t.Errorf("beside %s of %q stand %q, want %q", test.of, test.story, got, test.want)
			}
		})
	}
}
