package feeds

import "fmt"

// Check reads a finished document back.
func Check(format Format, doc []byte) error {
	if len(doc) == 0 {
		return fmt.Errorf("check %s: empty", format)
	}
	return nil
}
