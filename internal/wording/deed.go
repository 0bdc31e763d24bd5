package wording

import (
	"regexp"
	"strings"

	"github.com/kairan-news/kairan/feeds"
)

// ccLicense matches the addresses of Creative Commons' licences that have deeds, the
// summaries for readers: the licence itself, or one of its deeds already.
var ccLicense = regexp.MustCompile(`^https?://(?:www\.)?creativecommons\.org/(licenses/[a-z-]+/4\.0|publicdomain/(?:zero|mark)/1\.0)/?(?:deed(?:\.[A-Za-z_-]+)?)?$`)

// ccDeeds are the languages that these deeds are in. Their addresses have them in small
// letters.
var ccDeeds = strings.Fields(`an ar az be bg bn ca cs da de el en eo es et eu fa fi fr fy ga gl hi hr hu id is it ja ko lt lv ms nl no pl
	pt pt-BR ro ru sk sl sr-Latn sv tr uk zh-Hans zh-Hant`)

// Deed returns where the locale's readers read what a licence says, by the licence's address;
// "" where nobody wrote that in their language.
func (s *Speech) Deed(license string) string {
	is := ccLicense.FindStringSubmatch(license)
	tag := feeds.Chain{s.Locale}.Best(ccDeeds)
	if is == nil || tag == "" {
		return ""
	}
	return "https://creativecommons.org/" + is[1] + "/deed." + strings.ToLower(tag)
}
