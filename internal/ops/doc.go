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
// The package knows neither the store nor the jobs nor the site: it declares what it asks
// of them ([Status], [Documents]) as plain values, and the program answers.
package ops
