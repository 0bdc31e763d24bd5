package jobs

import (
	"context"
	"fmt"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

// adopt makes the store fit a plan: each source has a time when it is due; what the plan
// publishes otherwise than the last one did is marked, and what it publishes no longer
// ends. Each step may be made again, so that one that was broken off does no harm.
func (e *Engine) adopt(ctx context.Context, plan *Plan) error {
	if err := e.scheduleSources(ctx, plan); err != nil {
		return err
	}
	if e.CollectOnly {
		return nil
	}
	if restored, err := e.findRestore(ctx); err != nil || restored {
		return err // the rest is done when an epoch was opened
	}
	for _, step := range []struct {
		what string
		do   func(context.Context, *Plan) error
	}{
		{"rename publishers", e.renamePublishers},
		{"note the languages of archives", e.knowLanguages},
		{"end the channels that are no longer configured", e.endChannels},
		{"mark the channels", e.markForPlan},
		{"keep the configuration", e.keepSite},
		{"adopt the words", e.adoptWords},
	} {
		if err := step.do(ctx, plan); err != nil {
			return fmt.Errorf("%s: %w", step.what, err)
		}
	}
	return nil
}

// renamePublishers gives what is stored of publishers to the keys that they have now.
func (e *Engine) renamePublishers(ctx context.Context, plan *Plan) error {
	for _, p := range plan.Site.Publishers {
		for _, former := range p.Formerly {
			renamed, err := e.Store.RenamePublisher(ctx, former, p.Key, plan.Site.Channels(), e.Now())
			if err != nil {
				return err
			}
			if renamed {
				e.Log.Info("a publisher was renamed; its articles keep their ids", "from", former, "to", p.Key)
			}
		}
	}
	return nil
}

// knowLanguages notes the languages of archives that programs closed which did not note
// them: those of the site that was adopted last, since by it they were closed.
func (e *Engine) knowLanguages(ctx context.Context, plan *Plan) error {
	site := plan.Site
	name, body, err := e.Store.LastSite(ctx)
	if err != nil {
		return err
	}
	if name != "" {
		before, err := plan.Publisher.Composer.Before(body)
		if err != nil {
			return err
		}
		site = before.Site
	}
	languages := map[feeds.Channel]feeds.Chain{}
	for _, c := range site.Channels() {
		languages[c] = site.Accepted(c).Chain
	}
	return e.Store.KnowLanguages(ctx, languages)
}

// fingerprintKey is where the store keeps what the channels were published by.
const fingerprintKey = "publish.fingerprint"

// markForPlan marks every channel when the plan publishes otherwise than the last.
func (e *Engine) markForPlan(ctx context.Context, plan *Plan) error {
	last, err := e.Store.Meta(ctx, fingerprintKey)
	if err != nil || last == plan.Fingerprint {
		return err
	}
	if err := e.Store.Mark(ctx, plan.Site.Channels(), store.Marking{}, e.Now()); err != nil {
		return err
	}
	return e.Store.SetMeta(ctx, fingerprintKey, plan.Fingerprint)
}

// keepSite keeps the site for those of its channels that end by a later plan.
func (e *Engine) keepSite(ctx context.Context, plan *Plan) error {
	body, err := plan.Publisher.Composer.Configuration()
	if err != nil {
		return err
	}
	_, err = e.Store.PutSite(ctx, body, e.Now())
	return err
}

// adoptWords has documents made with the plan's words from now on. A service does so at
// each start, since the database may have been restored meanwhile.
func (e *Engine) adoptWords(ctx context.Context, plan *Plan) error {
	last, err := e.Store.Adopted(ctx)
	if err != nil || !e.Patient && last.Digest == plan.Fingerprint {
		return err
	}
	return e.Store.AdoptWords(ctx, plan.Fingerprint, e.Now())
}
