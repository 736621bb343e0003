"""Makes files to take away from what is recorded: `python -m mntreamer.aws.exporter`, or the one-machine server's."""
