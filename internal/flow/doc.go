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
// Each [Rule] names its promise: how long after a fault began it is told at the latest, if
// somebody looks each [LookEvery]. A drill of simulated faults holds the rules to it.
//
// How much a source should bring only its own past can say. A [Rhythm] learns it, and
// [Silence] explains how.
//
// # Who is woken
//
// A [Page] is for what readers notice unless somebody acts now. That one source of fifty
// fails is a [Ticket], also at three in the morning; that no news of a city has flowed for
// half a day is a page. What is as good as it can be is a [Note].
//
// # One cause, one finding
//
// A database that is away makes every process look dead and every source overdue. Whoever is
// told all of that looks for the cause among three hundred lines. So findings that follow
// from another one are covered by it: by the tables in causes.go where it is about kinds, and
// where sources fail together by what they have in common, which is most of all sources, a
// publisher or a server. They come to light again if they outlast their cause.
//
// # Pure
//
// The package has no clock, database or network. An observation is plain values of one
// moment; whoever gathers them adds no opinion. What needs a past brings it along: since
// when, how often in a row, the [Rhythm] that was learned, and the [Hindrance] that the last
// looks found.
//
// # Incidents
//
// A finding is of a moment. An [Incident] is what is remembered of it while it lasts: when it
// began, who was told, who has taken it on. [Reconcile] makes the incidents of now from those
// that were open and the findings of now, so that what comes and goes is one of them, and
// what is covered by a larger one is neither told nor taken for mended.
package flow
