package operate

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/kairan-news/kairan/internal/flow"
)

// incidents is what deeds on what is wrong need of the database.
type incidents interface {
	TakeIncident(ctx context.Context, id int64, taken *flow.Taken) (open bool, err error)
	PutMute(ctx context.Context, m flow.Mute) error
	DropMute(ctx context.Context, key flow.Key) (muted bool, err error)
}

func incidentText(id int64) string { return "incident " + strconv.FormatInt(id, 10) }

// Take says that a person has taken an incident on; the note may be "".
func (o *Operator) Take(ctx context.Context, who Who, incident int64, note string) (Done, error) {
	return o.do(ctx, who, Take, incidentText(incident), note, func(ctx context.Context) (Done, error) {
		note := strings.TrimSpace(note)
		if len([]rune(note)) > mostRecorded {
			return Done{}, refuse(Invalid, "the note has more than %d characters: say it more shortly", mostRecorded)
		}
		return o.take(ctx, incident, &flow.Taken{By: who.Name, At: o.Now(), Note: note}, "is taken on by "+who.Name)
	})
}

// Untake says that nobody has taken an incident on any more.
func (o *Operator) Untake(ctx context.Context, who Who, incident int64) (Done, error) {
	return o.do(ctx, who, Untake, incidentText(incident), "", func(ctx context.Context) (Done, error) {
		return o.take(ctx, incident, nil, "waits for somebody again")
	})
}

func (o *Operator) take(ctx context.Context, incident int64, taken *flow.Taken, said string) (Done, error) {
	open, err := o.Store.TakeIncident(ctx, incident, taken)
	switch {
	case err != nil:
		return Done{}, err
	case !open:
		return Done{}, refuse(Unknown, "incident %d is not open: it is resolved, or there was none", incident)
	}
	return Done{Said: fmt.Sprintf("Incident %d %s.", incident, said), Changed: true}, nil
}

// Mute has nobody told of a finding until a time ([ParseUntil]), whether it lasts or comes
// back. It takes the place of another mute of the same.
func (o *Operator) Mute(ctx context.Context, who Who, key flow.Key, reason, until string) (Done, error) {
	return o.do(ctx, who, Mute, keyText(key), untilShown(until, o.Now())+": "+reason, func(ctx context.Context) (Done, error) {
		if err := o.known(key); err != nil {
			return Done{}, err
		}
		reason, err := reasoned(reason, "the city closes over New Year")
		if err != nil {
			return Done{}, err
		}
		now := o.Now()
		end, err := ParseUntil(until, now)
		if err != nil {
			return Done{}, err
		}
		if err := o.Store.PutMute(ctx, flow.Mute{Key: key, By: who.Name, Reason: reason, Since: now, Until: end}); err != nil {
			return Done{}, err
		}
		return Done{Said: fmt.Sprintf("Nobody is told of %s until %s. It is shown as ever.", keyText(key), shown(end)), Changed: true}, nil
	})
}

// Unmute ends a mute.
func (o *Operator) Unmute(ctx context.Context, who Who, key flow.Key) (Done, error) {
	return o.do(ctx, who, Unmute, keyText(key), "", func(ctx context.Context) (Done, error) {
		muted, err := o.Store.DropMute(ctx, key)
		switch {
		case err != nil:
			return Done{}, err
		case !muted:
			return Done{Said: fmt.Sprintf("%s is not muted.", keyText(key))}, nil
		}
		return Done{Said: fmt.Sprintf("Whoever is on call is told of %s again.", keyText(key)), Changed: true}, nil
	})
}

func keyText(k flow.Key) string { return string(k.Kind) + " of " + k.Subject.String() }

// known refuses a key that no finding can have.
func (o *Operator) known(key flow.Key) error {
	kinds := o.Known().Kinds
	if !slices.Contains(kinds, key.Kind) {
		names := make([]string, len(kinds))
		for i, k := range kinds {
			names[i] = string(k)
		}
		return refuse(Unknown, "no finding is called %q%s", key.Kind, o.suggestion(string(key.Kind), names, "incidents say their kinds"))
	}
	switch key.Subject.Of {
	case flow.OfSource:
		_, err := o.source(key.Subject.ID)
		return err
	case flow.OfChannel:
		_, err := o.channel(key.Subject.ID, o.Known().Site.Channels())
		return err
	case flow.OfService, flow.OfProcess, flow.OfDatabase, flow.OfMachine, flow.OfPublisher, flow.OfLocale, flow.OfExport:
		return nil
	}
	return refuse(Invalid, "%q is nothing that a finding is of: it is source, channel, publisher, locale, export, process, database, machine or service", key.Subject.Of)
}
