-- +goose Up

-- Whether nothing placed an article in its categories, so that they are its source's default;
-- 0 also where that is not known, as of what was stored before.
ALTER TABLE articles ADD COLUMN by_default INTEGER NOT NULL DEFAULT 0;
ALTER TABLE article_sources ADD COLUMN by_default INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE articles DROP COLUMN by_default;
ALTER TABLE article_sources DROP COLUMN by_default;
