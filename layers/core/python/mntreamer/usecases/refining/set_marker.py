"""A moment of a recording gets a name."""

from dataclasses import dataclass
from uuid import uuid4

from mntreamer.domain.errors import NotFound
from mntreamer.domain.playlists.timelines import Line, Timelines
from mntreamer.domain.recordings.recording import Recording
from mntreamer.domain.refining.edits import Edits, Marker
from mntreamer.domain.refining.idempotency import OneRequest
from mntreamer.domain.refining.marking import PlacedMarker, placed_markers, with_marker
from mntreamer.domain.refining.moment import moment_at
from mntreamer.ports import Ports
from mntreamer.usecases.refining.edit_once import edit_once
from mntreamer.usecases.refining.edit_recording import Edited, edits_of


@dataclass(frozen=True, slots=True)
class NewMarker:
    """A name for the moment `at_s` seconds after the line's begin."""

    at_s: float
    label: str
    line: Line = Line.PUBLISHED


def set_marker(ports: Ports, recording: Recording, new: NewMarker, request: OneRequest | None = None) -> PlacedMarker:
    """The marker, or the one that the same request set before.

    Raises Unprocessable for a moment that is not on the line, NotFound if the one set before is deleted since, and
    as `edit_recording` does.
    """
    marker_id, now = uuid4().hex[:12], ports.clock()

    def make(edited: Edited) -> tuple[Edits, str]:
        moment = moment_at(new.at_s, new.line, Timelines(edited.timeline, edited.edits))
        segment = edited.timeline.name(moment.position)
        return with_marker(edited.edits, Marker(marker_id, segment, moment.offset_us, new.label, now)), marker_id

    made = edit_once(ports, recording, request, make)
    return _marker(edits_of(ports, recording), made)


def _marker(edited: Edited, marker_id: str) -> PlacedMarker:
    for placed in placed_markers(Timelines(edited.timeline, edited.edits)):
        if placed.marker.marker_id == marker_id:
            return placed
    raise NotFound(f"the marker {marker_id} that this request set was deleted since")
