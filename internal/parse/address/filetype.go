package address

import (
	"net/url"
	"strings"
)

// DocumentType returns the media type of a file, such as a PDF, that a listing links
// in place of a page, by the extension of its address; "" for what may be a page.
func DocumentType(link string) string {
	if kind := fileType(link); !strings.HasSuffix(kind, "/*") {
		return kind
	}
	return ""
}

// IsMediaFile reports whether an address is that of a picture's file.
func IsMediaFile(link string) bool { return strings.HasSuffix(fileType(link), "/*") }

// fileType returns the media type of a file that is linked in place of a page,
// by its extension; "" for what may be a page.
func fileType(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	dot := strings.LastIndexByte(u.Path, '.')
	if dot < 0 {
		return ""
	}
	switch strings.ToLower(u.Path[dot:]) {
	case ".pdf":
		return "application/pdf"
	case ".doc":
		return "application/msword"
	case ".docx":
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	case ".xls":
		return "application/vnd.ms-excel"
	case ".xlsx":
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case ".ppt":
		return "application/vnd.ms-powerpoint"
	case ".pptx":
		return "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	case ".odt":
		return "application/vnd.oasis.opendocument.text"
	case ".csv":
		return "text/csv"
	case ".zip":
		return "application/zip"
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg":
		return "image/*"
	case ".mp3", ".m4a":
		return "audio/mpeg"
	case ".mp4", ".mov", ".wmv":
		return "video/mp4"
	}
	return ""
}
