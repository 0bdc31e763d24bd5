package browsertest

import (
	"context"
	"fmt"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Press presses keys, such as "\t", as somebody at a keyboard does.
func (b *Browser) Press(keys string) {
	b.t.Helper()
	run(b, chromedp.KeyEvent(keys))
}

// Back presses the tabulator with the shift key.
func (b *Browser) Back() {
	b.t.Helper()
	run(b, chromedp.KeyEvent("\t", chromedp.KeyModifiers(chromedp.ModifierShift)))
}

// Click clicks with the mouse on the first that can be seen of what a CSS selector finds.
func (b *Browser) Click(selector string) {
	b.t.Helper()
	run(b, chromedp.Click(b.firstSeen(selector)))
}

// Follow clicks as [Browser.Click] does, waits for the page to which that leads, and returns
// where it is.
func (b *Browser) Follow(selector string) (location string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, moment)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(b.firstSeen(selector))); err != nil {
		b.t.Fatalf("in the browser: follow %s: %v", selector, err)
	}
	return run(b, chromedp.Location())
}

// firstSeen waits for the first that can be seen of what a CSS selector finds.
func (b *Browser) firstSeen(selector string) chromedp.JSPath {
	b.t.Helper()
	path := fmt.Sprintf(`[...document.querySelectorAll(%q)].find(e => e.checkVisibility({visibilityProperty: true}))`, selector)
	b.Until(path)
	return chromedp.JSPath(path)
}

// Clipboard returns the text that was copied last.
func (b *Browser) Clipboard() (text string) {
	b.t.Helper()
	run(b, func(ctx context.Context, t *chromedp.Target) (cdp.Empty, error) {
		if _, err := cdp.Call(ctx, t, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}); err != nil {
			return cdp.Empty{}, err
		}
		c := chromedp.FromContext(ctx)
		return cdp.Call(ctx, c.Browser, browser.SetPermission, browser.SetPermissionParams{
			Permission: &browser.PermissionDescriptor{Name: "clipboard-read"}, Setting: browser.PermissionSettingGranted, BrowserContextID: c.BrowserContextID,
		})
	})
	b.await(`navigator.clipboard.readText()`, &text)
	return text
}
