package locales

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

const tokyoGlossary = `
[[department]]
ja = ["港湾局", "東京都港湾局"]
en = "Bureau of Port and Harbor"
zh-Hant = "港灣局"

[[term]]
ja = "ＡＩ活用"
en = "Use of AI"

[[place]]
ja = "東京港"
en = "Port of  Tokyo"
`

func TestGlossary(t *testing.T) {
	b, err := Load(folder("glossary.tokyo.toml", tokyoGlossary))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		publisher    string
		kind         Kind
		called, want string
	}{
		{"tokyo", Department, "港湾局", "[{en Bureau of Port and Harbor} {ja 港湾局} {zh-Hant 港灣局}]"},
		{"tokyo", Department, "東京都 港湾局", "[{en Bureau of Port and Harbor} {ja 港湾局} {zh-Hant 港灣局}]"},
		{"tokyo", Department, "bureau of port and HARBOR ", "[{en Bureau of Port and Harbor} {ja 港湾局} {zh-Hant 港灣局}]"},
		{"tokyo", Term, "AI 活用", "[{en Use of AI} {ja ＡＩ活用}]"},
		{"tokyo", Place, "東京港", "[{en Port of Tokyo} {ja 東京港}]"},
		{"tokyo", Place, "港湾局", "[]"},
		{"tokyo", Department, "", "[]"},
		{"seoul", Department, "港湾局", "[]"},
	} {
		if got := fmt.Sprint(b.Glossary(test.publisher).Names(test.kind, test.called)); got != test.want {
			t.Errorf("%s calls %s %q %s, want %s", test.publisher, test.kind, test.called, got, test.want)
		}
	}
	if got := b.Glossaries(); !slices.Equal(got, []string{"tokyo"}) {
		t.Errorf("glossaries of %q", got)
	}
	plain := mustLoad(t)
	if b.Digest() == plain.Digest() {
		t.Error("a glossary makes no other words")
	}
	if !slices.Equal(b.Tags(), plain.Tags()) {
		t.Error("a glossary adds a locale")
	}
}

func TestFaultsOfAGlossary(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"[[departement]]\nja = \"局\"\nen = \"Bureau\"\n", "glossary.tokyo.toml:1: a glossary has no [[departement]]; write [[department]], [[term]] or [[place]]"},
		{"\n[department]\nja = \"局\"\n", "glossary.tokyo.toml:2: department is no list of tables; write [[department]] above each"},
		{"[[term]]\nja = \"港\"\nen = \"Port\"\n\n[[term]]\nja = \"水\"\nenglish = \"Water\"\nen = \"Water\"\n", `glossary.tokyo.toml:7: "english" is not a language; use a BCP 47 tag`},
		{"[[term]]\nja = \"港\"\nen = [\"Port\", \" \"]\nko = \"항만\"\n", "glossary.tokyo.toml:3: term has no name in en; write one"},
		{"[[term]]\nja = \"港\"\nen = \"Port\"\n[[term]]\nko = \"항만\"\nen = \"PORT\"\n", `glossary.tokyo.toml:4: "PORT" is the name of two entries of term; leave it with the one that is meant`},
		{"[[term]]\nja = \"港\"\n", "glossary.tokyo.toml:1: a term has a name in one language alone; give it a name in another"},
		{"[[term]]\nja = 港\n", "glossary.tokyo.toml:2: "},
	} {
		_, err := Load(folder("glossary.tokyo.toml", test.text))
		if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q makes the fault\n%v, want\n%s", test.text, err, test.want)
		}
	}
	if _, err := Load(fstest.MapFS{"glossary.toml": {Data: []byte("")}}); err == nil || !strings.Contains(err.Error(), "glossary.<publisher>.toml") {
		t.Errorf("a glossary of nobody: %v", err)
	}
}
