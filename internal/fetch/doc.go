// Package fetch asks other people's servers for documents: conditionally,
// politely, within bounds, and without ever reaching a private network.
//
// # Why not http.Client
//
// A collector asks the same few hundred hosts the same questions for years. What
// it needs at each hop is what [net/http.Client] hides: a validator may be sent
// only to the address for which it was kept, credentials only to the host for
// which they were given, each redirect has to be recorded before anybody may
// decide that a source has moved, and the time to the first byte has to be
// bounded apart from the whole. So [Client.Get] walks the redirects itself over
// one tuned [net/http.Transport]. There are no cookies, no referrer and no
// caching: what was learned is handed to the caller, who keeps it.
//
// # What the caller gets
//
// [Client.Get] returns a [Response] whenever a server answered at all, also
// beside an error, so that Retry-After, freshness and the chain of redirects are
// never lost. Every error is an [*Error] with a [Kind], a redacted address, the
// cause and a hint. Validators and digest are filled in only where the document
// is whole: what is saved from a broken answer would turn the next 304 into a
// permanent loss.
//
// A body that ends too early (a wrong Content-Length, a cut-off chunked body, a
// compressed stream without its end, a connection that is reset or too slow) is
// an error of [KindTruncated], [KindEncoding] or [KindTimeout], and the bytes
// that came are given with it ([Response.Truncated]): a cut-off feed still has
// whole entries. A body that is too large is given up and its bytes are dropped,
// since it is not a feed that was cut off by accident.
//
// A body that goes on after its Content-Length can't be told from one that ends
// there: HTTP says that it ends there. A compressed one is then truncated; a plain
// one is cut, and parse sees it.
//
// # Bot walls
//
// What stands before a server and lets no programs in (a bot wall: Cloudflare, Anubis, a
// CAPTCHA, a redirect that wants a cookie) answers in the place of the document, with 403,
// 503 or 200. It is an error of [KindBotWall] whatever the status, so that its page is
// nobody's notice. We neither pass its tests nor go around it: the publisher decides who
// is let in.
//
// # Private networks
//
// Whoever can edit a feed on a partner's server, or its DNS, must not be able to
// make this program talk to the network behind it. The address is checked at the
// moment of the connection, for each hop and each resolved address, after the
// last name was resolved ([Classify] has the ranges), so that neither a redirect
// nor a name that changes its address between two lookups helps.
//
// There are three classes. Public addresses may always be reached. Private ones
// (loopback, RFC 1918, RFC 6598, unique local) may be where the request says so
// ([Request.AllowPrivate]) or the configuration lists the host or network
// ([Config.AllowedNetworks]). Forbidden ones (metadata services, link-local,
// multicast, "this network", documentation, benchmarks, other reserved ranges)
// are not opened by AllowPrivate; a listed network opens them, but for the
// addresses of metadata services, which nothing opens: no city publishes its news
// there, and what stands there are keys.
//
// Requests with AllowPrivate have a pool of connections of their own. In a shared
// pool a request without it could be given a connection that was opened by one
// with it.
//
// HTTP proxies from the environment are ignored. Through a proxy it is the proxy
// that resolves the name and opens the connection, so that the check above would
// look at the proxy's address and at nothing else; an environment variable that
// was set for another program must not switch off a guard. Where [Config.Proxy] is
// set, the proxy has to refuse private networks; literal addresses are still
// checked here.
//
// # Compression
//
// gzip, br and zstd are asked for; deflate is understood in both its forms (zlib
// and raw), but servers disagree too much on which it is to ask for it. What is
// sent unasked is decoded as well, and so is what is mislabelled: gzip and zstd
// without the header, text under the header of a compression that was not applied.
// The bound applies to the bytes on the wire and to those after decoding.
//
// # What is pure
//
// When to come back ([FreshUntil], [RetryAfter], [Backoff], [NextVisit]), whether a
// source has moved ([Moves]), and whether it is our own network that is down
// ([Outage]) are functions and values without clock, chance or network: all of
// these are passed in.
//
// # What is not promised
//
// [Client.Get] does not retry, keeps no state between calls but idle connections,
// and does not look at robots.txt: see [Robots]. It waits for its turn at a host
// only where [Config.Gate] is set.
package fetch
