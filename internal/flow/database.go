package flow

import "fmt"

const (
	// databaseRest is how long the database may be away or unwritable before it is told: a
	// restart of it is no news.
	databaseRest = 20 * second
	// logLarge is what SQLite's write-ahead log stays far below while it is written back.
	logLarge = 256 * mega
)

// ofDatabase is the database as a subject; there is one.
func ofDatabase() Subject { return Subject{Of: OfDatabase} }

func (j *judge) database() {
	d := j.Database
	if f := d.Away; f != nil && j.age(f.Since) >= databaseRest {
		j.add(Finding{Kind: DatabaseAway, Subject: ofDatabase(), Since: f.Since,
			What:    fmt.Sprintf("The database has not answered for %s%s.", Lasting(j.age(f.Since)), quoted(f.Error)),
			Readers: "Readers get what the processes hold in memory, as it was; all else is answered with an error.",
			Do:      either(d.Engine == "postgres", "Look whether PostgreSQL runs and can be reached from here. All processes go on by themselves once it answers.", "Look whether the data directory is there and can be read. All goes on by itself once it can.")})
	}
	if f := d.Unwritable; f != nil && j.age(f.Since) >= databaseRest {
		j.unwritable(*f)
	}
	if d.Log > logLarge {
		j.add(Finding{Kind: DatabaseLogLarge, Subject: ofDatabase(),
			What:    fmt.Sprintf("The database's write-ahead log has grown to %s, since something reads the database without an end.", size(d.Log)),
			Readers: "Readers wait longer, and the disk fills.",
			Do:      "Look for another program that has the file open (\"fuser\"), such as a copy that hangs, and end it; else restart the processes one by one."})
	}
	if d.Behind {
		j.add(Finding{Kind: DatabaseBehind, Subject: ofDatabase(),
			What:    "The database lacks what this version needs.",
			Readers: "Readers get the feeds as the older version makes them.",
			Do:      "Run \"kairan migrate\" with this version."})
	}
	if n, limit := d.Connections, d.ConnectionsLimit; limit > 0 && n*5 > limit*4 {
		j.add(Finding{Kind: Connections, Subject: ofDatabase(), Urgency: either(n*20 > limit*19, Page, Ticket),
			What:    fmt.Sprintf("PostgreSQL has %d of its %d connections in use.", n, limit),
			Readers: "Readers get errors once there are none left.",
			Do:      "Look who holds them (pg_stat_activity), and raise max_connections or run fewer processes."})
	}
}

func (j *judge) unwritable(f Failure) {
	why, do := "", "Look at the database's log for the cause. All goes on by itself once it can be written."
	switch j.Database.Cause {
	case "disk-full":
		why, do = ": its disk is full", "Make room on its disk. All goes on by itself then."
	case "read-only":
		why, do = ": it is read-only", "Look whether PostgreSQL is a standby (point storage at the primary), or whether the file system is mounted read-only (\"mount -o remount,rw\"), or who owns the file. All goes on by itself then."
	case "disk-fails":
		why, do = ": its disk fails", "Look at the kernel's log for errors of the disk, and restore the last backup on another (\"kairan restore FILE\")."
	}
	j.add(Finding{Kind: DatabaseUnwritable, Subject: ofDatabase(), Since: f.Since,
		What:    fmt.Sprintf("The database could not be written for %s%s%s.", Lasting(j.age(f.Since)), why, quoted(f.Error)),
		Readers: "Readers get the feeds as they are; nothing new is collected or published.",
		Do:      do})
}
