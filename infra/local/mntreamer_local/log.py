"""The log on one machine: dated lines that a person reads. On AWS the same records become JSON."""

import logging
import threading
from dataclasses import dataclass
from datetime import datetime

_SAID_AGAIN_AFTER_S = 3600.0


def log_for_people(subject: str = "") -> None:
    """Write log records to standard error, each with its subject in front; what goes on is said once an hour."""
    form = f"%(asctime)s %(levelname)-7s {subject.replace('%', '%%')}%(message)s"
    to_people = logging.StreamHandler()
    to_people.addFilter(Repetitions())
    logging.basicConfig(level=logging.WARNING, format=form, handlers=[to_people])
    for ours in ("mntreamer", "mntreamer_local", "__main__"):
        logging.getLogger(ours).setLevel(logging.INFO)


@dataclass(slots=True)
class _Complaint:
    said_at: float
    withheld: int = 0


class Repetitions(logging.Filter):
    """Withholds a warning or an error that was said within the hour; then it is said with how often it came."""

    def __init__(self) -> None:
        super().__init__()
        self._complaints: dict[tuple[str, str], _Complaint] = {}
        self._lock = threading.Lock()  # handlers are locked only after their filters

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING:
            return True
        with self._lock:
            return self._is_due(record)

    def _is_due(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        before = self._complaints.get((record.name, text))
        if before and record.created < before.said_at + _SAID_AGAIN_AFTER_S:
            before.withheld += 1
            return False
        if before and before.withheld:
            since = datetime.fromtimestamp(before.said_at).astimezone()
            record.msg, record.args = f"{text} ({before.withheld + 1} times since {since:%H:%M:%S})", ()
        self._forget(record.created)
        self._complaints[record.name, text] = _Complaint(record.created)
        return True

    def _forget(self, now: float) -> None:
        """What has not come for two hours has ended."""
        ended = [key for key, said in self._complaints.items() if said.said_at + 2 * _SAID_AGAIN_AFTER_S < now]
        for key in ended:
            del self._complaints[key]
