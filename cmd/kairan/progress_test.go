package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestProgressIsTold(t *testing.T) {
	var elsewhere bytes.Buffer
	p := newProgress(&elsewhere, 0, "publishing")
	for _, step := range []struct {
		does func()
		want string
	}{
		{func() {}, "publishing"}, // how much there is to do is not known yet
		{func() { p.left(3) }, "0 of 3: publishing"},
		{func() { p.left(1) }, "2 of 3: publishing"},
		{func() { p.left(4) }, "0 of 4: publishing"},
		{func() { p.step("tokyo-news") }, "1 of 4: tokyo-news"},
		{func() { p.step(strings.Repeat("x", 100)) }, "2 of 4: " + strings.Repeat("x", 50)},
	} {
		step.does()
		if got := p.String(); got != step.want {
			t.Errorf("it says %q, not %q", got, step.want)
		}
	}
	p.done()
	if elsewhere.Len() > 0 {
		t.Errorf("where there is no terminal it says %q", &elsewhere)
	}
}
