package store

import (
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"
)

// takes matches what a migration must not do while processes of the version before read the
// database: take away or rename what they read, or have it mean something else.
var takes = regexp.MustCompile(`(?i)\b(DROP\s+(TABLE|COLUMN|VIEW)|RENAME|ALTER\s+COLUMN|TRUNCATE|DELETE\s+FROM)\b`)

// A new version's processes start while those of the version before still run.
func TestMigrationsTakeNothingAway(t *testing.T) {
	looked := 0
	for _, engine := range []Engine{SQLite, PostgreSQL} {
		files, err := fs.Glob(migrations, path.Join("migrations", string(engine), "*.sql"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			data, err := fs.ReadFile(migrations, file)
			if err != nil {
				t.Fatal(err)
			}
			if path.Base(file) < "00023" { // nothing was promised before
				continue
			}
			looked++
			up, _, _ := strings.Cut(string(data), "-- +goose Down")
			if found := takes.FindString(up); found != "" {
				t.Errorf("%s: %s: what the version before reads must stay until the next but one", file, found)
			}
		}
	}
	if looked < 4 {
		t.Errorf("%d migrations prove little", looked)
	}
}
