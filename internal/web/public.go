package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/trouble"
	"github.com/kairan-news/kairan/locales"
)

// Public returns the public site: pages, feeds, and what goes with them.
//
// # Addresses
//
//	/                              302 to the reader's language, else a list of all
//	/{other}/…                     301 from another spelling of a locale, 302 from what it fits
//	/{locale}/                     the latest notices, the urgent ones first
//	/{locale}/all                  the page of all notices; its feeds end in .rss, .atom, .json
//	/{locale}/all.3                what stands of an archive; its feeds end so, too
//	/{locale}/{category}           likewise, with archives
//	/{locale}/from/{publisher}     likewise
//	/{locale}/only/{category}      likewise
//	/{locale}/everything           likewise
//	/{locale}/n/{slug}             an article
//	/{locale}/search               the search; its feeds end in .rss, .atom, .json
//	/{locale}/feed                 topics and cities put together; likewise
//	/{locale}/opensearch.xml       what tells browsers of the search
//	/{locale}/subscribe            how to subscribe, for who never has
//	/f/{digest}/{name}             a file that is published with one
//	/{locale}/about                what the site is, whose news it has and how fresh that is
//	/{locale}/partners             what programs can rely on; a category of that name is older
//	/{locale}/page/{name}          a page of the city's own
//	/{locale}/feeds.opml           the channel of all notices, as OPML 2.0
//	/{locale}/topics.opml          the channels of categories
//	/{locale}/cities.opml          the channels of publishers
//	/{locale}/channels.opml        every channel
//	/healthz /readyz               for balancers: whether the process lives, and can do its duty
//	/robots.txt /style-{digest}.css /script-{digest}.js
//	/theme-{digest}.css /site-{digest}.css  the city's colours and its further style sheet
//	/sitemap.xml                   the sitemaps: of pages, and of articles in parts
//	/sitemap-pages.xml /sitemap-{n}.xml /news-sitemap.xml
//	/feed-extension.xsd /feed-extension.schema.json  what formats have no word for
//	/favicon.svg /favicon.ico      the site's icon, if it is one of these kinds
//	/icon-{digest}.png             the site's icon and logo, where they are files
func Public(c Config) http.Handler {
	c = c.withDefaults()
	s := &public{
		Config:   c,
		guises:   &guises{settings: c.Settings, assets: newAssets()},
		pages:    newPageCache(c.PageBytes),
		sitemaps: newPageCache(sitemapBytes),
		selected: newPageCache(c.SelectionBytes),
		askers:   newAskers(c.Now),
		desk:     newDesk(),
		selecting: trouble.Trouble{
			Began: "searches and combinations can't be made: those that were are served in their last state; see whether the database answers in time",
			Ended: "searches and combinations are made again",
		},
		composing: trouble.Trouble{
			Began: "pages can't be composed: those that were are served in their last state; see whether the database answers",
			Ended: "pages are composed again",
		},
	}
	s.feedCache = []string{cacheControl(c.FeedAge)}
	s.pageCache = []string{cacheControl(c.PageAge)}

	mux := http.NewServeMux()
	handle := func(pattern, class string, serve func(http.ResponseWriter, *http.Request, *guise)) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			classify(w, class)
			serve(w, r, s.guises.now())
		})
	}
	handle("/{$}", "page", s.serveRoot)
	handle("/robots.txt", "asset", s.serveRobots)
	handle(sitemapPath, "page", s.serveSitemap)
	handle(pagesSitemapPath, "page", s.servePagesSitemap)
	handle(newsSitemapPath, "page", s.serveNewsSitemap)
	handle(s.guises.assets.stylePath, "asset", s.serveStyle)
	handle(s.guises.assets.scriptPath, "asset", s.serveScript)
	// Without this the mux would answer with a redirect of its own, whatever the name.
	handle("/{locale}", "redirect", s.serveOwnFile(s.servePartSitemap(s.serveOther)))
	handle("/{locale}/{$}", "page", s.serveHome)
	handle("/{locale}/subscribe", "page", s.serveSubscribe)
	handle("/{locale}/{name}", "channel", s.serveChannel)
	handle("/{locale}/{kind}/{name}", "channel", s.serveChannelOrFile)
	handle("/{locale}/n/{slug}", "article", s.serveArticle)
	handle("/{locale}/about", "page", s.serveAbout)
	handle("/{locale}/partners", "page", s.servePartners)
	handle("/{locale}/page/{name}", "page", s.serveOwnPage)
	for _, l := range opmlLists() {
		handle("/{locale}/"+l.name+".opml", "page", s.serveOPML(l))
	}
	if c.Selections != nil {
		handle("/{locale}/search", "page", s.serveSearch)
		handle("/{locale}/feed", "page", s.serveCombination)
		handle("/{locale}/search/{$}", "redirect", s.serveWithoutSlash)
		handle("/{locale}/feed/{$}", "redirect", s.serveWithoutSlash)
		handle("/{locale}/opensearch.xml", "asset", s.serveOpenSearch)
		for _, f := range feeds.Formats() {
			handle("/{locale}/search."+string(f), "feed", s.serveSelectionFeed(true, f))
			handle("/{locale}/feed."+string(f), "feed", s.serveSelectionFeed(false, f))
		}
	}
	handle("/", "unknown", s.serveOther)

	site := s.watched(s.guarded(mux))
	if c.Ready == nil {
		return site
	}
	return c.Ready.beside(site)
}

