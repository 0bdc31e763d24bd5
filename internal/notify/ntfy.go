package notify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/kairan-news/kairan/internal/flow"
)

// Ntfy publishes a message to a topic of ntfy, by the JSON form of its interface: a header
// would have to be ASCII.
type Ntfy struct {
	Client *http.Client
	// URL is that of the topic, such as https://ntfy.sh/my-topic. The topic is all that
	// keeps others from reading, so it may be a secret.
	URL Secret
	// Token is one of its access tokens; nil is none.
	Token Secret
}

// ntfyMessage is what is published.
// https://docs.ntfy.sh/publish/#publish-as-json
type ntfyMessage struct {
	Topic    string   `json:"topic"`
	Title    string   `json:"title"`
	Message  string   `json:"message"`
	Priority int      `json:"priority"` // from 1 to 5; 3 is the usual one
	Tags     []string `json:"tags"`     // names of emojis are shown as those
	Click    string   `json:"click,omitempty"`
}

// ntfyMost is how many bytes a message may have before ntfy makes an attachment of it; it
// takes 4,096.
const ntfyMost = 3800

// Send implements [Sender].
func (n *Ntfy) Send(ctx context.Context, m Message) error {
	address, err := n.URL.value()
	if err != nil {
		return err
	}
	server, topic, err := splitTopic(address)
	if err != nil {
		return err
	}
	message := ntfyMessage{
		Topic: topic, Title: m.Subject(), Message: cut(m.Text(), ntfyMost),
		Priority: 3, Tags: []string{"white_check_mark"}, Click: m.Words.OperatorsURL,
	}
	switch m.Urgency() {
	case flow.Page:
		message.Priority, message.Tags = 5, []string{"rotating_light"}
	case flow.Ticket:
		message.Tags = []string{"warning"}
	}
	if len(m.Began) == 1 {
		message.Tags = append(message.Tags, string(m.Began[0].Kind))
		message.Click = m.Page(m.Began[0])
	}
	if m.Test {
		message.Tags = []string{"test_tube"}
	}
	body, err := json.Marshal(message)
	if err != nil {
		return fmt.Errorf("write the message: %w", err)
	}
	request, err := newRequest(ctx, http.MethodPost, server, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	if err := authorize(request, n.Token); err != nil {
		return err
	}
	return ask(n.Client, request)
}

// splitTopic parts the address of a topic: messages as JSON go to that of the server.
func splitTopic(address string) (server, topic string, err error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "", "", errors.New("the address that is configured can't be read")
	}
	path := strings.TrimRight(u.Path, "/")
	slash := strings.LastIndexByte(path, '/')
	if slash < 0 || path[slash+1:] == "" {
		return "", "", errors.New("the address of the ntfy server names no topic: write it like https://ntfy.sh/my-topic")
	}
	u.Path, u.RawPath, topic = path[:slash+1], "", path[slash+1:]
	return u.String(), topic, nil
}

// cut shortens a text to so many bytes at most.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	most -= len("…")
	for !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most] + "…"
}
