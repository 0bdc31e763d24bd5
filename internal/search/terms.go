package search

// The bounds of what is looked at of a query.
const (
	mostCharacters = 200
	mostWords      = 8
)

// Terms are what a reader's query asks for.
type Terms struct {
	words []string // folded
}

// Parse takes a reader's query apart. At most 200 characters and 8 words are looked at.
func Parse(query string) Terms { return Terms{} }

// Empty reports whether nothing is asked for.
func (t Terms) Empty() bool { return len(t.words) == 0 }

// String returns the terms as they may be parsed again. Queries that ask for the same have
// equal strings.
func (t Terms) String() string { return "" }

// Span is a part of a text, in bytes.
type Span struct{ From, To int }

// Spans returns where in a text terms are found, in order and none over another.
func (t Terms) Spans(text string) []Span { return nil }
