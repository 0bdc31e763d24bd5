// Package browsertest opens pages in a headless Chromium, so that tests see what
// a reader sees: what the style sheet makes of a page, and what the browser
// complains of.
//
// Where there is no Chromium the test is skipped, and says so; on a machine that
// builds (CI is set) its absence is a failure, since there nobody would notice.
package browsertest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// How long tests may take: all that one browser is started for, what is done in one page, and
// what a page is waited for.
const (
	patience     = 5 * time.Minute
	pagePatience = 2 * time.Minute
	moment       = 20 * time.Second
)

// Browser is a page that is open in a running Chromium.
type Browser struct {
	ctx context.Context
	t   testing.TB
	*heard
}

// heard is what a page told of itself.
type heard struct {
	mu         sync.Mutex
	complaints []string
	requests   []Request
	// underway tells where each request stands in requests, by its id, until it has ended.
	underway map[network.RequestID]int
}

// Open starts a browser for the test, with a profile of its own, and ends it with
// the test.
func Open(t testing.TB) *Browser {
	t.Helper()
	path, err := find()
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("no Chromium to test with: %v", err)
		}
		t.Skipf("SKIPPED, AND NOTHING SEEN: no Chromium to test with: %v; install chromium", err)
	}
	options := append([]chromedp.ExecAllocatorOption{}, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("hide-scrollbars", true),
	)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(func() {
		// Ends the browser and waits for it, so that its profile can be removed.
		_ = chromedp.Cancel(ctx)
		cancel()
	})
	return open(ctx, t)
}

// Tab opens a further page in the same browser, for another test. It knows nothing of what
// the first has kept, nor of how that is shown, and is closed when the test ends. The pages
// of a browser are to be used one after the other.
func (b *Browser) Tab(t testing.TB) *Browser {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, pagePatience)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	return open(ctx, t)
}

// For returns the same page for a test within the test that opened it, which fails by itself.
func (b *Browser) For(t testing.TB) *Browser { return &Browser{b.ctx, t, b.heard} }

// open listens to a page from its beginning.
func open(ctx context.Context, t testing.TB) *Browser {
	t.Helper()
	b := &Browser{ctx: ctx, t: t, heard: &heard{underway: map[network.RequestID]int{}}}
	if err := chromedp.Listen(ctx, b.listen); err != nil {
		t.Fatalf("open a page in the browser: %v", err)
	}
	return b
}

// find looks for a Chromium where CHROMIUM says or on the path.
func find() (string, error) {
	if path := os.Getenv("CHROMIUM"); path != "" {
		return exec.LookPath(path)
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "headless-shell"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("none of its names is on the path")
}

func (h *heard) listen(event any) {
	var complaint string
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		complaint = "console: " + string(e.Type)
		for _, a := range e.Args {
			complaint += " " + string(a.Value)
		}
	case *runtime.EventExceptionThrown:
		complaint = "exception: " + e.ExceptionDetails.Text
	case *log.EventEntryAdded:
		if e.Entry.Level != log.EntryLevelError && e.Entry.Level != log.EntryLevelWarning {
			return
		}
		complaint = fmt.Sprintf("%s: %s (%s)", e.Entry.Level, e.Entry.Text, e.Entry.URL)
	default:
		h.hear(event)
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.complaints = append(h.complaints, complaint)
}

// Complaints returns what the browser wrote to its console since the last call.
func (h *heard) Complaints() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := h.complaints
	h.complaints = nil
	return all
}

// Visit opens an address as somebody who typed it, and returns where it led.
func (b *Browser) Visit(url string) (location string) {
	b.t.Helper()
	run(b, chromedp.Navigate(url))
	return run(b, chromedp.Location())
}

// Eval runs a script in the page and stores its value in result, a pointer, as
// encoding/json does.
func (b *Browser) Eval(script string, result any) {
	b.t.Helper()
	if err := json.Unmarshal(run(b, chromedp.Evaluate[[]byte](script)), result); err != nil {
		b.t.Fatalf("read what a script returned: %v", err)
	}
}

// await runs a script that returns a promise, and stores what it brings as Eval does.
func (b *Browser) await(script string, result any) {
	b.t.Helper()
	if err := json.Unmarshal(run(b, chromedp.Evaluate[[]byte](script, chromedp.EvalAwaitPromise)), result); err != nil {
		b.t.Fatalf("read what a script returned: %v", err)
	}
}

// Until waits until a script says that something is so. While a page is left for another it is
// not.
func (b *Browser) Until(script string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, moment)
	defer cancel()
	for {
		so, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`(() => { try { return !!(`+script+`) } catch { return false } })()`))
		if err == nil && so {
			return
		}
		select {
		case <-ctx.Done():
			b.t.Fatalf("in the browser: waited in vain until %s (%v)", script, err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func run[T any](b *Browser, action chromedp.Action[T]) T {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, action)
	if err != nil {
		b.t.Fatalf("in the browser: %v", err)
	}
	return value
}
