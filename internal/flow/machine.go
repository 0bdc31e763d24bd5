package flow

import (
	"fmt"
	"slices"
	"time"
)

const (
	mega = 1_000_000
	giga = 1_000_000_000

	// diskFull is so little that a write may fail at any moment.
	diskFull = 100 * mega
	// A disk is nearly full with less than a tenth and less than diskLow free, or if it will
	// be full within diskSoon as it fills now; who is woken has diskNow left.
	diskLow  = 5 * giga
	diskSoon = 7 * day
	diskNow  = day

	clockStepLeast = 5 * time.Second
	clockStepTold  = hour // a step is an event: it is told for so long
	clockSkewLeast = 5 * time.Second
)

func (j *judge) machines() {
	for _, p := range j.Processes {
		if !p.Alive(j.At) {
			continue
		}
		for _, d := range p.Facts.Disks {
			j.disk(p.Host, d)
		}
		j.clock(p)
	}
}

func (j *judge) disk(host string, d Disk) {
	subject := Subject{OfMachine, host + " " + d.Path}
	named := fmt.Sprintf("The disk of %s on %s (the %s)", d.Path, host, d.For)
	data := d.For == "database"
	left := time.Duration(-1)
	if d.Filling > 0 {
		left = time.Duration(min(float64(d.Free)/float64(d.Filling), 3650) * float64(day))
	}
	room := "Make room there: look for other programs' files (\"du\"), or enlarge the disk. All goes on by itself then."
	switch {
	case d.Size == 0:
	case d.Free < min(diskFull, d.Size/20):
		j.add(Finding{Kind: DiskFull, Subject: subject, Urgency: either(data, Page, Ticket),
			What:    fmt.Sprintf("%s is full: %s of %s are free.", named, size(d.Free), size(d.Size)),
			Readers: either(data, "Readers get the feeds as they are; nothing new can be stored.", "Readers of what is written there get nothing new."),
			Do:      room})
	case d.Free < min(d.Size/10, diskLow), left >= 0 && left < diskSoon:
		what := fmt.Sprintf("%s has %s of %s free", named, size(d.Free), size(d.Size))
		if left >= 0 && left < 60*day {
			what += fmt.Sprintf(", and will be full in %s as it fills now", Lasting(left))
		}
		j.add(Finding{Kind: DiskFullSoon, Subject: subject, Urgency: either(data && left >= 0 && left < diskNow, Page, Ticket),
			What:    what + ".",
			Readers: "Readers notice nothing yet; once it is full nothing new can be stored.",
			Do:      "Make room there before it is needed, or give it a larger disk: \"kairan prune --older-than AGE\" has the database fill again what old texts took."})
	}
	if d.Inodes > 0 && d.InodesFree < d.Inodes/20 {
		j.add(Finding{Kind: InodesLow, Subject: subject, Urgency: either(data && d.InodesFree < d.Inodes/100, Page, Ticket),
			What:    fmt.Sprintf("%s has room for %d more files of %d.", named, d.InodesFree, d.Inodes),
			Readers: "Readers notice nothing yet; without any nothing new can be written.",
			Do:      "Find the folder with very many small files (\"du --inodes\") and clear it."})
	}
}

func (j *judge) clock(p Process) {
	f := p.Facts
	subject := Subject{OfMachine, p.Host}
	if f.ClockStep.Abs() >= clockStepLeast && !f.ClockSteppedAt.IsZero() && j.age(f.ClockSteppedAt) < clockStepTold {
		j.add(Finding{Kind: ClockStep, Subject: subject, Since: f.ClockSteppedAt, Urgency: either(f.ClockStep.Abs() < minute, Note, Ticket),
			What:    fmt.Sprintf("The clock of %s was set %s by %s on %s, or the machine slept.", p.Host, either(f.ClockStep > 0, "forward", "back"), Lasting(f.ClockStep), moment(f.ClockSteppedAt)),
			Readers: "Readers may see notices with a wrong time of discovery; visits come early or late once.",
			Do:      "Look whether its clock is right now, and that it is kept right in small steps (\"timedatectl\", \"chronyc tracking\")."})
	}
	if f.ClockSkew.Abs() >= clockSkewLeast {
		j.add(Finding{Kind: ClockSkew, Subject: subject,
			What:    fmt.Sprintf("The clock of %s is %s %s the database's.", p.Host, Lasting(f.ClockSkew), either(f.ClockSkew > 0, "behind", "ahead of")),
			Readers: "Readers may see notices with a wrong time of discovery.",
			Do:      "Have both machines keep their clocks by the same servers of time (\"timedatectl\", \"chronyc tracking\")."})
	}
}

