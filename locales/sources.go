package locales

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// sources say of each translation which English it was made from: the digests of the
// translation itself and of the English, by locale and id; of an English message its own
// alone. They stand beside the bundles, in sources.toml, where neither translators nor their
// tools meet them. A translation that is no longer the one that was noted was made anew, from
// the English of today.
type sources map[string]map[string]string

// readSources reads the embedded file, which a test holds to be good.
func readSources() sources {
	data, err := embedded.ReadFile(sourcesFile)
	if err != nil {
		return nil
	}
	made, err := parseSources(data)
	if err != nil {
		return nil
	}
	return made
}

func parseSources(data []byte) (sources, error) {
	made := sources{}
	err := toml.Unmarshal(data, &made)
	return made, err
}

// stale reports whether a translation was made from another English, and was not changed since.
func (s sources) stale(tag string, own, english *i18n.Message) bool {
	noted, from, ok := strings.Cut(s[tag][own.ID], " ")
	return ok && noted == digestOf(own) && from != digestOf(english)
}

// renewed returns the sources of bundles that were translated since: what was changed was made
// from the English of today, and what was not is as stale as it was.
func (s sources) renewed(all map[string]map[string]*i18n.Message) sources {
	now := sources{}
	for tag, messages := range all {
		now[tag] = map[string]string{}
		for id, m := range messages {
			english := all[reference][id]
			switch {
			case tag == reference:
				now[tag][id] = digestOf(m)
			case english == nil: // the name of a language
			case s.stale(tag, m, english):
				now[tag][id] = s[tag][id]
			default:
				now[tag][id] = digestOf(m) + " " + digestOf(english)
			}
		}
	}
	return now
}

// String is the text of the file.
func (s sources) String() string {
	var b strings.Builder
	b.WriteString(`# What each translation was made from, so that "kairan locales" can tell which are stale: the
# digest of the translation, and that of its English. "go generate ./locales" writes it.
# Where a translation is as good for a new English, remove its line and do so again.
`)
	for _, tag := range slices.SortedFunc(maps.Keys(s), inOrder) {
		fmt.Fprintf(&b, "\n[%s]\n", tag)
		for _, id := range slices.Sorted(maps.Keys(s[tag])) {
			fmt.Fprintf(&b, "%q = %q\n", id, s[tag][id])
		}
	}
	return b.String()
}

// digestOf tells the texts of a message from others.
func digestOf(m *i18n.Message) string {
	hash := sha256.New()
	texts := formsOf(m)
	for _, form := range slices.Sorted(maps.Keys(texts)) {
		fmt.Fprintf(hash, "%s\x00%s\x00", form, texts[form])
	}
	return hex.EncodeToString(hash.Sum(nil)[:4])
}
