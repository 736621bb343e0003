"""Markers: moments with a name, in a recording of which more is recorded and more is cut."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from mntreamer.domain.playlists.timelines import Timelines
from mntreamer.domain.refining.bounded import with_one_more, without_one
from mntreamer.domain.refining.edits import Edits, Marker
from mntreamer.domain.refining.moment import Moment, PlacedMoment, place_moment

LONGEST_LABEL = 200


@dataclass(frozen=True, slots=True)
class PlacedMarker:
    """A marker and where it is now; nowhere if the source no longer lists its segment."""

    marker: Marker
    at: PlacedMoment | None


def with_marker(edits: Edits, marker: Marker) -> Edits:
    """The edits with one marker more. Raises Unprocessable beyond 1,000."""
    return replace(edits, markers=with_one_more(edits.markers, marker, "marker"))


def without_marker(edits: Edits, marker_id: str) -> Edits:
    """The edits without this marker. Raises NotFound."""
    return replace(edits, markers=without_one(edits.markers, marker_id, attrgetter("marker_id"), "marker"))


def placed_markers(lines: Timelines) -> Sequence[PlacedMarker]:
    """The markers in the order in which they lie on the source's line."""
    placed = [PlacedMarker(marker, _place(marker, lines)) for marker in lines.edits.markers]
    return sorted(placed, key=lambda placed: placed.at.source_us if placed.at else -1)


def _place(marker: Marker, lines: Timelines) -> PlacedMoment | None:
    position = lines.source.positions.get(marker.segment.file)
    return None if position is None else place_moment(Moment(position, marker.offset_us), lines)
