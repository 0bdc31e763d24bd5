package source

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kairan-news/kairan/feeds"
)

func sitemapOf(urls ...string) string {
	return `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + strings.Join(urls, "") + `</urlset>`
}

func (s *city) url(path, modified, more string) string {
	return "<url><loc>" + s.URL + path + "</loc><lastmod>" + modified + "</lastmod>" + more + "</url>"
}

func TestSitemapSource(t *testing.T) {
	s := newCity(t)
	news := `<news:news><news:publication><news:language>ko</news:language></news:publication><news:publication_date>2026-04-09T10:00:00+09:00</news:publication_date><news:title>한강 공원이 열립니다</news:title></news:news>`
	s.set("/sitemap.xml", sitemapOf(s.url("/", "2026-04-09", ""), s.url("/a", "2026-04-01", ""), s.url("/b", "2026-04-09", news), s.url("/old", "2019-01-01", ""), "<url><loc>https://elsewhere.example/x</loc></url>"))
	s.set("/a", articlePage("en", "The old bridge is closed for repair", ""))
	s.set("/b", "<html><body><h1>서울</h1><p>본문입니다.</p></body></html>")
	v := visit(t, s, feeds.Source{Kind: feeds.KindSitemap, URL: s.URL + "/sitemap.xml"})
	v.src.MaxPages = 2
	res := v.mustRun()
	if diff := cmp.Diff([]string{"/sitemap.xml", "/b", "/a"}, s.requests()); diff != "" {
		t.Errorf("the newest come first (-want +got):\n%s", diff)
	}
	if a := res.Articles[0]; a.Language != "ko" || a.PublishedFrom != feeds.DateDeclared || a.Published.Hour() != 1 {
		t.Errorf("what a news sitemap declares is taken: %+v", a)
	}
	for res.Again > 0 {
		res = v.mustRun()
	}
	s.requests()
	s.set("/sitemap.xml", sitemapOf(s.url("/a", "2026-04-09", ""), s.url("/b", "2026-04-09", news), s.url("/old", "2019-01-01", "")))
	res = v.mustRun()
	if diff := cmp.Diff([]string{"/sitemap.xml", "/a"}, s.requests()); diff != "" {
		t.Errorf("only what was modified is asked for (-want +got):\n%s", diff)
	}
	if res = v.mustRun(); !res.Unchanged {
		t.Errorf("an unchanged sitemap brings %v", lines(res.Articles))
	}
}

func TestSitemapIndex(t *testing.T) {
	s := newCity(t)
	var index strings.Builder
	index.WriteString("<sitemapindex>")
	for i := range 8 {
		fmt.Fprintf(&index, "<sitemap><loc>%s/map%d.xml</loc><lastmod>2026-04-0%d</lastmod></sitemap>", s.URL, i, i+1)
		s.set(fmt.Sprintf("/map%d.xml", i), sitemapOf(s.url(fmt.Sprintf("/n%d", i), fmt.Sprintf("2026-04-0%d", i+1), "")))
		s.set(fmt.Sprintf("/n%d", i), articlePage("en", fmt.Sprintf("Notice number %d of the city", i), ""))
	}
	s.set("/sitemap.xml", index.String()+"</sitemapindex>")
	s.set("/map7.xml", "500")
	v := visit(t, s, feeds.Source{Kind: feeds.KindSitemap, URL: s.URL + "/sitemap.xml"})
	res := v.mustRun()
	if diff := cmp.Diff([]string{"/sitemap.xml", "/map7.xml", "/map6.xml", "/map5.xml", "/map4.xml", "/map3.xml", "/n6", "/n5", "/n4", "/n3"}, s.requests()); diff != "" {
		t.Errorf("the newest sitemaps are read (-want +got):\n%s", diff)
	}
	if !slices.Contains(codes(res), "sitemap-failed") || len(res.Articles) != 4 {
		t.Errorf("%d articles, problems %v", len(res.Articles), res.Problems)
	}

	s.set("/map7.xml", sitemapOf(s.url("/n7", "2026-04-08", "")))
	if v.mustRun(); !slices.Contains(s.requests(), "/n7") {
		t.Error("a sitemap that failed is not asked again")
	}
	s.set("/sitemap.xml", strings.Replace(index.String(), "2026-04-01", "2026-04-09", 1)+"</sitemapindex>")
	s.set("/map0.xml", sitemapOf(s.url("/n0", "2026-04-09", "")))
	v.mustRun()
	if diff := cmp.Diff([]string{"/sitemap.xml", "/map0.xml", "/n0"}, s.requests()); diff != "" {
		t.Errorf("a sitemap is read again when the index says that it changed (-want +got):\n%s", diff)
	}
}

func TestSitemapWhoseDatesLie(t *testing.T) {
	s := newCity(t)
	sitemap := func(modified string) string {
		var urls []string
		for i := range 12 {
			urls = append(urls, s.url(fmt.Sprintf("/n%d", i), modified, ""))
			s.pages[fmt.Sprintf("/n%d", i)] = articlePage("en", fmt.Sprintf("Notice number %d of the city", i), "")
		}
		return sitemapOf(urls...)
	}
	s.set("/sitemap.xml", sitemap("2026-04-01"))
	v := visit(t, s, feeds.Source{Kind: feeds.KindSitemap, URL: s.URL + "/sitemap.xml"})
	v.mustRun()
	s.requests()
	s.set("/sitemap.xml", sitemap("2026-04-10"))
	res := v.mustRun()
	if asked := s.requests(); len(asked) != 1 || !slices.Contains(codes(res), "entries-changed") {
		t.Errorf("a sitemap that is written anew each night: asked %v, problems %v", asked, codes(res))
	}
}
