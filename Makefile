# make test: all that must hold, with what it needs installed where that is missing.
# make test-quick: the tests alone, without the race detector.

GO ?= go

.PHONY: build test test-quick check parts bench bench-publish bench-publish-large run

build:
	CGO_ENABLED=0 $(GO) build -trimpath -o kairan ./cmd/kairan

run:
	$(GO) run ./cmd/kairan serve

# The race detector watches Go's memory. SQLite, which is C made into Go, keeps its own
# in memory of its own, where it sees nothing, and is four times as slow with it.
RACE := -race -gcflags=modernc.org/sqlite/lib=-race=false -gcflags=modernc.org/libc=-race=false -gcflags=modernc.org/memory=-race=false

test: parts check
	CI=$${CI:-true} $(GO) test $(RACE) -short -timeout 20m ./...
	CI=$${CI:-true} $(GO) test ./internal/publish # with what -short leaves out

test-quick:
	$(GO) test ./...

check:
	@unformatted=$$(gofmt -l cmd feeds locales jobs internal); \
	if [ -n "$$unformatted" ]; then echo "not formatted, run gofmt -w on:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

# The real parts that tests talk to: a database, a browser, a web server, feed readers.
parts:
	@sh .ci/parts

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

# What publishing costs the program at work: ten minutes at most, on Linux.
bench-publish:
	$(GO) run ./internal/benchpublish

# The same of stores of 30,000 to 300,000 articles.
bench-publish-large:
	$(GO) run ./internal/benchpublish -large
