//go:build !linux && !darwin

package machine

import (
	"errors"

	"github.com/kairan-news/kairan/internal/flow"
)

// disk is not known here.
func disk(string) (d flow.Disk, device uint64, err error) { return d, 0, errors.ErrUnsupported }
