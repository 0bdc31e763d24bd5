package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/config"
	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/notify"
	"github.com/kairan-news/kairan/internal/watch"
)

func newNotifyCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "notify",
		Short: "Try those who are told when something is wrong",
		Args:  group,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newNotifyTestCommand())
	return cmd
}

func newNotifyTestCommand() *cobra.Command {
	var flags flags
	cmd := &cobra.Command{
		Use:   "test [RECEIVER]...",
		Short: "Send a test message to all receivers of the configuration, or to some",
		Long: `Send a test message to all receivers of the configuration, or to those that are
named. It ends with 1 if one of them could not be told.`,
		RunE: func(cmd *cobra.Command, names []string) error {
			loaded, err := flags.load("")
			if err != nil {
				return err
			}
			receivers, err := chosenReceivers(loaded.receivers(), names)
			if err != nil {
				return err
			}
			return testReceivers(cmd.Context(), loaded.notifyWords(), receivers, func(name string, err error) {
				if err != nil {
					fmt.Fprintf(cmd.ErrOrStderr(), "%s: %v\n", name, err)
					return
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%s: told\n", name)
			})
		},
	}
	flags.add(cmd)
	return cmd
}

// chosenReceivers returns those that are named, all without names.
func chosenReceivers(all []notify.Receiver, names []string) ([]notify.Receiver, error) {
	if len(all) == 0 {
		return nil, errors.New("the configuration has no receivers; name some under notify: receivers")
	}
	if len(names) == 0 {
		return all, nil
	}
	var chosen []notify.Receiver
	for _, name := range names {
		i := slices.IndexFunc(all, func(r notify.Receiver) bool { return r.Name == name })
		if i < 0 {
			known := make([]string, len(all))
			for n, r := range all {
				known[n] = r.Name
			}
			return nil, fmt.Errorf("there is no receiver %q; there are %s", name, strings.Join(known, ", "))
		}
		chosen = append(chosen, all[i])
	}
	return chosen, nil
}

// testReceivers sends a test message to each, and says how that went.
func testReceivers(ctx context.Context, words notify.Words, all []notify.Receiver, said func(name string, err error)) error {
	failed := 0
	for _, r := range all {
		sending, cancel := context.WithTimeout(ctx, notify.SendTimeout)
		err := r.Sender.Send(sending, words.TestMessage(r.Name, time.Now()))
		cancel()
		if said(r.Name, err); err != nil {
			failed++
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d receivers could not be told", failed, len(all))
	}
	return nil
}

// notifyWords are what messages to operators say beside what is wrong.
func (s *setup) notifyWords() notify.Words {
	name := s.config.Site.BaseURL
	if u, err := url.Parse(name); err == nil && u.Host != "" {
		name = u.Host
	}
	return notify.Words{Service: name, OperatorsURL: s.config.Notify.OperatorsURL, RunbookURL: s.config.Notify.RunbookURL}
}

// receivers returns those who are told when something is wrong.
func (s *setup) receivers() []notify.Receiver {
	client := notify.NewClient()
	var all []notify.Receiver
	for _, r := range s.config.Notify.Receivers {
		receiver := notify.Receiver{Name: r.Name, AtLeast: flow.Urgency(r.AtLeast), Gather: r.Gather}
		switch r.Kind {
		case "mail":
			receiver.Sender = &notify.Mail{
				Server: r.Server, Security: notify.Security(r.Security), User: r.User, Password: secretOf(r.Password), From: r.From, To: r.To,
			}
		case "webhook":
			receiver.Sender = &notify.Webhook{Client: client, URL: secretOf(r.URL), Key: secretOf(r.Key), Token: secretOf(r.Token)}
		case "ntfy":
			receiver.Sender = &notify.Ntfy{Client: client, URL: secretOf(r.URL), Token: secretOf(r.Token)}
		}
		all = append(all, receiver)
	}
	return all
}

// secretOf returns what reads a secret when it is needed; nil for none.
func secretOf(s config.Secret) notify.Secret {
	switch {
	case s.Variable != "":
		return func() (string, error) { return secretFromEnvironment(s.Variable) }
	case s.File != "":
		return func() (string, error) {
			data, err := os.ReadFile(s.File)
			if err != nil {
				return "", fmt.Errorf("read a secret: %w", err)
			}
			return strings.TrimRight(string(data), "\r\n"), nil
		}
	case s.Plain != "":
		return func() (string, error) { return s.Plain, nil }
	}
	return nil
}

// tell tells the receivers what the watch has found.
func (s *service) tell(ctx context.Context, state watch.State) {
	s.teller.Tell(ctx, notify.Round{At: state.At, Watching: state.Watching, Alone: !state.FromDatabase, Incidents: state.Incidents})
}

// beatHeart has somebody else know that the service is watched, while this process does.
func (s *service) beatHeart(ctx context.Context) error {
	heart := &notify.Heartbeat{
		Client: notify.NewClient(),
		URL:    func() (string, error) { return secretOf(s.setup.Load().config.Notify.Heartbeat)() },
		Watching: func() bool {
			return s.watch.Current().Watching && secretOf(s.setup.Load().config.Notify.Heartbeat) != nil
		},
		Log: s.log,
	}
	return heart.Run(ctx)
}
