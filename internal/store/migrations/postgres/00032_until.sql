-- +goose Up

-- Until when what a channel's page shows holds although nothing changes: then the channel is
-- published anew. 0 is for ever.
ALTER TABLE channels ADD COLUMN until_ms BIGINT NOT NULL DEFAULT 0;
CREATE INDEX channels_until ON channels (until_ms) WHERE until_ms > 0;

-- +goose Down
DROP INDEX channels_until;
ALTER TABLE channels DROP COLUMN until_ms;
