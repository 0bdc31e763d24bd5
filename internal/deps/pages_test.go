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
		folder := ""
		for _, match := range inCode.FindAllStringSubmatch(row, -1) {
			name := match[1]
			switch {
			case !strings.HasSuffix(name, ".go"):
				continue
			case strings.Contains(name, "/"):
				folder = path.Dir(name)
			case folder == "": // of any package
				continue
			default:
				name = path.Join(folder, name)
			}
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
