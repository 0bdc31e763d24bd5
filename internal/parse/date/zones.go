package date

import (
	"strings"
	"time"
)

// zones are the offsets of named zones in minutes east of Greenwich, those of one
// meaning. What several countries call alike is in sharedZones.
var zones = map[string]int{
	"utc": 0, "gmt": 0, "ut": 0, "z": 0, "wet": 0, "west": 60,
	"cet": 60, "cest": 120, "mez": 60, "mesz": 120, "met": 60, "mest": 120, "eet": 120, "eest": 180,
	"msk": 180, "msd": 240, "мск": 180, "trt": 180, "samt": 240, "yekt": 300, "omst": 360, "novt": 420, "krat": 420,
	"tomt": 420, "irkt": 480, "yakt": 540, "vlat": 600,
	"jst": 540, "kst": 540, "hkt": 480, "sgt": 480, "myt": 480, "pht": 480, "phst": 480, "wib": 420, "wita": 480, "wit": 540,
	"ict": 420, "pkt": 300, "npt": 345, "uzt": 300, "irst": 210, "arst": 180,
	"aest": 600, "aedt": 660, "acst": 570, "acdt": 630, "awst": 480, "nzst": 720, "nzdt": 780,
	"edt": -240, "cdt": -300, "mdt": -360, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600,
	"nst": -210, "ndt": -150, "brt": -180, "art": -180, "clt": -240, "cot": -300, "pet": -300,
	"sast": 120, "idt": 180,
}

// sharedZones are named zones that several countries have, by ISO 3166-1 code; ""
// is who means it most.
var sharedZones = map[string]map[string]int{
	"ist": {"": 330, "IE": 60, "IL": 120, "TR": 180},
	"cst": {"": -360, "CN": 480, "TW": 480, "HK": 480, "MO": 480, "CU": -300, "AU": 570},
	"bst": {"": 60, "BD": 360},
	"pst": {"": -480, "PH": 480},
	"est": {"": -300, "AU": 600},
	"edt": {"": -240, "AU": 660},
	"mst": {"": -420, "MY": 480, "MM": 390, "RU": 180},
	"ast": {"": -240, "SA": 180, "KW": 180, "QA": 180, "BH": 180, "IQ": 180, "YE": 180},
	"wst": {"": 480, "WS": 780},
	"gst": {"": 240},
	"sst": {"": -660, "SG": 480},
	"cdt": {"": -300, "CN": 540, "TW": 540},
}

// countries are those of zones that have names in sharedZones which the database of zones
// does not know.
var countries = map[string]string{
	"Asia/Riyadh": "SA", "Asia/Kuwait": "KW", "Asia/Qatar": "QA", "Asia/Bahrain": "BH", "Asia/Baghdad": "IQ", "Asia/Aden": "YE",
	"Asia/Dhaka": "BD", "Europe/Istanbul": "TR", "Asia/Kuala_Lumpur": "MY", "Asia/Yangon": "MM", "Pacific/Apia": "WS", "Asia/Singapore": "SG",
}

// regions are the zones that Americans name without saying whether it is summer.
var regions = map[string]string{"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles"}

// namedZone returns the offset of a zone's name in seconds. What the source's own zone is
// called at t wins; between zones of one name the country decides, else that of the
// source's zone.
func (r *reader) namedZone(name string, t time.Time) (int, bool) {
	if offset, ok := r.ownZone(name, t); ok {
		return offset, true
	}
	country := strings.ToUpper(r.o.Country)
	shared, isShared := sharedZones[name]
	if minutes, ok := shared[country]; ok && country != "" {
		return minutes * 60, true
	}
	if !isShared {
		minutes, ok := zones[name]
		return minutes * 60, ok
	}
	if r.o.Location != nil {
		if minutes, ok := shared[countries[r.o.Location.String()]]; ok {
			return minutes * 60, true
		}
	}
	return shared[""] * 60, true
}

// ownZone returns the offset in seconds of the source's own zone, if that is called so in
// one half of the year that begins with t.
func (r *reader) ownZone(name string, t time.Time) (int, bool) {
	if r.o.Location == nil || len(name) < 3 || len(name) > 5 {
		return 0, false
	}
	for _, at := range []time.Time{t, t.AddDate(0, 6, 0)} {
		abbreviation, offset := at.In(r.o.Location).Zone()
		if strings.EqualFold(abbreviation, name) || sharedZones[name] != nil && strings.EqualFold(abbreviation, "A"+name) { // Australians write EST for AEST
			return offset, true
		}
	}
	return 0, false
}

// isZone reports whether the word that ends at end names a zone.
func (r *reader) isZone(word string, end int) bool {
	if !r.hasTime && r.half == 0 && (r.zone != "" || isCommonWord(word)) {
		return false
	}
	if regions[word] != "" { // they are words, too
		rest := strings.TrimLeft(r.s[end:], " ")
		return r.half != 0 || r.hasTime && (rest == "" || !isDigit(rest[0]))
	}
	_, ok := r.namedZone(word, zoneCheck)
	return ok
}

// zoneCheck is a time at which the names of zones are looked up where the date is not known
// yet: names hardly ever change.
var zoneCheck = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

// cutRegion takes a zone by its place, as in Europe/Paris, out of a date; nil if it has none.
func cutRegion(s string) (rest string, zone *time.Location) {
	for from := 0; ; {
		slash := strings.IndexByte(s[from:], '/')
		if slash < 0 {
			return s, nil
		}
		slash += from
		from = slash + 1
		start, end := slash, slash+1
		for start > 0 && isASCIILetter(s[start-1]) {
			start--
		}
		for end < len(s) && (isASCIILetter(s[end]) || isDigit(s[end]) || strings.IndexByte("_-+/", s[end]) >= 0) {
			end++
		}
		if start == slash || end == slash+1 || !isASCIILetter(s[slash+1]) {
			continue
		}
		for _, name := range []string{s[start:end], placeName(s[start:end])} {
			if zone, err := time.LoadLocation(name); err == nil {
				return s[:start] + " " + s[end:], zone
			}
		}
	}
}

// placeName spells the name of a zone as the database of zones does.
func placeName(s string) string {
	out := []byte(strings.ToLower(s))
	for i := range out {
		if i == 0 || !isASCIILetter(out[i-1]) {
			switch word := string(out[i:min(i+3, len(out))]); word {
			case "of_", "es_", "au-":
				continue
			}
			if 'a' <= out[i] && out[i] <= 'z' {
				out[i] -= 'a' - 'A'
			}
		}
	}
	return string(out)
}

func isASCIILetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
