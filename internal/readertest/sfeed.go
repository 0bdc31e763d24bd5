package readertest

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// sfeed reads what another program fetches, and prints a line for each entry (sfeed(1),
// "TAB-SEPARATED FORMAT FIELDS"). It shows the first author and the first enclosure.
var sfeed = Reader{Name: "sfeed", Package: "sfeed", program: "sfeed", read: readSfeed}

func readSfeed(v visit) (Feed, error) {
	document, err := v.fetch()
	if err != nil {
		return Feed{}, err
	}
	out, err := v.run(document, v.address)
	if err != nil {
		return Feed{}, err
	}
	var f Feed
	for line := range strings.Lines(string(out)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) != 9 {
			return Feed{}, fmt.Errorf("%d fields: %s", len(fields), line)
		}
		seconds, err := strconv.ParseInt(fields[0], 10, 64)
		if err != nil {
			return Feed{}, err
		}
		f.Entries = append(f.Entries, Entry{
			ID: fields[5], Title: fields[1], Link: fields[2], Date: time.Unix(seconds, 0),
			Authors: one(fields[6]), Pictures: picturesIn(fields[3]), Enclosures: one(fields[7]),
		})
	}
	return f, nil
}

// fetch returns the document of a feed.
func (v visit) fetch() (string, error) {
	request, err := http.NewRequestWithContext(v.t.Context(), http.MethodGet, v.address, nil)
	if err != nil {
		return "", err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return "", fmt.Errorf("it is answered %s", answer.Status)
	}
	document, err := io.ReadAll(answer.Body)
	return string(document), err
}
