// Command figures prints how the house is built, in numbers that a change should not
// make worse without a reason. Tests are left out.
//
//   - Arrows up between the files of a package: see arrows.go.
//   - Functions that branch more than 15 times: see branches.go.
//   - Lines, comments counted in.
//   - Modules that go.mod requires directly, and packages that are compiled for the program.
//   - Places that know of known entries: see seam.go.
//
// It needs the go command, and is run in the module: go run ./internal/figures
package main

import (
	"fmt"
	"io"
	"log"
	"os"
	"text/tabwriter"
)

// program is the package that is compiled for those who run Kairan.
const program = "./cmd/kairan"

// mostBranches is how often a function may branch.
const mostBranches = 15

// mostShown is how many functions and packages are named, the worst first.
const mostShown = 10

func main() {
	log.SetFlags(0)
	log.SetPrefix("figures: ")
	if err := run(os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(w io.Writer) error {
	packages, err := load()
	if err != nil {
		return err
	}
	direct, err := directModules()
	if err != nil {
		return err
	}
	compiled, err := compiledPackages(program)
	if err != nil {
		return err
	}

	arrows := arrowsOf(packages)
	branching := branchingOf(packages, mostBranches)
	known, missing := placesOf(packages, seam)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "arrows up between files\t%d\n", sum(arrows))
	for _, a := range arrows[:min(mostShown, len(arrows))] {
		fmt.Fprintf(table, "  %s\t%d\tof %d arrows between %d files\n", a.name, a.up, a.all, a.files)
	}
	fmt.Fprintf(table, "functions that branch more than %d times\t%d\n", mostBranches, len(branching))
	for _, f := range branching[:min(mostShown, len(branching))] {
		fmt.Fprintf(table, "  %s\t%d\t%s\n", f.name, f.branches, f.place)
	}
	fmt.Fprintf(table, "lines without tests\t%d\n", linesOf(packages))
	fmt.Fprintf(table, "direct modules\t%d\n", direct)
	fmt.Fprintf(table, "packages compiled for %s\t%d\n", program, compiled)
	fmt.Fprintf(table, "places that know of known entries\t%d\tin %d files\n", len(known), filesOf(known))
	for _, name := range missing {
		fmt.Fprintf(table, "  %s\t?\tis not there: name what took its place in internal/figures/seam.go\n", name)
	}
	return table.Flush()
}

func sum(all []arrows) int {
	n := 0
	for _, a := range all {
		n += a.up
	}
	return n
}
