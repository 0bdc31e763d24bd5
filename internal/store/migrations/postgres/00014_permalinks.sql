-- +goose Up

-- Which articles have a link, or had, whoever's they are: by 64 bits of its key, since
-- aliases are each publisher's own. Of each publisher and language it has the first.
-- permalinks.go files what was stored before.
CREATE TABLE permalinks (
    digest  BIGINT NOT NULL,
    article BIGINT NOT NULL,
    PRIMARY KEY (digest, article)
);

-- +goose Down
DROP TABLE permalinks;
