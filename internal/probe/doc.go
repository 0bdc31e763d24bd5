// Package probe asks the site's own public address as a reader would, and tells what a
// reader would meet there.
//
// # Why
//
// All that a process knows of itself may be well while no reader gets anything: a cache
// that has kept a document for a day, a balancer that leads to another site, a certificate
// that nobody renewed. Between the process and its readers stand machines that it does not
// see. So one document is asked from outside, again and again, and is held against what our
// own log says that it must be.
//
// # What is asked
//
// One live document a round: the default locale's feed of everything each second time, the
// other locales between, each format in its turn. What failed is asked again at once in the
// next round, and then every second time until it does not, while the others go on. So two
// failures in a row are two of one document, which a cache that was about to ask anew does
// not make; and a fault of one locale is not forgotten over the health of the next.
//
// # What is checked
//
// [Check] is pure, and stops at the first thing that is wrong: that an answer came, with
// which status, as which media type; that the document is whole and valid (package
// feeds/check); that it is the feed which it is to be; that it is as new as caches may let
// it be, and holds what was published before that; that no id is another than the last
// time. What must be in it is not guessed from dates. Each round notes up to which record of
// the log each channel is published, and since when ([Ladder]): a reader must have what was
// published longer ago than caches may keep an answer, with some minutes to spare.
//
// Ids are remembered by what readers see of an entry: its link, language and date. Where
// an id has changed it is told for a day, since every reader program shows the notices a
// second time; then the new ones are the ids, as nothing can bring the old ones back to who
// has seen both.
//
// # What is probed where nobody says so
//
// A site whose public address is https and a name that the internet knows is probed without
// a word in the configuration: what nobody has set up fails in silence for ever. But some
// networks lead nobody from within to their own public address, and an alarm from each of
// these at its first night would teach people to ignore it. So where nobody has configured
// a probe, its failures are shown and alarm nobody until one round has succeeded: that
// proves that there is a way. Whoever writes "probe:" into the configuration vouches for it.
// Addresses by http, literal ones, and names that are reserved or of a local network
// (localhost, .test, .example, .internal …) are probed only where the configuration says so.
//
// # How far it reaches
//
// It goes out through package fetch, with its bounds and its guard: a name that resolves to
// a private address is asked only where the configuration names it for the probe. A
// connection is opened anew each time, as a new reader's, so that a certificate is seen as
// it is now. Redirects are followed as readers follow them; one to another host is noted
// ([flow.Probe]). It calls itself "Kairan probe", so that whoever counts readers can leave
// it out.
package probe
