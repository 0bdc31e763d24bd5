// Package builtin is the configuration that Kairan runs with when it is given
// none, and the notices that there are to see without a network.
//
// # Why there is one
//
// Whoever tries the program should see a city's news a few seconds later, in
// seventeen languages and every format, without having written a line. So Tokyo is
// the host, the fourteen cities and states of its Global Partners Seminar are the
// publishers, and their public feeds are the sources.
//
// On a train or in a test there is no network. For that there are the notices of
// Kazemori (風森市), a city that does not exist. Each says so in its own language,
// since a notice about a typhoon must never be taken for a real one. Some have a picture,
// drawn for them. They are in the configuration as any other source is; so they are gone
// as soon as another configuration is given.
//
// What is not promised: that the sources are still where they were. Those that
// nobody has seen alive are disabled, each with a remark that says why.
package builtin

import (
	"embed"
	"io/fs"
)

// Name is what the built-in configuration is called in errors.
const Name = "builtin:kairan.yaml"

// SamplesPath is the path of the folder source that holds the sample notices: a
// folder within the program, which [Samples] returns.
const SamplesPath = "builtin:samples"

//go:embed kairan.yaml
var configuration []byte

//go:embed samples
var files embed.FS

// Config returns the text of the built-in configuration, for config.Read.
func Config() []byte {
	return append([]byte(nil), configuration...)
}

// Samples returns the folder of sample notices, the root of the source whose path
// is [SamplesPath].
func Samples() fs.FS {
	samples, err := fs.Sub(files, "samples")
	if err != nil {
		panic(err) // the name is valid
	}
	return samples
}
