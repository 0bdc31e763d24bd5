package feeds

// Epoch is a life of the log. A database that is restored from a copy has lost what was
// appended since the copy was made, and partners may have read it. So a new epoch is opened,
// and a number of the log means one record only together with its epoch: numbers go on far
// beyond those that may have been given out, and so do those of archives, that no address
// leads to another archive than it did. The zero value is the first life.
type Epoch struct {
	// Name is when it was opened, in seconds of Unix time, and above the names of those
	// before it; 0 is that of the first.
	Name int64
	// Former is the epoch that it goes on from, and From the last record of that which
	// still stands: what the former had above it, up to Since, is lost.
	Former, From int64
	// Since is the sequence number above which its own records are.
	Since int64
}

// NextArchive returns the number of the archive that follows the last one of a channel, which
// is 0 if there is none.
func (e Epoch) NextArchive(last int) int { return max(last, int(e.Name)) + 1 }

// ClosedArchive is an archive of a channel.
type ClosedArchive struct {
	N      int   // its number, from 1
	Closed int64 // when, in milliseconds of Unix time
	// Changed is the newest record of a story that has one in the archive, and others behind
	// it; 0 if there is none.
	Changed int64
}
