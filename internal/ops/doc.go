// Package ops is what operators see of Kairan: its pages, whether it is ready, and its
// metrics.
//
// # Why it is a package of its own
//
// Readers and operators share nothing but the process. Readers' pages are cached, speak
// their reader's language and must never fail; operators' pages are never cached, speak
// English and must never hide anything. They stand at an address of their own, since they
// have no business on a public port.
//
// # How a page is made
//
// A page is asked for in a hurry and by many, of thousands of sources. So what pages look at
// is kept for some seconds ([kept]), asked for anew behind whoever asks, and told again with
// its time where the database does not answer: an old answer with its time helps more at night
// than none. Errors of sources are shown without our own addresses (redact.go), since pages end
// in screenshots and tickets.
//
// The overview judges nothing. What is wrong stands in the incidents of package flow, which
// all who tell it speak from; the page sorts them, and says one word of the whole.
//
// Whoever may act has buttons, which post to /act/{action} and need no script; what they do,
// and in whose name, is an [Actor]'s. Pages are whole without a script; with one, /events
// tells a page that something has changed, and it takes its new content from its own address.
//
// The package knows neither the store nor the jobs nor the site: it declares what it asks
// of them ([Status], [Documents]) as plain values, and the program answers.
package ops
