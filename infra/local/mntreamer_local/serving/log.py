"""The log on one machine: dated lines that a person reads. On AWS the same records become JSON."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from mntreamer_local.one_line import one_line

_FORMAT = "%(asctime)s %(levelname)-7s %(message)s"
_SAID_AGAIN_AFTER_S = 3600.0
_SUBJECT: ContextVar[str] = ContextVar("_SUBJECT", default="")


def log_for_people() -> None:
    """Write log records to standard error, each with its subject in front; what goes on is said once an hour."""
    to_people = logging.StreamHandler()
    to_people.addFilter(name_subject)
    to_people.addFilter(Repetitions())
    to_people.setFormatter(Lines())
    logging.basicConfig(level=logging.WARNING, handlers=[to_people])
    for ours in ("mntreamer", "mntreamer_local", "__main__"):
        logging.getLogger(ours).setLevel(logging.INFO)


class Lines(logging.Formatter):
    """A record is one line, whatever a channel is named."""

    def __init__(self) -> None:
        super().__init__(_FORMAT)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 -- logging's own name
        return one_line(super().formatMessage(record))


@contextmanager
def about(subject: str) -> Iterator[None]:
    """What is logged in this block, and in threads that carry on its context, is about the subject."""
    before = _SUBJECT.set(subject)
    try:
        yield
    finally:
        _SUBJECT.reset(before)


def name_subject(record: logging.LogRecord) -> bool:
    """A filter that lets all pass, with its subject in front: said of another, the same is no repetition."""
    if subject := _SUBJECT.get():
        record.msg, record.args = f"{subject} {record.getMessage()}", ()
    return True


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
