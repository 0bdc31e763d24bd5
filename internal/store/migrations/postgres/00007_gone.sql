-- +goose Up

-- When the page of a missing article was seen gone first; 0 if it was not.
ALTER TABLE missing ADD COLUMN gone_ms BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE missing DROP COLUMN gone_ms;
