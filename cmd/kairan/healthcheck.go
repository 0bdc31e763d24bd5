package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// healthPatience is how long an answer may take.
const healthPatience = 5 * time.Second

func newHealthcheckCommand() *cobra.Command {
	var ready bool
	cmd := &cobra.Command{
		Use:   "healthcheck [URL]",
		Short: "Ask a running service whether it lives, for images without a shell",
		Long: `Ask a running service of this machine whether it lives, or with --ready whether it can
do its duty, and exit with 0 if so and with 1 if not.

It asks the operators' address, as KAIRAN_ADMIN has it (127.0.0.1:9090 without that). A URL
names another: http://HOST:PORT or unix:PATH, be it the operators' or the readers' one.`,
		Args: takes(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			where := cmp.Or(os.Getenv("KAIRAN_ADMIN"), defaultAdmin)
			if len(args) > 0 {
				where = args[0]
			}
			path := "/healthz"
			if ready {
				path = "/readyz"
			}
			return askHealth(cmd.Context(), cmd.OutOrStdout(), where, path)
		},
	}
	cmd.Flags().BoolVar(&ready, "ready", false, "ask whether it can do its duty, not only whether it lives")
	return cmd
}

// askHealth asks a service, and prints what it says of itself.
func askHealth(ctx context.Context, out io.Writer, where, path string) error {
	client, address, err := healthClient(where)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, healthPatience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address+path, nil)
	if err != nil {
		return fmt.Errorf("ask %s: %w", where, err)
	}
	answer, err := client.Do(request)
	if err != nil {
		if u, ok := errors.AsType[*url.Error](err); ok {
			err = u.Err // it repeats the address
		}
		return fmt.Errorf("ask %s: %w; name the address at which the service listens, as its --admin or --listen", where, err)
	}
	defer answer.Body.Close()
	const most = 4 << 10
	text, err := io.ReadAll(io.LimitReader(answer.Body, most))
	if err != nil {
		return fmt.Errorf("ask %s: %w", where, err)
	}
	fmt.Fprintln(out, strings.TrimSpace(string(text)))
	if answer.StatusCode != http.StatusOK {
		return errReported
	}
	return nil
}

// healthClient returns a client for a URL, for HOST:PORT as this machine reaches it, or for
// unix:PATH, and the beginning of addresses there.
func healthClient(where string) (*http.Client, string, error) {
	transport := &http.Transport{Proxy: nil, DisableKeepAlives: true}
	client := &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	if path, ok := strings.CutPrefix(where, unixPrefix); ok {
		transport.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", path)
		}
		return client, "http://socket", nil
	}
	if !strings.Contains(where, "://") {
		return client, localURL(where), nil
	}
	u, err := url.Parse(where)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, "", fmt.Errorf("%q is no address of a service: write http://HOST:PORT or unix:PATH", where)
	}
	return client, strings.TrimSuffix(u.Scheme+"://"+u.Host+u.Path, "/"), nil
}
