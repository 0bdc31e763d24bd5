package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestNotifyTestTellsReceivers(t *testing.T) {
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		asked = append(asked, r.URL.Path+" "+r.Header.Get("Authorization")+" "+string(body))
		if strings.HasPrefix(r.URL.Path, "/broken") {
			w.WriteHeader(http.StatusTeapot)
		}
	}))
	defer server.Close()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("token", "from-a-file\n")
	t.Setenv("HOOK_ADDRESS", server.URL+"/broken")
	file := write("kairan.yaml", `site: {id: city, url: https://news.city.example}
publishers: []
sources: []
notify:
  receivers:
    - {name: phone, kind: ntfy, url: "`+server.URL+`/topic", token_file: token}
    - {name: chat, kind: webhook, url: "${HOOK_ADDRESS}"}
`)
	notify := func(names ...string) (out string, err error) {
		var printed bytes.Buffer
		root := newRootCommand()
		root.SetOut(&printed)
		root.SetErr(&printed)
		root.SetArgs(append([]string{"notify", "test", "--config", file}, names...))
		err = root.ExecuteContext(t.Context())
		return printed.String(), err
	}
	if out, err := notify("phone"); err != nil || !strings.Contains(out, "phone: told") {
		t.Errorf("%q, %v", out, err)
	}
	if len(asked) != 1 || !strings.Contains(asked[0], "/ Bearer from-a-file") || !strings.Contains(asked[0], "[TEST] news.city.example") {
		t.Errorf("it was asked %q", asked)
	}
	out, err := notify()
	if err == nil || !strings.Contains(err.Error(), "1 of 2 receivers could not be told") || !strings.Contains(out, "answers 418") || strings.Contains(out+err.Error(), "/broken") {
		t.Errorf("%q, %v", out, err)
	}
	if _, err := notify("nobody"); err == nil || err.Error() != `there is no receiver "nobody"; there are phone, chat` {
		t.Errorf("%v", err)
	}
}
