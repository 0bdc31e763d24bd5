// Package web is what the world sees of Kairan: the public pages and feeds. What operators
// see is package ops.
//
// # Why it is built this way
//
// A feed that is read is asked for far more often than it changes, and often by
// everybody at once, when something has happened in the city; most others are not
// asked for at all between two changes. So a document is made when it is first asked
// for, once for all who ask meanwhile, and a [Shelf] holds it in memory, compressed,
// within a bound, as long as it is asked for again: from then on an answer is a look
// into a map and a write. What is hot is made anew behind its readers when its channel
// has changed (hot.go). The shelf compares the revisions of all channels with the
// database each second, and that is the only thing that connects the two. When the
// database is away, what is held stands in its last state, and what is not is
// answered 503.
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
// A feed tells what happened, a page what there is: each notice of a channel stands on one of
// its pages, which links join to a row, from the newest to the oldest (channel.go). On a
// locale's home page stands first what is urgent, and for how long is a function of the
// revision that is shown (urgent.go), so that no page reads a clock; the channel is published
// anew when that time has run out.
//
// A page is composed once for each revision of the documents that it shows, and
// then served as a feed is: from memory, compressed, with a validator. Pages need
// no script, set no cookie and ask no other host for their furniture; the
// Content-Security-Policy holds them to that. The one small script is the site's own: it
// copies an address, and hands a page on by what the system has for that. Every fragment in another language
// than its page's carries its own lang and dir.
//
// What readers pick for themselves, a search or a combination of topics and cities, is made
// when they ask and held as pages are, under the revision of the channel that every record
// changes (selection.go). Since there is no end of what they may pick, it is bounded who may
// have how much made (askers.go).
//
// Pages speak the reader's language through package locales. The package declares the
// small interfaces that it uses ([Documents], [Channels], [Articles]) and knows neither
// the store nor the publisher.
package web
