package export

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"gopkg.in/ini.v1"
)

// profile is what the files that Amazon's tools share say under a name
// (https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html). The zero value says
// nothing.
type profile struct {
	name     string
	sections []*ini.Section // of the credentials' file, then of the other
	config   *ini.File
}

// readProfile returns a profile; "" is the one that the environment names, or default.
// It is an error if there is none of a name that was given.
func readProfile(name string) (profile, error) {
	named := cmp.Or(name, os.Getenv("AWS_PROFILE"))
	p := profile{name: cmp.Or(named, "default")}
	secrets, err := readShared("AWS_SHARED_CREDENTIALS_FILE", "credentials")
	if err != nil {
		return p, err
	}
	if p.config, err = readShared("AWS_CONFIG_FILE", "config"); err != nil {
		return p, err
	}
	title := "profile " + p.name
	if p.name == "default" && !p.config.HasSection(title) {
		title = p.name
	}
	for _, at := range []struct {
		file  *ini.File
		title string
	}{{secrets, p.name}, {p.config, title}} {
		if at.file.HasSection(at.title) {
			p.sections = append(p.sections, at.file.Section(at.title))
		}
	}
	if named != "" && len(p.sections) == 0 {
		return p, fmt.Errorf("there is no profile %q; \"aws configure --profile %s\" makes one", named, named)
	}
	return p, nil
}

// readShared reads the file that a variable names, or the one in ~/.aws; one that is not
// there is as one that is empty.
func readShared(variable, name string) (*ini.File, error) {
	path := os.Getenv(variable)
	if path == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return ini.Empty(), nil // a service may have none
		}
		path = filepath.Join(home, ".aws", name)
	}
	file, err := ini.LoadSources(ini.LoadOptions{Loose: true, AllowNestedValues: true}, path)
	if err != nil {
		return nil, fmt.Errorf("read AWS's configuration %s: %w", path, err)
	}
	return file, nil
}

// get returns what a profile says of a setting; "" if it says nothing.
func (p profile) get(setting string) string {
	for _, s := range p.sections {
		if s.HasKey(setting) {
			return s.Key(setting).String()
		}
	}
	return ""
}

// on reports whether a setting is true, by its variable or else by the profile.
func (p profile) on(variable, setting string) bool {
	on, err := strconv.ParseBool(cmp.Or(os.Getenv(variable), p.get(setting)))
	return err == nil && on
}

// singleSignOn reports whether a person has to sign in for a profile's keys.
func (p profile) singleSignOn() bool {
	return p.get("sso_session") != "" || p.get("sso_start_url") != "" || p.get("sso_account_id") != ""
}

// endpoint returns the one that the environment or the profile names, for S3 or for all
// services; "" if none does
// (https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html).
func (p profile) endpoint() string {
	if p.on("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls") {
		return ""
	}
	return cmp.Or(os.Getenv("AWS_ENDPOINT_URL_S3"), os.Getenv("AWS_ENDPOINT_URL"), p.service("s3"), p.get("endpoint_url"))
}

// service returns the endpoint of a service in the section that the profile names for
// its services; "" if there is none.
func (p profile) service(name string) string {
	title := "services " + p.get("services")
	if p.config == nil || !p.config.HasSection(title) || !p.config.Section(title).HasKey(name) {
		return ""
	}
	for _, line := range p.config.Section(title).Key(name).NestedValues() {
		if setting, value, ok := strings.Cut(line, "="); ok && strings.TrimSpace(setting) == "endpoint_url" {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
