package page

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/charset"
	"github.com/kairan-news/kairan/internal/parse/date"
	"github.com/kairan-news/kairan/internal/parse/html"
	"github.com/kairan-news/kairan/internal/parse/language"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

// The limits of a sitemap (sitemaps.org, "Using Sitemap index files"): 50 MB when it
// is uncompressed, and 50,000 addresses.
const (
	sitemapMaxBytes   = 50 << 20
	sitemapMaxEntries = 50_000
)

// ErrNotSitemap is the cause of an error where a document is no sitemap at all.
var ErrNotSitemap = errors.New("it is no sitemap and no sitemap index; look whether the address is right")

// Sitemap is what was read from a sitemap or a sitemap index.
type Sitemap struct {
	// Format is "sitemap", "news sitemap", "sitemap index" or "text sitemap".
	Format string
	// Items are the addresses of a sitemap, in the order of the document.
	Items []Item
	// Sitemaps are those that an index lists.
	Sitemaps []SitemapLink
	Problems []parse.Problem
}

// SitemapLink is a sitemap that an index lists.
type SitemapLink struct {
	Link string
	// Modified is when it changed last; zero if the index does not say.
	Modified time.Time
}

// ParseSitemap reads a sitemap, a news sitemap, a sitemap index, or a list of
// addresses as plain text; compressed by gzip or not. What is broken in a place is
// lost from there on, and said in Problems. The error says that it is none of these.
func ParseSitemap(data []byte, o parse.Options) (*Sitemap, error) {
	out := &Sitemap{}
	if bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		plain, problem, err := gunzip(data)
		if err != nil {
			return nil, fmt.Errorf("parse sitemap %s: %w", o.BaseURL, err)
		}
		if data = plain; problem != nil {
			out.Problems = append(out.Problems, *problem)
		}
	}
	text, problems := charset.Decode(data, o.ContentType, o.Language, o.PublisherLanguage)
	out.Problems = append(out.Problems, problems...)
	r := sitemapReader{o: o, out: out}
	if text = bytes.TrimLeft(text, " \t\r\n\uFEFF"); bytes.HasPrefix(text, []byte("<")) {
		r.readXML(text)
	} else {
		r.readText(text)
	}
	if out.Format == "" {
		return nil, fmt.Errorf("parse sitemap %s: %w", o.BaseURL, ErrNotSitemap)
	}
	if r.unreadable > 0 {
		out.Problems = append(out.Problems, parse.Problem{Code: "date-unreadable", Detail: fmt.Sprintf("%d dates can't be read or can't be true; the first: %s", r.unreadable, r.firstDate)})
	}
	if r.unusable > 0 {
		out.Problems = append(out.Problems, parse.Problem{Code: "sitemap-address", Detail: fmt.Sprintf("%d entries have no http or https address and were left out", r.unusable)})
	}
	return out, nil
}

// gunzip decompresses within the bounds of a sitemap. Of data that ends too early or
// is too large it returns the beginning.
func gunzip(data []byte) ([]byte, *parse.Problem, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, nil, fmt.Errorf("decompress: %w", err)
	}
	defer z.Close()
	plain, err := io.ReadAll(io.LimitReader(z, sitemapMaxBytes+1))
	switch {
	case len(plain) > sitemapMaxBytes:
		return plain[:sitemapMaxBytes], &parse.Problem{Code: "sitemap-size", Detail: "the sitemap is larger than 50 MB; the rest was left out"}, nil
	case err != nil && len(plain) == 0:
		return nil, nil, fmt.Errorf("decompress: %w", err)
	case err != nil:
		return plain, &parse.Problem{Code: "truncated", Detail: "the compressed sitemap ends too early; what came was read"}, nil
	}
	return plain, nil, nil
}

// sitemapReader reads one document.
type sitemapReader struct {
	o          parse.Options
	out        *Sitemap
	unreadable int // dates
	firstDate  string
	unusable   int // addresses
}

// sitemapURL is a url element of a sitemap with the extensions for news
// (schemas/sitemap-news/0.9), images (sitemap-image/1.1) and languages (xhtml:link).
type sitemapURL struct {
	Location string `xml:"loc"`
	Modified string `xml:"lastmod"`
	News     *struct {
		Language  string `xml:"publication>language"`
		Published string `xml:"publication_date"`
		Title     string `xml:"title"`
		Keywords  string `xml:"keywords"`
	} `xml:"news"`
	Images []struct {
		Location string `xml:"loc"`
		Caption  string `xml:"caption"`
		Title    string `xml:"title"`
	} `xml:"image"`
	Links []struct {
		Rel      string `xml:"rel,attr"`
		Language string `xml:"hreflang,attr"`
		Address  string `xml:"href,attr"`
	} `xml:"link"`
}

