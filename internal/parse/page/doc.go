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
//   - A canonical address is believed if it may be true: not the front page, and not
//     another site's.
//   - A listing's articles stand in the same place of each item and are the longest texts
//     that do; navigation is short, and dates stand beside articles alone.
//   - A sitemap is read up to where it is broken.
//   - What searches a page for its text is bounded by the page's depth as much as by its
//     size.
package page
