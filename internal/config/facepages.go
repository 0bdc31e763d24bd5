package config

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/face"
	"github.com/kairan-news/kairan/internal/parse/notice"
)

// ownPages are the program's own pages, by the names under which links lead to them, with
// the messages that are their titles.
func ownPages() []word { return words("about", "partners", "subscribe") }

func (b *builder) links(v *value, f *face.Face) (links []face.Link) {
	for _, item := range v.list() {
		to := item.get("to")
		l := face.Link{Texts: b.texts(item.get("text")), TextID: item.get("text_id").string()}
		switch target := to.string(); {
		case target == "":
			continue
		case strings.HasPrefix(target, "/"):
			l.Path = target
		case strings.Contains(target, ":"):
			l.URL = target
		default:
			if !b.wantPage(to, f) {
				continue
			}
			l.Page = target
		}
		if l.TextID != "" && !b.hasMessage(l.TextID) {
			b.add(item.get("text_id").at, fmt.Sprintf("there is no message %q in the bundles", l.TextID), "write the text of the link instead, or add the message to the folder that site.messages names")
			continue
		}
		if l.TextID == "" && l.Page == "" {
			b.wantTexts(l.Texts, item.at, fmt.Sprintf("the link to %q has no text", to.text), "add its text")
		}
		links = append(links, l)
	}
	return links
}

// wantPage reports a name that is no page.
func (b *builder) wantPage(to *value, f *face.Face) bool {
	known := ownPages()
	for _, p := range f.Pages {
		known = append(known, word{text: p.Name})
	}
	return b.wantKnown(to, "page", known)
}

// pages returns the site's own pages, in the order of their names.
func (b *builder) pages(v *value, site *feeds.Site) (pages []face.Page) {
	for _, p := range v.table() {
		if p.value == nil {
			b.add(p.at, fmt.Sprintf("the page %q has no file", p.key), "name one, such as pages/"+p.key+".*.md, or remove the page")
			continue
		}
		if p.value.bad {
			continue
		}
		page := face.Page{Name: p.key}
		for _, version := range b.versions(p.value, site) {
			if text, ok := b.page(version, site); ok {
				page.Texts = append(page.Texts, text)
			}
		}
		if len(page.Texts) > 0 {
			pages = append(pages, page)
		}
	}
	slices.SortFunc(pages, func(a, b face.Page) int { return cmp.Compare(a.Name, b.Name) })
	return pages
}

// version is a page's file in a language.
type version struct {
	language string
	file     openedFile
	at       position // where it is named
}

// versions returns the files of a page, one in each language.
func (b *builder) versions(v *value, site *feeds.Site) (all []version) {
	if v.form == textForm {
		for _, file := range b.opened[v] {
			all = append(all, version{cmp.Or(languageOf(file.name), site.DefaultLocale), file, v.at})
		}
	} else {
		for _, p := range v.table() {
			if tag, f := canonical(p.key); f == nil && p.value.string() != "" {
				all = append(all, version{tag, b.opened[p.value][0], p.value.at})
			}
		}
	}
	first := map[string]string{}
	return slices.DeleteFunc(all, func(v version) bool {
		if name, taken := first[v.language]; taken {
			b.add(v.at, fmt.Sprintf("%s and %s are the same page in the same language, %s", name, v.file.name, v.language), "remove one of them, or name its language before the extension")
			return true
		}
		first[v.language] = v.file.name
		return false
	})
}

// languageOf returns the language that a file names before its extension; "" for none.
func languageOf(name string) string {
	stem := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	if tag, f := canonical(strings.TrimPrefix(filepath.Ext(stem), ".")); f == nil {
		return tag
	}
	return ""
}

// page reads a page in one language.
func (b *builder) page(v version, site *feeds.Site) (face.Text, bool) {
	f := v.file.unread("a path is relative to this file", "name a Markdown file")
	switch {
	case f != nil:
	case !strings.EqualFold(filepath.Ext(v.file.name), ".md"):
		f = &fault{"is no Markdown file", "write it in Markdown, with the extension .md"}
	case len(v.file.body) > maxPageBytes:
		f = &fault{"has more than 1 MiB", "divide it into several pages"}
	case !utf8.Valid(v.file.body):
		f = &fault{"is not UTF-8", "save it in that encoding"}
	}
	if f != nil {
		b.add(v.at, fmt.Sprintf("the page %s %s", v.file.name, f.what), f.hint)
		return face.Text{}, false
	}
	home, ok := site.Home(v.language)
	if !ok {
		home = site.DefaultLocale
	}
	data := []byte(strings.TrimPrefix(string(v.file.body), "\uFEFF"))
	p := notice.ParsePage(data, site.BaseURL+"/"+home+"/")
	switch {
	case p.Title == "":
		b.add(v.at, fmt.Sprintf("the page %s has no heading, which would be its title", v.file.name), "write one into its first line, such as \"# About us\"")
		return face.Text{}, false
	case strings.Contains(p.Content, ` src="http://`):
		b.add(v.at, fmt.Sprintf("the page %s has a picture of an http address, which browsers don't show", v.file.name), "write its https address")
		return face.Text{}, false
	}
	if dropped := p.Dropped.String(); dropped != "" {
		b.warn(v.at, fmt.Sprintf("the page %s is shown without what can't stand on a page: %s", v.file.name, dropped), "write it otherwise")
	}
	for _, problem := range p.Problems {
		b.warn(v.at, fmt.Sprintf("the page %s: %s", v.file.name, problem.Detail), "mend it")
	}
	return face.Text{Language: v.language, Title: p.Title, Content: p.Content}, true
}
