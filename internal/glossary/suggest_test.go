package glossary

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/kairan-news/kairan/locales"
)

// story has versions "ja:港湾局 en:Bureau of Port", of a notice of that name; names are parted
// by commas.
func story(name string, versions ...string) (all []Version) {
	for _, v := range versions {
		language, names, _ := strings.Cut(v, ":")
		one := Version{Story: name, Language: language, Title: name + " (" + language + ")"}
		if names != "" {
			one.Authors = strings.Split(names, ",")
		}
		all = append(all, one)
	}
	return all
}

func stories(all ...[]Version) (versions []Version) {
	for _, s := range all {
		versions = append(versions, s...)
	}
	return versions
}

func TestSuggest(t *testing.T) {
	for _, test := range []struct {
		name     string
		versions []Version
		want     string
	}{
		{"two that agree", stories(story("a", "ja:港湾局", "en:Port"), story("b", "ja:港湾局", "en:PORT")), "港湾局 en=Port(2/2)"},
		{"one alone proves little", story("a", "ja:港湾局", "en:Port"), ""},
		{"each language by itself", stories(story("a", "ja:港湾局", "en:Port", "ko:항만"), story("b", "ja:港湾局", "en:Port")), "港湾局 en=Port(2/2)"},
		{"two of three do not agree", stories(story("a", "ja:局", "en:A"), story("b", "ja:局", "en:A"), story("c", "ja:局", "en:B")), ""},
		{"three of four do", stories(story("a", "ja:局", "en:A"), story("b", "ja:局", "en:A"), story("c", "ja:局", "en:B"), story("d", "ja:局", "en:A")), "局 en=A(3/4)"},
		{"two authors say nothing", stories(story("a", "ja:局,花子", "en:A"), story("b", "ja:局", "en:A,B"), story("c", "ja:局", "en:A")), ""},
		{"nor does none", stories(story("a", "ja:局", "en:"), story("b", "ja:", "en:A")), ""},
		{"a name that stays as it is needs no entry", stories(story("a", "ja:NHK", "en:nhk"), story("b", "ja:NHK", "en:NHK")), ""},
		{"without the publisher's language nothing is told", stories(story("a", "ko:국", "en:A"), story("b", "ko:국", "en:A")), ""},
		{"space and width make no other name", stories(story("a", "ja:ＡＩ局", "en:AI Bureau"), story("b", "ja:AI 局", "en:AI  Bureau")), "ＡＩ局 en=AI Bureau(2/2)"},
		{"the surest comes first", stories(story("a", "ja:一", "en:1"), story("b", "ja:一", "en:1"), story("c", "ja:二", "en:2"), story("d", "ja:二", "en:2"), story("e", "ja:二", "en:2")), "二 en=2(3/3); 一 en=1(2/2)"},
	} {
		var got []string
		for _, s := range Suggest("ja", test.versions, nil) {
			line := s.Names[0].Text
			for _, n := range s.Names[1:] {
				line += fmt.Sprintf(" %s=%s(%d/%d)", n.Language, n.Text, n.Agree, n.Of)
			}
			got = append(got, line)
		}
		if got := strings.Join(got, "; "); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestTermsAreSuggestedBesideDepartments(t *testing.T) {
	var versions []Version
	for _, name := range []string{"a", "b"} {
		versions = append(versions, Version{Story: name, Language: "ja", Terms: []string{"水"}}, Version{Story: name, Language: "en", Terms: []string{"Water"}})
	}
	all := Suggest("ja", versions, nil)
	if len(all) != 1 || all[0].Kind != locales.Term {
		t.Errorf("suggested is %+v", all)
	}
}

// What is written is read as a glossary, which then has nothing to be suggested any more.
func TestWhatIsWrittenIsAGlossary(t *testing.T) {
	versions := stories(story(`"a" \ 1`, "ja:港湾\t局", `en:The "Port"`), story("b", "ja:港湾 局", `en:The "Port"`, "zh-Hant:港灣"))
	var b strings.Builder
	if err := Write(&b, "tokyo", Suggest("ja", versions, nil)); err != nil {
		t.Fatal(err)
	}
	bundle, err := locales.Load(fstest.MapFS{"glossary.tokyo.toml": {Data: []byte(b.String())}})
	if err != nil {
		t.Fatalf("%v\n%s", err, b.String())
	}
	if got := fmt.Sprint(bundle.Glossary("tokyo").Names(locales.Department, "港湾局")); got != `[{en The "Port"} {ja 港湾 局}]` {
		t.Errorf("read back is %s", got)
	}
	if !strings.Contains(b.String(), `# 2 of 2 notices, such as "\"a\" \\ 1 (ja)"`) {
		t.Errorf("no example:\n%s", b.String())
	}
	if all := Suggest("ja", versions, bundle.Glossary("tokyo")); all != nil {
		t.Errorf("suggested again is %+v", all)
	}
}
