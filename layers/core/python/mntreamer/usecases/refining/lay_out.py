"""A recording is laid out for whoever refines it: its two lines, and all that was cut, marked and clipped on them."""

from mntreamer.domain.errors import NotFound
from mntreamer.domain.playlists.timelines import Timelines
from mntreamer.domain.recordings.recording import Recording
from mntreamer.ports import Ports
from mntreamer.usecases.refining.edit_recording import edits_of


def lay_out(ports: Ports, recording: Recording) -> Timelines | None:
    """Its lines under its edits as they are now; None while nothing is stored. Raises SourceError."""
    try:
        edited = edits_of(ports, recording)
    except NotFound:
        return None
    return Timelines(edited.timeline, edited.edits)
