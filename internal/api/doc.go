// Package api is what programs of operators ask of Kairan, and have it do: JSON over HTTP,
// below /api/v1/.
//
// # Why it is described beforehand
//
// Who writes a program against it needs to know what it gets, and that it stays so. So
// openapi.json, which is served too, says of each operation what it takes and gives, and is
// written by hand: it is the promise. Tests hold the document to OpenAPI 3.1, and each real
// answer of every operation to the document, so that a field that is added in passing does
// not pass.
//
// # Small
//
// Reading is asked of [Data], acting of an Operator, which records it. The API decides nothing
// and words nothing; it puts questions and answers into JSON. Who may ask, and who may act, the
// gate has decided before.
//
// # Lists and errors
//
// A list has "items", and "next" where there is more: to be given as "after" for the rest. An
// error is a problem (RFC 9457), whose "detail" says what to do.
package api
