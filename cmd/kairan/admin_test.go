package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/internal/apitest"
	"github.com/kairan-news/kairan/internal/config"
	"github.com/kairan-news/kairan/internal/gate"
)

const someToken = "a-token-of-a-test-0123456789"

// asked asks a process something and returns the status and the body.
func asked(t *testing.T, client *http.Client, method, address, body string, header ...string) (*http.Request, *http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Body.Close()
	said, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	w.Body = io.NopCloser(bytes.NewReader(said))
	return r, w, string(said)
}

// described asks the API of a process, and holds the answer to what is promised.
func described(t *testing.T, promise *apitest.Promise, admin, path string, header []string) (body string) {
	t.Helper()
	_, w, body := asked(t, http.DefaultClient, "GET", admin+"/api/v1/"+path, "", header...)
	if w.StatusCode != http.StatusOK {
		t.Errorf("%s is answered %d %s", path, w.StatusCode, body)
	}
	plain, _, _ := strings.Cut(path, "?")
	if err := promise.Answer(promise.Operation("GET", "/"+plain), w.StatusCode, w.Header.Get("Content-Type"), []byte(body)); err != nil {
		t.Errorf("%s is answered otherwise than described: %v\n%s", path, err, body)
	}
	return body
}

func TestOperatorsActWithATokenAndEachDeedIsRecorded(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte(someToken+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := startAs(t, func(args ...string) *exec.Cmd {
		cmd := program(args...)
		cmd.Env = append(cmd.Env, "KAIRAN_ADMIN_TOKEN_FILE="+file)
		return cmd
	}, "serve", "--offline", "--data", t.TempDir())
	p.await(p.site+"/en/all.atom", "filled", holds("<entry"))
	bearer := []string{"Authorization", "Bearer " + someToken, "Content-Type", "application/json"}

	_, _, description := asked(t, http.DefaultClient, "GET", p.admin+"/api/v1/openapi.json", "", bearer...)
	promise := apitest.New(t, []byte(description))
	source := "sample-city"
	for _, path := range []string{"status", "configuration", "incidents", "incidents?state=all", "mutes", "sources", "channels?limit=3", "processes", "jobs", "locales", "audit", "requests"} {
		body := described(t, promise, p.admin, path, bearer)
		if path == "sources" {
			var all struct{ Items []struct{ ID string } }
			if err := json.Unmarshal([]byte(body), &all); err != nil || len(all.Items) == 0 {
				t.Fatalf("sources are %s", body)
			}
			source = all.Items[0].ID
		}
	}
	for _, path := range []string{"sources/" + source, "sources/" + source + "/runs"} {
		described(t, promise, p.admin, path, bearer)
	}

	if _, w, body := asked(t, http.DefaultClient, "POST", p.admin+"/api/v1/sources/"+source+"/pause", `{"reason": "a test", "until": "4h"}`, bearer...); w.StatusCode != http.StatusOK {
		t.Errorf("pause is answered %d %s", w.StatusCode, body)
	}
	if _, w, body := asked(t, http.DefaultClient, "POST", p.admin+"/api/v1/reload", "", bearer...); w.StatusCode != http.StatusOK {
		t.Errorf("reload is answered %d %s", w.StatusCode, body)
	}
	if _, w, _ := asked(t, http.DefaultClient, "POST", p.admin+"/queue/api/jobs/cancel", `{"ids": ["1"]}`, "Authorization", "Bearer "+someToken, "Content-Type", "text/plain", "Origin", "https://evil.example"); w.StatusCode != http.StatusForbidden {
		t.Errorf("a page of another site is answered %d", w.StatusCode)
	}

	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar}
	if r, _, body := asked(t, browser, "GET", p.admin+"/sources", "", "Accept", "text/html"); !strings.Contains(body, "Log in") {
		t.Errorf("%s shows %s", r.URL, body)
	}
	if _, w, body := asked(t, browser, "POST", p.admin+"/login", url.Values{"token": {someToken}, "next": {"/sources"}}.Encode(), "Content-Type", "application/x-www-form-urlencoded"); w.StatusCode != 200 || !strings.Contains(body, source) || !strings.Contains(body, "You are admin.") || !strings.Contains(body, "Log out") {
		t.Errorf("the login leads to %d %s", w.StatusCode, body)
	}
	if _, w, body := asked(t, browser, "POST", p.admin+"/act/resume", url.Values{"subject": {source}}.Encode(), "Content-Type", "application/x-www-form-urlencoded"); w.StatusCode != 200 || !strings.Contains(body, "asked again") {
		t.Errorf("resume from a page is answered %d %s", w.StatusCode, body)
	}
	if _, w, body := asked(t, browser, "GET", p.admin+"/queue/", "", "Accept", "text/html"); w.StatusCode != 200 || !strings.Contains(body, "River") || !strings.Contains(w.Header.Get("Content-Security-Policy"), "'unsafe-inline'") {
		t.Errorf("the back room is answered %d %v", w.StatusCode, w.Header)
	}
	if _, w, _ := asked(t, browser, "GET", p.admin+"/sources", "", "Accept", "text/html"); strings.Contains(w.Header.Get("Content-Security-Policy"), "unsafe") {
		t.Errorf("pages have the policy %q", w.Header.Get("Content-Security-Policy"))
	}

	_, _, body := asked(t, http.DefaultClient, "GET", p.admin+"/api/v1/audit", "", bearer...)
	var audit struct {
		Items []struct{ Who, Way, Origin, Action, Subject string }
	}
	if err := json.Unmarshal([]byte(body), &audit); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range audit.Items {
		got = append(got, d.Who+" "+d.Way+" "+d.Origin+" "+d.Action+" "+d.Subject)
	}
	want := "admin page 127.0.0.1 resume source " + source + "\nadmin page 127.0.0.1 login service\nadmin api 127.0.0.1 reload service\nadmin api 127.0.0.1 pause source " + source
	if strings.Join(got, "\n") != want {
		t.Errorf("recorded is\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
	if strings.Contains(p.output()+body, someToken) {
		t.Error("the token is told")
	}
}

func TestWithoutATokenNobodyElseIsLetIn(t *testing.T) {
	t.Parallel()
	out, err := program("serve", "--offline", "--data", t.TempDir(), "--listen", "127.0.0.1:0", "--admin", ":0").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "KAIRAN_ADMIN_TOKEN") || !strings.Contains(string(out), "127.0.0.1:PORT") {
		t.Errorf("it says %s, %v", out, err)
	}
}

func TestTokensOfTheEnvironmentAndOfFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name, token string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(token), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	a := config.Admin{
		Tokens:  []config.AdminToken{{Name: "yuki", TokenProof: config.TokenProof{File: write("yuki", someToken+"\n")}, Act: true}},
		Metrics: &config.TokenProof{File: write("metrics", someToken+"-metrics")},
	}
	p, err := policyOf(a)
	if err != nil || len(p.Tokens) != 1 || p.Tokens[0].Digest != gate.DigestOf(someToken) || p.Tokens[0].May != gate.Act || *p.Metrics != gate.DigestOf(someToken+"-metrics") {
		t.Errorf("of files the policy is %+v, %v", p, err)
	}
	t.Setenv(adminTokenName, someToken+"-environment")
	t.Setenv(metricsTokenName+"_FILE", write("other", someToken+"-other"))
	p, err = policyOf(a)
	if err != nil || len(p.Tokens) != 2 || p.Tokens[0].Name != "admin" || p.Tokens[0].Digest != gate.DigestOf(someToken+"-environment") || *p.Metrics != gate.DigestOf(someToken+"-other") {
		t.Errorf("of the environment the policy is %+v, %v", p, err)
	}
	t.Setenv(adminTokenName, "short")
	if _, err := policyOf(a); err == nil || strings.Contains(err.Error(), "short") || !strings.Contains(err.Error(), adminTokenName) {
		t.Errorf("a short token: %v", err)
	}
	t.Setenv(adminTokenName, "")
	if p, err := policyOf(config.Admin{}); err != nil || p.Guards() {
		t.Errorf("an empty variable: %+v, %v", p, err)
	}
}
