-- +goose Up

-- The last record that was stored while locales accepted themselves and English alone where
-- nobody wrote which languages they accept. What came until then stays where it was.
INSERT INTO meta (key, value) SELECT 'chains.narrow', CAST(coalesce(max(seq), 0) AS TEXT) FROM log;

-- +goose Down
DELETE FROM meta WHERE key = 'chains.narrow';
