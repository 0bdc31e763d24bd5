-- +goose Up

-- What the store itself has learned about a source: whether links are its keys, as
-- its GUIDs change; how many items its last run had; how many of its articles are
-- missing within its window.
ALTER TABLE source_states ADD COLUMN link_keys INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source_states ADD COLUMN items INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source_states ADD COLUMN missing INTEGER NOT NULL DEFAULT 0;

-- What a held run would do to known articles, and how many runs after it agreed.
ALTER TABLE holds ADD COLUMN digest TEXT NOT NULL DEFAULT '';
ALTER TABLE holds ADD COLUMN agreed INTEGER NOT NULL DEFAULT 0;

-- Articles that their source left out between older and newer ones.
CREATE TABLE missing (
    source    TEXT    NOT NULL,
    article   INTEGER NOT NULL,
    since_ms  INTEGER NOT NULL,
    probed_ms INTEGER NOT NULL,
    PRIMARY KEY (source, article)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE missing;
ALTER TABLE holds DROP COLUMN agreed;
ALTER TABLE holds DROP COLUMN digest;
ALTER TABLE source_states DROP COLUMN missing;
ALTER TABLE source_states DROP COLUMN items;
ALTER TABLE source_states DROP COLUMN link_keys;
