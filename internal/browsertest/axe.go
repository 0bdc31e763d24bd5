package browsertest

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"sync"
)

// axe is axe-core 4.10.3 of Deque Systems, Inc. (axe.min.js of the npm package), under the
// Mozilla Public License 2.0, as its own beginning says. It is run in pages under test alone.
//
//go:embed axe.min.js.gz
var axe []byte

var axeSource = sync.OnceValues(func() (string, error) {
	r, err := gzip.NewReader(bytes.NewReader(axe))
	if err != nil {
		return "", err
	}
	source, err := io.ReadAll(r)
	return string(source), err
})

// Barriers returns what keeps people with a disability from using the page that is open, as
// far as axe-core finds it: a line each, with where it is. Rules are the names of those that
// are looked at, such as "color-contrast"; without any it is all of WCAG 2.2 (A, AA) and those
// of good practice.
func (b *Browser) Barriers(rules ...string) (found []string) {
	b.t.Helper()
	source, err := axeSource()
	if err != nil {
		b.t.Fatal(err)
	}
	var loaded bool
	b.Eval(source+"\n;typeof axe === 'object'", &loaded)
	if !loaded {
		b.t.Fatal("axe-core does not run in the page")
	}
	var violations []struct {
		ID, Help string
		Nodes    []struct {
			Target         []any
			FailureSummary string
		}
	}
	if len(rules) == 0 {
		rules = []string{"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"}
	}
	only, err := json.Marshal(rules)
	if err != nil {
		b.t.Fatal(err)
	}
	b.await(`axe.run(document, {resultTypes: ['violations'], runOnly: `+string(only)+`}).then(r => r.violations)`, &violations)
	for _, v := range violations {
		for _, n := range v.Nodes {
			found = append(found, fmt.Sprintf("%s: %s: %v: %s", v.ID, v.Help, n.Target, strings.Join(strings.Fields(n.FailureSummary), " ")))
		}
	}
	return found
}
