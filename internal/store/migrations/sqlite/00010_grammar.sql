-- +goose Up

-- The number of the grammar by which the newest revision was read; 0 before there was any.
ALTER TABLE articles ADD COLUMN grammar INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE articles DROP COLUMN grammar;
