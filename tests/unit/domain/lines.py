"""Two lines to clip and mark on: segments of six seconds, of which some are cut out."""

from mntreamer.domain.playlists.source_playlist import Segment, SegmentName, SourcePlaylist, render_source
from mntreamer.domain.playlists.timeline import read_timeline
from mntreamer.domain.playlists.timelines import Timelines
from mntreamer.domain.refining.edits import Cut, Edits, Span
from tests.contract.records import NOON


def name(position: int) -> SegmentName:
    return SegmentName(0, position * 3, position * 3 + 2)


def span(first: int, last: int) -> Span:
    return Span(name(first), name(last))


def lines(segments: int, *cuts: tuple[int, int], ended: bool = True) -> Timelines:
    """Each cut by the positions of its first and last segment."""
    playlist = SourcePlaylist(6, tuple(Segment(name(position), 6.0) for position in range(segments)), ended)
    made = tuple(Cut(f"{first}-{last}", span(first, last), NOON) for first, last in cuts)
    return Timelines(read_timeline(render_source(playlist)), Edits(cuts=made))
