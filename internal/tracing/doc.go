// Package tracing tells an OpenTelemetry collector how long each step took, from a fetch to
// the document that it changed. It is the one place that knows OpenTelemetry.
//
// It is off unless the environment asks for it, by the variables that OpenTelemetry's
// specification names (see [FromEnvironment]): they are the same for every program of a
// cluster, and what they may hold, such as a token for the collector, has no business in a
// configuration file. While it is off a [Tracer] is nil and all of it does nothing.
//
// The steps of a notice lie in several processes and are apart in time: a visit stores it, a
// publication raises the revision of the channels that it belongs to, and a reader's
// request has a document made. Each is a trace of its own, and they are joined by links: the
// store keeps with a mark by which visits it came, and with a revision by which publication,
// as [Span.Name] gives it. A visit and a publication have such a name also while tracing is
// off, for the lines of the log.
//
// What leaves this machine for a source carries no trace of it: no traceparent field, and
// of addresses in spans what looks like a key is left out. What readers send is no parent
// of ours but linked, and their addresses are in no span.
package tracing
