"""The commands, one a file: HELP, `add_arguments` and `run`, which gives the exit code."""
