package store

import (
	"slices"
	"testing"
)

func TestWhichStatesNoDocumentShows(t *testing.T) {
	for _, c := range []struct {
		remark string
		steps  []step
		ends   []int64
		want   []state
	}{
		{"corrected with no document between", []step{{1, 10, 1, 5}, {1, 12, 2, 6}}, []int64{9, 12, 20}, []state{{1, 1}}},
		{"an archive ends with its record", []step{{1, 10, 1, 5}, {1, 12, 2, 6}}, []int64{10}, nil},
		{"an archive ends behind it", []step{{1, 10, 1, 5}, {1, 12, 2, 6}}, []int64{11}, nil},
		{"the correction is too new", []step{{1, 10, 1, 5}, {1, 12, 2, 100}}, nil, nil},
		{"the last state of each stays", []step{{1, 10, 1, 5}, {2, 12, 1, 6}}, nil, nil},
		{"each state of several by itself", []step{{1, 1, 1, 1}, {1, 2, 2, 2}, {1, 5, 3, 3}, {1, 9, 4, 4}}, []int64{3}, []state{{1, 1}, {1, 3}}},
	} {
		t.Run(c.remark, func(t *testing.T) {
			if got := superseded(c.steps, c.ends, 100); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}
