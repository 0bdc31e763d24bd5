package ops

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestAPageTellsWhoLooksAtItAndWhyTheyCannotAct(t *testing.T) {
	for _, c := range []struct {
		visitor Visitor
		want    []string
		none    []string
	}{
		{Visitor{Name: "yuki", Session: true}, []string{"You are yuki.", `action="/logout"`}, []string{"cannot"}},
		{Visitor{Name: "mori"}, []string{"You are mori."}, []string{`action="/logout"`}},
		{Visitor{WhyNot: "Nobody can act <here>."}, []string{"Nobody can act &lt;here&gt;."}, []string{"You are", `action="/logout"`}},
	} {
		v := view{Title: "Done", Visitor: c.visitor, pages: &pages{}}
		w := httptest.NewRecorder()
		(&pages{}).render(w, httptest.NewRequest(http.MethodGet, "/", nil), actedTemplate, &acted{v})
		for _, want := range c.want {
			if !strings.Contains(w.Body.String(), want) {
				t.Errorf("%+v: the page has no %q", c.visitor, want)
			}
		}
		for _, none := range c.none {
			if strings.Contains(w.Body.String(), none) {
				t.Errorf("%+v: the page has %q", c.visitor, none)
			}
		}
	}
}
