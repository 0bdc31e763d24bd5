package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/kairan-news/kairan/feeds"
)

// name gives the new articles their ids: the source's own on its first claim, else
// one that is minted.
func (w *work) name(ctx context.Context, part []*incoming) error {
	slugs := make([]string, 0, len(part))
	for _, in := range part {
		if in.known != nil {
			continue
		}
		if in.article.ID != "" {
			slugs = append(slugs, feeds.Slug(in.article.ID))
		}
		slugs = append(slugs, feeds.Slug(w.mint(in)))
	}
	if len(slugs) == 0 {
		return nil
	}
	taken := map[string]bool{}
	if err := w.s.each(ctx, func(rows *sql.Rows) error {
		var slug string
		err := rows.Scan(&slug)
		taken[slug] = true
		return err
	}, `SELECT slug FROM articles WHERE slug = ANY($1)`, slugs); err != nil {
		return err
	}
	for _, in := range part {
		if in.known != nil {
			continue
		}
		a := &in.article
		claimed := a.ID
		if why := w.contest(in, taken); why != "" {
			w.out.Problems = append(w.out.Problems, fmt.Sprintf("contested id %q: %s, so one was minted for %q", claimed, why, a.Title))
			claimed = ""
		}
		if claimed == "" {
			claimed = w.mint(in)
			for n := 2; taken[feeds.Slug(claimed)]; n++ { // somebody's atom:id is what we would mint
				claimed = feeds.MintID(a.Publisher, fmt.Sprintf("%s\x00%d", in.key, n), a.Language)
				if err := w.checkTaken(ctx, feeds.Slug(claimed), taken); err != nil {
					return err
				}
			}
		}
		in.id = claimed
		taken[feeds.Slug(claimed)] = true
	}
	return nil
}

// contest says why a new article can't keep the identifier that its source gives it;
// "" where it can, or where it has none.
func (w *work) contest(in *incoming, taken map[string]bool) string {
	id := in.article.ID
	switch {
	case id == "":
		return ""
	case taken[feeds.Slug(id)]:
		return "another article has it"
	case in.tongues, slices.ContainsFunc(w.tongues[id], func(l string) bool { return l != in.article.Language }):
		return "versions in several languages have it"
	}
	return ""
}

func (w *work) mint(in *incoming) string {
	return feeds.MintID(in.article.Publisher, in.key, in.article.Language)
}

func (w *work) checkTaken(ctx context.Context, slug string, taken map[string]bool) error {
	var n int64
	if _, err := w.s.one(ctx, []any{&n}, `SELECT count(*) FROM articles WHERE slug = $1`, slug); err != nil {
		return err
	}
	if n > 0 {
		taken[slug] = true
	}
	return nil
}
