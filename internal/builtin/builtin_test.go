package builtin_test

import (
	"testing"

	"github.com/kairan-news/kairan/internal/builtin"
	"github.com/kairan-news/kairan/internal/config"
)

func TestBuiltinConfigurationHasNoFault(t *testing.T) {
	c, err := config.Parse(builtin.Name, builtin.Config(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(c)
}
