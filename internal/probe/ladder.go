package probe

import "time"

// Rung says that a channel was published up to a record at a time.
type Rung struct {
	At  time.Time `json:"at"`
	Seq int64     `json:"seq"`
}

// Ladder is up to which record a channel was published when, the oldest first.
type Ladder []Rung

// climbed returns the ladder with another rung, without what is older than need be to tell
// what was published before a time.
func (l Ladder) climbed(r Rung, before time.Time) Ladder {
	if n := len(l); n == 0 || l[n-1].Seq != r.Seq {
		l = append(l[:n:n], r)
	}
	for len(l) > 1 && !l[1].At.After(before) {
		l = l[1:]
	}
	return l
}

// at returns the rung that was reached at a time; zero if none was.
func (l Ladder) at(t time.Time) Rung {
	for i := len(l) - 1; i >= 0; i-- {
		if !l[i].At.After(t) {
			return l[i]
		}
	}
	return Rung{}
}
