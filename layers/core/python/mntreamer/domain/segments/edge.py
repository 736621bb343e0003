"""The live edge of what a source lists: where a recorder begins, however far back it could go."""

from bisect import bisect_left
from dataclasses import replace

from mntreamer.domain.segments.window import Window

_EDGE_S = 60.0
_CATCH_UP_S = 600.0


def edge_of(window: Window, wanted_from: int | None = None) -> Window:
    """The newest minute; more where all from `wanted_from` on is listed and began no more than ten minutes ago.

    So a recorder that was away for a while goes on without a gap. What lies before the edge is fetched behind it.
    """
    first = _newest(window, _EDGE_S)
    if wanted_from is not None and wanted_from >= window.segments[_newest(window, _CATCH_UP_S)].sequence:
        first = min(first, bisect_left(window.segments, wanted_from, key=lambda segment: segment.sequence))
    return replace(window, segments=window.segments[first:]) if first else window


def _newest(window: Window, lasts_s: float) -> int:
    """Where the segments begin that last so long together; there is one at least."""
    first = len(window.segments) - 1
    before_s = lasts_s - window.segments[first].duration_s
    while first and before_s >= window.segments[first - 1].duration_s:
        first -= 1
        before_s -= window.segments[first].duration_s
    return first
