//go:build nobuckets

package export

import (
	"context"
	"errors"
)

func openBucket(context.Context, string) (Target, error) {
	return nil, errors.New("export: this program was built without buckets; name a directory")
}
