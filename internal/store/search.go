package store

import (
	"context"

	"github.com/kairan-news/kairan/internal/search"
)

// Search finds live articles by their words.
func (r Reader) Search(ctx context.Context, q search.Request) (found search.Found, err error) {
	return search.Found{}, nil
}
