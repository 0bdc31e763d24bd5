// Package notice reads the files of a folder: Markdown with front matter, HTML, and
// plain text as cities print it.
//
// It exists for press offices that have neither a content system nor a wish for one, and
// write files. A file says in its name what it does not say in its text: the day, the
// language, and which other files are the same notice in another language.
//
// What was decided:
//
//   - The name of a file knows its language better than its folder does, and than what the
//     file says of itself.
//   - Front matter is YAML, and where it is not, as with a colon in a title, it is lines of
//     keys and values: nobody who writes notices knows YAML.
//   - Text that was wrapped at a margin is put together again; a list of related notices at
//     its end is no text.
package notice
