package config

// Parse reads and checks a configuration that includes no other file.
func Parse(name string, data []byte, labels Labels) (*Config, error) {
	return Read(name, data, nil).Check(labels)
}
