// Package gate stands before the operators' address and says who may come in, and who may act.
//
// # What it guards against
//
// Three strangers reach an address that only operators should. One connects to it: so it
// listens on loopback alone unless there are tokens, and with tokens asks for one. One guesses
// at tokens: so failures are slowed, for each address and over all, and recorded. And one has
// an operator open a page elsewhere, which posts to this address from within the operator's
// own browser, or has its name resolve to it: so every unsafe method passes
// [http.CrossOriginProtection], and the Host of each request is checked.
//
// # Who shows what
//
// A program shows a token as a bearer. A person gives it once to the login page and holds a
// cookie then, which is the number of a session and not the token, so that the token stands
// in no browser. A proxy that knows its users names them in a header, and is believed from its
// own addresses alone. Tokens are compared by their SHA-256, which is all that the
// configuration has of them, each with each, in constant time.
//
// # Why sessions are in memory
//
// A cookie that is signed would need a secret that all processes share. What they share is
// the configuration, which holds digests so that who reads it can't come in; a key that was
// made of those would let them. A session in the database would be lost with it, just when
// somebody has to look what is wrong. So each process has its own, as many as 1,000: logging
// out ends one for good, taking a token out of the configuration ends its sessions, and the
// price is that a restart, and each process beside, asks for the token again.
//
// # Nothing is told of a token
//
// Not in logs, pages, the audit log or errors. One in an address is refused, since addresses
// are written down everywhere.
package gate
