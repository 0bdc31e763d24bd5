# make test: all that must hold, with what it needs installed where that is missing.
# make test-quick: every package within a minute, long suites in a short form.

GO ?= go

.PHONY: build image run test test-quick check parts figures screenshots bench bench-publish bench-publish-large bench-operators soak

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
# and takes up to ten times as long for it: also those that run the program's commands one
# by one, or show readers what it serves. "make test" runs them without it, and all others
# with it, each in its full form.
ALONE := TestAYear|TestDrill|TestDrillCanFail|TestEveryRecordStandsOnce|TestReadingInPartsIsReadingTheWhole|TestWhatIsKnownMakesNoDifference|TestHostileFeeds|TestHostileNotices|TestNothingMakesParsePanic|TestNginxServesWhatWasExported|TestNginxServesAnExportBelowAPath|TestScripts|TestEveryWordIsOfItsOwnBundle|TestEachLanguageIsWhereItBelongs|TestCommandsEndOnAFullDisk|TestReadersShowWhatIsPublished|TestReadersAreLedToTheRightPages|TestDeltaOfWhatIsPublished|TestDeltaAndLiveDocumentAgree|TestWhatTwoPublishersPublish|TestWhatIsFiledLate|TestALongPastIsArchivedAtOnce|TestATranslationTakesAStoryOutOfTheDefault|TestNoAnswerHidesAChange|TestAClusterUnderFaults|TestAnOperatorMendsStagedFaults|TestInBrowser|TestPagesAreValidHTML|TestNothingBarsReaders|TestPagesFit|TestJourneys

# The packages that have such tests; a test binary of each of the others would run nothing.
ALONE_IN = $(shell grep -rlE '^func ($(ALONE))\b' --include='*_test.go' cmd feeds internal jobs locales | xargs -n 1 dirname | sort -u | sed 's,^,./,')

# Tests that wait for something, such as for the program to start, wait beside each other.
BESIDE := -parallel 8

test: parts check
	CI=$${CI:-true} $(GO) test $(RACE) -vet=off $(BESIDE) -timeout 20m -skip '^($(ALONE))$$' ./...
	CI=$${CI:-true} $(GO) test -vet=off $(BESIDE) -timeout 20m -run '^($(ALONE))$$' $(ALONE_IN)
	cd deploy/check && $(GO) test ./...

# "make check" vets, for both. Packages that wait leave the processors to others.
test-quick:
	$(GO) test -short -vet=off -p 4 $(BESIDE) ./...

check:
	@unformatted=$$(gofmt -l cmd feeds locales jobs internal deploy); \
	if [ -n "$$unformatted" ]; then echo "not formatted, run gofmt -w on:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

# The real parts that tests talk to: a database, a browser, a web server, feed readers.
parts:
	@sh .ci/parts

# The pictures of the public pages and of the operators' in docs/images.
screenshots:
	KAIRAN_DOCS_IMAGES=$(CURDIR)/docs/images $(GO) test -count=1 -vet=off -run '^TestScreenshots$$' ./cmd/kairan ./internal/ops

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

# What publishing costs the program at work: ten minutes at most, on Linux.
bench-publish:
	$(GO) run ./internal/benchpublish

# The same of stores of 30,000 to 300,000 articles.
bench-publish-large:
	$(GO) run ./internal/benchpublish -large

# How soon the operators' pages answer with 1,000 sources collected and 500 feeds served a
# second: four minutes at most, on Linux.
bench-operators:
	$(GO) run ./internal/benchpublish -operators

# Whether what a program takes under load stays as it is, for this long.
SOAK ?= 15m
soak:
	$(GO) run ./internal/benchpublish -soak $(SOAK)

# How the house is built, in numbers: see internal/figures.
figures:
	@$(GO) run ./internal/figures
