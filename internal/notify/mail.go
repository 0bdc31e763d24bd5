package notify

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"

	"github.com/wneessen/go-mail"

	"github.com/kairan-news/kairan/internal/flow"
)

// Security is how what is sent to a mail server is kept from others.
type Security string

// The ways.
const (
	StartTLS    Security = "starttls" // required; without it nothing is sent
	ImplicitTLS Security = "tls"      // from the first byte on
	Plain       Security = "none"     // for a server on this machine, or one that is trusted
)

// Mail sends a message as an e-mail.
type Mail struct {
	// Server is HOST:PORT.
	Server   string
	Security Security
	// User and Password are asked for by most servers; "" is to nobody's.
	User     string
	Password Secret
	// From and To are addresses, with names if they have any: "Kairan <kairan@city.example>".
	From string
	To   []string
	// TLS is for tests; nil is the system's.
	TLS *tls.Config
}

// Send implements [Sender].
func (e *Mail) Send(ctx context.Context, m Message) error {
	var open connection
	defer open.close()
	client, err := e.client(&open)
	if err != nil {
		return err
	}
	letter, err := e.letter(m)
	if err != nil {
		return err
	}
	if err := client.DialAndSendWithContext(ctx, letter); err != nil {
		// A server that has taken the message and then breaks the connection has it.
		if letter.IsDelivered() {
			return nil
		}
		return fmt.Errorf("%s did not take the e-mail: %w", e.Server, err)
	}
	return nil
}

// connection is the one to the mail server: the library leaves it open where a server does
// not let us in.
type connection struct{ conn net.Conn }

func (c *connection) close() {
	if c.conn != nil {
		c.conn.Close() // it may be closed already
	}
}

// dial returns how the server is reached; secure is by TLS from the first byte on.
func (c *connection) dial(secure *tls.Config) mail.DialContextFunc {
	return func(ctx context.Context, network, address string) (conn net.Conn, err error) {
		if secure != nil {
			conn, err = (&tls.Dialer{Config: secure}).DialContext(ctx, network, address)
		} else {
			conn, err = (&net.Dialer{}).DialContext(ctx, network, address)
		}
		c.conn = conn
		return conn, err
	}
}

func (e *Mail) client(open *connection) (*mail.Client, error) {
	host, port, err := net.SplitHostPort(e.Server)
	if err != nil {
		return nil, errors.New("the mail server has to be HOST:PORT")
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		return nil, errors.New("the port of the mail server has to be a number")
	}
	options := []mail.Option{mail.WithPort(number), mail.WithTimeout(SendTimeout), mail.WithHELO("localhost"), mail.WithoutNoop()}
	tlsConfig := e.TLS
	if tlsConfig == nil {
		tlsConfig = &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12}
	}
	options = append(options, mail.WithTLSConfig(tlsConfig))
	switch e.Security {
	case ImplicitTLS:
		// Opportunistic has the library look whether the connection is secret already.
		options = append(options, mail.WithDialContextFunc(open.dial(tlsConfig)), mail.WithTLSPolicy(mail.TLSOpportunistic))
	case Plain:
		options = append(options, mail.WithDialContextFunc(open.dial(nil)), mail.WithTLSPolicy(mail.NoTLS))
	default:
		options = append(options, mail.WithDialContextFunc(open.dial(nil)), mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if e.User != "" {
		password, err := e.Password.value()
		if err != nil {
			return nil, err
		}
		// What it may be sent by depends on what the server knows; without TLS a password is
		// sent to this machine alone.
		options = append(options, mail.WithUsername(e.User), mail.WithPassword(password), mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover))
	}
	return mail.NewClient(host, options...)
}

func (e *Mail) letter(m Message) (*mail.Msg, error) {
	letter := mail.NewMsg()
	if err := letter.From(e.From); err != nil {
		return nil, fmt.Errorf("from: %w", err)
	}
	if err := letter.To(e.To...); err != nil {
		return nil, fmt.Errorf("to: %w", err)
	}
	letter.Subject(m.Subject())
	letter.SetDateWithValue(m.At)
	letter.SetMessageIDWithValue(m.ID + "@" + domainOf(e.From))
	letter.SetUserAgent(agent)
	if m.Urgency() == flow.Page {
		letter.SetImportance(mail.ImportanceUrgent)
	}
	// RFC 3834, section 5: so that nobody's holiday answers.
	letter.SetGenHeader("Auto-Submitted", "auto-generated")
	letter.SetBodyString(mail.TypeTextPlain, m.Text())
	return letter, nil
}

// domainOf is the domain of an address with or without a name.
func domainOf(address string) string {
	_, domain, _ := strings.Cut(address, "@")
	return strings.Trim(domain, "> ")
}