// public is the public site at work.
type public struct {
	Config
	guises    *guises
	pages     *pageCache
	sitemaps  *pageCache // who walks through all of them takes no page's room
	fresh     atomic.Pointer[freshness]
	composing trouble.Trouble
	// Of searches and combinations: what is held, what each address may have made, what is made
	// at once, and whether it can be.
	selected  *pageCache
	askers    *askers
	desk      *desk
	selecting trouble.Trouble
	latest    latests
	// Cache-Control as http.Header holds it.
	feedCache []string
	pageCache []string
}

// guarded does what is due before any address is looked at: it refuses methods
// that nothing here has, takes the path of the public address off, and redirects
// other spellings of a locale.
func (s *public) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g := s.guises.now()
		setSecurity(w.Header())
		switch r.Method {
		case http.MethodGet, http.MethodHead:
		case http.MethodOptions:
			serveOptions(w)
			return
		default:
			w.Header().Set("Allow", allowed)
			atFeed(w.Header(), r)
			s.fail(w, r, g, http.StatusMethodNotAllowed)
			return
		}
		if g.prefix != "" {
			if rest, ok := strings.CutPrefix(r.URL.Path, g.prefix); ok && (rest == "" || rest[0] == '/') {
				stripped := *r
				u := *r.URL
				u.Path, u.RawPath = rest, ""
				if rest == "" {
					u.Path = "/"
				}
				stripped.URL = &u
				r = &stripped
			}
		}
		first, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		if _, known := g.speech[first]; !known && first != "" && !strings.Contains(first, ".") {
			if s.serveOtherLocale(w, r, g, first, rest) {
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

// serveOtherLocale answers an address that has something else in a locale's place, and
// reports whether it leads anywhere: for good where that is another spelling, for now where
// the site lacks a region or a variant. What was a locale of the site itself has ended.
func (s *public) serveOtherLocale(w http.ResponseWriter, r *http.Request, g *guise, name, rest string) bool {
	locale, forGood, ok := locales.CanonicalLocale(g.tags, name)
	if !ok || !forGood && s.hadLocale(g, name) {
		return false
	}
	status := http.StatusFound
	if forGood {
		status = http.StatusMovedPermanently
	}
	atFeed(w.Header(), r)
	w.Header().Set("Cache-Control", redirectCache) // who polls a feed there need not ask twice each time
	redirect(w, r, g.prefix+"/"+locale+"/"+rest, status)
	return true
}

// atFeed has whatever is answered at a feed's address say what feeds depend on, and lets
// scripts of other sites read it: they could not follow a redirect else.
func atFeed(h http.Header, r *http.Request) {
	if _, ok := feeds.ParseDocumentPath(strings.TrimPrefix(r.URL.Path, "/")); ok {
		h["Vary"] = varyFeed[:len(varyFeed):len(varyFeed)]
		h["Access-Control-Allow-Origin"] = anyOrigin
	}
}

// allowed is what every address of the site answers.
const allowed = "GET, HEAD, OPTIONS"

// serveOptions answers a question for the methods, and the preflight of a script
// that asks for a feed with a validator.
func serveOptions(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Allow", allowed)
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Allow-Methods", allowed)
	h.Set("Access-Control-Allow-Headers", "If-None-Match, If-Modified-Since, A-IM")
	h.Set("Access-Control-Max-Age", "86400")
	w.WriteHeader(http.StatusNoContent)
}

// serveOther answers what no address of the site is: /{locale} lacks its slash, a
// channel may have one too many, and all else is unknown.
func (s *public) serveOther(w http.ResponseWriter, r *http.Request, g *guise) {
	path := strings.Trim(r.URL.Path, "/")
	if _, ok := g.speech[path]; ok || s.hadLocale(g, path) {
		redirect(w, r, g.prefix+"/"+path+"/", http.StatusMovedPermanently)
		return
	}
	if strings.HasSuffix(r.URL.Path, "/") {
		if c, ok := feeds.ParseChannel(path); ok {
			if s.serveFormer(w, r, g, c, g.listPath) {
				return
			}
			if g.Site.HasChannel(c) {
				redirect(w, r, g.listPath(c), http.StatusMovedPermanently)
				return
			}
		}
		if locale, slug, ok := strings.Cut(path, "/n/"); ok && slices.Contains(g.tags, locale) && slug != "" && !strings.Contains(slug, "/") {
			redirect(w, r, g.articlePath(locale, slug), http.StatusMovedPermanently)
			return
		}
	}
	s.fail(w, r, g, http.StatusNotFound)
}

// redirectCache is how long a redirect may be kept that may be changed one day.
const redirectCache = "public, max-age=3600"

// redirect leads to a path of this site. The query goes along.
func redirect(w http.ResponseWriter, r *http.Request, path string, status int) {
	u := url.URL{Path: path, RawQuery: r.URL.RawQuery}
	h := w.Header()
	h.Set("Location", u.String())
	if status == http.StatusMovedPermanently {
		h.Set("Cache-Control", redirectCache)
	}
	h.Set("Content-Length", "0")
	w.WriteHeader(status)
}
