# make test: all that must hold, with what it needs installed where that is missing.
# make test-quick: every package within a minute, long suites in a short form.

GO ?= go

.PHONY: build image run test test-quick check parts figures bench bench-publish bench-publish-large

# What "kairan version" says: the newest tag and the commit, or the commit alone.
VERSION = $(shell git describe --tags --always --dirty 2>/dev/null)

build:
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags='-X main.stamp=$(VERSION)' -o kairan ./cmd/kairan

image:
	docker build --build-arg VERSION=$(VERSION) -t kairan .

run:
	$(GO) run ./cmd/kairan serve

# The race detector watches Go's memory. SQLite, which is C made into Go, keeps its own
# in memory of its own, where it sees nothing, and is four times as slow with it.
RACE := -race -gcflags=modernc.org/sqlite/lib=-race=false -gcflags=modernc.org/libc=-race=false -gcflags=modernc.org/memory=-race=false

# Long tests that do one thing after the other, in which the race detector sees nothing,
# and takes ten times as long for it. "make test" runs them without it, and all others
# with it, each in its full form.
ALONE := ^(TestAYear|TestEveryRecordStandsOnce|TestReadingInPartsIsReadingTheWhole|TestWhatIsKnownMakesNoDifference|TestHostileFeeds|TestHostileNotices|TestNothingMakesParsePanic|TestNginxServesWhatWasExported|TestNginxServesAnExportBelowAPath)$$

# Tests that wait for something, such as for the program to start, wait beside each other.
BESIDE := -parallel 8

test: parts check
	CI=$${CI:-true} $(GO) test $(RACE) $(BESIDE) -timeout 20m -skip '$(ALONE)' ./...
	CI=$${CI:-true} $(GO) test -timeout 20m -run '$(ALONE)' ./...

# "make check" vets. Packages that wait leave the processors to others.
test-quick:
	$(GO) test -short -vet=off -p 4 $(BESIDE) ./...

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

# How the house is built, in numbers: see internal/figures.
figures:
	@$(GO) run ./internal/figures
