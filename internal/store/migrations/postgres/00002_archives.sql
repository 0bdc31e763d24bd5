-- +goose Up

-- Where the archives of a channel begin and end: each holds the records after one
-- sequence number up to another. A row is never changed.
CREATE TABLE archives (
    channel   TEXT    NOT NULL,
    n         BIGINT  NOT NULL,
    since_seq BIGINT  NOT NULL,
    until_seq BIGINT  NOT NULL,
    closed_ms BIGINT  NOT NULL,
    PRIMARY KEY (channel, n)
);

-- Articles whose every text was removed, and why.
CREATE TABLE erasures (
    uid     TEXT    PRIMARY KEY,
    reason  TEXT    NOT NULL,
    time_ms BIGINT  NOT NULL
);

-- +goose Down
DROP TABLE erasures;
DROP TABLE archives;
