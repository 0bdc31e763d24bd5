// Package charset brings the bytes of a document into UTF-8.
//
// It exists because nobody tells the truth about charsets: servers send a default with
// every file, templates keep the label of the page that they were copied from, and one
// notice that was cut off amid a character makes a document invalid that is UTF-8
// everywhere else. So a claim counts only as far as the bytes bear it out, and the bytes
// are asked first.
//
// What was decided:
//
//   - Bytes that are UTF-8 but for some are UTF-8 with some that are broken, whoever says
//     otherwise, and only these are replaced: one broken notice must not change how all
//     the others are read. See utf8.go for what is evidence, and how much is enough.
//   - After the bytes, HTTP is asked and then the document itself. A charset that is
//     claimed and that the bytes don't bear out is not claimed. ISO-8859-1 and US-ASCII are
//     what servers say of all files: a feed that declares another charset is in that, if it
//     fits. RFC 7303 §3 has it otherwise, and no server that does so knows it. Of pages HTTP
//     knows it better, as browsers have it.
//   - A feed that says ISO-8859-1 itself may have that from its template. Where its language,
//     or its publisher's, has letters that are not in it, it is guessed beside it.
//   - A label means what it means in browsers (WHATWG Encoding), and a few more that only
//     feeds and their servers use.
//   - Where nothing is claimed that may be true, what fits the bytes best is guessed: by how
//     common the letters are that come out, and by the languages that the document and its
//     configuration tell.
package charset
