package notify

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"math/big"
	"mime"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"
)

// mailServer is a small mail server (RFC 5321) on the loopback address, which knows STARTTLS
// (RFC 3207) and AUTH PLAIN (RFC 4954).
type mailServer struct {
	address string
	tls     *tls.Config
	trust   *tls.Config // of a client that believes it
	secure  bool        // TLS from the first byte on
	offers  bool        // STARTTLS
	user    string      // with a password, "user password"; "" asks for none
	rejects bool        // the letter

	mu      sync.Mutex
	letters []string
	said    []string // commands, in TLS after a +
}

func newMailServer(t *testing.T, set func(*mailServer)) *mailServer {
	s := &mailServer{offers: true}
	s.tls, s.trust = certificate(t)
	set(s)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if s.secure {
		l = tls.NewListener(l, s.tls)
	}
	s.address = l.Addr().String()
	var serving sync.WaitGroup
	t.Cleanup(func() { l.Close(); serving.Wait() })
	serving.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			serving.Go(func() { s.serve(conn) })
		}
	})
	return s
}

func (s *mailServer) serve(conn net.Conn) {
	defer func() { conn.Close() }()
	in, secure, known := bufio.NewReader(conn), s.secure, false
	say := func(text string) { fmt.Fprintf(conn, "%s\r\n", text) }
	say("220 mail.example ESMTP")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		s.mu.Lock()
		s.said = append(s.said, map[bool]string{true: "+"}[secure]+line)
		s.mu.Unlock()
		switch command, rest, _ := strings.Cut(line, " "); strings.ToUpper(command) {
		case "EHLO":
			say("250-mail.example")
			if s.offers && !secure {
				say("250-STARTTLS")
			}
			say("250 AUTH PLAIN")
		case "STARTTLS":
			say("220 go on")
			inner := tls.Server(conn, s.tls)
			conn, in, secure = inner, bufio.NewReader(inner), true
		case "AUTH":
			_, coded, _ := strings.Cut(rest, " ")
			plain, _ := base64.StdEncoding.DecodeString(coded)
			if known = strings.TrimPrefix(string(plain), "\x00") == strings.ReplaceAll(s.user, " ", "\x00"); known {
				say("235 welcome")
			} else {
				say("535 5.7.8 wrong")
			}
		case "MAIL":
			if s.user != "" && !known {
				say("530 5.7.0 who are you")
				continue
			}
			say("250 ok")
		case "DATA":
			if s.rejects {
				say("554 5.7.1 no")
				continue
			}
			say("354 go on")
			var letter strings.Builder
			for {
				line, err := in.ReadString('\n')
				if err != nil {
					return
				}
				if line == ".\r\n" {
					break
				}
				letter.WriteString(strings.TrimPrefix(line, "."))
			}
			s.mu.Lock()
			s.letters = append(s.letters, letter.String())
			s.mu.Unlock()
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func certificate(t *testing.T) (server, client *tls.Config) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, &tls.Config{RootCAs: roots, ServerName: "127.0.0.1"}
}

func TestMailIsSentInTheWaysThatServersWant(t *testing.T) {
	for _, c := range []struct {
		what     string
		set      func(*mailServer)
		security Security
		password string
		want     string // part of the error; "" for none
	}{
		{"STARTTLS with a password", func(s *mailServer) { s.user = "kairan right" }, StartTLS, "right", ""},
		{"TLS with a password", func(s *mailServer) { s.user, s.secure = "kairan right", true }, ImplicitTLS, "right", ""},
		{"neither", func(s *mailServer) { s.offers = false }, Plain, "", ""},
		{"a wrong password", func(s *mailServer) { s.user = "kairan right" }, StartTLS, "WRONG", "535"},
		{"no STARTTLS", func(s *mailServer) { s.offers = false }, StartTLS, "", "STARTTLS"},
		{"a certificate that is not believed", func(s *mailServer) { _, s.trust = certificate(t) }, StartTLS, "", "certificate"},
		{"it does not want it", func(s *mailServer) { s.rejects = true }, StartTLS, "", "554"},
	} {
		t.Run(c.what, func(t *testing.T) {
			s := newMailServer(t, c.set)
			e := &Mail{Server: s.address, Security: c.security, From: "Kairan <kairan@my-city.example>", To: []string{"ada@my-city.example", "bob@my-city.example"}, TLS: s.trust}
			if c.password != "" {
				e.User, e.Password = "kairan", known(c.password)
			}
			m := pageMessage()
			m.Began[0].What = "Die Straße 防災 ist gesperrt."
			err := e.Send(t.Context(), m)
			if c.want != "" {
				if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "WRONG") || len(s.letters) != 0 {
					t.Errorf("%v, want an error with %q; letters %d", err, c.want, len(s.letters))
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			s.looks(t, m, c.security != Plain)
		})
	}
}

// looks looks at the one letter that a server has got.
func (s *mailServer) looks(t *testing.T, m Message, secure bool) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.letters) != 1 {
		t.Fatalf("it has got %d letters", len(s.letters))
	}
	letter, err := mail.ReadMessage(strings.NewReader(s.letters[0]))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(letter.Header.Get("Subject"))
	if err != nil || subject != m.Subject() {
		t.Errorf("the subject is %q, %v", subject, err)
	}
	if got, want := letter.Header.Get("Message-ID"), "<"+m.ID+"@my-city.example>"; got != want {
		t.Errorf("the Message-ID is %q, want %q", got, want)
	}
	if letter.Header.Get("Auto-Submitted") != "auto-generated" || !strings.Contains(letter.Header.Get("To"), "bob@") {
		t.Errorf("the header is %v", letter.Header)
	}
	if !strings.Contains(s.letters[0], "quoted-printable") || !strings.Contains(s.letters[0], "Stra=C3=9Fe") {
		t.Errorf("the letter is\n%s", s.letters[0])
	}
	recipients := 0
	for _, line := range s.said {
		if strings.Contains(line, "RCPT TO") {
			recipients++
			if secure != strings.HasPrefix(line, "+") {
				t.Errorf("%q was said, secure %v", line, secure)
			}
		}
	}
	if recipients != 2 {
		t.Errorf("it went to %d", recipients)
	}
}
