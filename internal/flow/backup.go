package flow

import "time"

const (
	// backupsKnown is how many backups have to be known for another to be expected, and
	// backupsRegular by how much the longest time between two may be longer than the shortest:
	// what somebody makes by hand, before an upgrade, is no rhythm.
	backupsKnown   = 4
	backupsRegular = 2
	// backupsApart is how far apart they are at least, for their rhythm to be one.
	backupsApart = 10 * minute
)

// BackupsKept is how many times of backups [BackupsAt] looks at.
const BackupsKept = 8

// BackupsAt returns when a backup is expected, by when the last ones were made, the oldest
// first: as regularly as they were.
func BackupsAt(times []time.Time) Backup {
	if len(times) == 0 {
		return Backup{}
	}
	b := Backup{Last: times[len(times)-1]}
	if len(times) < backupsKnown {
		return b
	}
	shortest, longest := time.Duration(0), time.Duration(0)
	for n := 1; n < len(times); n++ {
		apart := times[n].Sub(times[n-1])
		if n == 1 || apart < shortest {
			shortest = apart
		}
		longest = max(longest, apart)
	}
	if shortest >= backupsApart && longest <= backupsRegular*shortest {
		b.Every = longest
	}
	return b
}
