"""A cut: which segments it takes away, and where it lies on both timelines.

It covers what starts in the range that is asked for, also what an earlier cut has taken away already: undoing one cut
brings back what no other covers, in whichever order they were made.
"""

from dataclasses import dataclass, replace

from mntreamer.domain.errors import Unprocessable
from mntreamer.domain.playlists.timeline import Timeline
from mntreamer.domain.playlists.timelines import Asked, OnBoth, Timelines
from mntreamer.domain.refining.edits import Cut, Edits, Span

MOST_CUTS = 1000


@dataclass(frozen=True, slots=True)
class Removal:
    """What one cut removed: `range` reaches from its first segment to its last, on the lines as they were before.

    `removed_us` and `segments` leave out what was cut already; `duration_us` is that of the published line since.
    """

    range: OnBoth
    removed_us: int
    segments: int
    duration_us: int


@dataclass(frozen=True, slots=True)
class PlacedCut:
    """A cut and where it lies now; nowhere if the source no longer lists its ends."""

    cut: Cut
    range: OnBoth | None


def span_of(asked: Asked, edits: Edits, timeline: Timeline) -> Span:
    """What a cut of this range would cover. Raises Unprocessable where nothing is left to remove."""
    positions = Timelines(timeline, edits).starting_in(asked)
    if edits.cut_positions(timeline).issuperset(positions):
        already = " that is not cut out already" if positions else ""
        raise Unprocessable(
            f"no segment{already} starts from {asked.begin_s:.12g} to {asked.end_s:.12g} s of the {asked.line} "
            f"timeline; a segment is up to {timeline.target_duration_s} s long"
        )
    return Span(timeline.name(positions[0]), timeline.name(positions[-1]))


def cut_out(cut: Cut, edits: Edits, timeline: Timeline) -> tuple[Edits, Removal]:
    """The edits with one cut more, which covers something that no other does. Raises Unprocessable beyond 1,000."""
    if len(edits.cuts) >= MOST_CUTS:
        raise Unprocessable(f"a recording has {MOST_CUTS} cuts at the most; undo some, or cut them as one")
    changed = replace(edits, cuts=(*edits.cuts, cut))
    return changed, _removal(cut, Timelines(timeline, edits), Timelines(timeline, changed))


def placed_cuts(edits: Edits, timeline: Timeline) -> list[PlacedCut]:
    """The cuts in the order in which they lie on the source's line."""
    lines = Timelines(timeline, edits)
    placed = [PlacedCut(cut, _range(cut, lines)) for cut in edits.cuts]
    return sorted(placed, key=lambda placed: placed.range.source.begin_us if placed.range else -1)


def _range(cut: Cut, lines: Timelines) -> OnBoth | None:
    positions = cut.span.positions(lines.source)
    return lines.on_both(positions.start, positions.stop) if positions else None


def _removal(cut: Cut, before: Timelines, after: Timelines) -> Removal:
    already = before.edits.cut_positions(before.source)
    removed = [position for position in cut.span.positions(before.source) if position not in already]
    return Removal(
        range=before.on_both(removed[0], removed[-1] + 1),
        removed_us=before.source.only(removed).duration_us,
        segments=len(removed),
        duration_us=after.published.duration_us,
    )
