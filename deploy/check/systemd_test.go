package check

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// mostExposed is what systemd may give a unit at most for what it could do, in tenths: 0 for
// nothing, 100 for all.
const mostExposed = "15"

// units copies the units to a folder as they are installed, with a program that is there.
func units(t *testing.T) (folder string, names []string) {
	t.Helper()
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("systemd-analyze is not installed; it is in the package systemd")
		}
		t.Skip("UNITS NOT CHECKED: systemd-analyze is not installed; it is in the package systemd")
	}
	folder = t.TempDir()
	for _, pattern := range []string{"../*.service", "../*.timer"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			name := strings.Replace(filepath.Base(file), "@.", "@web.", 1) // an instance of a template
			data = bytes.ReplaceAll(data, []byte("/usr/local/bin/kairan"), []byte("/bin/true"))
			if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
				t.Fatal(err)
			}
			names = append(names, name)
		}
	}
	if len(names) < 4 {
		t.Fatalf("the units are %v", names)
	}
	return folder, names
}

func TestUnitsAreWhatSystemdReads(t *testing.T) {
	folder, names := units(t)
	for _, name := range names {
		out, err := exec.Command("systemd-analyze", "verify", "--man=no", "--recursive-errors=one", filepath.Join(folder, name)).CombinedOutput()
		if err != nil || strings.Contains(string(out), name) {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}

func TestAMisspeltSettingIsFound(t *testing.T) {
	folder, _ := units(t)
	file := filepath.Join(folder, "kairan.service")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, bytes.ReplaceAll(data, []byte("ProtectHome="), []byte("ProtectHouse=")), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, _ := exec.Command("systemd-analyze", "verify", "--man=no", file).CombinedOutput(); !strings.Contains(string(out), "ProtectHouse") {
		t.Errorf("it is not told:\n%s", out)
	}
}

func TestUnitsMayDoNothingThatTheyNeedNot(t *testing.T) {
	folder, names := units(t)
	for _, name := range names {
		if filepath.Ext(name) != ".service" {
			continue
		}
		out, err := exec.Command("systemd-analyze", "security", "--offline=true", "--threshold="+mostExposed, "--no-pager", "--json=short", filepath.Join(folder, name)).CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
		if !json.Valid(bytes.TrimSpace(out)) {
			t.Logf("%s: %s", name, out)
		}
	}
}
