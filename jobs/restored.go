package jobs

import "context"

// A database that was put back to a copy of an earlier day has a log whose numbers, and those
// of its archives, were given out already for something else. Whoever restores it by "kairan
// restore", or says so by "kairan epoch", has a new epoch opened, in which they go on far
// beyond. Where nobody did, a log that lacks what was seen of it proves what happened
// ([store.HighWater]): then nothing is published and no copy of the site is made until
// somebody has. Sources are collected all the same, since what they drop does not come back.

// findRestore looks whether the database was restored and nobody told.
func (e *Engine) findRestore(ctx context.Context) (restored bool, err error) {
	found, restored, err := e.HighWater.Look(ctx, e.Now())
	if err != nil && !restored {
		return false, err
	}
	switch was := e.restored.Swap(restored); {
	case restored && !was:
		e.Log.Error("publishing has stopped: the database was restored from a copy, and partners may have read what is lost; run \"kairan epoch\" to go on",
			"found", found.Found, "log-ends-at", found.End, "was-seen-to", found.Seen.Seq)
	case was && !restored:
		e.Log.Info("publishing goes on: a new epoch of the log was opened")
	}
	return restored, err
}

// watchLog tells whether there may be publications. Where an epoch was opened it first makes
// the store fit the plan, which had to wait for that. Only the sweep uses it.
func (e *Engine) watchLog(ctx context.Context) (publishes bool, err error) {
	was := e.restored.Load()
	restored, err := e.findRestore(ctx)
	if err != nil || restored {
		return false, err
	}
	if was {
		return true, e.adopt(ctx, e.plan.Load())
	}
	return true, nil
}
