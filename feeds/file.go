package feeds

import (
	"crypto/sha256"
	"encoding/hex"
	"html"
	"net/url"
	"path"
	"strings"
	"unicode"

	"github.com/kairan-news/kairan/feeds/internal/value"
)

// filesAt is where the paths of published files begin.
const filesAt = "/f/"

// FileDigest names the content of a file that is published with an article: 32 digits of
// its SHA-256, in hexadecimal.
func FileDigest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:16])
}

// FilePath is the address of a published file below the site's own, as it stands in what is
// stored of an article. The name is for readers alone; a file is known by its digest.
func FilePath(digest, name string) string {
	return filesAt + digest + "/" + url.PathEscape(path.Base(name))
}

// IsFilePath reports whether an address is one of [FilePath].
func IsFilePath(address string) bool {
	_, ok := FileOf(address)
	return ok
}

// FileOf returns the digest of the file that a path of the site leads to; false if it leads
// to none.
func FileOf(address string) (digest string, ok bool) {
	rest, ok := strings.CutPrefix(address, filesAt)
	if !ok {
		return "", false
	}
	digest, name, ok := strings.Cut(rest, "/")
	if !ok || name == "" || strings.Contains(name, "/") || len(digest) != 32 || strings.Trim(digest, "0123456789abcdef") != "" {
		return "", false
	}
	return digest, true
}

// FileName returns the name of the file that an address leads to, as a person would write
// it; "" if the address has none.
func FileName(address string) string {
	u, err := url.Parse(address)
	if err != nil || strings.HasSuffix(u.Path, "/") || u.Path == "" {
		return ""
	}
	// What turns the writing round would hide what kind of file it is.
	name := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, path.Base(u.Path))
	return value.Line(name)
}

// FilesShown returns the paths of the files that are published with an article, each file
// once.
func FilesShown(a *Article) []string {
	var paths []string
	seen := map[string]bool{}
	add := func(address string) {
		if digest, ok := FileOf(address); ok && !seen[digest] {
			seen[digest] = true
			paths = append(paths, address)
		}
	}
	if strings.Contains(a.Content, `="`+filesAt) {
		RewriteAttributes(a.Content, func(_, value string) string {
			add(html.UnescapeString(value))
			return value
		})
	}
	for _, i := range a.Images {
		add(i.URL)
	}
	for _, e := range a.Enclosures {
		add(e.URL)
	}
	return paths
}

// fileURL returns the whole address of a published file, and any other as it is.
func (s *Site) fileURL(address string) string {
	if !IsFilePath(address) {
		return address
	}
	return s.BaseURL + address
}

// FileType returns the media type of a file that may be published with a notice, by the
// extension of its name; "" for a kind that is not published. What a browser would run
// is among them: it is only ever downloaded ([IsShownInPlace]).
func FileType(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".png":
		return "image/png"
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".gif":
		return "image/gif"
	case ".webp":
		return "image/webp"
	case ".avif":
		return "image/avif"
	case ".svg":
		return "image/svg+xml"
	case ".mp3":
		return "audio/mpeg"
	case ".m4a":
		return "audio/mp4"
	case ".ogg":
		return "audio/ogg"
	case ".mp4":
		return "video/mp4"
	case ".webm":
		return "video/webm"
	}
	return documentType(strings.ToLower(path.Ext(name)))
}

// documentType is [FileType] of what is read.
func documentType(extension string) string {
	switch extension {
	case ".pdf":
		return "application/pdf"
	case ".csv":
		return "text/csv; charset=utf-8"
	case ".ics":
		return "text/calendar; charset=utf-8"
	case ".docx":
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	case ".xlsx":
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case ".pptx":
		return "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	case ".odt":
		return "application/vnd.oasis.opendocument.text"
	case ".ods":
		return "application/vnd.oasis.opendocument.spreadsheet"
	case ".xhtml":
		return "application/xhtml+xml"
	}
	return ""
}

// IsShownInPlace reports whether a browser may show files of a media type where they are
// linked: pictures without scripts, recordings and PDF.
func IsShownInPlace(mediaType string) bool {
	kind, _, _ := strings.Cut(mediaType, "/")
	return mediaType == "application/pdf" || kind == "audio" || kind == "video" || kind == "image" && mediaType != "image/svg+xml"
}
