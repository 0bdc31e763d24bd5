-- +goose Up

-- Which visits a channel was marked by since it was published last: what names each of them
-- in logs and traces (W3C traceparent), some at most, with blanks between them.
ALTER TABLE marks ADD COLUMN visits TEXT NOT NULL DEFAULT '';
-- Which publication raised a channel's revision last, likewise; '' where none did.
ALTER TABLE channels ADD COLUMN publication TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE channels DROP COLUMN publication;
ALTER TABLE marks DROP COLUMN visits;
