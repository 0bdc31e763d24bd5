-- +goose Up

-- The entries of each source's last document that are stored just as they stood there,
-- packed: 8 bytes each of the entry's digest, the article's number, and a digest of what it
-- is compared with. reading tells by which rules they were read.
CREATE TABLE remembered (
    source  TEXT  PRIMARY KEY,
    reading TEXT  NOT NULL,
    entries BYTEA NOT NULL
);

-- +goose Down
DROP TABLE remembered;
