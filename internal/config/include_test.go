package config

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// city is a configuration without sources of its own, which has its pattern on line 4.
const city = `site: {id: tokyo, url: https://news.example}
publishers:
  - {key: tokyo, time_zone: Asia/Tokyo, language: ja}
include: %s
`

// files returns files of those names and texts; the text "folder" makes a folder.
func files(texts map[string]string) fstest.MapFS {
	all := fstest.MapFS{}
	for name, text := range texts {
		all[name] = &fstest.MapFile{Data: []byte(text)}
		if text == "folder" {
			all[name] = &fstest.MapFile{Mode: fs.ModeDir}
		}
	}
	return all
}

func source(id string) string {
	return fmt.Sprintf("sources:\n  - {id: %s, publisher: tokyo, kind: feed, url: https://www.tokyo.example/%s}\n", id, id)
}

func TestInclude(t *testing.T) {
	for _, test := range []struct {
		remark, main, pattern string
		files                 map[string]string
		want                  string // the names of the files
	}{
		{"in the order of the paths", "kairan.yaml", "sources/*.yaml", map[string]string{
			"sources/b.yaml": source("b"), "sources/a.yaml": source("a"), "sources/c.yml": source("c"),
		}, "sources/a.yaml sources/b.yaml"},
		{"relative to the file", "etc/kairan/city.yaml", "sources/*.yaml", map[string]string{
			"etc/kairan/sources/a.yaml": source("a"), "sources/b.yaml": source("b"),
		}, "etc/kairan/sources/a.yaml"},
		{"beside its folder", "etc/city.yaml", "../shared/*.yaml", map[string]string{"shared/a.yaml": source("a")}, "shared/a.yaml"},
		{"a file by its name", "kairan.yaml", "more.yaml", map[string]string{"more.yaml": source("a"), "less.yaml": source("b")}, "more.yaml"},
		{"a list, each file once", "kairan.yaml", "[z/*.yaml, ./a/*.yaml, '*/a.yaml']", map[string]string{
			"z/a.yaml": source("z"), "a/a.yaml": source("a"), "b/b.yaml": source("b"),
		}, "a/a.yaml z/a.yaml"},
		{"files within folders", "kairan.yaml", "cities/*/sources.yaml", map[string]string{
			"cities/kyoto/sources.yaml": source("a"), "cities/nara/sources.yaml": source("b"), "cities/readme.txt": "", "cities/osaka/other.yaml": source("c"),
		}, "cities/kyoto/sources.yaml cities/nara/sources.yaml"},
		{"not the configuration itself", "kairan.yaml", "'*.yaml'", map[string]string{"kairan.yaml": "site: {}", "a.yaml": source("a")}, "a.yaml"},
		{"not what editors and file systems hide", "kairan.yaml", "'*/*.yaml'", map[string]string{
			"s/a.yaml": source("a"), "s/.#a.yaml": "x", "s/a.yaml~": "x", "..data/a.yaml": source("a"),
		}, "s/a.yaml"},
		{"hidden ones that are asked for", "kairan.yaml", ".cities/.*.yaml", map[string]string{".cities/.a.yaml": source("a"), ".cities/b.yaml": source("b")}, ".cities/.a.yaml"},
		{"letters of a range", "kairan.yaml", "'[a-m]?.yaml'", map[string]string{"a1.yaml": source("a"), "z1.yaml": source("z")}, "a1.yaml"},
	} {
		t.Run(test.remark, func(t *testing.T) {
			c, err := Read(test.main, fmt.Appendf(nil, city, test.pattern), files(test.files)).Check(bundles{})
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(c.Included, " "); got != test.want {
				t.Errorf("it includes %q, want %q", got, test.want)
			}
			if len(c.Sources) != len(c.Included) {
				t.Errorf("it has the sources %v", c.Sources)
			}
		})
	}
}

