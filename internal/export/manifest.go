package export

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
)

// manifestName is where a target keeps what was exported to it.
const manifestName = ".kairan-export.json.gz"

// manifest tells of each file that was written, by its name.
type manifest map[string]exported

// exported is a file that was written.
type exported struct {
	Version  string    `json:"v,omitempty"` // of the address; "" is to be looked at again
	Digest   string    `json:"d"`
	Size     int64     `json:"n"`
	Modified time.Time `json:"t"`
	Variants string    `json:"c,omitempty"` // the suffixes of its variants: ".gz.zst.br"
}

func (e exported) suffixes() (all []string) {
	for suffix := range strings.SplitSeq(strings.TrimPrefix(e.Variants, "."), ".") {
		if suffix != "" {
			all = append(all, "."+suffix)
		}
	}
	return all
}

// readManifest returns the target's manifest; an empty one if it has none.
func readManifest(ctx context.Context, t Target) (manifest, error) {
	data, err := t.read(ctx, manifestName)
	if err != nil {
		return nil, fmt.Errorf("read what was exported last: %w", err)
	}
	m := manifest{}
	if data == nil {
		return m, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err == nil {
		data, err = io.ReadAll(z)
	}
	if err == nil {
		err = json.Unmarshal(data, &m)
	}
	if err != nil {
		return nil, fmt.Errorf("read what was exported last: %s: %w; remove it, and everything is written anew", manifestName, err)
	}
	return m, nil
}

func (m manifest) write(ctx context.Context, t Target) error {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	err := json.NewEncoder(z).Encode(m) // with its keys in order
	if err == nil {
		err = z.Close()
	}
	if err == nil {
		err = t.write(ctx, File{Name: manifestName, Body: b.Bytes(), Type: "application/gzip", CacheControl: "no-store"})
	}
	if err != nil {
		return fmt.Errorf("remember what was exported: %w", err)
	}
	return nil
}
