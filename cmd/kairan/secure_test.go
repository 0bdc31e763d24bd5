package main

import (
	"testing"

	"github.com/kairan-news/kairan/internal/config"
)

// Readers are answered by a setup while the next one is made: it must not change.
func TestASetupWithMoreSecureHostsIsAnother(t *testing.T) {
	now := &setup{config: &config.Config{}}
	hosts := map[string]bool{"city.example": true}
	next := now.withSecure(hosts)
	if next == now || len(now.config.Site.SeenSecure) != 0 || !next.config.Site.SeenSecure["city.example"] {
		t.Errorf("%v became %v", now.config.Site.SeenSecure, next.config.Site.SeenSecure)
	}
	if again := next.withSecure(map[string]bool{"city.example": true}); again != next {
		t.Error("the same hosts make another setup, by which all that is held would be made anew")
	}
}
