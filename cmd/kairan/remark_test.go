package main

import (
	"strings"
	"testing"

	"github.com/kairan-news/kairan/internal/ops"
	"github.com/kairan-news/kairan/internal/store"
)

func TestWhatMayBeMissingIsSaidInASentence(t *testing.T) {
	const said = "window-passed: none of its 10 entries was known"
	problems := []string{`unmapped-term: "Potholes", 1×`, said}
	if got := remark(store.Run{Outcome: store.RunPartial, New: 10, Problems: problems}); got != said {
		t.Errorf("of the run is said %q", got)
	}
	if got := sourceRemark(ops.SourceStatus{}, problems); got != said {
		t.Errorf("of the source is said %q", got)
	}
}

func TestTheFirstProblemOfARunIsSaid(t *testing.T) {
	for _, test := range []struct {
		run  store.Run
		want string
	}{
		{store.Run{Outcome: store.RunOK, Problems: []string{"no-date: of 2 entries\nnone"}}, "no-date: of 2 entries none"},
		{store.Run{Outcome: store.RunOK, Problems: []string{"a: b", "c: d", "e: f"}}, "a: b (and 2 more problems: see --json or the operators' page)"},
		{store.Run{Outcome: store.RunOK, Withdrawn: 3, Problems: []string{"a: b", "c: d"}}, "3 withdrawn; a: b (and 1 more problem: see --json or the operators' page)"},
		{store.Run{Outcome: store.RunOK, Problems: []string{strings.Repeat("長", 300)}}, strings.Repeat("長", 240) + "…"},
		{store.Run{Outcome: store.RunFailed, Error: "no answer", Problems: []string{"a: b"}}, "no answer"},
		{store.Run{Outcome: store.RunOK}, ""},
	} {
		if got := remark(test.run); got != test.want {
			t.Errorf("%+v: %q, want %q", test.run, got, test.want)
		}
	}
}
