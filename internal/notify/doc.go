// Package notify tells people what is wrong, and when it is over: by e-mail, by a webhook or
// by ntfy, to the receivers that the configuration names.
//
// # Why it is not left to Prometheus alone
//
// Who runs one binary for a city has no Prometheus, and still wants to be woken before a
// reader is. What is told is what the pages, the metrics and the command line show: the
// incidents of package flow, in its own sentences. This package decides nothing about them
// but who hears of them, and when.
//
// # What is told
//
// What is to wake somebody is told at once, what can wait for a working day is gathered
// ([Receiver].Gather), and what is a mere note is never told. What is due goes into one
// message, the worst first; of a storm, the worst few are told in full and the others are
// counted. When an incident is over, who was told that it began is told that, too. One that
// became more urgent is told once more, as that.
//
// Nobody is told of what is muted, of what somebody has taken on, or of a source that is
// paused. Whoever was told of something before hears of its end all the same.
//
// # Never twice
//
// Before a process tells, it claims in the database what it is about to tell, and afterwards
// notes that it did. A claim of a process that died counts for nothing after [StaleAfter]. So
// the only ways to a second message are that a process dies, or can't reach the database
// until it ends, between sending and noting; and that a server takes a message whose answer
// is lost. A message has an ID that is the same both times, which webhooks get and mail
// servers see as its Message-ID.
//
// A receiver that fails is tried again, after 15 s at first and 10 min at last. It stops no
// other, and is itself a finding ([Teller.Failures]).
//
// # Without the database
//
// While the database is away nothing can be claimed. Then the process that watched last tells
// what it has found by itself, and keeps in memory that it did, so that it is not told again
// when the database is back. If that process dies meanwhile, nobody knows what it told.
//
// What is dead tells nothing. The [Heartbeat] is for that: somebody else's service is asked
// for each minute, and tells when it no longer is.
package notify
