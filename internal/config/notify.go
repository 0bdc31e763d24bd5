package config

import (
	"fmt"
	"net"
	"net/mail"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Notify says who is told when something is wrong. Its zero value tells nobody.
type Notify struct {
	// OperatorsURL is where the operators' pages are for who is told, without a slash at its
	// end; "" is not said.
	OperatorsURL string `json:"operators_url,omitempty"`
	// RunbookURL is where the runbook is; [DefaultRunbook] unless configured.
	RunbookURL string `json:"runbook_url,omitempty"`
	// Heartbeat is asked for each minute.
	Heartbeat Secret     `json:"heartbeat,omitzero"`
	Receivers []Receiver `json:"receivers,omitempty"`
}

// DefaultRunbook is where the runbook of the newest version is.
const DefaultRunbook = "https://github.com/kairan-news/kairan/blob/main/docs/runbook.md"

// DefaultGather is how long what is no page waits for more, unless configured.
const DefaultGather = 15 * time.Minute

// Receiver is somebody who is told.
type Receiver struct {
	Name    string        `json:"name"`
	Kind    string        `json:"kind"`     // "mail", "webhook" or "ntfy"
	AtLeast string        `json:"at_least"` // "page" or "ticket"
	Gather  time.Duration `json:"gather"`
	// Of a mail: HOST:PORT, "starttls", "tls" or "none", who sends it to whom, and as which
	// user of the server.
	Server   string   `json:"server,omitempty"`
	Security string   `json:"security,omitempty"`
	From     string   `json:"from,omitempty"`
	To       []string `json:"to,omitempty"`
	User     string   `json:"user,omitempty"`
	Password Secret   `json:"password,omitzero"`
	// Of a webhook and of ntfy.
	URL   Secret `json:"url,omitzero"`
	Key   Secret `json:"key,omitzero"`
	Token Secret `json:"token,omitzero"`
}

// Secret is where a secret is found: in a variable of the environment or in a file, or it is
// an address that is written plainly. The zero value is none.
type Secret struct {
	Variable string `json:"variable,omitempty"`
	File     string `json:"file,omitempty"` // as the process can open it
	// Plain may be one all the same: it is no part of what is printed.
	Plain string `json:"-"`
}

func notifyShape() *shape {
	return &shape{
		form: recordForm, noun: "notify", doc: "Who is told when something is wrong, and when it is over.",
		fields: []field{
			{name: "operators_url", also: []string{"admin_url", "url"}, shape: webAddress("Where those who are told reach the operators' pages. Without it, messages have no link to them.")},
			{name: "runbook_url", also: []string{"runbook"}, preset: DefaultRunbook, shape: webAddress("Where the runbook is, of which each kind of incident is a section.")},
			{name: "heartbeat", also: []string{"ping", "dead_mans_switch"}, shape: secretAddress("What is asked for each minute by the process that watches, so that a service elsewhere can tell somebody when all is dead.")},
			{name: "receivers", also: []string{"receiver", "to", "channels"}, shape: &shape{
				form: listForm, filled: true, of: receiverShape(), doc: "Those who are told.",
			}},
		},
	}
}

func receiverShape() *shape {
	return &shape{
		form: recordForm, noun: "a receiver", doc: "Somebody who is told.",
		fields: []field{
			{name: "name", also: []string{"id", "key"}, required: true, example: "on-call", shape: &shape{noun: idNoun, pattern: regexp.MustCompile(idPattern), doc: "Names the receiver in commands and logs. What it was told is remembered by its name."}},
			{name: "kind", also: []string{"type"}, required: true, example: "mail", shape: &shape{
				noun: "a kind of receiver", doc: "How it is told.",
				words: []word{
					{text: "mail", also: []string{"email", "e-mail", "smtp"}, doc: "an e-mail"},
					{text: "webhook", also: []string{"http", "hook", "post"}, doc: "JSON that is posted to an address"},
					{text: "ntfy", also: []string{"push"}, doc: "a push message by an ntfy server"},
				},
			}},
			{name: "at_least", also: []string{"urgency", "level", "severity"}, preset: "ticket", shape: &shape{
				noun: "page or ticket", doc: "How urgent it must be.",
				words: []word{{text: "page", doc: "what readers notice unless somebody acts"}, {text: "ticket", also: []string{"all"}, doc: "that, and what can wait for a working day"}},
			}},
			{name: "gather", also: []string{"group", "wait"}, preset: DefaultGather.String(), shape: duration(0, 24*time.Hour, "How long what is no page waits for more, to be told with it in one message; 0 for not at all.")},
			{name: "server", also: []string{"host", "smtp"}, shape: &shape{noun: "a mail server with its port, such as smtp.my-city.example:587", reads: checkServer, pattern: regexp.MustCompile(`^[^ /]+:[0-9]{1,5}$`), doc: "The server that takes the e-mail."}},
			{name: "security", also: []string{"encryption"}, preset: "starttls", shape: &shape{
				noun: "starttls, tls or none", doc: "How the way to the mail server is kept from others.",
				words: []word{{text: "starttls", doc: "by STARTTLS, without which nothing is sent"}, {text: "tls", also: []string{"ssl"}, doc: "by TLS from the first byte on"}, {text: "none", doc: "not at all, without a password or on this machine"}},
			}},
			{name: "from", also: []string{"sender"}, shape: mailAddress("Who sends the e-mail.")},
			{name: "to", also: []string{"recipients", "address"}, shape: &shape{form: listForm, filled: true, of: mailAddress("Who gets it."), doc: "Who gets the e-mail."}},
			{name: "user", also: []string{"username", "login"}, shape: &shape{noun: "a user name", doc: "The user of the mail server."}},
			{name: "password", also: []string{"pass"}, shape: variable("The user's password.")},
			{name: "password_file", shape: secretFile("A file that holds the user's password.")},
			{name: "url", also: []string{"link", "address"}, shape: secretAddress("Where the message is posted to: of ntfy with the topic, such as https://ntfy.sh/my-topic. It may be on a private network.")},
			{name: "url_file", shape: secretFile("A file that holds that address, where it is a secret.")},
			{name: "token", also: []string{"bearer"}, shape: variable("A bearer token, which webhook and ntfy are sent.")},
			{name: "token_file", shape: secretFile("A file that holds the token.")},
			{name: "key", also: []string{"secret", "hmac"}, shape: variable("What a webhook is signed with (HMAC-SHA256).")},
			{name: "key_file", also: []string{"secret_file"}, shape: secretFile("A file that holds the key.")},
		},
		rules: receiverRules(),
	}
}

func receiverRules() (rules []rule) {
	for _, key := range []string{"server", "from", "to"} {
		rules = append(rules, rule{key: "kind", value: "mail", require: key, hint: "an e-mail needs a server, from and to"})
	}
	for _, key := range []string{"url", "url_file", "token", "token_file", "key", "key_file"} {
		rules = append(rules, rule{key: "kind", value: "mail", forbid: key, hint: "an e-mail goes to a server, with user and password"})
	}
	for _, kind := range []string{"webhook", "ntfy"} {
		for _, key := range []string{"server", "security", "from", "to", "user", "password", "password_file"} {
			rules = append(rules, rule{key: "kind", value: kind, forbid: key, hint: "it goes to a url, with a token"})
		}
	}
	for _, key := range []string{"key", "key_file"} {
		rules = append(rules, rule{key: "kind", value: "ntfy", forbid: key, hint: "ntfy takes a token"})
	}
	return rules
}

func mailAddress(doc string) *shape {
	return &shape{noun: "a mail address, such as Kairan <kairan@my-city.example>", reads: checkMailAddress, pattern: regexp.MustCompile(`@`), doc: doc}
}

func variable(doc string) *shape {
	return &shape{
		noun: "the name of an environment variable, such as ${NOTIFY_TOKEN}", secret: true,
		pattern: regexp.MustCompile(`^\$\{[A-Za-z_][A-Za-z0-9_]*\}$`), reads: checkReference,
		doc: doc + " ${NAME} is the variable NAME of the environment, or the content of the file that NAME_FILE names.",
	}
}

func secretFile(doc string) *shape {
	return &shape{noun: "the path of a file", doc: doc + " Relative to this file."}
}

func secretAddress(doc string) *shape {
	return &shape{
		noun: "an http or https address, or ${NAME}", secret: true, pattern: regexp.MustCompile(`^(https?://|\$\{)`), reads: checkSecretAddress,
		doc: doc + " Where it is a secret: ${NAME}, the variable NAME of the environment, or the content of the file that NAME_FILE names.",
	}
}

func checkSecretAddress(s string) *fault {
	if strings.HasPrefix(s, "${") {
		return checkReference(s)
	}
	return checkAddress(s)
}

func checkServer(s string) *fault {
	const hint = "write it with its port, such as smtp.my-city.example:587"
	host, port, err := net.SplitHostPort(s)
	if err != nil || host == "" {
		return &fault{"this is not a server with a port", hint}
	}
	if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
		return &fault{"the port is no number from 1 to 65535", hint}
	}
	return nil
}

