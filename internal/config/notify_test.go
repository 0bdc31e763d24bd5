package config

import (
	"strings"
	"testing"
	"time"
)

const withNotify = `site: {id: tokyo, url: https://news.example}
publishers: []
sources: []
notify:
`

func TestNotifyIsRead(t *testing.T) {
	c, err := Parse("conf/kairan.yaml", []byte(withNotify+`  operators_url: https://ops.example/
  heartbeat: ${BEAT}
  receivers:
    - {name: room, kind: mail, server: "smtp.example:587", from: Kairan <k@a.example>, to: [a@a.example], user: k, password_file: smtp.txt}
    - {name: phone, kind: ntfy, url: "http://10.0.0.9/topic", at_least: page, gather: 0}
    - {name: chat, kind: webhook, url_file: /run/hook, key: "${KEY}", gather: 1h}
`), bundlesOfAll{})
	if err != nil {
		t.Fatal(err)
	}
	n := c.Notify
	if n.OperatorsURL != "https://ops.example" || n.RunbookURL != DefaultRunbook || n.Heartbeat.Variable != "BEAT" || len(n.Receivers) != 3 {
		t.Errorf("%+v", n)
	}
	room, phone, chat := n.Receivers[0], n.Receivers[1], n.Receivers[2]
	if room.Password.File != "conf/smtp.txt" || room.Security != "starttls" || room.AtLeast != "ticket" || room.Gather != 15*time.Minute || len(room.To) != 1 {
		t.Errorf("%+v", room)
	}
	if phone.URL.Plain != "http://10.0.0.9/topic" || phone.AtLeast != "page" || phone.Gather != 0 || phone.Security != "" {
		t.Errorf("%+v", phone)
	}
	if chat.URL.File != "/run/hook" || chat.Key.Variable != "KEY" || chat.Gather != time.Hour {
		t.Errorf("%+v", chat)
	}
}

func TestNotifyFaults(t *testing.T) {
	const mail = `server: "s.example:587", from: k@a.example, to: [a@a.example]`
	for _, c := range []struct{ what, receiver, want string }{
		{"another kind", "kind: mial", `unknown kind "mial"; did you mean "mail"?`},
		{"a name of another product", "kind: smtp", `unknown kind "smtp"; did you mean "mail"?`},
		{"a mail to nobody", `kind: mail, server: "s.example:587", from: k@a.example`, `a receiver of kind "mail" has no "to"; `},
		{"a server without a port", `kind: mail, server: s.example, from: k@a.example, to: [a@a.example]`, `this is not a server with a port`},
		{"no mail address", `kind: mail, server: "s.example:25", from: kairan, to: [a@a.example]`, `this is not a mail address`},
		{"a user without a password", `kind: mail, ` + mail + `, user: k`, `the receiver "x" has a user and no password; add password or password_file`},
		{"a password without a user", `kind: mail, ` + mail + `, password_file: f`, `the receiver "x" has a password and no user`},
		{"a password for everybody to read", `kind: mail, ` + mail + `, security: none, user: k, password_file: f`, `the password would be sent for everybody to read; write starttls or tls`},
		{"two passwords", `kind: mail, ` + mail + `, user: k, password_file: f, password: "${P}"`, `the receiver has a password and a password_file; remove one of them`},
		{"a secret in the file", `kind: mail, ` + mail + `, user: k, password: hunter2`, `a secret does not belong into this file`},
		{"a webhook to nowhere", "kind: webhook", `the receiver "x" has no url; add url, or url_file`},
		{"a password of a webhook", "kind: webhook, url: https://a.example/, password_file: f", `a receiver of kind "webhook" has a "password_file"; it goes to a url, with a token`},
		{"a key of ntfy", "kind: ntfy, url: https://a.example/t, key_file: f", `ntfy takes a token`},
		{"a reference that is none", `kind: ntfy, url: "${}"`, `a secret does not belong`},
		{"an unknown urgency", "kind: ntfy, url: https://a.example/t, at_least: loud", `unknown at_least "loud"; write one of page, ticket`},
	} {
		_, err := Parse("kairan.yaml", []byte(withNotify+"  receivers: [{name: x, "+c.receiver+"}]\n"), bundlesOfAll{})
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v\nwant %q", c.what, err, c.want)
		}
	}
	_, err := Parse("kairan.yaml", []byte(withNotify+"  receivers: [{name: x, kind: ntfy, url: https://a.example/t}, {name: x, kind: ntfy, url: https://a.example/t}]\n"), bundlesOfAll{})
	if err == nil || !strings.Contains(err.Error(), `the receiver "x" is there twice, first on line 5`) {
		t.Errorf("twice: %v", err)
	}
}

func TestSecretsOfNotifyAreNotPrinted(t *testing.T) {
	c, err := Parse("kairan.yaml", []byte(withNotify+"  heartbeat: https://beat.example/HUSH\n  receivers: [{name: x, kind: ntfy, url: https://a.example/HUSH}]\n"), bundlesOfAll{})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(c.String(), "HUSH") {
		t.Error(c.String())
	}
}