// sitemapRoots are the formats of documents by the names of their root elements.
var sitemapRoots = map[string]string{"urlset": "sitemap", "sitemapindex": "sitemap index"}

func (r *sitemapReader) readXML(text []byte) {
	d := xml.NewDecoder(bytes.NewReader(text))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is UTF-8 by now
	for {
		token, err := d.Token()
		if err != nil {
			if !errors.Is(err, io.EOF) && r.out.Format != "" {
				r.broken(err)
			}
			return
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		name := strings.ToLower(start.Name.Local)
		switch {
		case r.out.Format == "":
			if r.out.Format = sitemapRoots[name]; r.out.Format == "" {
				return // another root element
			}
		case r.full():
			r.out.Problems = append(r.out.Problems, parse.Problem{Code: "sitemap-size", Detail: fmt.Sprintf("the sitemap has more than %d addresses; the rest was left out", sitemapMaxEntries)})
			return
		default:
			if err := r.child(d, name, &start); err != nil {
				r.broken(err)
				return
			}
		}
	}
}

// child reads one element within the root.
func (r *sitemapReader) child(d *xml.Decoder, name string, start *xml.StartElement) error {
	if name != "url" && name != "sitemap" {
		return d.Skip()
	}
	var u sitemapURL
	if err := d.DecodeElement(&u, start); err != nil {
		return err
	}
	if name == "url" {
		r.add(u)
	} else {
		r.addSitemap(u)
	}
	return nil
}

func (r *sitemapReader) broken(err error) {
	r.out.Problems = append(r.out.Problems, parse.Problem{Code: "not-well-formed", Detail: fmt.Sprintf("the sitemap is broken and was read up to there: %v", err)})
}

func (r *sitemapReader) full() bool {
	return len(r.out.Items)+len(r.out.Sitemaps) >= sitemapMaxEntries
}

func (r *sitemapReader) add(u sitemapURL) {
	e := Item{Link: address.Web(r.o.BaseURL, u.Location), Updated: r.date(u.Modified).Time}
	if e.Link == "" {
		r.unusable++
		return
	}
	e.Former = former(r.o.BaseURL, u.Location, e.Link)
	if u.News != nil {
		r.out.Format = "news sitemap"
		e.Title = html.Title(u.News.Title)
		if language.Said(u.News.Language, r.o) != "" {
			e.Language, _ = language.Of(e.Title, parse.Options{Country: r.o.Country, Tags: r.o.Tags}, u.News.Language)
		}
		e.setPublished(r.date(u.News.Published))
		e.Terms = keywords(u.News.Keywords)
	}
	for _, i := range u.Images {
		if link := address.Web(r.o.BaseURL, i.Location); link != "" && len(e.Images) < maxImages {
			e.Images = append(e.Images, feeds.Image{URL: link, Alt: prose.FirstOf(prose.Collapse(i.Caption), prose.Collapse(i.Title))})
		}
	}
	for _, l := range u.Links {
		if strings.EqualFold(l.Rel, "alternate") {
			e.Alternates = addAlternate(e.Alternates, e.Link, l.Language, address.Web(r.o.BaseURL, l.Address), r.o)
		}
	}
	r.out.Items = append(r.out.Items, e)
}

func (r *sitemapReader) addSitemap(u sitemapURL) {
	link := address.Web(r.o.BaseURL, u.Location)
	if link == "" {
		r.unusable++
		return
	}
	r.out.Sitemaps = append(r.out.Sitemaps, SitemapLink{link, r.date(u.Modified).Time})
}

// readText reads a list of addresses, one a line. It is one only if its first line
// is an address.
func (r *sitemapReader) readText(text []byte) {
	for line := range bytes.Lines(text) {
		written := strings.TrimSpace(string(line))
		if written == "" {
			continue
		}
		link := address.Web("", written)
		switch {
		case link == "" && r.out.Format == "":
			return
		case link == "":
			r.unusable++
		case r.full():
			return
		default:
			r.out.Format = "text sitemap"
			r.out.Items = append(r.out.Items, Item{Link: link, Former: former("", written, link)})
		}
	}
}

// date reads a date, and counts those that can't be.
func (r *sitemapReader) date(s string) date.Date {
	t, problem := date.Parse(s, r.o)
	if problem != nil {
		if r.unreadable++; r.unreadable == 1 {
			r.firstDate = problem.Detail
		}
	}
	return t
}
