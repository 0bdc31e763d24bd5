-- +goose Up

-- What was learned of the numbers that count in a source's texts, as JSON; '' for nothing.
ALTER TABLE source_states ADD COLUMN noise TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE source_states DROP COLUMN noise;
