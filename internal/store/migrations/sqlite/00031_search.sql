-- +goose Up

-- What live articles are found by: the tokens that the program makes of their current
-- revisions, under the articles' numbers. The tokenizer parts them at spaces alone; which
-- characters they are of is known to the program (search.Marks).
CREATE VIRTUAL TABLE search_index USING fts5(tokens, content='', contentless_delete=1, tokenize="ascii tokenchars '=^.@/~-_'");
-- Small segments are made into larger ones beside what stores articles, not by it.
INSERT INTO search_index (search_index, rank) VALUES ('automerge', 0);

-- The categories of the stories of which these articles are versions.
CREATE TABLE search_categories (
    article  INTEGER NOT NULL,
    category TEXT    NOT NULL,
    PRIMARY KEY (article, category)
) WITHOUT ROWID;

-- How far what was stored before is in it: by which version of the program's tokens, and
-- below which article there may be some that are not.
INSERT INTO meta (key, value) SELECT 'search.filled', '1 ' || coalesce(max(id) + 1, 0) FROM articles;

-- +goose Down
DELETE FROM meta WHERE key = 'search.filled';
DROP TABLE search_categories;
DROP TABLE search_index;
