"""Where on a recording's lines its gaps are."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from mntreamer.domain.playlists.source_playlist import parse_segment_name
from mntreamer.domain.playlists.timelines import OnBoth, Timelines
from mntreamer.domain.recordings.gap import Gap


@dataclass(frozen=True, slots=True)
class PlacedGap:
    """`at` is a point: nothing is recorded of a gap, so that it takes no time."""

    gap: Gap
    at: OnBoth


def placed_gaps(gaps: Iterable[Gap], lines: Timelines) -> list[PlacedGap]:
    """Each lies before the first segment that was recorded behind it, or at the end of the lines."""
    return [PlacedGap(gap, _place(gap, lines)) for gap in gaps]


def _place(gap: Gap, lines: Timelines) -> OnBoth:
    behind = bisect_left(lines.source.files, (gap.epoch, gap.first), key=_begin)
    return lines.on_both(behind, behind)


def _begin(file: str) -> tuple[int, int]:
    name = parse_segment_name(file)
    return name.epoch, name.first
