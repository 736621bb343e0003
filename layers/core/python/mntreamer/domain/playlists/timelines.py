"""The two lines on which people give seconds: that of the source, and that of what is played."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import isfinite

from mntreamer.domain.errors import Unprocessable
from mntreamer.domain.playlists.timeline import Timeline
from mntreamer.domain.refining.edits import Edits

_US = 1_000_000
# Longer than any recording; with more, a float has no whole microseconds.
_BEYOND_ALL_S = 1e9
# A player's own idea of where the end is may lie a few frames behind the playlist's.
_BEHIND_THE_END_US = 500_000


class Line(StrEnum):
    """Which of the two is meant."""

    PUBLISHED = "published"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Range:
    """[begin, end) on one line, in microseconds; a point where both are the same."""

    begin_us: int
    end_us: int

    @property
    def length_us(self) -> int:
        return self.end_us - self.begin_us


@dataclass(frozen=True, slots=True)
class Asked:
    """A range as somebody asks for it, in seconds on one line."""

    begin_s: float
    end_s: float
    line: Line = Line.PUBLISHED


@dataclass(frozen=True, slots=True)
class OnBoth:
    """The same range on both lines."""

    source: Range
    published: Range


@dataclass(frozen=True)
class Timelines:
    """A recording's two lines, under its edits. Positions are those on the source's line.

    While it grows, what is cut out keeps its time as a gap, and both lines are one; once it has ended, what is cut
    out is left out, and what comes behind closes up.
    """

    source: Timeline
    edits: Edits

    @cached_property
    def kept(self) -> Sequence[int]:
        """The positions that are played, in order."""
        return self.edits.kept_positions(self.source)

    @cached_property
    def published(self) -> Timeline:
        return self.source.only(self.kept) if self.source.ended else self.source

    def starting_in(self, asked: Asked) -> Sequence[int]:
        """The positions of the segments that start in the range. Raises Unprocessable for a range that cannot be."""
        asked_us = self._range(asked)
        if asked.line is Line.SOURCE or not self.source.ended:
            return self.source.starting_in(asked_us.begin_us, asked_us.end_us)
        found = self.published.starting_in(asked_us.begin_us, asked_us.end_us)
        return self.kept[found.start : found.stop]

    def on_both(self, first: int, stop: int) -> OnBoth:
        """Where the segments from `first` to before `stop` lie; a point where none of them is played any more."""
        published = Range(self._published_us(first), self._published_us(stop))
        return OnBoth(Range(self.source.starts_us[first], self.source.starts_us[stop]), published)

    def _published_us(self, position: int) -> int:
        """When the segment begins there, or the first one behind it that is played."""
        if not self.source.ended:
            return self.source.starts_us[position]
        return self.published.starts_us[bisect_left(self.kept, position)]

    def _range(self, asked: Asked) -> Range:
        if not (isfinite(asked.begin_s) and isfinite(asked.end_s)):
            raise Unprocessable("begin and end are seconds: give finite numbers")
        if asked.begin_s < 0:
            raise Unprocessable(f"begin is {asked.begin_s:.12g} s, before the recording's begin")
        if asked.begin_s >= asked.end_s:
            raise Unprocessable(f"begin ({asked.begin_s:.12g} s) must lie before end ({asked.end_s:.12g} s)")
        return self._on_the_line(asked, Range(in_microseconds(asked.begin_s), in_microseconds(asked.end_s)))

    def _on_the_line(self, asked: Asked, asked_us: Range) -> Range:
        duration_us = (self.source if asked.line is Line.SOURCE else self.published).duration_us
        if asked_us.begin_us >= duration_us or asked_us.end_us > duration_us + _BEHIND_THE_END_US:
            so_far = "" if self.source.ended else " so far"
            raise Unprocessable(
                f"{asked.begin_s:.12g} to {asked.end_s:.12g} s lies beyond the end: the {asked.line} timeline is "
                f"{duration_us / _US:.3f} s long{so_far}"
            )
        return asked_us


def in_seconds(amount_us: int) -> float:
    return amount_us / _US


def in_microseconds(amount_s: float) -> int:
    """The nearest of an amount that is no less than 0; of one beyond all recordings just that."""
    return round(min(amount_s, _BEYOND_ALL_S) * _US)


def facts_of_range(on_both: OnBoth) -> dict[str, dict[str, float]]:
    """The range as people are told it: seconds on both lines."""
    ranges = {"source": on_both.source, "published": on_both.published}
    return {
        line: {"begin": in_seconds(range_.begin_us), "end": in_seconds(range_.end_us)}
        for line, range_ in ranges.items()
    }
