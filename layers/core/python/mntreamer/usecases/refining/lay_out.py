"""A recording is laid out for whoever refines it: its two lines, and all that was cut, marked and clipped on them."""

from dataclasses import dataclass

from mntreamer.domain.errors import NotFound
from mntreamer.domain.playlists.timelines import Timelines
from mntreamer.domain.recordings.recording import Recording
from mntreamer.ports import Ports
from mntreamer.usecases.refining.edit_recording import edits_of


@dataclass(frozen=True, slots=True)
class LaidOut:
    """Its lines under its edits, and the text of the `source.m3u8` that they were read from."""

    lines: Timelines
    source: str


def lay_out(ports: Ports, recording: Recording) -> LaidOut | None:
    """As it is now; None while nothing is stored. Raises SourceError."""
    try:
        edited = edits_of(ports, recording)
    except NotFound:
        return None
    return LaidOut(Timelines(edited.timeline, edited.edits), edited.source)
