-- +goose Up

-- The processes of the service: each writes every few seconds that it lives. stopped_ms is
-- when it said that it ends, 0 until then. facts is what it knows of itself, as JSON.
CREATE TABLE processes (
    id         TEXT    PRIMARY KEY,
    role       TEXT    NOT NULL,
    host       TEXT    NOT NULL,
    pid        INTEGER NOT NULL,
    version    TEXT    NOT NULL,
    plan       TEXT    NOT NULL,
    started_ms INTEGER NOT NULL,
    beat_ms    INTEGER NOT NULL,
    stopped_ms INTEGER NOT NULL,
    facts      TEXT    NOT NULL
) WITHOUT ROWID;

-- Who does, until when, what one process at a time does for all.
CREATE TABLE terms (
    name     TEXT    PRIMARY KEY,
    holder   TEXT    NOT NULL,
    until_ms INTEGER NOT NULL
) WITHOUT ROWID;

-- What is wrong, and was. body is the newest finding, taken a person's word that they have
-- taken it on, both as JSON. Of each kind and subject one at most is open.
CREATE TABLE incidents (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    kind        TEXT    NOT NULL,
    subject     TEXT    NOT NULL,
    opened_ms   INTEGER NOT NULL,
    seen_ms     INTEGER NOT NULL,
    resolved_ms INTEGER NOT NULL,
    body        TEXT    NOT NULL,
    taken       TEXT    NOT NULL
);
CREATE UNIQUE INDEX incidents_open ON incidents (kind, subject) WHERE resolved_ms = 0;
CREATE INDEX incidents_resolved ON incidents (resolved_ms);

-- What nobody is to be told of until a time.
CREATE TABLE mutes (
    kind     TEXT    NOT NULL,
    subject  TEXT    NOT NULL,
    who      TEXT    NOT NULL,
    reason   TEXT    NOT NULL,
    since_ms INTEGER NOT NULL,
    until_ms INTEGER NOT NULL,
    PRIMARY KEY (kind, subject)
) WITHOUT ROWID;

-- Which receiver was told of which incident what: "opened" or "resolved". told_ms is 0 while
-- a process is about to tell, which it claimed at claimed_ms.
CREATE TABLE tellings (
    receiver   TEXT    NOT NULL,
    incident   INTEGER NOT NULL,
    what       TEXT    NOT NULL,
    claimed_ms INTEGER NOT NULL,
    told_ms    INTEGER NOT NULL,
    PRIMARY KEY (receiver, incident, what)
) WITHOUT ROWID;

-- Sources that a person has stopped until a time.
CREATE TABLE pauses (
    source   TEXT    PRIMARY KEY,
    who      TEXT    NOT NULL,
    reason   TEXT    NOT NULL,
    since_ms INTEGER NOT NULL,
    until_ms INTEGER NOT NULL
) WITHOUT ROWID;

-- What people did: who, by which way ("page", "api", "command", "queue"), from where, what,
-- with what, and what came of it ('' where it was done).
CREATE TABLE audit (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    time_ms INTEGER NOT NULL,
    who     TEXT    NOT NULL,
    way     TEXT    NOT NULL,
    origin  TEXT    NOT NULL,
    action  TEXT    NOT NULL,
    subject TEXT    NOT NULL,
    detail  TEXT    NOT NULL,
    failure TEXT    NOT NULL
);
CREATE INDEX audit_time ON audit (time_ms);

-- What was learned of when sources bring something new, as JSON.
CREATE TABLE rhythms (
    source     TEXT    PRIMARY KEY,
    learned_ms INTEGER NOT NULL,
    body       TEXT    NOT NULL
) WITHOUT ROWID;

-- What each source brought on each day, in days since 1970 UTC: of the past, when the runs
-- themselves are no longer kept.
CREATE TABLE source_days (
    source TEXT    NOT NULL,
    day    INTEGER NOT NULL,
    runs   INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    added  INTEGER NOT NULL,
    bytes  INTEGER NOT NULL,
    PRIMARY KEY (source, day)
) WITHOUT ROWID;

-- The runs that brought something are asked for apart from the many that did not.
CREATE INDEX runs_added ON runs (source, started_ms) WHERE added > 0;
CREATE INDEX runs_started ON runs (started_ms);

-- +goose Down
DROP INDEX runs_started;
DROP INDEX runs_added;
DROP TABLE source_days;
DROP TABLE rhythms;
DROP TABLE audit;
DROP TABLE pauses;
DROP TABLE tellings;
DROP TABLE mutes;
DROP TABLE incidents;
DROP TABLE terms;
DROP TABLE processes;
