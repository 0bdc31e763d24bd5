package opml

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/parsetest"
)

func TestOPML(t *testing.T) {
	o, err := Parse([]byte(`<?xml version="1.0"?><OPML version="1.0"><head><title>My cities</title></head><body>
<outline text="Asia"><outline text="Japan &amp; Korea"><outline text="x" title="東京都" type="rss" xmlUrl="https://tokyo.example/index.rdf" htmlUrl="https://tokyo.example/" language="jp"/></outline>
<outline text="Old" XMLURL="feed://old.example/rss"/></outline>
<outline text="Script" xmlUrl="javascript:alert(1)"/><outline text="A note"/>
</body></OPML>`), parse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(&Document{Title: "My cities", Outlines: []Outline{
		{Title: "東京都", URL: "https://tokyo.example/index.rdf", Raw: "https://tokyo.example/index.rdf", HomePage: "https://tokyo.example/", Type: "rss", Language: "ja", Groups: []string{"Asia", "Japan & Korea"}},
		{Title: "Old", URL: "https://old.example/rss", Raw: "https://old.example/rss", Groups: []string{"Asia"}},
		{Title: "Script", Raw: "javascript:alert(1)"},
	}}, o); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	o, err = Parse([]byte(`<opml version="2.0"><body><outline text="A" isComment="false"><outline text="Off" ISCOMMENT=" True " xmlUrl="https://off.example/1">
<outline text="Within" xmlUrl="https://off.example/2"><outline xmlUrl="https://off.example/3"/></outline></outline><outline text="On" xmlUrl="feed:https://on.example/1"/></outline>
<outline xmlUrl="FEED:http://on.example/2"/><outline text="B" isComment="true"/><outline text="C"><outline xmlUrl="https://on.example/3"/></outline></body></opml>`), parse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Outline{
		{Title: "On", URL: "https://on.example/1", Raw: "https://on.example/1", Groups: []string{"A"}},
		{URL: "http://on.example/2", Raw: "http://on.example/2"},
		{URL: "https://on.example/3", Raw: "https://on.example/3", Groups: []string{"C"}},
	}, o.Outlines); diff != "" {
		t.Errorf("of what is commented out, and under feed: (-want +got):\n%s", diff)
	}
	o, err = Parse([]byte(`<opml><body><outline xmlUrl="https://a.example/1"/><outline text="cut`), parse.Options{})
	if err != nil || len(o.Outlines) != 1 || !parsetest.HasProblem(o.Problems, "not-well-formed") {
		t.Errorf("cut off: %v, %+v", err, o)
	}
	if _, err := Parse([]byte(`<rss/>`), parse.Options{}); !errors.Is(err, ErrNotOPML) {
		t.Errorf("a feed: %v", err)
	}
}
