package deps

import (
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

// inCode is what a page in Markdown shows as code within a line.
var inCode = regexp.MustCompile("`([^`]+)`")

// mostOnTheWay is how many files whoever follows a notice has to open at most.
const mostOnTheWay = 40

// The page leads from feed to feed through few files, and back to none of them.
func TestANoticeIsFollowedThroughFewFiles(t *testing.T) {
	page, err := os.ReadFile("../../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	_, way, found := strings.Cut(string(page), "| what happens | on its way |")
	if !found {
		t.Fatal("the page has no table of a notice's way")
	}
	opened := map[string]bool{}
	for row := range strings.Lines(way) {
		cells := strings.Split(row, "|")
		if len(cells) < 3 {
			if len(opened) > 0 {
				break // behind the table
			}
			continue
		}
		for _, name := range filesIn(cells[2]) {
			if opened[name] {
				t.Errorf("the way leads back to %s:\n%s", name, row)
			}
			opened[name] = true
		}
	}
	if len(opened) > mostOnTheWay || len(opened) < mostOnTheWay/2 {
		t.Errorf("%d files are on the way, want at most %d", len(opened), mostOnTheWay)
	}
}

// filesIn returns the files of Go that a piece of a page names: with their folder, or after
// another one, which is in the same folder. One that is of any package is none.
func filesIn(text string) (files []string) {
	folder := ""
	for _, match := range inCode.FindAllStringSubmatch(text, -1) {
		name := match[1]
		switch {
		case !strings.HasSuffix(name, ".go"):
			continue
		case strings.Contains(name, "/"):
			folder = path.Dir(name)
		case folder == "":
			continue
		default:
			name = path.Join(folder, name)
		}
		files = append(files, name)
	}
	return files
}

// A page that says where something happens names files that are there: with their folder,
// or after another one in the same row, which is in the same folder.
func TestThePageOfTheArchitectureNamesFilesThatAreThere(t *testing.T) {
	const root = "../.."
	page, err := os.ReadFile(path.Join(root, "docs", "architecture.md"))
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for row := range strings.Lines(string(page)) {
		for _, name := range filesIn(row) {
			named++
			if _, err := os.Stat(path.Join(root, name)); err != nil {
				t.Errorf("%s is not there, which stands in\n%s", name, row)
			}
		}
	}
	if named < 30 {
		t.Errorf("the page names %d files", named)
	}
}
