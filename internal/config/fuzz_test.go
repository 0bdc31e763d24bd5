package config

import (
	"fmt"
	"slices"
	"strconv"
	"testing"
)

// Whatever a file holds, reading it ends, and gives either a Config or faults.
func FuzzParse(f *testing.F) {
	f.Add([]byte(valid))
	f.Add(Template())
	for _, seed := range []string{
		"", "---\n", "a: &a [*a]", "site: {<<: &a {<<: *a}}", "? a\n: b", "site: !!map {}", "site: |\n  x", "site: 'x", "- - - -", "\ufeffsite:\n",
		"sources:\n- &x {id: a}\n- <<: [*x, *x]\n", "%YAML 1.2\n---\nsite: 1", "site: {id: 0x1f, url: .inf}", "fetch: {timeout: 99999999999999999999h, max_size: 9223372036854775807GiB}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Parse("kairan.yaml", data, bundles{})
		if (c == nil) == (err == nil) {
			t.Errorf("Parse gave %v and %v", c, err)
		}
	})
}

// Whatever a pattern is, and whatever it matches, reading ends, and no file is there twice.
func FuzzInclude(f *testing.F) {
	f.Add("sources/*.yaml", "sources: []")
	f.Add("*/../[a-z]?/*", "publishers: [")
	f.Add("/./..//.*", "")
	f.Add("kairan.yaml", "include: x")
	f.Fuzz(func(t *testing.T, pattern, text string) {
		from := files(map[string]string{"kairan.yaml": text, "a/b.yaml": text, "a/.c.yaml": text, ".d/e.yaml": text, "sources/f.yaml": "sources: []"})
		u := Read("kairan.yaml", fmt.Appendf(nil, city, strconv.Quote(pattern)), from)
		c, err := u.Check(bundles{})
		if (c == nil) == (err == nil) {
			t.Errorf("%q gave %v and %v", pattern, c, err)
		}
		if all := slices.Sorted(slices.Values(u.files)); len(slices.Compact(all)) != len(u.files) {
			t.Errorf("%q includes %q", pattern, u.files)
		}
	})
}

func FuzzParseSchedule(f *testing.F) {
	for _, seed := range []string{"*/30 * * * *", "@every 30m", "TZ=Asia/Tokyo", "0 0 29 2 *", "1-5/2,7 ? * jan-dec mon", "@hourly"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, spec string) {
		s, err := ParseSchedule(spec)
		if (s == nil) == (err == nil) {
			t.Errorf("ParseSchedule(%q) gave %v and %v", spec, s, err)
		}
	})
}