func checkMailAddress(s string) *fault {
	if _, err := mail.ParseAddress(s); err != nil {
		return &fault{"this is not a mail address", "write it like kairan@my-city.example, or Kairan <kairan@my-city.example>"}
	}
	return nil
}

// notify reads who is told.
func (b *builder) notify(name string, v *value) Notify {
	n := Notify{
		OperatorsURL: strings.TrimRight(v.get("operators_url").string(), "/"),
		RunbookURL:   v.get("runbook_url").string(),
		Heartbeat:    secretOf(v.get("heartbeat")),
	}
	if n.RunbookURL == "" {
		n.RunbookURL = DefaultRunbook
	}
	first := places{}
	for _, item := range v.get("receivers").list() {
		r := b.receiver(name, item)
		if r.Name == "" || b.once(first, "receiver", r.Name, item.get("name").at) {
			n.Receivers = append(n.Receivers, r)
		}
	}
	return n
}

func (b *builder) receiver(name string, v *value) Receiver {
	r := Receiver{
		Name: v.get("name").string(), Kind: v.get("kind").string(), AtLeast: v.get("at_least").string(),
		Gather: time.Duration(v.get("gather").numberOr(int64(DefaultGather))),
		Server: v.get("server").string(), Security: v.get("security").string(), From: v.get("from").string(), To: texts(v.get("to")),
		User: v.get("user").string(),
	}
	if r.AtLeast == "" {
		r.AtLeast = "ticket"
	}
	if r.Security == "" && r.Kind == "mail" {
		r.Security = "starttls"
	}
	r.Password = b.secret(name, v, "password")
	r.URL = b.secret(name, v, "url")
	r.Token = b.secret(name, v, "token")
	r.Key = b.secret(name, v, "key")
	b.checkReceiver(v, r)
	return r
}

