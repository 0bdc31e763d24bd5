package feeds_test

import (
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
)

func TestTellDropped(t *testing.T) {
	for _, test := range []struct {
		of     []feeds.DroppedOf
		want   string
		remark string
	}{
		{nil, "", "no article"},
		{[]feeds.DroppedOf{{Where: "a"}}, "", "an article of which nothing was dropped"},
		{[]feeds.DroppedOf{{Where: "a", Dropped: feeds.Dropped{feeds.DroppedForm: 1}}}, "1 form in 1 article, a: ", "one of one"},
		{[]feeds.DroppedOf{{Where: "a"}, {Where: "b", Dropped: feeds.Dropped{feeds.DroppedDrawing: 1, feeds.DroppedForm: 2}}, {Where: "c", Dropped: feeds.Dropped{feeds.DroppedForm: 1}}},
			"3 forms, 1 inline drawing in 2 articles, first in b: ", "several kinds, in the order of the kinds"},
	} {
		got := feeds.TellDropped(test.of)
		if (test.want == "") != (got == "") || !strings.HasPrefix(got, test.want) {
			t.Errorf("%s: %q, want %q", test.remark, got, test.want)
		}
	}
}

func TestDroppedPlusChangesNeither(t *testing.T) {
	a, b := feeds.Dropped{feeds.DroppedForm: 1}, feeds.Dropped{feeds.DroppedForm: 2}
	if sum := a.Plus(b); sum[feeds.DroppedForm] != 3 || a[feeds.DroppedForm] != 1 || b[feeds.DroppedForm] != 2 {
		t.Errorf("the sum is %v of %v and %v", sum, a, b)
	}
	if sum := feeds.Dropped(nil).Plus(nil); sum != nil {
		t.Errorf("nothing and nothing is %v", sum)
	}
}
