-- +goose Up

-- The entries of each source's last document that are stored just as they stood there,
-- packed: 8 bytes of digest, 8 of the article's number, 4 of its revision. reading tells
-- by which rules they were read.
CREATE TABLE remembered (
    source  TEXT  PRIMARY KEY,
    reading TEXT  NOT NULL,
    entries BLOB NOT NULL
) WITHOUT ROWID;

-- +goose Down
DROP TABLE remembered;