// What the files say is joined: the configuration's own first.
func TestIncludedPublishersAndSources(t *testing.T) {
	main := valid + "include: cities/*/*.yaml\n"
	c, err := Read("etc/kairan.yaml", []byte(main), files(map[string]string{
		"etc/cities/kyoto/city.yaml": `publishers:
  - {key: kyoto, name: Kyoto, time_zone: Asia/Tokyo, language: ja}
sources:
  - {id: kyoto, publisher: kyoto, kind: folder, path: ../notices}
  - {id: samples, publisher: kyoto, kind: folder, path: "builtin:samples"}
  - {id: mounted, publisher: kyoto, kind: folder, path: /srv/notices}
`,
		"etc/cities/nara/city.yaml": "sources:\n  - {id: nara, publisher: kyoto, kind: feed, url: https://nara.example/}\n",
	})).Check(bundles{})
	if err != nil {
		t.Fatal(err)
	}
	var keys, ids, folders []string
	for _, p := range c.Site.Publishers {
		keys = append(keys, p.Key)
	}
	for _, s := range c.Sources {
		ids = append(ids, s.ID)
		if s.Path != "" {
			folders = append(folders, c.Folder(s))
		}
	}
	if want := []string{"tokyo", "kyoto"}; !slices.Equal(keys, want) {
		t.Errorf("publishers %q, want %q", keys, want)
	}
	if want := []string{"news", "kyoto", "samples", "mounted", "nara"}; !slices.Equal(ids, want) {
		t.Errorf("sources %q, want %q", ids, want)
	}
	// A path is relative to the file in which it stands.
	if want := []string{"etc/cities/notices", "builtin:samples", "/srv/notices"}; !slices.Equal(folders, want) {
		t.Errorf("folders %q, want %q", folders, want)
	}
}

func TestFaultsOfWhatIsIncluded(t *testing.T) {
	bad := "sources:\n  - id: bad\n    publisher: tokyo\n    kind: rsss\n    url: https://bad.example/\n"
	for _, test := range []struct {
		remark, pattern string
		files           map[string]string
		want            []string
	}{
		{"each with its file and line", "sources/*.yaml", map[string]string{
			"sources/a.yaml": bad, "sources/b.yaml": strings.NewReplacer("rsss", "feeed", "bad", "worse").Replace(bad),
		}, []string{
			`sources/a.yaml:4:11: unknown kind "rsss"; did you mean "feed"?`,
			`sources/b.yaml:4:11: unknown kind "feeed"; did you mean "feed"?`,
		}},
		{"an id that stands in two files", "sources/*.yaml", map[string]string{"sources/a.yaml": source("news"), "sources/b.yaml": source("news")}, []string{
			`sources/b.yaml:2:10: the source "news" is there twice, first at sources/a.yaml:2:10; remove one of them or choose another name`,
		}},
		{"a publisher that stands in two files", "a.yaml", map[string]string{"a.yaml": "publishers:\n  - {key: tokyo, name: T, time_zone: UTC, language: ja}\n"}, []string{
			`a.yaml:2:11: the publisher "tokyo" is there twice, first at kairan.yaml:3:11; remove one of them or choose another name`,
		}},
		{"an address that stands in two files", "sources/*.yaml", map[string]string{
			"sources/a.yaml": source("a"), "sources/b.yaml": strings.Replace(source("a"), "id: a", "id: b", 1),
		}, []string{
			`sources/b.yaml:2:5: the source "b" collects the same as the one at sources/a.yaml:2:5; disable or remove one of them`,
		}},
		{"no such file", "more.yaml", nil, []string{
			`more.yaml: the file can't be read: file does not exist; write it, or leave it out; it is included at kairan.yaml:4:10`,
		}},
		{"no such folder", "sorces/*.yaml", nil, []string{
			`kairan.yaml:4:10: include "sorces/*.yaml" matches no file: there is no sorces; paths are relative to the file in which they stand`,
		}},
		{"nothing that matches", "sources/*.yaml", map[string]string{"sources/a.yml": source("a")}, []string{
			`kairan.yaml:4:10: include "sources/*.yaml" matches no file; remove it, or write "sources: []" into a file that it matches if there is nothing to include yet`,
		}},
		{"one of a list matches nothing", "[a.yaml, b*.yaml]", map[string]string{"a.yaml": source("a")}, []string{
			`kairan.yaml:4:19: include "b*.yaml" matches no file; `,
		}},
		{"an empty file", "a.yaml", map[string]string{"a.yaml": "# nothing yet\n"}, []string{
			`a.yaml: the file is empty; write "sources: []" into it if that is meant, or remove it`,
		}},
		{"a folder that matches", "'*'", map[string]string{"a.yaml": source("a"), "old": "folder"}, []string{
			`old: the file can't be read: `,
		}},
		{"folders within folders", "sources/**/*.yaml", nil, []string{
			`kairan.yaml:4:10: include "sources/**/*.yaml": ** does not stand for folders within folders; name each level, such as sources/*/*.yaml`,
		}},
		{"an address", "https://news.example/sources.yaml", nil, []string{
			`kairan.yaml:4:10: include "https://news.example/sources.yaml": files are included, and no addresses; fetch it`,
		}},
		{"no text", "[1, '']", nil, []string{
			`kairan.yaml:4:11: a pattern of files must be a text, and is a number`, `kairan.yaml:4:14: a pattern of files is empty; write`,
		}},
		{"a bracket that is open", "'[a.yaml'", nil, []string{`kairan.yaml:4:10: include "[a.yaml": the pattern has a bracket that is not closed`}},
		{"an include within one", "a.yaml", map[string]string{"a.yaml": "include: b.yaml\n" + source("a"), "b.yaml": source("b")}, []string{
			`a.yaml:1:1: an included file can't have the key "include"; name all files in the one that includes this one`,
		}},
		{"what belongs into the one", "a.yaml", map[string]string{"a.yaml": "site: {id: a}\nfetch: {host_pause: 2s}\nsorces: []\n"}, []string{
			`a.yaml:1:1: an included file can't have the key "site"; move it to the file that includes this one`,
			`a.yaml:2:1: an included file can't have the key "fetch"; move it`,
			`a.yaml:3:1: unknown key "sorces" in an included file; did you mean "sources"?`,
		}},
		{"a list alone", "a.yaml", map[string]string{"a.yaml": "- {id: a}\n"}, []string{`a.yaml:1:1: an included file must be a mapping of keys to values, and is a list`}},
		{"an anchor of another file", "'[ab].yaml'", map[string]string{
			"a.yaml": "sources:\n  - &a {id: a, publisher: tokyo, kind: feed, url: https://a.example/}\n", "b.yaml": "sources: [{<<: *a, id: b}]\n",
		}, []string{
			`b.yaml:1:11: a source has no "publisher"`, `b.yaml:1:11: a source has no "kind"`, `b.yaml:1:16: nothing before is marked &a`,
		}},
		// Whether there are the publishers and sources that others name is not known then.
		{"no YAML, and a fault beside it", "'[abc].yaml'", map[string]string{
			"a.yaml": "publishers: [\n",
			"b.yaml": "sources: [{id: b, publisher: kyoto, kind: feed, url: https://b.example/, editions: {of: c}}]\n",
			"c.yaml": "sources: [{id: b, publisher: kyoto, kind: feed, url: https://c.example/, categories: {default: culure}}]\n",
		}, []string{
			`a.yaml:1:13: YAML: `,
			`c.yaml:1:16: the source "b" is there twice, first at b.yaml:1:16`,
		}},
		{"a file that is too long", "a.yaml", map[string]string{"a.yaml": strings.Repeat("#", MaxFileBytes+1)}, []string{`a.yaml: the file has more than 16 MiB; divide it`}},
	} {
		t.Run(test.remark, func(t *testing.T) {
			_, err := Read("kairan.yaml", fmt.Appendf(nil, city, test.pattern), files(test.files)).Check(bundles{})
			var problems Problems
			if !errors.As(err, &problems) {
				t.Fatalf("the error is %v", err)
			}
			for i := range max(len(problems), len(test.want)) {
				switch {
				case i >= len(problems):
					t.Errorf("missing %s", test.want[i])
				case i >= len(test.want):
					t.Errorf("beside them %s", problems[i])
				case !strings.HasPrefix(problems[i].Error(), test.want[i]):
					t.Errorf("got  %s\nwant %s", problems[i], test.want[i])
				}
			}
		})
	}
}

