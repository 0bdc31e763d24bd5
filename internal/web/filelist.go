package web

import (
	"cmp"
	"math"
	"path"
	"strings"

	"github.com/kairan-news/kairan/feeds"
)

// file is a file as a page lists it.
type file struct {
	URL, Type, Title string
	// Note says what it is and how large, in the reader's words: "PDF, 1.2 MB"; "" if
	// nothing is known of that.
	Note string
}

// files are the files of an article, each with a title: its own, else its name.
func (p *page) files(enclosures []feeds.Enclosure) []file {
	var files []file
	for _, e := range enclosures {
		title := cmp.Or(e.Title, feeds.FileName(e.URL), e.URL)
		files = append(files, file{URL: e.URL, Type: e.Type, Title: title, Note: p.fileNote(e)})
	}
	return files
}

func (p *page) fileNote(e feeds.Enclosure) string {
	kind, size := fileKind(e), p.fileSize(e.Length)
	if kind == "" || size == "" {
		return kind + size
	}
	return p.text("page.file", "Type", kind, "Size", size)
}

// fileSize writes a length in bytes, with a digit behind the point below 10 MB; "" for one
// that isn't known. Units are decimal, as those of what readers have on their disks.
func (p *page) fileSize(length int64) string {
	rounded := func(unit float64) float64 {
		n := float64(length) / unit
		if n < 9.95 {
			return math.Round(n*10) / 10
		}
		return math.Round(n)
	}
	switch {
	case length <= 0:
		return ""
	case length < 999_500:
		return p.text("page.file-kilobytes", "Size", int(max(1, math.Round(float64(length)/1e3))))
	case length < 999_500_000:
		return p.text("page.file-megabytes", "Size", rounded(1e6))
	}
	return p.text("page.file-gigabytes", "Size", rounded(1e9))
}

// fileKind is what people call the format of a file; "" if that isn't known. These are
// names, and so the same in every language.
func fileKind(e feeds.Enclosure) string {
	mediaType, _, _ := strings.Cut(e.Type, ";")
	mediaType = strings.ToLower(strings.TrimSpace(mediaType))
	if name := kindOfType(mediaType); name != "" {
		return name
	}
	if mediaType == "" || mediaType == "application/octet-stream" {
		return kindOfName(path.Ext(feeds.FileName(e.URL)))
	}
	return ""
}

func kindOfType(mediaType string) string {
	switch mediaType {
	case "application/pdf":
		return "PDF"
	case "application/msword", "application/vnd.openxmlformats-officedocument.wordprocessingml.document":
		return "Word"
	case "application/vnd.ms-excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":
		return "Excel"
	case "application/vnd.ms-powerpoint", "application/vnd.openxmlformats-officedocument.presentationml.presentation":
		return "PowerPoint"
	case "application/zip", "application/x-zip-compressed":
		return "ZIP"
	case "text/csv":
		return "CSV"
	case "text/calendar":
		return "iCalendar"
	case "image/jpeg":
		return "JPEG"
	case "image/png":
		return "PNG"
	case "audio/mpeg":
		return "MP3"
	case "video/mp4":
		return "MP4"
	}
	return ""
}

func kindOfName(extension string) string {
	switch extension = strings.ToLower(extension); extension {
	case ".doc", ".docx":
		return "Word"
	case ".xls", ".xlsx":
		return "Excel"
	case ".ppt", ".pptx":
		return "PowerPoint"
	case ".ics":
		return "iCalendar"
	case ".jpg", ".jpeg":
		return "JPEG"
	case ".pdf", ".zip", ".csv", ".png", ".mp3", ".mp4", ".odt", ".ods", ".odp":
		return strings.ToUpper(extension[1:])
	}
	return ""
}
