"""Clips: pieces of a recording that are played by themselves, over the same segments.

A clip holds all of the range that is asked for, but for what is cut out: it begins with the segment that is on at
`begin`, where a cut would begin with the next one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from mntreamer.domain.errors import Unprocessable
from mntreamer.domain.playlists.timelines import Asked, OnBoth, Timelines
from mntreamer.domain.refining.bounded import with_one_more, without_one
from mntreamer.domain.refining.edits import Clip, Edits, Span
from mntreamer.domain.refining.moment import moment_at

LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class PlacedClip:
    """A clip, where it lies now, and how long it plays; nowhere if the source no longer lists its ends."""

    clip: Clip
    range: OnBoth | None
    played_us: int


def clip_span(asked: Asked, lines: Timelines) -> Span:
    """The segments that hold the range. Raises Unprocessable for one that cannot be, or that is all cut out."""
    starting = lines.starting_in(asked)
    on_at_begin = moment_at(asked.begin_s, asked.line, lines).position
    cut = lines.edits.cut_positions(lines.source)
    played = [position for position in (on_at_begin, *starting) if position not in cut]
    if not played:
        raise Unprocessable(f"all from {asked.begin_s:.12g} to {asked.end_s:.12g} s is cut out: no clip holds it")
    return Span(lines.source.name(played[0]), lines.source.name(played[-1]))


def with_clip(edits: Edits, clip: Clip) -> Edits:
    """The edits with one clip more. Raises Unprocessable beyond 1,000."""
    return replace(edits, clips=with_one_more(edits.clips, clip, "clip"))


def without_clip(edits: Edits, clip_id: str) -> Edits:
    """The edits without this clip. Raises NotFound."""
    return replace(edits, clips=without_one(edits.clips, clip_id, attrgetter("clip_id"), "clip"))


def placed_clips(lines: Timelines) -> Sequence[PlacedClip]:
    """The clips in the order in which they lie on the source's line."""
    closed_up = Timelines(replace(lines.source, ended=True), lines.edits)  # a clip has no gaps, even while it grows
    placed = [_place(clip, lines, closed_up) for clip in lines.edits.clips]
    return sorted(placed, key=lambda placed: placed.range.source.begin_us if placed.range else -1)


def _place(clip: Clip, lines: Timelines, closed_up: Timelines) -> PlacedClip:
    positions = clip.span.positions(lines.source)
    if not positions:
        return PlacedClip(clip, None, 0)
    ends = positions.start, positions.stop
    return PlacedClip(clip, lines.on_both(*ends), closed_up.on_both(*ends).published.length_us)
