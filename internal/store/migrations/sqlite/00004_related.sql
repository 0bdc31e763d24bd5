-- +goose Up

-- The stories that are recommended with an article, the best first: a list of story
-- keys. They were found when the article entered the log, and never change.
CREATE TABLE related (
    article INTEGER PRIMARY KEY,
    stories TEXT    NOT NULL
);

-- The channels that were taken out of the configuration. ended_ms is the day of
-- their last entry; gone_ms is since when their addresses answer 410, 0 until then.
CREATE TABLE endings (
    channel  TEXT    PRIMARY KEY,
    title    TEXT    NOT NULL,
    ended_ms INTEGER NOT NULL,
    gone_ms  INTEGER NOT NULL
) WITHOUT ROWID;

-- +goose Down
DROP TABLE endings;
DROP TABLE related;