func TestIncludeIsBounded(t *testing.T) {
	many := map[string]string{}
	for i := range maxFiles + 1 {
		many[fmt.Sprintf("s/%d.yaml", i)] = "sources: []\n"
	}
	long := map[string]string{}
	for i := range maxBytes/MaxFileBytes + 1 {
		long[fmt.Sprintf("s/%d.yaml", i)] = "sources: []\n" + strings.Repeat("#", MaxFileBytes-20)
	}
	for _, test := range []struct {
		remark string
		files  map[string]string
		want   string
	}{
		{"many", many, `kairan.yaml:4:10: include names 1001 files, and 1000 at most are read; write more into each of them`},
		{"long", long, `kairan.yaml:4:10: the included files have more than 64 MiB; include less`},
	} {
		if _, err := Read("kairan.yaml", fmt.Appendf(nil, city, "s/*.yaml"), files(test.files)).Check(bundles{}); err == nil || err.Error() != test.want {
			t.Errorf("%s: %v", test.remark, err)
		}
	}
}

// A text alone, such as the built-in one, has no folder from which to include.
func TestATextAloneIncludesNothing(t *testing.T) {
	_, err := Parse("kairan.yaml", fmt.Appendf(nil, city, "a.yaml"), bundles{})
	if err == nil || !strings.Contains(err.Error(), "kairan.yaml:4:10: nothing can be included here") {
		t.Errorf("the error is %v", err)
	}
}
