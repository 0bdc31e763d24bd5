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
	return fileTypes[strings.ToLower(u.Path[dot:])]
}

// fileTypes are the media types of extensions.
var fileTypes = map[string]string{
	".pdf":  "application/pdf",
	".doc":  "application/msword",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xls":  "application/vnd.ms-excel",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".ppt":  "application/vnd.ms-powerpoint",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".odt":  "application/vnd.oasis.opendocument.text",
	".csv":  "text/csv",
	".zip":  "application/zip",
	".jpg":  "image/*",
	".jpeg": "image/*",
	".png":  "image/*",
	".gif":  "image/*",
	".webp": "image/*",
	".svg":  "image/*",
	".mp3":  "audio/mpeg",
	".m4a":  "audio/mpeg",
	".mp4":  "video/mp4",
	".mov":  "video/mp4",
	".wmv":  "video/mp4",
}
