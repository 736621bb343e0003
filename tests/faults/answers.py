"""What a server sends: the true answer, or what a fault makes of it."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from http import HTTPStatus

from tests.faults.faults import Fault, Manner
from tests.faults.poison import poisoned

# A cut between two packets is the hardest to see.
_TS_PACKET_BYTES = 188
# Where the text of a playlist ends that is cut short, as shares of it: within every kind of line.
_CUTS = (0.05, 0.2, 0.35, 0.5, 0.62, 0.71, 0.83, 0.97)
_PAGE = b"<!DOCTYPE html><html><head><title>Sorry</title></head><body>We will be right back.</body></html>"


class Then(Enum):
    """What becomes of the connection after what was sent."""

    KEEP = auto()
    CLOSE = auto()
    RESET = auto()
    WAIT = auto()


@dataclass(frozen=True)
class Answer:
    """`sent_bytes` of the body are sent; None for all. `is_announced`: with a Content-Length.

    `position`: which segment of the broadcast it holds, as it should be.
    """

    body: bytes
    content_type: str = "text/plain"
    status: int = HTTPStatus.OK
    content_encoding: str | None = None
    sent_bytes: int | None = None
    is_announced: bool = True
    then: Then = Then.KEEP
    position: int | None = None

    @property
    def is_silent(self) -> bool:
        """Whether nothing is sent at all, not even a status."""
        return self.sent_bytes == -1


NOT_FOUND = Answer(b"not here", status=HTTPStatus.NOT_FOUND)
FORBIDDEN = Answer(b"expired", status=HTTPStatus.FORBIDDEN)
SILENCE = Answer(b"", sent_bytes=-1, then=Then.WAIT)


def faulty(true: Answer, fault: Fault, times: int) -> Answer:
    """What comes instead. `times`: how often the fault was met before."""
    match fault.manner:
        case Manner.STATUS:
            return Answer(b"sorry", status=fault.status)
        case Manner.TRUNCATED:
            return replace(_cut(true, _CUTS[times % len(_CUTS)]), position=None)
        case Manner.GZIP:
            return replace(true, body=gzip.compress(true.body), content_encoding="gzip")
    spoil = _SPOILT.get(fault.manner)
    return replace(spoil(true), position=None) if spoil else true


def _cut(true: Answer, share: float) -> Answer:
    return replace(true, body=true.body[: int(len(true.body) * share)])


def _half(true: Answer, then: Then) -> Answer:
    packets = len(true.body) // 2 // _TS_PACKET_BYTES
    return replace(true, sent_bytes=packets * _TS_PACKET_BYTES, then=then)


_SPOILT: dict[Manner, Callable[[Answer], Answer]] = {
    Manner.HTML: lambda _: Answer(_PAGE, "text/html"),
    Manner.EMPTY: lambda true: replace(true, body=b""),
    Manner.CUT: lambda true: _half(true, Then.CLOSE),
    Manner.CUT_WITHOUT_LENGTH: lambda true: replace(_half(true, Then.CLOSE), is_announced=False),
    Manner.RESET: lambda true: _half(true, Then.RESET),
    Manner.STALL: lambda true: _half(true, Then.WAIT),
    Manner.SILENCE: lambda _: SILENCE,
    Manner.POISON: lambda true: replace(true, body=poisoned(true.body)),
}
