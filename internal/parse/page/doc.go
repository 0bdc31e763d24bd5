// Package page reads what a web site says of its articles where it has no feed: pages
// that list them, their own pages, and sitemaps.
//
// It exists because most departments of most cities publish web pages and nothing else.
// A page is written for people, so that reading it is guessing; what decides between
// guesses is said here once, and a person who knows better writes selectors.
//
// The entries are [ParseListing], [ParseArticle], [ParseSitemap], and [Discover], which
// looks in a page for the feeds that make all this needless.
//
// What was decided:
//
//   - What a page says for machines is asked first: JSON-LD, OpenGraph, microdata, other
//     meta elements. What it says to people comes last, and a date that was found there
//     is marked as such.
//   - The notice stands where the page says so: in its main element, an article, the text of a
//     template, the column with the heading, told by their names. What is beside the notice
//     there is left out: navigation, footers, consent boxes, questions to readers and what
//     these have written, by their elements and names, and lists of links at the end; where
//     these say nothing, what follows a heading such as "Related news", links that pass the
//     page on, and links back. What opens when it is asked for is a part of it. However
//     short the rest is, it is the notice. Only what reads like an article is taken of a long
//     one that holds much else, and of a page that says nothing of the kind.
//   - The heading of the notice is the title, where what the page calls its title is the
//     site's: which is told by a link to the front page, too.
//   - A date that is said to be of the publication goes before one of a change, and both
//     before one of what the notice is about.
//   - A canonical address is believed if it may be true: not the front page, and not
//     another site's.
//   - A listing's articles stand in the same place of each item and are the longest texts
//     that do; navigation is short, and dates stand beside articles alone.
//   - A listing goes on where the relation "next" leads, else where the row that turns its
//     pages does: nextpage.go.
//   - A sitemap is read up to where it is broken.
//   - What searches a page for its text is bounded by the page's depth as much as by its
//     size.
package page
