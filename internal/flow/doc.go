// Package flow says whether news gets from its sources to its readers, and where it does
// not, what is wrong with what, how much readers notice of it, and what to do.
//
// # Why it is one place
//
// The operators' pages, /readyz, the metrics, the alerts, the notifications and the command
// line all tell somebody that something is wrong. Whoever is on call compares them, at
// night, and believes none of them if they differ. So none of them judges: they show the
// [Finding]s that [Judge] makes of an [Observation], with the sentences that stand in
// [Rules].
//
// # Outcomes
//
// A process that runs, a job that ends well and a request that is answered prove nothing: a
// source that gives an empty list for a week does all three. What is judged is whether a
// notice that is listed at its source stands in the feeds within the time that is promised.
// Each [Rule] names its promise: how long after a fault began it is told at the latest. A
// drill of simulated faults holds the rules to it.
//
// # Pure
//
// The package has no clock, database or network. An observation is plain values of one
// moment; whoever gathers them (package jobs) adds no opinion. What needs a past brings it
// along: since when, how often in a row, and the [Rhythm] that was learned.
//
// # Incidents
//
// A finding is of a moment. An [Incident] is what is remembered of it while it lasts: when it
// began, who was told, who has taken it on. [Reconcile] makes the incidents of now from those
// that were open and the findings of now.
package flow
