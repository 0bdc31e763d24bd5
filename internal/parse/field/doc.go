// Package field reads the small fields that articles have in every kind of document: who
// wrote it, what it is about, what it shows.
//
// It exists because the same spelling comes by several ways, as "press@city.example
// (Press Office)" does in RSS and in front matter, and must come to the same person.
package field
