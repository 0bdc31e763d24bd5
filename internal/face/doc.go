// Package face is what a city makes of its pages: colours, a style sheet, links, and pages of
// its own words.
//
// It exists so that the configuration can refuse what would hurt readers before any of them
// sees it, and the pages can show what is left without a further look. It knows neither the
// one nor the others, reads no file and asks nobody.
//
// What was decided:
//
//   - Few colours, and each pair of them that stands one upon the other is listed once
//     (theme.go), with the contrast that it needs. What passes there passes on every page; a
//     test holds the program's own style sheet to the same list.
//   - A fault names the nearest colour that would do. The dark page takes a colour that is
//     given once where it can be read there, and else the nearest that can.
//   - What stands on the brand's colour is white or black, whichever is read more easily: one
//     of them always has 4.5:1, so that any brand will do.
//   - A style sheet of the city's own stands last and may do anything but ask another server
//     (stylesheet.go).
//   - All of it is of pages alone. No feed is another because of it, so that it is no part of
//     [feeds.Site].
package face
