-- +goose Up

-- The records of a story are found by its articles: their numbers ascend, so that
-- this index grows at its end, where one of story keys grows all over.
DROP INDEX log_story;
CREATE INDEX log_article ON log (article);

-- +goose Down
DROP INDEX log_article;
CREATE INDEX log_story ON log (story);
