package web

import (
	"slices"

	"github.com/kairan-news/kairan/feeds"
)

// mostRelated is how many related notices a page shows, unless their source lists
// more of them itself.
const mostRelated = 5

// related are the source's own links first, then what this site holds: of each story
// the version that is best for the page's readers.
func (g *guise) related(p *page, n Notice) []relatedLink {
	stories := byStory(n.Related)
	held := func(versions []feeds.Article) relatedLink {
		a := g.best(p.Locale, n.Article.Language, versions)
		return relatedLink{
			g.articlePath(p.Locale, a.Slug), a.Title, htmlLang(a.Language), direction(a.Language), g.dayOf(p, a.Publisher, a.Published),
		}
	}
	var all []relatedLink
	for _, own := range n.Article.Related {
		title := feeds.FoldTitle(own.Title)
		i := slices.IndexFunc(stories, func(versions []feeds.Article) bool {
			return slices.ContainsFunc(versions, func(a feeds.Article) bool { return feeds.FoldTitle(a.Title) == title })
		})
		if i >= 0 {
			all = append(all, held(stories[i]))
			stories = slices.Delete(stories, i, i+1)
			continue
		}
		all = append(all, relatedLink{
			own.Link, own.Title, htmlLang(n.Article.Language), direction(n.Article.Language), g.dayOf(p, n.Article.Publisher, own.Date),
		})
	}
	for _, versions := range stories {
		if len(all) < mostRelated {
			all = append(all, held(versions))
		}
	}
	return all
}

// byStory groups articles by their stories, in the order of the first of each.
func byStory(articles []feeds.Article) [][]feeds.Article {
	var stories [][]feeds.Article
	for _, a := range articles {
		i := slices.IndexFunc(stories, func(s []feeds.Article) bool { return s[0].Story == a.Story })
		if i < 0 {
			i = len(stories)
			stories = append(stories, nil)
		}
		stories[i] = append(stories[i], a)
	}
	return stories
}

// best is the version that readers of a locale are best shown beside an article: by
// the locale's chain, else in the article's own language.
func (g *guise) best(locale, language string, versions []feeds.Article) feeds.Article {
	l, _ := g.Site.Locale(locale)
	if best := l.Chain.BestFirst(versions, language); len(best) > 0 {
		return best[0]
	}
	return versions[0]
}
