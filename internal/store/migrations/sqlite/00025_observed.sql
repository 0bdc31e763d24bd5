-- +goose Up

-- What a source's last visits showed, for who watches, as JSON of the collector's; and when a
-- run last brought something new, 0 for never.
ALTER TABLE source_states ADD COLUMN seen TEXT NOT NULL DEFAULT '';
ALTER TABLE source_states ADD COLUMN last_new_ms INTEGER NOT NULL DEFAULT 0;
UPDATE source_states SET last_new_ms = coalesce((SELECT max(started_ms) FROM runs WHERE source = source_states.id AND added > 0), 0);

-- +goose Down
ALTER TABLE source_states DROP COLUMN last_new_ms;
ALTER TABLE source_states DROP COLUMN seen;
