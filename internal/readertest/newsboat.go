package readertest

import (
	"database/sql"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // what newsboat keeps its cache in
)

// newsboat keeps what it has met in a cache, and in that what its user has read: all of it,
// after each reading. It shows the author and one enclosure, and pictures in texts.
var newsboat = Reader{Name: "newsboat", Package: "newsboat", Keeps: true, program: "newsboat", read: readNewsboat}

func readNewsboat(v visit) (Feed, error) {
	cache, urls := filepath.Join(v.home, "cache.db"), filepath.Join(v.home, "urls")
	if err := os.WriteFile(urls, []byte(v.address+"\n"), 0o600); err != nil {
		return Feed{}, err
	}
	if _, err := v.run("", "-q", "-u", urls, "-c", cache, "-C", os.DevNull, "-x", "reload"); err != nil {
		return Feed{}, err
	}
	db, err := sql.Open("sqlite", cache)
	if err != nil {
		return Feed{}, err
	}
	defer db.Close()
	var f Feed
	if err := db.QueryRow(`SELECT url FROM rss_feed WHERE rssurl = ?`, v.address).Scan(&f.Site); err != nil {
		return Feed{}, err
	}
	rows, err := db.Query(`SELECT guid, title, url, pubDate, author, content, enclosure_url FROM rss_item WHERE unread = 1`)
	if err != nil {
		return Feed{}, err
	}
	defer rows.Close()
	for rows.Next() {
		var e Entry
		var date int64 // seconds since 1970
		var author, content, enclosure string
		if err := rows.Scan(&e.ID, &e.Title, &e.Link, &date, &author, &content, &enclosure); err != nil {
			return Feed{}, err
		}
		e.Date, e.Authors = time.Unix(date, 0), one(author)
		e.Pictures, e.Enclosures = picturesIn(content), one(enclosure)
		f.Entries = append(f.Entries, e)
	}
	if err := rows.Err(); err != nil {
		return Feed{}, err
	}
	_, err = db.Exec(`UPDATE rss_item SET unread = 0`)
	return f, err
}
