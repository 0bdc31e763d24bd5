// Package search takes texts and readers' queries apart into what an index compares.
package search
