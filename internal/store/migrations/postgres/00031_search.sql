-- +goose Up

-- What live articles are found by: the tokens that the program makes of their current
-- revisions. They are read in the index; the column is there for phrases, and out of line.
CREATE TABLE search_index (
    article BIGINT   PRIMARY KEY,
    tokens  tsvector NOT NULL
);
-- What waits in a list before it comes into the index is searched one by one.
CREATE INDEX search_index_tokens ON search_index USING gin (tokens) WITH (fastupdate = off);

-- The categories of the stories of which these articles are versions.
CREATE TABLE search_categories (
    article  BIGINT  NOT NULL,
    category TEXT    NOT NULL,
    PRIMARY KEY (article, category)
);

-- How far what was stored before is in it: by which version of the program's tokens, and
-- below which article there may be some that are not.
INSERT INTO meta (key, value) SELECT 'search.filled', '1 ' || coalesce(max(id) + 1, 0) FROM articles;

-- search_rows returns the newest articles below one that fulfil a query. It goes by the index
-- of tokens whatever the planner believes, which doesn't know what reading a column costs that
-- is out of line; and what is looked up of them is looked up one by one.
-- +goose StatementBegin
CREATE FUNCTION search_rows(query tsquery, below BIGINT, most BIGINT) RETURNS SETOF BIGINT
LANGUAGE sql STABLE ROWS 10 SET enable_seqscan = off SET jit = off AS $$
    SELECT article FROM search_index WHERE tokens @@ query AND article + 0 < below ORDER BY article + 0 DESC LIMIT most
$$;
-- +goose StatementEnd

-- +goose Down
DROP FUNCTION search_rows;
DELETE FROM meta WHERE key = 'search.filled';
DROP TABLE search_categories;
DROP TABLE search_index;
