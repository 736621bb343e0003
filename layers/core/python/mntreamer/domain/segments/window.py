"""The source's sliding window: what its media playlist lists at one moment, and whether it goes on from the last."""

from dataclasses import dataclass
from datetime import datetime

from mntreamer.domain.errors import SourceError

# A day of segments of one second: a part of a recording is no longer.
A_DAY = 86_400
_FAR_WINDOWS = 20
_SEQUENCES = range(2**64)  # RFC 8216, section 4.2: a decimal-integer
_LONGEST_S = 86_400.0


@dataclass(frozen=True, slots=True)
class SourceSegment:
    """One segment as the source lists it. Its identity is the media sequence: its URL changes with every token."""

    sequence: int
    url: str
    duration_s: float
    program_date_time: datetime | None = None
    discontinuity: bool = False
    init_url: str | None = None

    def __repr__(self) -> str:
        return f"SourceSegment(sequence={self.sequence}, duration_s={self.duration_s}, url=<signed>)"


@dataclass(frozen=True, slots=True)
class Window:
    """A media playlist at one moment. `ended` is the source's ENDLIST: a hint, not yet an end.

    Raises SourceError for numbers that no playlist can have: with those, work would have no end.
    """

    target_duration_s: float
    segments: tuple[SourceSegment, ...]
    ended: bool = False

    def __post_init__(self) -> None:
        if not all(segment.sequence in _SEQUENCES for segment in self.segments):
            raise SourceError("the source's playlist is damaged: a media sequence is not below 2^64")
        if not all(0 <= segment.duration_s <= _LONGEST_S for segment in self.segments):
            raise SourceError("the source's playlist is damaged: a segment is listed with no possible duration")

    @property
    def first(self) -> int:
        return self.segments[0].sequence

    @property
    def last(self) -> int:
        return self.segments[-1].sequence

    @property
    def mean_s(self) -> float:
        """How long its segments are on average."""
        return sum(segment.duration_s for segment in self.segments) / len(self.segments)


@dataclass(frozen=True, slots=True)
class Mark:
    """A source segment that is known: its media sequence and, if the source tells, when it was."""

    sequence: int
    program_date_time: datetime | None


def goes_on(mark: Mark, window: Window, farthest: int = A_DAY) -> bool:
    """Whether the window's media sequences count on the line on which the mark lies, and miss at most `farthest`.

    By PROGRAM-DATE-TIME where both have it: extrapolated from the nearest listed segment, it must agree within one
    target duration plus half of the distance. Without it a line counts as broken once it falls back by more than
    a whole window (a content network's slower edge falls back by less) or leaps ahead by many.
    """
    return missed(mark, window) <= farthest and _agree(mark, window)


def leaps(mark: Mark, window: Window, farthest: int = A_DAY) -> bool:
    """Whether it would go on, by the source's clock as well, if it did not miss more than `farthest`."""
    has_dates = mark.program_date_time is not None and window.segments[0].program_date_time is not None
    return has_dates and missed(mark, window) > farthest and _agree(mark, window)


def missed(mark: Mark, window: Window) -> int:
    """How many media sequences lie between the mark and the window."""
    return max(0, window.first - mark.sequence - 1)


def _agree(mark: Mark, window: Window) -> bool:
    nearest = min(window.segments, key=lambda segment: abs(segment.sequence - mark.sequence))
    if mark.program_date_time is None or nearest.program_date_time is None:
        near = len(window.segments)
        return mark.sequence - near <= window.last and window.first <= mark.sequence + _FAR_WINDOWS * near
    distance_s = (nearest.sequence - mark.sequence) * window.mean_s
    apart_s = (nearest.program_date_time - mark.program_date_time).total_seconds()
    return abs(apart_s - distance_s) <= window.target_duration_s + abs(distance_s) / 2
