// Package operate is what an operator can do to a running service: pause a source, publish a
// channel anew, have the configuration read again.
//
// # Why it is one place
//
// The same deed is done by a button, by a request to the API and by a command. If each did it
// in its own way they would differ in what they check, in what they record, and in what they
// say. So an [Operator] does it for all three, and they only ask and show.
//
// # Every deed is recorded
//
// Each writes into the audit log who did what to what, by which way and from where, also
// where it could not be done. What was done and could not be recorded is told as an error,
// since the log is what others rely on.
//
// # Every deed may be done twice
//
// Who is not sure whether the button worked presses it again. So what is so already is no
// error: [Done.Changed] tells it apart. What can't be done is a [Refusal], which says why and
// what to do instead.
//
// # Nothing is run here
//
// A deed sets a time, a mark or a request in the database, and whichever process works takes
// that up within seconds. So a page of a process that serves readers alone can do all of it,
// and a command can that no process listens to. What every process has to do for itself, such
// as to read its configuration, is a request that each sees at its beat ([Heeder]) and
// answers, so that nobody has to guess whether all have.
package operate
