"""The log on one machine: dated lines that a person reads. On AWS the same records become JSON."""

import logging


def log_for_people(subject: str = "") -> None:
    """Write log records to standard error, each with its subject in front."""
    form = f"%(asctime)s %(levelname)-7s {subject.replace('%', '%%')}%(message)s"
    logging.basicConfig(level=logging.WARNING, format=form)
    for ours in ("mntreamer", "mntreamer_local", "__main__"):
        logging.getLogger(ours).setLevel(logging.INFO)
