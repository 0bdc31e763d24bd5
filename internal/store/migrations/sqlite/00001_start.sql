-- +goose Up

-- One row for each language version of each notice, with its current state.
-- The slug is a function of the uid, so that its index keeps both unique.
CREATE TABLE articles (
    id            INTEGER PRIMARY KEY,
    uid           TEXT    NOT NULL,
    slug          TEXT    NOT NULL UNIQUE,
    story         TEXT    NOT NULL,
    publisher     TEXT    NOT NULL,
    source        TEXT    NOT NULL,
    key           TEXT    NOT NULL,
    language      TEXT    NOT NULL,
    guid          TEXT    NOT NULL,
    link          TEXT    NOT NULL,
    title         TEXT    NOT NULL,
    revision      INTEGER NOT NULL,
    hash          TEXT    NOT NULL,
    joins         TEXT    NOT NULL,
    terms         TEXT    NOT NULL,
    categories    TEXT    NOT NULL,
    published_ms  INTEGER NOT NULL,
    first_seen_ms INTEGER NOT NULL,
    withdrawn_ms  INTEGER NOT NULL
);
CREATE INDEX articles_story ON articles (story);

-- Every identity key that an article was seen under, its own among them.
-- shared is 1 once several articles claimed the key: it then identifies none alone.
CREATE TABLE aliases (
    publisher TEXT    NOT NULL,
    key       TEXT    NOT NULL,
    language  TEXT    NOT NULL,
    article   INTEGER NOT NULL,
    shared    INTEGER NOT NULL,
    PRIMARY KEY (publisher, key, language)
) WITHOUT ROWID;

-- What joins versions to a story: "h:" a source's own hint, "l:" the link of a
-- version, "a:" a link that a version names as another version's.
CREATE TABLE story_keys (
    publisher TEXT NOT NULL,
    key       TEXT NOT NULL,
    story     TEXT NOT NULL,
    PRIMARY KEY (publisher, key)
) WITHOUT ROWID;

CREATE TABLE revisions (
    article        INTEGER NOT NULL,
    n              INTEGER NOT NULL,
    hash           TEXT    NOT NULL,
    time_ms        INTEGER NOT NULL,
    title          TEXT    NOT NULL,
    summary        TEXT    NOT NULL,
    content        TEXT    NOT NULL,
    link           TEXT    NOT NULL,
    rights         TEXT    NOT NULL,
    published_ms   INTEGER NOT NULL,
    published_from TEXT    NOT NULL,
    updated_ms     INTEGER NOT NULL,
    corrected_ms   INTEGER NOT NULL,
    lists          TEXT    NOT NULL,
    PRIMARY KEY (article, n)
);

-- Which sources hold an article, and how each of them files it.
CREATE TABLE article_sources (
    source     TEXT    NOT NULL,
    article    INTEGER NOT NULL,
    terms      TEXT    NOT NULL,
    categories TEXT    NOT NULL,
    gone_ms    INTEGER NOT NULL,
    PRIMARY KEY (source, article)
) WITHOUT ROWID;
CREATE INDEX article_sources_article ON article_sources (article);

-- The log: append-only, gapless, in the order of commits.
CREATE TABLE log (
    seq       INTEGER PRIMARY KEY,
    article   INTEGER NOT NULL,
    revision  INTEGER NOT NULL,
    reason    TEXT    NOT NULL,
    story     TEXT    NOT NULL,
    language  TEXT    NOT NULL,
    publisher TEXT    NOT NULL,
    time_ms   INTEGER NOT NULL
);
CREATE INDEX log_story ON log (story);
CREATE INDEX log_language ON log (language);
CREATE INDEX log_publisher ON log (publisher);

-- The records of each category: those of every story of which any version has it.
CREATE TABLE log_categories (
    category TEXT    NOT NULL,
    language TEXT    NOT NULL,
    seq      INTEGER NOT NULL,
    PRIMARY KEY (category, language, seq)
) WITHOUT ROWID;

CREATE TABLE source_states (
    id              TEXT    PRIMARY KEY,
    address         TEXT    NOT NULL,
    etag            TEXT    NOT NULL,
    last_modified   TEXT    NOT NULL,
    final_url       TEXT    NOT NULL,
    digest          TEXT    NOT NULL,
    next_due_ms     INTEGER NOT NULL,
    last_run_ms     INTEGER NOT NULL,
    last_success_ms INTEGER NOT NULL,
    failures        INTEGER NOT NULL,
    outcome         TEXT    NOT NULL,
    extra           TEXT    NOT NULL
) WITHOUT ROWID;

CREATE TABLE runs (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    source     TEXT    NOT NULL,
    started_ms INTEGER NOT NULL,
    took_ms    INTEGER NOT NULL,
    outcome    TEXT    NOT NULL,
    status     INTEGER NOT NULL,
    bytes      INTEGER NOT NULL,
    added      INTEGER NOT NULL,
    changed    INTEGER NOT NULL,
    withdrawn  INTEGER NOT NULL,
    unchanged  INTEGER NOT NULL,
    error      TEXT    NOT NULL,
    problems   TEXT    NOT NULL
);
CREATE INDEX runs_source ON runs (source, id);

CREATE TABLE holds (
    source      TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    since_ms    INTEGER NOT NULL,
    released_ms INTEGER NOT NULL,
    articles    TEXT    NOT NULL,
    PRIMARY KEY (source, kind)
) WITHOUT ROWID;

-- A channel is marked while its counter is not the published one.
CREATE TABLE marks (
    channel          TEXT    PRIMARY KEY,
    counter          INTEGER NOT NULL,
    published        INTEGER NOT NULL,
    changed_ms       INTEGER NOT NULL,
    first_changed_ms INTEGER NOT NULL,
    published_ms     INTEGER NOT NULL,
    urgent           INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE documents (
    channel     TEXT    NOT NULL,
    format      TEXT    NOT NULL,
    archive     INTEGER NOT NULL,
    revision    INTEGER NOT NULL,
    body        BLOB    NOT NULL,
    etag        TEXT    NOT NULL,
    modified_ms INTEGER NOT NULL,
    last_seq    INTEGER NOT NULL,
    entries     INTEGER NOT NULL,
    PRIMARY KEY (channel, format, archive)
);
CREATE INDEX documents_revision ON documents (channel, format, archive, revision, entries);

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- +goose Down
DROP TABLE meta;
DROP TABLE documents;
DROP TABLE marks;
DROP TABLE holds;
DROP TABLE runs;
DROP TABLE source_states;
DROP TABLE log_categories;
DROP TABLE log;
DROP TABLE article_sources;
DROP TABLE revisions;
DROP TABLE story_keys;
DROP TABLE aliases;
DROP TABLE articles;
