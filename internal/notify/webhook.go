package notify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// Webhook posts a message as JSON; see [Body].
type Webhook struct {
	Client *http.Client
	// URL is where to.
	URL Secret
	// Key signs what is sent, in [SignatureHeader]; nil does not.
	Key Secret
	// Token is sent as "Authorization: Bearer …"; nil is not.
	Token Secret
}

// SignatureHeader has "sha256=" and the HMAC-SHA256 of the body in small hexadecimal digits,
// by the key that both sides know.
const SignatureHeader = "Kairan-Signature"

// IDHeader has the ID of a message, by which a second one can be known.
const IDHeader = "Kairan-Message"

// Body is what a webhook is sent.
type Body struct {
	// ID is the same whenever the same is sent.
	ID      string    `json:"id"`
	Time    time.Time `json:"time"`
	Service string    `json:"service"`
	// Receiver is what the configuration calls who is told.
	Receiver string `json:"receiver"`
	// Status is "firing" where something has begun, "resolved" where all of it is over, and
	// "test".
	Status string `json:"status"`
	// Urgency is that of the worst that has begun: "page" or "ticket"; "" where nothing has.
	Urgency flow.Urgency `json:"urgency"`
	// Subject and Text are what an e-mail would say.
	Subject string     `json:"subject"`
	Text    string     `json:"text"`
	Began   []Incident `json:"began"`
	Over    []Incident `json:"over"`
}

// Incident is an incident of a [Body].
type Incident struct {
	flow.Incident
	Title   string `json:"title"`
	Page    string `json:"page,omitempty"`
	Runbook string `json:"runbook,omitempty"`
}

// Send implements [Sender].
func (w *Webhook) Send(ctx context.Context, m Message) error {
	address, err := w.URL.value()
	if err != nil {
		return err
	}
	body, err := json.Marshal(m.body())
	if err != nil {
		return fmt.Errorf("write the message: %w", err)
	}
	request, err := newRequest(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set(IDHeader, m.ID)
	if err := authorize(request, w.Token); err != nil {
		return err
	}
	key, err := w.Key.value()
	if err != nil {
		return err
	}
	if key != "" {
		request.Header.Set(SignatureHeader, sign(key, body))
	}
	return ask(w.Client, request)
}

func sign(key string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write(body)
	return "sha256=" + hex.EncodeToString(mac.Sum(nil))
}

func authorize(request *http.Request, token Secret) error {
	text, err := token.value()
	if err != nil {
		return err
	}
	if text != "" {
		request.Header.Set("Authorization", "Bearer "+text)
	}
	return nil
}

func (m Message) body() Body {
	b := Body{
		ID: m.ID, Time: m.At.UTC(), Service: m.Words.Service, Receiver: m.Receiver, Urgency: m.Urgency(), Status: "firing",
		Subject: m.Subject(), Text: m.Text(), Began: m.incidents(m.Began), Over: m.incidents(m.Over),
	}
	switch {
	case m.Test:
		b.Status = "test"
	case len(m.Began) == 0:
		b.Status = "resolved"
	}
	return b
}

func (m Message) incidents(all []flow.Incident) []Incident {
	list := make([]Incident, len(all)) // never null
	for n, i := range all {
		rule, _ := flow.RuleOf(i.Kind)
		list[n] = Incident{i, rule.Title, m.Page(i), m.Runbook(i)}
	}
	return list
}
