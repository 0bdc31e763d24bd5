// Package glossary learns what a publisher calls its departments and terms in several
// languages from notices that it publishes in several.
//
// Whoever signs one version of a notice with one name, and another with one name, is likely to
// be called both; so is what both are filed under. A single notice proves little: a
// translator may sign what a bureau wrote. So it is counted, and only what most notices agree
// on is suggested, to be reviewed by somebody who knows the publisher. It is pure: whoever
// applies anything is a person.
package glossary
