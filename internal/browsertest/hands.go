package browsertest

import (
	"context"

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

// Click clicks with the mouse on what a CSS selector finds first, which must be visible.
func (b *Browser) Click(selector string) {
	b.t.Helper()
	run(b, chromedp.Click(chromedp.CSS(selector)))
}

// Follow clicks on what a CSS selector finds first, waits for the page to which it leads, and
// returns where that is.
func (b *Browser) Follow(selector string) (location string) {
	b.t.Helper()
	if _, err := chromedp.RunResponse(b.ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
		b.t.Fatalf("in the browser: follow %s: %v", selector, err)
	}
	return run(b, chromedp.Location())
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
