package ops

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// sources is the page of all sources.
type sources struct {
	view
	States     []stateCount
	Publishers []Link
	Filter     sourceFilter
	Shown      []SourceStatus
	Found, All int
	Newer      string // the address of the page before; "" for none
	Older      string // and of the one behind
}

type stateCount struct {
	State SourceState
	Count int
	Path  string
}

// sourceFilter is what the form asks for.
type sourceFilter struct {
	Text, Publisher, State, Sort string
	Page                         int // the first is 0
}

// sortings are the orders that there are; the first is the usual one.
var sortings = []Link{{"need", "who needs somebody"}, {"id", "name"}, {"publisher", "publisher"}, {"success", "longest without success"}, {"new", "longest without news"}, {"due", "next due"}, {"articles", "most articles"}}

// sourcesShown is how many sources a page lists.
const sourcesShown = 100

var sourcesTemplate = parsePage("sources.html")

// Sortings are what the form offers.
func (p *sources) Sortings() []Link { return sortings }

func (o *pages) serveSources(w http.ResponseWriter, r *http.Request) {
	p := &sources{view: o.view(r, "Sources", "/sources"), Filter: sourceFilterOf(r.URL.Query())}
	all, _ := look(r, &p.view, "sources", &o.desk.sources)
	p.All, p.Publishers = len(all), publishersIn(all)
	for _, state := range sourceStates() {
		n := 0
		for _, s := range all {
			if s.State == state {
				n++
			}
		}
		if n > 0 {
			p.States = append(p.States, stateCount{state, n, "/sources?state=" + string(state)})
		}
	}
	found := p.Filter.of(all)
	p.Found = len(found)
	from := min(p.Filter.Page*sourcesShown, len(found))
	until := min(from+sourcesShown, len(found))
	p.Shown = found[from:until]
	if from > 0 {
		p.Newer = p.Filter.at(p.Filter.Page - 1)
	}
	if until < len(found) {
		p.Older = p.Filter.at(p.Filter.Page + 1)
	}
	o.render(w, r, sourcesTemplate, p)
}

func sourceFilterOf(v url.Values) sourceFilter {
	f := sourceFilter{Text: strings.TrimSpace(v.Get("q")), Publisher: v.Get("publisher"), State: v.Get("state"), Sort: v.Get("sort")}
	f.Text = f.Text[:min(len(f.Text), mostSpaces)]
	if !slices.Contains(sourceStates(), SourceState(f.State)) {
		f.State = ""
	}
	if !slices.ContainsFunc(sortings, func(l Link) bool { return l.Path == f.Sort }) {
		f.Sort = sortings[0].Path
	}
	if n, err := strconv.Atoi(v.Get("page")); err == nil && n > 0 && n < 1<<20 {
		f.Page = n
	}
	return f
}

// of returns the sources that the filter finds, in its order.
func (f sourceFilter) of(all []SourceStatus) []SourceStatus {
	text := strings.ToLower(f.Text)
	var found []SourceStatus
	for _, s := range all {
		if (f.State == "" || string(s.State) == f.State) && (f.Publisher == "" || s.Source.Publisher == f.Publisher) &&
			(text == "" || strings.Contains(strings.ToLower(s.Source.ID), text) || strings.Contains(strings.ToLower(s.Host), text)) {
			found = append(found, s)
		}
	}
	slices.SortStableFunc(found, sorting(f.Sort))
	return found
}

// sorting returns how sources are compared: those that need a person first, and in the order
// of the configuration among equals, unless somebody asks for another order.
func sorting(by string) func(a, b SourceStatus) int {
	switch by {
	case "id":
		return func(a, b SourceStatus) int { return strings.Compare(a.Source.ID, b.Source.ID) }
	case "publisher":
		return func(a, b SourceStatus) int {
			return cmp.Or(strings.Compare(a.Publisher, b.Publisher), strings.Compare(a.Source.ID, b.Source.ID))
		}
	case "success":
		return func(a, b SourceStatus) int { return a.Succeeded.Compare(b.Succeeded) }
	case "new":
		return func(a, b SourceStatus) int { return a.New.Compare(b.New) }
	case "due":
		return func(a, b SourceStatus) int {
			switch {
			case a.Due.IsZero() == b.Due.IsZero():
				return a.Due.Compare(b.Due)
			case a.Due.IsZero(): // it is not collected
				return 1
			}
			return -1
		}
	case "articles":
		return func(a, b SourceStatus) int { return b.Articles - a.Articles }
	}
	need := func(s SourceStatus) int { return slices.Index(sourceStates(), s.State) }
	return func(a, b SourceStatus) int { return need(a) - need(b) }
}

// at is the address of a page of what is found.
func (f sourceFilter) at(page int) string {
	v := url.Values{}
	for name, value := range map[string]string{"q": f.Text, "publisher": f.Publisher, "state": f.State, "sort": f.Sort} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if page > 0 {
		v.Set("page", strconv.Itoa(page))
	}
	return "/sources?" + v.Encode()
}

func sourcePath(id string) string     { return "/source/" + url.PathEscape(id) }
func publisherPath(key string) string { return "/sources?publisher=" + url.QueryEscape(key) }

// Path is the source's page.
func (s SourceStatus) Path() string { return sourcePath(s.Source.ID) }

// Path is where the publisher's sources are.
func (f publisherFlow) Path() string { return publisherPath(f.Key) }

// StateText is the state in a word or two.
func (s SourceStatus) StateText() string {
	switch s.State {
	case SourceFailing, SourceDegraded:
		return string(s.State) + " " + strconv.Itoa(s.Failures) + "×"
	}
	return string(s.State)
}
