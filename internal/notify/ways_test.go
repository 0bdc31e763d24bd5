package notify

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// server answers each request with a status, and keeps the last one.
type server struct {
	*httptest.Server
	status int
	header http.Header
	path   string
	body   []byte
}

func newServer(t *testing.T) *server {
	s := &server{status: http.StatusOK}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.header, s.path = r.Header, r.URL.Path
		s.body, _ = io.ReadAll(r.Body)
		if s.status == http.StatusFound {
			w.Header().Set("Location", "/elsewhere")
		}
		w.WriteHeader(s.status)
	}))
	t.Cleanup(s.Close)
	return s
}

func known(text string) Secret { return func() (string, error) { return text, nil } }

func pageMessage() Message {
	return words.message("on-call", []news{{incident(1, flow.ChannelStuck, flow.Page, noon), Paged}}, noon)
}

func TestWebhookIsSentAllAndSigned(t *testing.T) {
	s := newServer(t)
	w := &Webhook{Client: NewClient(), URL: known(s.URL + "/hook"), Key: known("shared"), Token: known("token")}
	m := pageMessage()
	if err := w.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	if got, want := s.header.Get(SignatureHeader), sign("shared", s.body); got != want || len(got) != len("sha256=")+64 {
		t.Errorf("it is signed %q, want %q", got, want)
	}
	if s.header.Get("Authorization") != "Bearer token" || s.header.Get(IDHeader) != m.ID || s.header.Get("Content-Type") != "application/json" {
		t.Errorf("its header is %v", s.header)
	}
	var b map[string]any
	if err := json.Unmarshal(s.body, &b); err != nil {
		t.Fatal(err)
	}
	began := b["began"].([]any)[0].(map[string]any)
	if b["status"] != "firing" || b["urgency"] != "page" || len(b["over"].([]any)) != 0 || began["kind"] != "channel-stuck" ||
		began["what"] != "What is wrong." || began["runbook"] != words.RunbookURL+"#channel-stuck" || began["title"] == "" || began["id"] != 1.0 {
		t.Errorf("it is sent %s", s.body)
	}
}

// RFC 4231, test case 2.
func TestTheSignatureIsHMACSHA256(t *testing.T) {
	if got, want := sign("Jefe", []byte("what do ya want for nothing?")), "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestNtfyIsPublishedWithItsTitleAndPriority(t *testing.T) {
	s := newServer(t)
	n := &Ntfy{Client: NewClient(), URL: known(s.URL + "/below/my-topic"), Token: known("tk_x")}
	if err := n.Send(t.Context(), pageMessage()); err != nil {
		t.Fatal(err)
	}
	var got ntfyMessage
	if err := json.Unmarshal(s.body, &got); err != nil {
		t.Fatal(err)
	}
	if s.path != "/below/" || got.Topic != "my-topic" || got.Priority != 5 || got.Tags[0] != "rotating_light" || got.Click != words.OperatorsURL+"/source/s1" ||
		!strings.HasPrefix(got.Title, "[PAGE]") || s.header.Get("Authorization") != "Bearer tk_x" {
		t.Errorf("at %s it is published %s", s.path, s.body)
	}
	ticket := words.message("x", []news{{incident(1, flow.SourceFailing, flow.Ticket, noon), Opened}}, noon)
	ticket.Began[0].What = strings.Repeat("長", 3000)
	if err := n.Send(t.Context(), ticket); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(s.body, &got); err != nil || got.Priority != 3 || len(got.Message) > ntfyMost || !strings.HasSuffix(got.Message, "長…") {
		t.Errorf("a long ticket is published with priority %d and %d bytes", got.Priority, len(got.Message))
	}
	n.URL = known(s.URL)
	if err := n.Send(t.Context(), pageMessage()); err == nil || !strings.Contains(err.Error(), "names no topic") {
		t.Errorf("without a topic: %v", err)
	}
}

func TestWhatIsNotTakenIsAnErrorWithoutSecrets(t *testing.T) {
	s := newServer(t)
	w := &Webhook{Client: NewClient(), URL: known(s.URL + "/SECRET?token=SECRET"), Token: known("SECRET")}
	for status, want := range map[int]string{
		http.StatusInternalServerError: "500 Internal Server Error", http.StatusFound: "leads elsewhere", http.StatusForbidden: "look at the token",
	} {
		s.status = status
		err := w.Send(t.Context(), pageMessage())
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "SECRET") {
			t.Errorf("%d: %v", status, err)
		}
	}
	if s.path == "/elsewhere" {
		t.Error("a redirect was followed")
	}
	s.Close()
	if err := w.Send(t.Context(), pageMessage()); err == nil || strings.Contains(err.Error(), "SECRET") {
		t.Errorf("nobody listens: %v", err)
	}
	w.URL = known("http://SECRET\x7f/")
	if err := w.Send(t.Context(), pageMessage()); err == nil || strings.Contains(err.Error(), "SECRET") {
		t.Errorf("no address: %v", err)
	}
	missing := errors.New("no such file")
	w.URL = func() (string, error) { return "", missing }
	if err := w.Send(t.Context(), pageMessage()); !errors.Is(err, missing) {
		t.Errorf("no secret: %v", err)
	}
}

func TestATestSaysThatItIsOne(t *testing.T) {
	m := words.TestMessage("phone", noon)
	if b := m.body(); b.Status != "test" || !strings.Contains(b.Subject, "TEST") || !strings.Contains(b.Text, `"phone"`) || b.Began == nil {
		t.Errorf("%+v", b)
	}
}

func TestWaitAfter(t *testing.T) {
	for failures, want := range map[int]time.Duration{1: 15 * time.Second, 2: 30 * time.Second, 3: time.Minute, 6: 8 * time.Minute, 7: 10 * time.Minute, 1000: 10 * time.Minute} {
		if got := waitAfter(failures); got != want {
			t.Errorf("after %d failures it waits %s, want %s", failures, got, want)
		}
	}
}
