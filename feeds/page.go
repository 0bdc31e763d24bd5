package feeds

import "time"

// Page is what a page of a channel shows: its live document, or what of an archive stands
// there still.
type Page struct {
	Feed
	// Newer and Older are the numbers of the archives beside it. 0 is none; of an archive,
	// no newer one stands for the live document.
	Newer, Older int
	// Records is how many records the whole channel has: notices, and what became of them;
	// 0 where the page is an archive's.
	Records int
	// Began is when the first of these came; zero where there is none, and of an archive.
	Began time.Time
}
