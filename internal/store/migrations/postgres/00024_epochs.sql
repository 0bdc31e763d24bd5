-- +goose Up

-- The lives of the log but the first. name is when it was opened, in seconds, and above those
-- before it; former is the one that it goes on from, of which the records up to from_seq
-- stand; its own have numbers above since_seq.
CREATE TABLE epochs (
    name      BIGINT PRIMARY KEY,
    former    BIGINT NOT NULL,
    from_seq  BIGINT NOT NULL,
    since_seq BIGINT NOT NULL,
    opened_ms BIGINT NOT NULL,
    who       TEXT   NOT NULL,
    reason    TEXT   NOT NULL
);

-- By which what was seen of this database is told from what was seen of another.
INSERT INTO meta (key, value) VALUES ('database.id', replace(CAST(gen_random_uuid() AS TEXT), '-', ''));

-- +goose Down
DELETE FROM meta WHERE key = 'database.id';
DROP TABLE epochs;
