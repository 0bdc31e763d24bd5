package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/kairan-news/kairan/internal/api"
	"github.com/kairan-news/kairan/internal/backroom"
	"github.com/kairan-news/kairan/internal/config"
	"github.com/kairan-news/kairan/internal/gate"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/jobs"
)

// The environment's tokens, which go before those of the configuration.
const (
	adminTokenName   = "KAIRAN_ADMIN_TOKEN"
	metricsTokenName = "KAIRAN_METRICS_TOKEN"
)

// leastToken is how many characters a token has at least: fewer can be guessed.
const leastToken = 16

// policyOf returns who may come in to the operators' address, by the configuration and the
// environment.
func policyOf(a config.Admin) (*gate.Policy, error) {
	p := &gate.Policy{Hosts: a.Hosts}
	if given, err := tokenOfEnvironment(adminTokenName); err != nil {
		return nil, err
	} else if given != nil {
		p.Tokens = append(p.Tokens, gate.Token{Name: "admin", Digest: *given, May: gate.Act})
	}
	for _, t := range a.Tokens {
		digest, err := digestOf(t.TokenProof)
		if err != nil {
			return nil, fmt.Errorf("admin token %s: %w", t.Name, err)
		}
		p.Tokens = append(p.Tokens, gate.Token{Name: t.Name, Digest: digest, May: mayOf(t.Act), Until: t.Until})
	}
	if a.Proxy != nil {
		p.Proxy = &gate.Proxy{Header: a.Proxy.Header, From: a.Proxy.From, Socket: a.Proxy.Socket, May: mayOf(a.Proxy.Act)}
	}
	metrics, err := tokenOfEnvironment(metricsTokenName)
	if err != nil {
		return nil, err
	}
	if metrics == nil && a.Metrics != nil {
		digest, err := digestOf(*a.Metrics)
		if err != nil {
			return nil, fmt.Errorf("admin.metrics_token: %w", err)
		}
		metrics = &digest
	}
	p.Metrics = metrics
	return p, nil
}

func mayOf(act bool) gate.May {
	if act {
		return gate.Act
	}
	return gate.View
}

// tokenOfEnvironment returns the digest of a token that a variable holds, or the file that
// NAME_FILE names; nil where neither is set, or the variable is empty.
func tokenOfEnvironment(name string) (*gate.Digest, error) {
	value, set := os.LookupEnv(name)
	_, named := os.LookupEnv(name + "_FILE")
	if !named && (!set || value == "") {
		return nil, nil
	}
	token, err := secretFromEnvironment(name)
	if err != nil {
		return nil, err
	}
	digest, err := digestOfToken(token)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return &digest, nil
}

func digestOf(proof config.TokenProof) (digest gate.Digest, err error) {
	if proof.File == "" {
		_, err = hex.Decode(digest[:], []byte(proof.SHA256))
		return digest, err
	}
	data, err := os.ReadFile(proof.File)
	if err != nil {
		return digest, err
	}
	if digest, err = digestOfToken(string(data)); err != nil {
		return digest, fmt.Errorf("%s: %w", proof.File, err)
	}
	return digest, nil
}

// digestOfToken checks a token. What is wrong is told without it.
func digestOfToken(token string) (gate.Digest, error) {
	token = strings.TrimSpace(token)
	if len(token) < leastToken {
		return gate.Digest{}, fmt.Errorf("the token has fewer than %d characters, and could be guessed: make one with \"openssl rand -hex 32\"", leastToken)
	}
	return gate.DigestOf(token), nil
}

// admit reads who may come in, and refuses an address that too many could reach.
func (s *service) admit(c *config.Config) (*gate.Policy, error) {
	policy, err := policyOf(c.Admin)
	if err != nil {
		return nil, err
	}
	if err := policy.CheckAddress(s.admin); err != nil {
		return nil, fmt.Errorf("--admin: %w", err)
	}
	return policy, nil
}

// sayWhoMayAct tells a person at the start who may do what at the operators' address.
func (s *service) sayWhoMayAct() {
	if s.flags.logFormat != jsonFormat && !s.policy.Load().Guards() {
		fmt.Fprintln(s.out, "Without an admin token it is for this machine alone, and only shows; KAIRAN_ADMIN_TOKEN lets who has it act")
	}
}

// guarded returns the operators' address: the pages, the API and the back room, behind the
// gate.
func (s *service) guarded(l net.Listener, pages http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle(api.Prefix, api.Handler(api.Config{Data: apiData{s.status(), version()}, Operator: s.operator(), Log: s.log}))
	mux.Handle(backroom.Prefix+"/", backroom.Handler(jobs.BackRoom(s.db, backroom.Prefix, s.log), s.recordQueue))
	mux.Handle("/", pages)
	return gate.New(gate.Config{
		Policy:  s.policy.Load,
		Listens: l.Addr(),
		Record:  s.recordEntry,
		Open:    []string{"/ops.css", "/ops.js", "/favicon.svg", "/favicon.ico", "/readyz"},
		Health:  []string{"/healthz"},
		Basic:   []string{"/ops.atom"},
		Now:     time.Now,
		Log:     s.log,
	}).Guard(mux)
}

// recordPatience is how long a request waits for the audit log.
const recordPatience = 2 * time.Second

// record writes into the audit log. What can't be recorded is told by the program's own.
func (s *service) record(ctx context.Context, d store.Deed) {
	ctx, cancel := context.WithTimeout(ctx, recordPatience)
	defer cancel()
	d.Time = time.Now()
	if err := s.db.PutDeed(ctx, d); err != nil {
		s.log.ErrorContext(ctx, "what was done could not be recorded in the audit log", "who", d.Who, "action", d.Action, "detail", d.Detail, "error", err)
	}
}

// recordEntry records who came in, or did not.
func (s *service) recordEntry(ctx context.Context, e gate.Event) {
	s.record(ctx, store.Deed{Who: e.Caller.Name, Way: e.Caller.Way, Origin: e.Caller.Origin, Action: e.Action, Subject: "service", Failure: e.Failure})
}

// recordQueue records what was changed in the back room.
func (s *service) recordQueue(ctx context.Context, d backroom.Deed) {
	c := gate.From(ctx)
	s.record(ctx, store.Deed{Who: c.Name, Way: c.Way, Origin: c.Origin, Action: d.Action, Subject: "queue", Detail: d.Detail, Failure: d.Failure})
}
