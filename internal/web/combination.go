package web

import (
	"context"
	"net/http"

	"github.com/kairan-news/kairan/feeds"
)

// combinationBody is what the page of a combination shows.
type combinationBody struct {
	Label          string
	Topics, Cities boxes
	Action, Show   string // where the form leads, and what its button says
	// Notices are those of what is picked, and Subscribe says how to subscribe to it; nil where
	// nothing is.
	Notices   []item
	Subscribe *subscription
}

// boxes are what can be picked under one name of a form.
type boxes struct {
	Name, Label string
	Choices     []choice
}

// serveCombination answers the page of a combination, and without one that on which it is
// picked.
func (s *public) serveCombination(w http.ResponseWriter, r *http.Request, g *guise) {
	locale := r.PathValue("locale")
	if !s.speaks(w, r, g, locale) {
		return
	}
	p := picksOf(r.URL.Query())
	p.words = ""
	picked, ok := s.pick(w, r, g, locale, p)
	switch {
	case !ok:
		return
	case picked.IsEmpty() && r.URL.RawQuery != "":
		s.lead(w, g.path(picked.Path()), http.StatusMovedPermanently)
		return
	case picked.IsEmpty():
		s.servePage(w, r, g, s.emptyStamp(g, locale), htmlType, func(context.Context) ([]byte, error) {
			return s.combinationPage(g, picked, feeds.Feed{}).render(combinationTemplate)
		})
		return
	case !isQuery(r.URL.RawQuery, picked.Query()):
		s.lead(w, g.path(picked.PagePath()), http.StatusMovedPermanently)
		return
	}
	s.serveSelectionPage(w, r, g, picked, "/"+picked.PagePath(), func(ctx context.Context) ([]byte, error) {
		feed, err := s.Selections.ComposeSelection(ctx, picked)
		if err != nil {
			return nil, err
		}
		return s.combinationPage(g, picked, feed).render(combinationTemplate)
	})
}

func (s *public) combinationPage(g *guise, picked feeds.Selection, feed feeds.Feed) *page {
	p := s.newPage(g, picked.Locale, func(other string) string {
		there := picked
		if there.Locale = other; picked.IsEmpty() {
			return g.path(there.Path())
		}
		return g.path(there.PagePath())
	})
	b := &combinationBody{
		Label: p.text("search.combine"), Action: p.CombinePath, Show: p.text("search.combine-show"),
		Topics: boxes{"topic", p.text("page.categories"), s.topicChoices(g, p, picked.Topics)}, Cities: boxes{"from", p.text("page.publishers"), s.cityChoices(g, p, picked.Cities)},
	}
	p.Body = b
	if !picked.IsEmpty() {
		b.Label = p.speech.Selection(picked)
		p.Description = p.speech.SelectionDescription(picked)
		p.Feeds = g.selectionFeeds(picked)
		b.Subscribe, b.Notices = g.subscription(p, p.Feeds), g.items(p, feed)
	}
	p.Title = p.text("page.title", "Page", b.Label, "Site", p.Site())
	return p
}