// checkReceiver says what a receiver lacks, and what does not fit together.
func (b *builder) checkReceiver(v *value, r Receiver) {
	switch user, password := v.get("user"), r.Password != (Secret{}); {
	case r.Kind != "mail":
		if url := v.get("url"); r.URL == (Secret{}) && (url == nil || !url.bad) && r.Kind != "" {
			b.add(v.at, fmt.Sprintf("the receiver %q has no url", r.Name), "add url, or url_file")
		}
	case user == nil && password:
		b.add(v.at, fmt.Sprintf("the receiver %q has a password and no user", r.Name), "add user, or remove the password")
	case user != nil && !user.bad && !password:
		b.add(user.at, fmt.Sprintf("the receiver %q has a user and no password", r.Name), "add password or password_file, or remove the user")
	case user != nil && r.Security == "none" && !onThisMachine(r.Server):
		b.add(v.get("security").at, "the password would be sent for everybody to read", "write starttls or tls, or remove user and password")
	}
}

// secret reads a secret that stands under a key, or in the file that KEY_file names.
func (b *builder) secret(name string, v *value, key string) Secret {
	given, file := v.get(key), v.get(key+"_file")
	if given != nil && file != nil {
		b.add(file.at, fmt.Sprintf("the receiver has a %s and a %s_file", key, key), "remove one of them")
	}
	if file != nil {
		return Secret{File: resolve(name, file.string())}
	}
	return secretOf(given)
}

func secretOf(v *value) Secret {
	text := v.string()
	if variable, ok := strings.CutPrefix(text, "${"); ok {
		return Secret{Variable: strings.TrimSuffix(variable, "}")}
	}
	return Secret{Plain: text}
}

func onThisMachine(server string) bool {
	host, _, _ := net.SplitHostPort(server)
	return slices.Contains([]string{"localhost", "127.0.0.1", "::1"}, host)
}
