-- +goose Up

-- One row for each language version of each notice, with its current state.
-- The slug is a function of the uid, so that its index keeps both unique.
CREATE TABLE articles (
    id            BIGINT  PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
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
    revision      BIGINT  NOT NULL,
    hash          TEXT    NOT NULL,
    joins         TEXT    NOT NULL,
    terms         TEXT    NOT NULL,
    categories    TEXT    NOT NULL,
    published_ms  BIGINT  NOT NULL,
    first_seen_ms BIGINT  NOT NULL,
    withdrawn_ms  BIGINT  NOT NULL
);
CREATE INDEX articles_story ON articles (story);

-- Every identity key that an article was seen under, its own among them.
-- shared is 1 once several articles claimed the key: it then identifies none alone.
CREATE TABLE aliases (
    publisher TEXT    NOT NULL,
    key       TEXT    NOT NULL,
    language  TEXT    NOT NULL,
    article   BIGINT  NOT NULL,
    shared    BIGINT  NOT NULL,
    PRIMARY KEY (publisher, key, language)
);

-- What joins versions to a story: "h:" a source's own hint, "l:" the link of a
-- version, "a:" a link that a version names as another version's.
CREATE TABLE story_keys (
    publisher TEXT NOT NULL,
    key       TEXT NOT NULL,
    story     TEXT NOT NULL,
    PRIMARY KEY (publisher, key)
);

CREATE TABLE revisions (
    article        BIGINT  NOT NULL,
    n              BIGINT  NOT NULL,
    hash           TEXT    NOT NULL,
    time_ms        BIGINT  NOT NULL,
    title          TEXT    NOT NULL,
    summary        TEXT    NOT NULL,
    content        TEXT    NOT NULL,
    link           TEXT    NOT NULL,
    rights         TEXT    NOT NULL,
    published_ms   BIGINT  NOT NULL,
    published_from TEXT    NOT NULL,
    updated_ms     BIGINT  NOT NULL,
    corrected_ms   BIGINT  NOT NULL,
    lists          TEXT    NOT NULL,
    PRIMARY KEY (article, n)
);

-- Which sources hold an article, and how each of them files it.
CREATE TABLE article_sources (
    source     TEXT    NOT NULL,
    article    BIGINT  NOT NULL,
    terms      TEXT    NOT NULL,
    categories TEXT    NOT NULL,
    gone_ms    BIGINT  NOT NULL,
    PRIMARY KEY (source, article)
);
CREATE INDEX article_sources_article ON article_sources (article);

-- The log: append-only, gapless, in the order of commits.
CREATE TABLE log (
    seq       BIGINT  PRIMARY KEY,
    article   BIGINT  NOT NULL,
    revision  BIGINT  NOT NULL,
    reason    TEXT    NOT NULL,
    story     TEXT    NOT NULL,
    language  TEXT    NOT NULL,
    publisher TEXT    NOT NULL,
    time_ms   BIGINT  NOT NULL
);
CREATE INDEX log_story ON log (story, seq);
CREATE INDEX log_language ON log (language, seq);
CREATE INDEX log_publisher ON log (publisher, seq);

-- The records of each category: those of every story of which any version has it.
CREATE TABLE log_categories (
    category TEXT    NOT NULL,
    language TEXT    NOT NULL,
    seq      BIGINT  NOT NULL,
    PRIMARY KEY (category, language, seq)
);

CREATE TABLE source_states (
    id              TEXT    PRIMARY KEY,
    address         TEXT    NOT NULL,
    etag            TEXT    NOT NULL,
    last_modified   TEXT    NOT NULL,
    final_url       TEXT    NOT NULL,
    digest          TEXT    NOT NULL,
    next_due_ms     BIGINT  NOT NULL,
    last_run_ms     BIGINT  NOT NULL,
    last_success_ms BIGINT  NOT NULL,
    failures        BIGINT  NOT NULL,
    outcome         TEXT    NOT NULL,
    extra           TEXT    NOT NULL
);

CREATE TABLE runs (
    id         BIGINT  PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    source     TEXT    NOT NULL,
    started_ms BIGINT  NOT NULL,
    took_ms    BIGINT  NOT NULL,
    outcome    TEXT    NOT NULL,
    status     BIGINT  NOT NULL,
    bytes      BIGINT  NOT NULL,
    added      BIGINT  NOT NULL,
    changed    BIGINT  NOT NULL,
    withdrawn  BIGINT  NOT NULL,
    unchanged  BIGINT  NOT NULL,
    error      TEXT    NOT NULL,
    problems   TEXT    NOT NULL
);
CREATE INDEX runs_source ON runs (source, id);

CREATE TABLE holds (
    source      TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    since_ms    BIGINT  NOT NULL,
    released_ms BIGINT  NOT NULL,
    articles    TEXT    NOT NULL,
    PRIMARY KEY (source, kind)
);

-- A channel is marked while its counter is not the published one.
CREATE TABLE marks (
    channel          TEXT    PRIMARY KEY,
    counter          BIGINT  NOT NULL,
    published        BIGINT  NOT NULL,
    changed_ms       BIGINT  NOT NULL,
    first_changed_ms BIGINT  NOT NULL,
    published_ms     BIGINT  NOT NULL,
    urgent           BIGINT  NOT NULL
);

CREATE TABLE documents (
    channel     TEXT    NOT NULL,
    format      TEXT    NOT NULL,
    archive     BIGINT  NOT NULL,
    revision    BIGINT  NOT NULL,
    body        BYTEA   NOT NULL,
    etag        TEXT    NOT NULL,
    modified_ms BIGINT  NOT NULL,
    last_seq    BIGINT  NOT NULL,
    entries     BIGINT  NOT NULL,
    PRIMARY KEY (channel, format, archive)
);
CREATE INDEX documents_revision ON documents (channel, format, archive, revision, entries);

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

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
