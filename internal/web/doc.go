// Package web is what the world sees of Kairan: the public pages and feeds, and
// the operators' pages.
//
// # Why it is built this way
//
// A feed is asked for far more often than it changes, and often by everybody at
// once, when something has happened in the city. So nothing is made on request:
// a [Shelf] holds the finished documents in memory, compressed once, and an
// answer is a look into a map and a write. The shelf compares the whole map of
// document → revision with the database each second, and that is the only thing
// that connects the two. When the database is away, the last good state stands.
//
// A feed's address has one representation. Its language is part of the address,
// and nothing but the content coding is ever negotiated there, so that any cache
// may keep it and a hub may sign it. The one exception is made for a person: a
// browser that *navigates* to a feed says so (Sec-Fetch-Dest: document) and is
// led to the channel's page by a redirect that nobody may store.
//
// Who asks with "A-IM: feed" (RFC 3229) and names the state that they hold is sent
// only the records after it. That is cut from the document in memory, too, and only
// where the shelf has seen that nothing but those records sets the two states apart, or,
// after a restart, where the reader's tag proves it; see lineage. In doubt everybody gets
// the whole document, which is never wrong.
//
// A page is composed once for each revision of the documents that it shows, and
// then served as a feed is: from memory, compressed, with a validator. Pages need
// no script, set no cookie and ask no other host for their furniture; the
// Content-Security-Policy holds them to that. Every fragment in another language
// than its page's carries its own lang and dir.
//
// [Public] and [Admin] are two handlers for two addresses, since operators' pages
// have no business on a public port. Public pages speak the reader's language
// through package locales; operators' pages speak English.
//
// The package declares the small interfaces that it uses ([Documents],
// [Channels], [Articles], [Status]) and knows neither the store nor the
// publisher.
package web
