package browsertest

import (
	"context"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Size sets the window's inner size, in CSS pixels.
func (b *Browser) Size(width, height int64) {
	b.t.Helper()
	run(b, func(ctx context.Context, t *chromedp.Target) (cdp.Empty, error) {
		return cdp.Call(ctx, t, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: width, Height: height, DeviceScaleFactor: 1, Mobile: width < 600,
		})
	})
}

// Medium is what a page is shown on, and how its reader wants it. The zero value is a screen
// whose reader wants nothing of the kind.
type Medium struct {
	Dark bool
	// Print shows the page as a printer would.
	Print bool
	// ForcedColors has the reader's few colours take the place of the page's, as the system
	// does for people who see little.
	ForcedColors bool
	// Still is for readers to whom motion does harm.
	Still bool
}

// Show has pages shown so from now on.
func (b *Browser) Show(m Medium) {
	b.t.Helper()
	params := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: "light"},
		{Name: "forced-colors", Value: "none"},
		{Name: "prefers-reduced-motion", Value: "no-preference"},
	}}
	if m.Dark {
		params.Features[0].Value = "dark"
	}
	if m.ForcedColors {
		params.Features[1].Value = "active"
	}
	if m.Still {
		params.Features[2].Value = "reduce"
	}
	if m.Print {
		params.Media = "print"
	}
	run(b, func(ctx context.Context, t *chromedp.Target) (cdp.Empty, error) {
		return cdp.Call(ctx, t, emulation.SetEmulatedMedia, params)
	})
}

// Dark switches the reader's preference for a dark page.
func (b *Browser) Dark(on bool) {
	b.t.Helper()
	b.Show(Medium{Dark: on})
}

// Scripts switches whether the scripts of pages run that are opened from now on. [Browser.Eval]
// works without them.
func (b *Browser) Scripts(on bool) {
	b.t.Helper()
	run(b, func(ctx context.Context, t *chromedp.Target) (cdp.Empty, error) {
		return cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
	})
}
