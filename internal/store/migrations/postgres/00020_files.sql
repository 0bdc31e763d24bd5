-- +goose Up

-- The files that are published with notices of folders, by the digests of their contents;
-- kept_ms is when one was last asked for by who collects.
CREATE TABLE files (
    digest  TEXT PRIMARY KEY,
    kept_ms BIGINT NOT NULL,
    data    BYTEA NOT NULL
);

-- Which articles show which files, in their newest revision, and under which name.
CREATE TABLE article_files (
    article BIGINT NOT NULL,
    digest  TEXT NOT NULL,
    name    TEXT NOT NULL,
    PRIMARY KEY (article, digest)
);
CREATE INDEX article_files_digest ON article_files (digest);

-- +goose Down
DROP TABLE article_files;
DROP TABLE files;
