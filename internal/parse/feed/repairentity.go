package feed

import (
	"bytes"
	"strings"

	"github.com/kairan-news/kairan/internal/parse/entity"
)

// unescape decodes the references of text once, those to the document's own
// entities too.
func (r *repairer) unescape(text []byte) string {
	if len(r.entities) == 0 || bytes.IndexByte(text, '&') < 0 {
		return entity.Decode(text)
	}
	var b strings.Builder
	for rest := text; ; {
		i := bytes.IndexByte(rest, '&')
		if i < 0 {
			b.WriteString(entity.Decode(rest))
			return b.String()
		}
		end := bytes.IndexByte(rest[i:min(len(rest), i+64)], ';')
		if end < 0 {
			b.WriteString(entity.Decode(rest[:i]))
			b.WriteByte('&')
			rest = rest[i+1:]
			continue
		}
		ref := rest[i : i+end+1]
		b.WriteString(entity.Decode(rest[:i]))
		if v, ok := r.entities[string(ref[1:end])]; ok {
			b.WriteString(v)
			rest = rest[i+end+1:]
			continue
		}
		whole, n := entity.Reference(rest[i:])
		b.WriteString(whole)
		rest = rest[i+n:]
	}
}

// entityLimit is how long the value of an entity may be that a document declares.
const entityLimit = 256

// declaredEntities returns the entities that the document's own declaration gives a
// short text without further references, which is all that feeds use and no bomb.
func declaredEntities(data []byte) map[string]string {
	head := data[:min(len(data), directiveLimit)]
	var entities map[string]string
	for {
		i := bytes.Index(head, []byte("<!ENTITY"))
		if i < 0 {
			return entities
		}
		head = head[i+len("<!ENTITY"):]
		end := bytes.IndexByte(head, '>')
		if end < 0 {
			return entities
		}
		fields := bytes.Fields(head[:end])
		quote := bytes.IndexAny(head[:end], `"'`)
		if len(fields) < 2 || quote < 0 || !isPlainName(string(fields[0])) {
			continue
		}
		value := head[quote+1 : end]
		stop := bytes.IndexByte(value, head[quote])
		if stop < 0 || stop > entityLimit || bytes.HasPrefix(fields[1], []byte("SYSTEM")) || bytes.HasPrefix(fields[1], []byte("PUBLIC")) {
			continue
		}
		text := entity.Decode(value[:stop])
		if strings.ContainsAny(text, "&<") && hasNamedReference(value[:stop]) {
			continue
		}
		if entities == nil {
			entities = map[string]string{}
		}
		if len(entities) < 512 {
			entities[string(fields[0])] = text
		}
	}
}

// hasNamedReference reports whether the text refers to entities by name.
func hasNamedReference(text []byte) bool {
	i := bytes.IndexByte(text, '&')
	return i >= 0 && i+1 < len(text) && text[i+1] != '#'
}
