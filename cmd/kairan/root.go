package main

import (
	"github.com/spf13/cobra"
)

func newRootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "kairan",
		Short: "Multilingual news feeds for cities",
		Long: `Kairan collects the news that a city and its partner cities publish, localizes
it, and publishes it as RSS, Atom and JSON feeds in many languages.

To see it at work with nothing else installed:

	kairan serve

Every flag can be given in the environment: --admin as KAIRAN_ADMIN, --log-level
as KAIRAN_LOG_LEVEL. What is secret can also be read from a file: --storage from
the file that KAIRAN_STORAGE_FILE names.`,
		Args:              group,
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		Version:           versionLine(),
		SilenceUsage:      true,
		SilenceErrors:     true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return flagsFromEnvironment(cmd) },
	}
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(
		newServeCommand(),
		newWorkCommand(),
		newWebCommand(),
		newCollectCommand(),
		newParseCommand(),
		newPreviewCommand(),
		newImportCommand(),
		newStatusCommand(),
		newJobsCommand(),
		newSourcesCommand(),
		newRunCommand(),
		newPauseCommand(),
		newResumeCommand(),
		newRetryCommand(),
		newRepublishCommand(),
		newRemapCommand(),
		newReloadCommand(),
		newIncidentsCommand(),
		newAuditCommand(),
		newArticlesCommand(),
		newGlossaryCommand(),
		newCheckCommand(),
		newLocalesCommand(),
		newNotifyCommand(),
		newInitCommand(),
		newExportCommand(),
		newMigrateCommand(),
		newVacuumCommand(),
		newBackupCommand(),
		newRestoreCommand(),
		newEpochCommand(),
		newHealthcheckCommand(),
		newPruneCommand(),
		newVersionCommand(),
	)
	return root
}
