"""A recording's edits are changed as one, whoever else edits or records at the same time, and published at once."""

from collections.abc import Callable
from dataclasses import dataclass

from mntreamer.domain.edits import Edits
from mntreamer.domain.edits_file import parse_edits, render_edits
from mntreamer.domain.errors import NotFound, StoreConflict, WrongState
from mntreamer.domain.media_path import EDITS, SOURCE_PLAYLIST
from mntreamer.domain.recording import Recording
from mntreamer.domain.timeline import Timeline, read_timeline
from mntreamer.ports import Ports
from mntreamer.usecases.publish_playlist import publish_playlist

_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Edited:
    """A recording's edits as they are stored, and the line that they lie on."""

    edits: Edits
    timeline: Timeline


def edits_of(ports: Ports, recording: Recording) -> Edited:
    """Raises NotFound while nothing is recorded, SourceError for what is damaged."""
    return _read(ports, recording)[0]


def edit_recording(ports: Ports, recording: Recording, change: Callable[[Edited], Edits]) -> Edited:
    """Write what `change` makes of the edits, decided anew where somebody else was faster; the edits then.

    What it raises leaves everything as it was. The published playlist follows before this returns; should it break
    off, the write's own event publishes it. Raises WrongState for a deleted recording, NotFound and SourceError.
    """
    while True:
        edited, version = _read(ports, recording)
        if edited.edits.is_withdrawn:
            raise WrongState("this recording was deleted; restore it first")
        changed = change(edited)
        if changed == edited.edits:
            return edited
        try:
            ports.store.put(recording.prefix + EDITS, render_edits(changed).encode(), _JSON, version)
        except StoreConflict:
            continue
        publish_playlist(ports.store, recording.prefix, openly=ports.settings.public_playback)
        return Edited(changed, edited.timeline)


def _read(ports: Ports, recording: Recording) -> tuple[Edited, str | None]:
    """Those first: a cut never names a segment that the line, read later, does not have."""
    edits = ports.store.get(recording.prefix + EDITS)
    source = ports.store.get(recording.prefix + SOURCE_PLAYLIST)
    if source is None:
        raise NotFound("nothing of this recording is stored yet; try again in a few seconds")
    read = parse_edits(edits.body.decode()) if edits else Edits()
    return Edited(read, read_timeline(source.body.decode())), edits.version if edits else None
