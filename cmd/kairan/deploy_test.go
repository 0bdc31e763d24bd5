package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// The configuration in the manifests is one, to begin with.
func TestTheConfigurationOfTheManifests(t *testing.T) {
	data, err := os.ReadFile("../../deploy/kubernetes/config.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct{ Data map[string]string }
	if err := yaml.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	c, _, faults := checkConfiguration("kairan.yaml", []byte(manifest.Data["kairan.yaml"]))
	if len(faults) > 0 {
		t.Fatalf("its faults are %v", faults)
	}
	if len(c.Sources) == 0 || len(c.Warnings) > 0 {
		t.Errorf("it has %d sources, and the warnings %v", len(c.Sources), c.Warnings)
	}
}

// tokenVariable is read without a flag: a secret does not belong on a command line.
const tokenVariable = "KAIRAN_ADMIN_TOKEN"

// What the units, the manifests and compose set in the environment is read by the program.
func TestWhatDeploymentsSetIsRead(t *testing.T) {
	known := map[string]bool{tokenVariable: true}
	var visit func(*cobra.Command)
	visit = func(cmd *cobra.Command) {
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			known["KAIRAN_"+strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))] = true
		})
		for _, sub := range cmd.Commands() {
			visit(sub)
		}
	}
	visit(newRootCommand())
	variable := regexp.MustCompile(`KAIRAN_[A-Z_]*[A-Z]`)
	found := 0
	for _, pattern := range []string{"../../deploy/*.service", "../../deploy/*.yaml", "../../deploy/kubernetes/*.yaml", "../../Dockerfile"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v, %v", pattern, files, err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range variable.FindAllString(string(data), -1) {
				found++
				if !known[strings.TrimSuffix(name, "_FILE")] {
					t.Errorf("%s sets %s, which no command reads", file, name)
				}
			}
		}
	}
	if found < 20 {
		t.Errorf("%d variables prove little", found)
	}
}
