package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// What a finding, an alert or the runbook tells somebody to type is there: the command, its
// flags, and room for what is named.
func TestCommandsThatOperatorsAreToldOfExist(t *testing.T) {
	named := map[string][]string{} // where it stands, by command line
	inCode := regexp.MustCompile("`([^`]+)`")
	for _, file := range []string{"runbook.md", "operators.md"} {
		text, err := os.ReadFile(filepath.Join("..", "..", "docs", file))
		if err != nil {
			t.Fatal(err)
		}
		prose := regexp.MustCompile("(?ms)^ *```.*?^ *```$").ReplaceAllString(string(text), "")
		for paragraph := range strings.SplitSeq(prose, "\n\n") {
			for _, found := range inCode.FindAllStringSubmatch(paragraph, -1) {
				if line := strings.Join(strings.Fields(found[1]), " "); strings.HasPrefix(line, "kairan ") {
					named[line] = append(named[line], file)
				}
			}
		}
	}
	if len(named) < 25 {
		t.Errorf("the documents have only %d commands", len(named))
	}
	sentences := 0
	for _, folder := range []string{"flow", "notify", "watch", "ops", "operate", "probe"} {
		for line, file := range commandsOfSentences(t, filepath.Join("..", "..", "internal", folder)) {
			named[line] = append(named[line], file)
			sentences++
		}
	}
	if sentences < 20 {
		t.Errorf("the program's sentences have only %d commands", sentences)
	}
	alerts, err := os.ReadFile(filepath.Join("..", "..", "deploy", "alerts.yml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range regexp.MustCompile(`\\"(kairan [^"\\]+)\\"`).FindAllStringSubmatch(string(alerts), -1) {
		named[found[1]] = append(named[found[1]], "alerts.yml")
	}
	for line, places := range named {
		wrong := unknownIn(line)
		if wrong == "" && !slices.Equal(places, []string{"operators.md"}) { // which explains more than it tells to do
			wrong = lackingIn(line)
		}
		if wrong != "" {
			t.Errorf("%s: %q: %s", strings.Join(places, ", "), line, wrong)
		}
	}
}

func TestACommandThatIsNotThereIsFound(t *testing.T) {
	for line, want := range map[string]string{
		"kairan frobnicate":                                "no command",
		"kairan sources relaese SOURCE":                    "no command",
		"kairan pause SOURCE --because TEXT":               "no flag",
		"kairan epoch now":                                 "can't do anything",
		"kairan status":                                    "",
		`kairan pause SOURCE --for 48h --reason "so long"`: "",
		"kairan locales export TAG":                        "",
		"kairan backup /path/kairan-$(date +%F).db":        "",
	} {
		if got := unknownIn(line); (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}

func TestAFlagThatIsNeededIsMissed(t *testing.T) {
	for line, want := range map[string]string{
		"kairan epoch":                       "it needs --reason",
		"kairan pause SOURCE --reason TEXT":  "it needs --for",
		"kairan incidents mute ID --for 24h": "it needs --reason",
		"kairan republish ja/all":            "",
		"kairan status":                      "",
	} {
		if got := lackingIn(line); got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}

// commandsOfSentences returns the commands in double quotes of a package's texts, and where.
func commandsOfSentences(t *testing.T, folder string) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %v", folder, err)
	}
	found := map[string]string{}
	quoted := regexp.MustCompile(`"(kairan [^"]*)"`)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		syntax, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(syntax, func(n ast.Node) bool {
			literal, ok := n.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(literal.Value)
			if err != nil {
				t.Fatal(err)
			}
			for _, command := range quoted.FindAllStringSubmatch(text, -1) {
				found[command[1]] = file
			}
			return true
		})
	}
	return found
}

// unknownIn says what of a command line there is not; "" where all of it is there.
func unknownIn(line string) string {
	line = regexp.MustCompile(`"[^"]*"|\$\([^)]*\)`).ReplaceAllString(line, "X")
	cmd := newRootCommand()
	cmd.InitDefaultHelpCmd()
	var given []string
	line, _, _ = strings.Cut(line, " >") // what the shell does with it
	words := strings.Fields(line)[1:]
	for n := 0; n < len(words); n++ {
		word := words[n]
		if name, ok := strings.CutPrefix(word, "--"); ok {
			name, _, valued := strings.Cut(name, "=")
			flag := cmd.Flag(name)
			if flag == nil {
				return "no flag --" + name + " of " + cmd.CommandPath()
			}
			if !valued && flag.NoOptDefVal == "" {
				n++
			}
			continue
		}
		if next := child(cmd, word); next != nil && len(given) == 0 {
			cmd = next
			continue
		}
		if cmd.HasSubCommands() {
			return "no command " + word + " of " + cmd.CommandPath()
		}
		given = append(given, word)
	}
	if len(given) > 0 && cmd.Args != nil {
		if err := cmd.Args(cmd, given); err != nil {
			return err.Error()
		}
	}
	return ""
}

// lackingIn says which flag a command line lacks without which the command does nothing; ""
// where it has all of them.
func lackingIn(line string) string {
	cmd := newRootCommand()
	for _, word := range strings.Fields(line)[1:] {
		if next := child(cmd, word); next != nil {
			cmd = next
		}
	}
	usage := regexp.MustCompile(`\[[^]]*\]|\S+ \| \S+`).ReplaceAllString(cmd.Use, "")
	for _, flag := range regexp.MustCompile(`--[a-z-]+`).FindAllString(usage, -1) {
		if !strings.Contains(line, flag) {
			return "it needs " + flag
		}
	}
	return ""
}

func child(cmd *cobra.Command, name string) *cobra.Command {
	for _, c := range cmd.Commands() {
		if c.Name() == name {
			return c
		}
	}
	return nil
}
