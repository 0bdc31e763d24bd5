package parse

import (
	"bytes"
	"fmt"

	"github.com/mmcdole/gofeed"

	"github.com/kairan-news/kairan/feeds"
)

// ParseFeed reads an RSS, RDF, Atom or JSON Feed document. The error says that
// nothing could be read; all that was wrong and could be read nevertheless stands
// in Problems.
func ParseFeed(data []byte, o Options) (*Feed, error) {
	p := gofeed.NewParser()
	p.KeepOriginalFeed = true
	in, err := p.Parse(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("parse feed %s: %w", o.BaseURL, err)
	}
	out := &Feed{Format: in.FeedType + " " + in.FeedVersion, Title: in.Title, Link: in.Link, Language: in.Language, Description: in.Description}
	for _, i := range in.Items {
		a := feeds.Article{GUID: i.GUID, Link: i.Link, Language: o.Language, Title: i.Title, Summary: i.Description, Content: i.Content, PublishedFrom: feeds.DateDeclared}
		if i.PublishedParsed != nil {
			a.Published = i.PublishedParsed.UTC()
		}
		if i.UpdatedParsed != nil {
			a.Updated = i.UpdatedParsed.UTC()
		}
		for _, c := range i.Categories {
			a.Terms = append(a.Terms, feeds.Term{Term: c})
		}
		out.Articles = append(out.Articles, a)
	}
	return out, nil
}
