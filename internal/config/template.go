package config

import _ "embed"

//go:embed template.yaml
var template []byte

// Template returns a commented configuration to start from, which has no fault.
func Template() []byte {
	return append([]byte(nil), template...)
}