// processFacts are what a process says of itself alone.
func (j *judge) processFacts(p Process) {
	f, subject := p.Facts, Subject{OfProcess, p.ID}
	if f.MemoryLimit > 0 && f.Memory > f.MemoryLimit/10*9 {
		j.add(Finding{Kind: MemoryLow, Subject: subject,
			What:    fmt.Sprintf("Process %s uses %s of the %s of memory that it may.", p, size(f.Memory), size(f.MemoryLimit)),
			Readers: "Readers wait longer; the process may be ended by the system.",
			Do:      "Give it more memory (the container's limit, MemoryMax= of its unit, GOMEMLIMIT), or restart it if it has only grown."})
	}
	if f.FilesLimit > 0 && f.Files > f.FilesLimit/10*8 {
		j.add(Finding{Kind: FileDescriptors, Subject: subject, Urgency: either(f.Files > f.FilesLimit/20*19, Page, Ticket),
			What:    fmt.Sprintf("Process %s has %d files and connections open of the %d that it may.", p, f.Files, f.FilesLimit),
			Readers: "Readers get no answer once there are none left.",
			Do:      "Raise its limit (LimitNOFILE= of its unit, \"ulimit -n\") and restart it."})
	}
	if !f.OldWords.IsZero() && j.age(f.OldWords) > minute {
		j.add(Finding{Kind: OldWords, Subject: subject, Since: f.OldWords,
			What:    fmt.Sprintf("Process %s has made documents by older words than other processes for %s.", p, Lasting(j.age(f.OldWords))),
			Readers: "Readers that it serves get labels and settings of before.",
			Do:      "Give it the same configuration and the same program as the others, and restart it."})
	}
	j.notify(p)
	j.faulty(p)
}

// notify are receivers that can't be told of findings.
func (j *judge) notify(p Process) {
	for name, f := range p.Facts.Notify {
		if f.Count >= 2 {
			j.add(Finding{Kind: NotifyFailing, Subject: Subject{OfService, name}, Since: f.Since,
				What:    fmt.Sprintf("Receiver %s could not be told of something %d times in a row%s.", name, f.Count, quoted(f.Error)),
				Readers: "Readers notice nothing; whoever is on call might not learn of the next fault.",
				Do:      fmt.Sprintf("Look at %s under notify: in kairan.yaml, and at the service that it names.", name)})
		}
	}
}

// faulty are documents that don't pass the check: a finding each, or one for very many.
func (j *judge) faulty(p Process) {
	const many = 5
	if n := len(p.Facts.Faulty); n > many {
		first := slices.MinFunc(p.Facts.Faulty, func(a, b Fault) int { return a.Since.Compare(b.Since) })
		j.add(Finding{Kind: DocumentFaulty, Subject: Subject{Of: OfService}, Since: first.Since,
			What:    fmt.Sprintf("%d documents do not pass the check, such as %s%s.", n, first.Path, quoted(first.Reason)),
			Readers: "Readers get their last good versions, or versions without the texts that fail.",
			Do:      "Look at what they have in common on the operators' page of channels; a source that brings it can be paused (\"kairan pause SOURCE --reason TEXT --for TIME\")."})
		return
	}
	for _, f := range p.Facts.Faulty {
		j.add(Finding{Kind: DocumentFaulty, Subject: Subject{OfChannel, f.Path}, Since: f.Since,
			What:    fmt.Sprintf("Document %s does not pass the check%s.", f.Path, quoted(f.Reason)),
			Readers: "Readers get its last good version, or one without the texts that fail.",
			Do:      "Look at it on the operators' page of channels; a source that brings the text can be paused (\"kairan pause SOURCE --reason TEXT --for TIME\")."})
	}
}
