package jobs

import "testing"

// What pages alone are made by is exported like all else, though no channel has changed.
func TestAnotherLookIsAnotherSite(t *testing.T) {
	h := newHouse(t)
	h.add("a", "https://a.example/feed", "@hourly")
	published := func() string {
		t.Helper()
		p, err := h.Engine.published(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	before := published()
	if again := published(); again != before {
		t.Errorf("what did not change is %s and %s", before, again)
	}
	plan := *h.plan.Load()
	plan.Look = "another"
	h.plan.Store(&plan)
	if published() == before {
		t.Error("a site of another look is taken for the one that was exported")
	}
}
