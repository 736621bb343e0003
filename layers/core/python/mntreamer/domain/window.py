"""The source's sliding window: what its media playlist lists at one moment, and whether it goes on from the last."""

from dataclasses import dataclass
from datetime import datetime

_FAR_WINDOWS = 20


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
    """A media playlist at one moment. `ended` is the source's ENDLIST: a hint, not yet an end."""

    target_duration_s: float
    segments: tuple[SourceSegment, ...]
    ended: bool = False

    @property
    def first(self) -> int:
        return self.segments[0].sequence

    @property
    def last(self) -> int:
        return self.segments[-1].sequence


@dataclass(frozen=True, slots=True)
class Mark:
    """A source segment that is known: its media sequence and, if the source tells, when it was."""

    sequence: int
    program_date_time: datetime | None


def goes_on(mark: Mark, window: Window) -> bool:
    """Whether the window's media sequences count on the line on which the mark lies.

    By PROGRAM-DATE-TIME where both have it: extrapolated from the nearest listed segment, it must agree within one
    target duration plus half of the distance. Without it a line counts as broken once it falls back by more than
    a whole window (a content network's slower edge falls back by less) or leaps ahead by many.
    """
    nearest = min(window.segments, key=lambda segment: abs(segment.sequence - mark.sequence))
    if mark.program_date_time is None or nearest.program_date_time is None:
        near = len(window.segments)
        return mark.sequence - near <= window.last and window.first <= mark.sequence + _FAR_WINDOWS * near
    mean_s = sum(segment.duration_s for segment in window.segments) / len(window.segments)
    distance_s = (nearest.sequence - mark.sequence) * mean_s
    apart_s = (nearest.program_date_time - mark.program_date_time).total_seconds()
    return abs(apart_s - distance_s) <= window.target_duration_s + abs(distance_s) / 2
