-- +goose Up

-- What one process asks of all others, such as to read their configurations again; each sees
-- it at its beat, and answers. failure is '' where it was done.
CREATE TABLE requests (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    time_ms INTEGER NOT NULL,
    who     TEXT    NOT NULL,
    what    TEXT    NOT NULL
);
CREATE TABLE answers (
    request INTEGER NOT NULL,
    process TEXT    NOT NULL,
    time_ms INTEGER NOT NULL,
    failure TEXT    NOT NULL,
    PRIMARY KEY (request, process)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE answers;
DROP TABLE requests;
