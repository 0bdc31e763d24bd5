package ledger

import (
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"
)

// Values are compared in the form in which they are stored: times in milliseconds,
// lists in JSON, texts without what no database takes.

// Millis returns t in milliseconds UTC, 0 for the zero time.
func Millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// FromMillis returns the time that [Millis] gave a number to, in UTC.
func FromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// Clean makes a text storable: PostgreSQL takes neither NUL nor invalid UTF-8, and
// no article may be lost for them.
func Clean(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// List writes a list as JSON, "[]" where it is empty. Its elements are plain structs of
// strings, numbers and times; it panics at others.
func List[T any](l []T) string {
	if len(l) == 0 {
		return "[]"
	}
	b, err := json.Marshal(l)
	if err != nil {
		panic("ledger: " + err.Error())
	}
	return Clean(string(b))
}

// Unlist reads what [List] wrote; "" is an empty list too.
func Unlist[T any](s string) ([]T, error) {
	if s == "[]" || s == "" {
		return nil, nil
	}
	var l []T
	err := json.Unmarshal([]byte(s), &l)
	return l, err
}
