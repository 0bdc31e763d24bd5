-- +goose Up

-- What is kept of a channel: what names the state of its live document and of its
-- archives, and what they are composed of. revision and past are milliseconds of Unix
-- time; see package store, channels.go. status is live, ended or gone.
CREATE TABLE channels (
    channel  TEXT    PRIMARY KEY,
    status   TEXT    NOT NULL,
    revision BIGINT NOT NULL,
    past     BIGINT NOT NULL,
    seq      BIGINT NOT NULL,
    since    BIGINT NOT NULL,
    archives BIGINT NOT NULL,
    entries  BIGINT NOT NULL
);

-- The documents of channels that have ended: the only ones that are stored.
CREATE TABLE ending_documents (
    channel  TEXT    NOT NULL,
    format   TEXT    NOT NULL,
    archive  BIGINT NOT NULL,
    body     BYTEA    NOT NULL,
    last_seq BIGINT NOT NULL,
    entries  BIGINT NOT NULL,
    PRIMARY KEY (channel, format, archive)
);

-- The sites by which archives of ended channels are made, and the last one that was
-- adopted.
CREATE TABLE sites (
    digest     TEXT    PRIMARY KEY,
    body       TEXT    NOT NULL,
    adopted_ms BIGINT NOT NULL
);
ALTER TABLE endings ADD COLUMN site TEXT NOT NULL DEFAULT '';

-- The languages under which an archive was closed, best first: "ja en"; "*" where each
-- article stood for itself, "" where it is not known.
ALTER TABLE archives ADD COLUMN languages TEXT NOT NULL DEFAULT '';

-- 1 while something changed that closed archives show, and no revision tells yet.
ALTER TABLE marks ADD COLUMN past BIGINT NOT NULL DEFAULT 0;

-- The words that documents were made with, each since its first time.
CREATE TABLE adoptions (
    adopted_ms BIGINT PRIMARY KEY,
    digest     TEXT    NOT NULL
);

-- The articles with which a story is recommended: related, turned round.
CREATE TABLE recommended (
    story   TEXT    NOT NULL,
    article BIGINT NOT NULL,
    PRIMARY KEY (story, article)
);
INSERT INTO recommended (story, article)
    SELECT DISTINCT s.story, r.article FROM related r, jsonb_array_elements_text(r.stories::jsonb) AS s(story);

-- All that is asked of the documents stands in their index. Their channels are composed
-- of the whole log from now on.
INSERT INTO channels (channel, status, revision, past, seq, since, archives, entries)
    SELECT d.channel,
        coalesce((SELECT CASE WHEN e.gone_ms > 0 THEN 'gone' ELSE 'ended' END FROM endings e WHERE e.channel = d.channel), 'live'),
        max(d.revision) + 1000, 0,
        (SELECT coalesce(max(seq), 0) FROM log),
        coalesce((SELECT max(a.until_seq) FROM archives a WHERE a.channel = d.channel), 0),
        max(d.archive),
        max(CASE WHEN d.archive = 0 THEN d.entries ELSE 0 END)
    FROM documents d GROUP BY d.channel;

INSERT INTO ending_documents (channel, format, archive, body, last_seq, entries)
    SELECT d.channel, d.format, d.archive, d.body, d.last_seq, d.entries
    FROM documents d JOIN endings e ON e.channel = d.channel WHERE e.gone_ms = 0;

DROP TABLE documents;

-- +goose Down
CREATE TABLE documents (
    channel     TEXT    NOT NULL,
    format      TEXT    NOT NULL,
    archive     BIGINT NOT NULL,
    revision    BIGINT NOT NULL,
    body        BYTEA    NOT NULL,
    etag        TEXT    NOT NULL,
    modified_ms BIGINT NOT NULL,
    last_seq    BIGINT NOT NULL,
    entries     BIGINT NOT NULL,
    PRIMARY KEY (channel, format, archive)
);
CREATE INDEX documents_revision ON documents (channel, format, archive, revision, entries);
DROP TABLE IF EXISTS former_documents;
DROP TABLE recommended;
DROP TABLE adoptions;
ALTER TABLE marks DROP COLUMN past;
ALTER TABLE archives DROP COLUMN languages;
ALTER TABLE endings DROP COLUMN site;
DROP TABLE sites;
DROP TABLE ending_documents;
DROP TABLE channels;
