-- +goose Up

-- The pages behind the entries of feeds that bring only summaries: of each what its
-- collector keeps of it and the text that was read in it, both in the collector's own words;
-- text is '' where none was.
CREATE TABLE pages (
    source TEXT NOT NULL,
    page   TEXT NOT NULL,
    state  TEXT NOT NULL,
    text   TEXT NOT NULL,
    PRIMARY KEY (source, page)
);

-- +goose Down
DROP TABLE pages;
