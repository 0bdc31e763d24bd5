package feeds

import (
	"crypto/sha256"
	"encoding/hex"
	"html"
	"net/url"
	"path"
	"strings"
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

// FilesOf returns the digests of the files that are published with an article, each once.
func FilesOf(a *Article) []string {
	var digests []string
	seen := map[string]bool{}
	add := func(address string) {
		if digest, ok := FileOf(address); ok && !seen[digest] {
			seen[digest] = true
			digests = append(digests, digest)
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
	return digests
}

// fileURL returns the whole address of a published file, and any other as it is.
func (s *Site) fileURL(address string) string {
	if !IsFilePath(address) {
		return address
	}
	return s.BaseURL + address
}
