package feeds

import (
	"slices"
	"time"
)

// EndingID returns the id of the last entry of a channel that was taken out of the
// configuration that day.
func EndingID(site string, c Channel, day time.Time) string {
	return mint("ending", site, c.String(), day.UTC().Format(time.DateOnly))
}

// Successor returns the channel that one with a former name became: of a category or
// a publisher that was renamed. It is false for a channel that the site has, and for
// one that it never had.
func (s *Site) Successor(c Channel) (Channel, bool) {
	if s.HasChannel(c) {
		return Channel{}, false
	}
	switch c.Kind {
	case ChannelCategory, ChannelOnly:
		for _, now := range s.Categories {
			if slices.Contains(now.Formerly, c.Name) {
				c.Name = now.Term
				return c, s.HasChannel(c)
			}
		}
	case ChannelPublisher:
		for _, now := range s.Publishers {
			if slices.Contains(now.Formerly, c.Name) {
				c.Name = now.Key
				return c, s.HasChannel(c)
			}
		}
	}
	return Channel{}, false
}
