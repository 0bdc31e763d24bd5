package field_test

import (
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse/field"
)

func TestPerson(t *testing.T) {
	for _, test := range []struct {
		in   string
		want feeds.Person
	}{
		{"", feeds.Person{}},
		{"Aoi Mori", feeds.Person{Name: "Aoi Mori"}},
		{"press@city.example", feeds.Person{Name: "press@city.example", Email: "press@city.example"}},
		{"press@city.example (Press Office)", feeds.Person{Name: "Press Office", Email: "press@city.example"}},
		{"Press Office (press@city.example)", feeds.Person{Name: "Press Office", Email: "press@city.example"}},
		{"Press Office <press@city.example>", feeds.Person{Name: "Press Office", Email: "press@city.example"}},
		{`"Mori, Aoi" <aoi@city.example>`, feeds.Person{Name: "Mori, Aoi", Email: "aoi@city.example"}},
		{`'Press Office'`, feeds.Person{Name: "Press Office"}},
		{"“Press Office” (press@city.example)", feeds.Person{Name: "Press Office", Email: "press@city.example"}},
		{`Aoi "Blue" Mori`, feeds.Person{Name: `Aoi "Blue" Mori`}},
		{`"Aoi" and "Ren"`, feeds.Person{Name: `"Aoi" and "Ren"`}},
		{"mailto:press@city.example", feeds.Person{Name: "press@city.example", Email: "press@city.example"}},
		{"MAILTO:press@city.example?subject=News (Press Office)", feeds.Person{Name: "Press Office", Email: "press@city.example"}},
		{"mailto:press@city.example (Press Office)", feeds.Person{Name: "Press Office", Email: "press@city.example"}},
		{"Press Office <mailto:press@city.example>", feeds.Person{Name: "Press Office", Email: "press@city.example"}},
		{"(Press Office)", feeds.Person{Name: "Press Office"}},
		{"Aoi Mori (Harbour)", feeds.Person{Name: "Aoi Mori (Harbour)"}},
		{`<a href="/staff/aoi" rel="author">Aoi Mori</a>`, feeds.Person{Name: "Aoi Mori"}},
		{`&lt;b&gt;Aoi&lt;/b&gt; Mori`, feeds.Person{Name: "Aoi Mori"}},
		{`<a href="mailto:aoi@city.example">Aoi Mori</a> <aoi@city.example>`, feeds.Person{Name: "Aoi Mori", Email: "aoi@city.example"}},
		{"<name>Aoi Mori</name><email>aoi@city.example</email><uri>https://city.example/aoi</uri>", feeds.Person{Name: "Aoi Mori", Email: "aoi@city.example", URL: "https://city.example/aoi"}},
		{"<name></name><email>aoi@city.example</email>", feeds.Person{Name: "aoi@city.example", Email: "aoi@city.example"}},
		{"Mori < Hayashi", feeds.Person{Name: "Mori ( Hayashi"}},
	} {
		if got := field.Person(test.in); got != test.want {
			t.Errorf("Person(%q) = %+v, want %+v", test.in, got, test.want)
		}
	}
}
