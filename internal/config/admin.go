package config

import (
	"encoding/hex"
	"fmt"
	"net/netip"
	"regexp"
	"time"
)

// Admin says who may come in to the operators' address. Its zero value names nobody.
type Admin struct {
	Tokens []AdminToken
	// Proxy is a server before the program that says who its user is; nil for none.
	Proxy *AdminProxy
	// Metrics is the token of /metrics alone; nil for none.
	Metrics *TokenProof
	// Hosts are the names that the address is also reached by.
	Hosts []string
}

// AdminToken lets in who shows it.
type AdminToken struct {
	Name string
	TokenProof
	Act bool // else it may only look
	// Until is when it ends; zero is never.
	Until time.Time
}

// TokenProof is by what a token is known.
type TokenProof struct {
	// SHA256 is its digest, in 64 digits; "" where File names the file that holds it, already
	// resolved.
	SHA256, File string
}

// AdminProxy is a server that is believed who its users are.
type AdminProxy struct {
	Header string
	From   []netip.Prefix
	// Socket has it believed over a socket of the file system.
	Socket bool
	Act    bool // else its users may only look
}

// overSocket is what an operator writes for a proxy that is connected by a socket.
const overSocket = "socket"

func adminShape() *shape {
	may := func(doc string) *shape {
		return &shape{noun: "view or act", doc: doc, words: []word{
			{text: "view", also: []string{"read", "look"}, doc: "look"}, {text: "act", also: []string{"write", "admin", "edit"}, doc: "look and act"},
		}}
	}
	sum := &shape{
		noun: "64 hexadecimal digits", pattern: regexp.MustCompile(`^[0-9a-fA-F]{64}$`), reads: checkDigest,
		doc: "The SHA-256 of the token, as \"printf %s \\\"$TOKEN\\\" | sha256sum\" tells it. Who reads it can't come in by it.",
	}
	file := &shape{noun: "the path of a file", doc: "A file that holds the token, relative to this file. It is read again with the configuration."}
	return &shape{
		form: recordForm, noun: "admin", doc: "Who may come in to the operators' address. Without tokens and without a proxy it listens on its own machine alone, and only shows.",
		fields: []field{
			{name: "tokens", also: []string{"token", "users"}, shape: &shape{
				form: listForm, doc: "Those who come in by a token. A name may be there twice, so that another token can take the place of one.",
				of: &shape{
					form: recordForm, noun: "a token", doc: "Who comes in by a token.",
					fields: []field{
						{name: "name", also: []string{"user", "id"}, required: true, example: "yuki", shape: &shape{noun: "a name", pattern: regexp.MustCompile(`^[^\x00-\x1f]{1,80}$`), reads: checkTokenName, doc: "Whom the audit log names."}},
						{name: "sha256", also: []string{"digest", "hash"}, required: true, unless: "file", example: "64 hexadecimal digits", shape: sum},
						{name: "file", also: []string{"path"}, shape: file},
						{name: "may", also: []string{"role", "access"}, preset: "view", shape: may("What they may do.")},
						{name: "until", also: []string{"ends", "expires"}, shape: &shape{
							noun: "a day or a time, such as 2027-03-31 or 2027-03-31T18:00:00+09:00", pattern: regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}`), reads: checkEnd,
							doc: "When the token ends: with that day, in UTC, or at that time. Without it, never.",
						}},
					},
				},
			}},
			{name: "proxy", shape: &shape{
				form: recordForm, noun: "a proxy", doc: "A server before the program that knows its users, and names them in a header. It must take that header out of what its users send.",
				fields: []field{
					{name: "header", required: true, example: "X-Forwarded-User", shape: &shape{noun: "the name of a header, such as X-Forwarded-User", pattern: regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]*$`), doc: "The header that has the user's name."}},
					{name: "from", also: []string{"networks", "addresses"}, required: true, example: "[10.0.0.0/8]", shape: &shape{
						form: listForm, filled: true, doc: "The addresses that it is believed from; socket for one that is connected by a socket of the file system.",
						of: &shape{noun: "an address or a network, such as 10.0.0.0/8, or socket", reads: checkPeer},
					}},
					{name: "may", also: []string{"role", "access"}, preset: "view", shape: may("What its users may do.")},
				},
			}},
			{name: "metrics_token", shape: &shape{
				form: recordForm, noun: "a token", doc: "A token that opens /metrics and nothing else. KAIRAN_METRICS_TOKEN, or the file that KAIRAN_METRICS_TOKEN_FILE names, goes before it.",
				fields: []field{
					{name: "sha256", also: []string{"digest", "hash"}, required: true, unless: "file", example: "64 hexadecimal digits", shape: sum},
					{name: "file", also: []string{"path"}, shape: file},
				},
			}},
			{name: "hosts", also: []string{"host", "names"}, shape: &shape{
				form: listForm, doc: "The names that the operators' address is reached by, besides the address that it listens at and those of its own machine. A request under another name is refused.",
				of: &shape{noun: "the name of a host, such as ops.my-city.example", pattern: regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$`), doc: "A name without a port."},
			}},
		},
	}
}

func checkDigest(s string) *fault {
	if b, err := hex.DecodeString(s); err != nil || len(b) != 32 {
		return &fault{"this is no SHA-256", "write 64 hexadecimal digits, as sha256sum tells them"}
	}
	return nil
}

func checkTokenName(s string) *fault {
	if len([]rune(s)) > 80 {
		return &fault{"the name has more than 80 characters", "choose a shorter one"}
	}
	return nil
}

func checkPeer(s string) *fault {
	if _, _, ok := peer(s); !ok {
		return &fault{"this is neither an address nor a network", "write one such as 10.0.0.5 or 10.0.0.0/8, or socket"}
	}
	return nil
}

// peer reads from where a proxy is believed.
func peer(s string) (from netip.Prefix, socket, ok bool) {
	if s == overSocket {
		return netip.Prefix{}, true, true
	}
	if p, err := netip.ParsePrefix(s); err == nil {
		return p.Masked(), false, true
	}
	if a, err := netip.ParseAddr(s); err == nil {
		return netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen()), false, true
	}
	return netip.Prefix{}, false, false
}

func checkEnd(s string) *fault {
	if _, ok := endOf(s); !ok {
		return &fault{"there is no such time", "write a day or a time with its zone, such as 2027-03-31 or 2027-03-31T18:00:00+09:00"}
	}
	return nil
}

// endOf reads when a token ends: with a day, or at a time.
func endOf(s string) (time.Time, bool) {
	if day, err := time.Parse(time.DateOnly, s); err == nil {
		return day.AddDate(0, 0, 1), true
	}
	t, err := time.Parse(time.RFC3339, s)
	return t, err == nil
}

// mostOfName is how many tokens may have one name.
const mostOfName = 2

func (b *builder) admin(name string, v *value) (a Admin) {
	named := map[string]int{}
	digests := places{}
	for _, t := range v.get("tokens").list() {
		token := AdminToken{Name: t.get("name").string(), TokenProof: b.proof(name, t), Act: t.get("may").string() == "act"}
		token.Until, _ = endOf(t.get("until").string())
		if named[token.Name]++; token.Name != "" && named[token.Name] == mostOfName+1 {
			b.add(t.at, fmt.Sprintf("there are more than %d tokens of the name %q", mostOfName, token.Name), "take out one that has been replaced")
		}
		if token.SHA256 != "" {
			b.once(digests, "token", token.SHA256, t.at)
		}
		a.Tokens = append(a.Tokens, token)
	}
	if p := v.get("proxy"); p != nil {
		a.Proxy = &AdminProxy{Header: p.get("header").string(), Act: p.get("may").string() == "act"}
		for _, item := range p.get("from").list() {
			if from, socket, ok := peer(item.string()); socket {
				a.Proxy.Socket = true
			} else if ok {
				a.Proxy.From = append(a.Proxy.From, from)
			}
		}
	}
	if m := v.get("metrics_token"); m != nil {
		proof := b.proof(name, m)
		a.Metrics = &proof
	}
	for _, host := range v.get("hosts").list() {
		a.Hosts = append(a.Hosts, host.string())
	}
	return a
}

// proof reads by what a token is known.
func (b *builder) proof(name string, v *value) TokenProof {
	sum, file := v.get("sha256").string(), v.get("file").string()
	if sum != "" && file != "" {
		b.add(v.at, "a token has both a sha256 and a file", "leave one of them out")
	}
	return TokenProof{SHA256: sum, File: resolve(name, file)}
}
