package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// secretFlag annotates a flag whose value may stand in a file that KAIRAN_…_FILE
// names.
const secretFlag = "secret"

// secretFromEnvironment returns the value of a variable, or the content of the file
// that NAME_FILE names. It is read each time, so that a secret may be renewed while the
// program runs.
func secretFromEnvironment(name string) (string, error) {
	file, named := os.LookupEnv(name + "_FILE")
	value, ok := os.LookupEnv(name)
	switch {
	case named && ok:
		return "", fmt.Errorf("%s and %s_FILE are both set: unset one of them", name, name)
	case named:
		data, err := os.ReadFile(file)
		if err != nil {
			return "", fmt.Errorf("%s_FILE: %w", name, err)
		}
		return strings.TrimRight(string(data), "\r\n"), nil
	case !ok:
		return "", fmt.Errorf("the environment has neither %s nor %s_FILE: set one of them", name, name)
	}
	return value, nil
}

// flagsFromEnvironment sets each flag that the command line leaves out from
// KAIRAN_NAME, and a secret one from the file that KAIRAN_NAME_FILE names.
func flagsFromEnvironment(cmd *cobra.Command) error {
	var errs []error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Changed || f.Name == "help" || f.Name == "version" {
			return
		}
		name := environmentName(f.Name)
		value, ok := os.LookupEnv(name)
		if _, secret := f.Annotations[secretFlag]; secret {
			if file, named := os.LookupEnv(name + "_FILE"); named {
				if ok {
					errs = append(errs, fmt.Errorf("%s and %s_FILE are both set: unset one of them", name, name))
					return
				}
				data, err := os.ReadFile(file)
				if err != nil {
					errs = append(errs, fmt.Errorf("%s_FILE: %w", name, err))
					return
				}
				value, ok, name = strings.TrimRight(string(data), "\r\n"), true, name+"_FILE"
			}
		}
		if !ok {
			return
		}
		if err := cmd.Flags().Set(f.Name, value); err != nil {
			said := " " + strconv.Quote(value)
			if bad, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
				err = valueError(bad)
			}
			if _, secret := f.Annotations[secretFlag]; secret {
				said, err = "", errors.New("its value can't be used")
			}
			errs = append(errs, fmt.Errorf("%s (for --%s)%s: %w", name, f.Name, said, err))
		}
	})
	return errors.Join(errs...)
}

func environmentName(flag string) string {
	return "KAIRAN_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}
