-- +goose Up

-- A category's log: the records whose story was in the category when they were
-- appended, in the languages of the versions that they show there. outside is 1 where
-- the story was not, or left with the record. Rows are never removed.
ALTER TABLE log_categories ADD COLUMN outside INTEGER NOT NULL DEFAULT 0;

-- The categories that stories have left.
CREATE TABLE former_categories (
    story    TEXT NOT NULL,
    category TEXT NOT NULL,
    PRIMARY KEY (story, category)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE former_categories;
DELETE FROM log_categories WHERE outside = 1;
ALTER TABLE log_categories DROP COLUMN outside;
DELETE FROM log WHERE reason = 'filing';
