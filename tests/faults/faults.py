"""What goes wrong with which request, and when, in seconds of the source; or for the first so many requests."""

from dataclasses import dataclass
from enum import Enum, auto
from math import inf


class Asked(Enum):
    """What a request is for."""

    PLAYLIST = auto()
    INIT = auto()
    SEGMENT = auto()
    ANYTHING = auto()


class Manner(Enum):
    """What comes instead of the true answer."""

    STATUS = auto()  # a status and a short text
    HTML = auto()  # a page, with status 200
    EMPTY = auto()  # status 200 and nothing
    TRUNCATED = auto()  # a part of the body as if it were all, a longer one each time
    CUT = auto()  # half of the body that Content-Length announced
    CUT_WITHOUT_LENGTH = auto()  # half of a body that ends with the connection
    RESET = auto()  # half of the body, then the connection is reset
    STALL = auto()  # half of the body, then nothing more
    SILENCE = auto()  # nothing at all
    GONE = auto()  # connections are refused
    EXPIRED = auto()  # 403 for the tokens that were given out before
    STALE = auto()  # the playlist of the moment at which this began
    MISNUMBERED = auto()  # EXT-X-MEDIA-SEQUENCE is that of the look before
    UNATTENDED = auto()  # the true answer, which nobody is there to ask for
    POISON = auto()  # what FFmpeg does not survive, whole and in good order
    GZIP = auto()  # the true answer, compressed

    @property
    def is_harmless(self) -> bool:
        """Whether a client that understands it gets the true answer in its time."""
        return self in (Manner.EXPIRED, Manner.MISNUMBERED, Manner.GZIP)


@dataclass(frozen=True)
class Fault:
    """`position` is the segment's in the broadcast, or the encoding's number for an INIT; None for any.

    `times`: only so many requests meet it.
    """

    asked: Asked
    manner: Manner
    begins_s: float = 0.0
    ends_s: float = inf
    position: int | None = None
    times: float = inf
    status: int = 200

    def is_on(self, now_s: float) -> bool:
        return self.begins_s <= now_s < self.ends_s

    def meets(self, asked: Asked, position: int | None) -> bool:
        return self.asked in (asked, Asked.ANYTHING) and self.position in (None, position)

    @property
    def forbids(self) -> bool:
        """Whether nobody gets the true answer while it is on, however often they ask."""
        return self.times == inf and not self.manner.is_harmless


def segment(position: int, manner: Manner, *, times: float = inf, status: int = 200) -> Fault:
    """Something goes wrong with a segment from its first request on."""
    return Fault(Asked.SEGMENT, manner, position=position, times=times, status=status)


def init(number: int, manner: Manner, *, times: float = inf, ends_s: float = inf, status: int = 200) -> Fault:
    """Something goes wrong with an initialisation section."""
    return Fault(Asked.INIT, manner, position=number, times=times, ends_s=ends_s, status=status)


def playlist(begins_s: float, ends_s: float, manner: Manner, *, status: int = 200) -> Fault:
    """Something goes wrong with the media playlist for a while."""
    return Fault(Asked.PLAYLIST, manner, begins_s, ends_s, status=status)


def server(begins_s: float, ends_s: float, manner: Manner) -> Fault:
    """Something goes wrong with every request for a while."""
    return Fault(Asked.ANYTHING, manner, begins_s, ends_s)
