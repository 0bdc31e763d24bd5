package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// secretFlag annotates a flag whose value may stand in a file that KAIRAN_…_FILE
// names.
const secretFlag = "secret"

// flagsFromEnvironment sets each flag that the command line leaves out from
// KAIRAN_NAME, and a secret one from the file that KAIRAN_NAME_FILE names.
func flagsFromEnvironment(cmd *cobra.Command) error {
	var errs []error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Changed || f.Name == "help" {
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
			if _, secret := f.Annotations[secretFlag]; secret {
				err = errors.New("its value can't be used")
			}
			errs = append(errs, fmt.Errorf("%s (for --%s): %w", name, f.Name, err))
		}
	})
	return errors.Join(errs...)
}

func environmentName(flag string) string {
	return "KAIRAN_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}
