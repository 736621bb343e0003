"""A source segment that will never be in the recording, and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Cause(StrEnum):
    NOT_FETCHED = "not_fetched"  # it was listed, and left the source's window before it could be fetched
    UNSEEN = "unseen"  # the source's window had moved on before anybody could look
    DAMAGED = "damaged"  # what was fetched cannot be read
    NOT_STORED = "not_stored"  # the store took nothing for so long that there was no more room to wait in


@dataclass(frozen=True, slots=True)
class Loss:
    """One source segment, or all that a source leapt over. `begin` is its place on the source's own clock, if known.

    A media sequence under which the source only repeated a segment has no length.

    `why` says in words what stood in the way at last; it never holds a URL.
    """

    epoch: int
    sequence: int
    cause: Cause
    why: str
    begin: datetime | None
    duration_s: float
