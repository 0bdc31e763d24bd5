package main

import (
	"testing"

	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/web"
)

func TestWhatMayBeMissingIsSaidInASentence(t *testing.T) {
	const said = "window-passed: none of its 10 entries was known"
	problems := []string{`unmapped-term: "Potholes", 1×`, said}
	if got := remark(store.Run{Outcome: store.RunPartial, New: 10, Problems: problems}); got != said {
		t.Errorf("of the run is said %q", got)
	}
	if got := sourceRemark(web.SourceStatus{}, problems); got != said {
		t.Errorf("of the source is said %q", got)
	}
}
