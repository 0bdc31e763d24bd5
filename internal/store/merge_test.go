package store

import (
	"cmp"
	"slices"
	"testing"

	"github.com/kairan-news/kairan/feeds"
)

// Of each language no more is read than it takes, however they are mixed.
func TestMerge(t *testing.T) {
	of := map[string][]int64{"rare": {3, 990}, "none": nil}
	for seq := int64(1); seq <= 1000; seq++ {
		if language := []string{"ja", "en", "ko"}[seq%3]; seq > 900 || language != "ko" {
			of[language] = append(of[language], seq)
		}
	}
	for _, limit := range []int{1, 10, 100, 600} {
		read := 0
		m := merge{limit: limit, order: func(a, b int64) int { return cmp.Compare(b, a) }, read: func(language string, from int64, limit int) (records []feeds.Record, err error) {
			for _, seq := range slices.Backward(of[language]) {
				if seq < from && len(records) < limit {
					records = append(records, feeds.Record{Seq: seq, Language: language})
				}
			}
			read += len(records)
			return records, nil
		}}
		got, err := m.of([]string{"en", "ja", "ko", "none", "rare"}, 1001)
		if err != nil {
			t.Fatal(err)
		}
		var all []int64
		for _, seqs := range of {
			all = append(all, seqs...)
		}
		slices.Sort(all)
		slices.Reverse(all)
		all = slices.Compact(all)[:limit]
		if !slices.EqualFunc(got, all, func(r feeds.Record, seq int64) bool { return r.Seq == seq }) {
			t.Errorf("of %d the first are %v, want %v", limit, got, all)
		}
		if most := 3*limit + 60; read > most {
			t.Errorf("%d records were read for %d", read, limit)
		}
	}
}
