-- +goose Up

-- The lives of the log but the first. name is when it was opened, in seconds, and above those
-- before it; former is the one that it goes on from, of which the records up to from_seq
-- stand; its own have numbers above since_seq.
CREATE TABLE epochs (
    name      INTEGER PRIMARY KEY,
    former    INTEGER NOT NULL,
    from_seq  INTEGER NOT NULL,
    since_seq INTEGER NOT NULL,
    opened_ms INTEGER NOT NULL,
    who       TEXT    NOT NULL,
    reason    TEXT    NOT NULL
);

-- By which what was seen of this database is told from what was seen of another.
INSERT INTO meta (key, value) VALUES ('database.id', lower(hex(randomblob(16))));

-- +goose Down
DELETE FROM meta WHERE key = 'database.id';
DROP TABLE epochs;
