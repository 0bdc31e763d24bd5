package feeds

import "time"

// What the tests outside of the package ask, which the samples need to be.

func (e *Entry) AsID() string { return e.id() }

func (e *Entry) AsLink() string { return e.link() }

func (f *Feed) AsUpdated() time.Time { return f.updated() }
