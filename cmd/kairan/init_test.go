package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/internal/config"
)

func TestInitWritesAConfigurationThatHasNoFault(t *testing.T) {
	file := filepath.Join(t.TempDir(), "city.yaml")
	out, err := execute(newInitCommand(), file)
	if err != nil || !strings.Contains(out, "kairan check --config "+file) {
		t.Fatalf("%v\n%s", err, out)
	}
	checked, err := execute(newCheckCommand(), "--config", file)
	if err != nil {
		t.Errorf("%v\n%s", err, checked)
	}
	if !strings.Contains(checked, "4 sources (3 disabled)") || !strings.Contains(checked, `Note: the source "notices" has no folder `) {
		t.Errorf("got\n%s", checked)
	}
}

func TestInitKeepsAFileThatIsThere(t *testing.T) {
	file := write(t, "kairan.yaml", "mine")
	if _, err := execute(newInitCommand(), file); err == nil || !strings.Contains(err.Error(), "--force") {
		t.Errorf("got %v", err)
	}
	if data, _ := os.ReadFile(file); string(data) != "mine" {
		t.Errorf("the file was overwritten with %q", data)
	}
	if _, err := execute(newInitCommand(), "--force", file); err != nil {
		t.Error(err)
	}
	if data, _ := os.ReadFile(file); string(data) != string(config.Template()) {
		t.Errorf("--force left %q", data)
	}
}
