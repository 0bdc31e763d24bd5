-- +goose Up

-- Who reads a channel's feed, on a UTC day: how often a reader program asked, the most
-- subscribers that it told, and about how many clients of those that tell none there were.
CREATE TABLE channel_days (
    channel     TEXT    NOT NULL,
    format      TEXT    NOT NULL,
    reader      TEXT    NOT NULL,
    day         BIGINT NOT NULL,
    requests    BIGINT NOT NULL,
    subscribers BIGINT NOT NULL,
    clients     BIGINT NOT NULL,
    PRIMARY KEY (channel, format, reader, day)
);
CREATE INDEX channel_days_day ON channel_days (day);

-- The few runs of an outcome are asked for amid the many of others.
CREATE INDEX runs_outcome ON runs (outcome, started_ms);

-- +goose Down
DROP INDEX runs_outcome;
DROP TABLE channel_days;
