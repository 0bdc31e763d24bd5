-- +goose Up

-- Where the archives of a channel begin and end: each holds the records after one
-- sequence number up to another. A row is never changed.
CREATE TABLE archives (
    channel   TEXT    NOT NULL,
    n         INTEGER NOT NULL,
    since_seq INTEGER NOT NULL,
    until_seq INTEGER NOT NULL,
    closed_ms INTEGER NOT NULL,
    PRIMARY KEY (channel, n)
) WITHOUT ROWID;

-- Articles whose every text was removed, and why.
CREATE TABLE erasures (
    uid     TEXT    PRIMARY KEY,
    reason  TEXT    NOT NULL,
    time_ms INTEGER NOT NULL
) WITHOUT ROWID;

-- +goose Down
DROP TABLE erasures;
DROP TABLE archives;
