// Package source turns what a source publishes into articles: one file per kind
// of source, one function each, chosen by a switch.
//
// A collector reads; it decides nothing. It brings the articles as the source
// gives them, what the source should be remembered by (validators, a digest, a
// folder's unsettled files), and what was wrong. Whose article it is, in which
// category, and whether it is new, is decided further down, in packages
// normalize and ledger. So a kind of source can be added without knowing any of
// that, and one that fails brings its error and nothing else.
//
// Three promises hold for every kind:
//
//   - nothing is brought twice: an answer that says "not modified", or a body with
//     a digest that is known, is not even parsed;
//   - a batch is called complete only if everything of the source was seen, since
//     what is missing in a complete batch counts as removed;
//   - one article that can't be read is a problem of the run, not its failure; how many
//     of a feed can't be is counted ([Result.Lost]).
//
// A feed is fetched first, and read when its caller has the time for it and has said which
// of its entries it knows ([Result.Read]): one that did not change asks for neither. It may
// be read again, whole, without being fetched again.
//
// Its articles may have the texts of the pages behind its entries ([Collector.Complete]):
// what those said is kept by the caller ([Pages]), and fulltext.go says when they are asked.
//
// The kinds page and sitemap read documents that were made for people. There, what
// robots.txt says is obeyed, the number of pages of a run is bounded, and what is
// left waits in the source's memory, so that a run fits into the time of a job and a
// first visit does not flood its host. A listing shows a window of what there is:
// its batches are never complete, and nothing is withdrawn because it left the list. But
// it is told what was left out from between others ([Listing]), and which pages answered
// that they are gone: leftout.go. Where a listing has nothing that was known, the pages behind
// its first one are read, back to what was: behind.go.
package source
