"""A recording's edits are changed as one, whoever else edits or records at the same time, and published at once."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from mntreamer.domain.errors import MntreamerError, NotFound, StoreConflict, WrongState
from mntreamer.domain.media_path import EDITS, SOURCE_PLAYLIST
from mntreamer.domain.playlists.timeline import Timeline, read_timeline, source_text
from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from mntreamer.domain.refining.edits import Edits
from mntreamer.domain.refining.edits_file import render_edits
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.publish_playlist import publish_playlist
from mntreamer.usecases.refining.read_edits import read_edits

_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Edited:
    """A recording's edits as they are stored, the line that they lie on, and the text of its `source.m3u8`."""

    edits: Edits
    timeline: Timeline
    source: str


def edits_of(ports: Ports, recording: Recording) -> Edited:
    """Raises NotFound while nothing is recorded, SourceError for what is damaged."""
    return _read(ports, recording)[0]


def edit_recording(ports: Ports, recording: Recording, change: Callable[[Edited], Edits]) -> Edited:
    """Write what `change` makes of the edits, decided anew where somebody else was faster; the edits then.

    What it raises leaves all edits as they were. The published playlist follows before this returns; should it break
    off, the write's own event publishes it, or the same edit asked for again. Raises WrongState for a deleted
    recording, NotFound and SourceError.
    """
    while True:
        edited, version = _read(ports, recording)
        _require_there(recording, edited.edits)
        try:
            changed = change(edited)
        except MntreamerError:
            _publish(ports, recording)  # it may be refused as made already, by a call that broke off before this
            raise
        if changed == edited.edits or _is_written(ports, recording, changed, version):
            _publish(ports, recording)
            return replace(edited, edits=changed)


def _publish(ports: Ports, recording: Recording) -> None:
    publish_playlist(ports.store, recording.prefix, openly=ports.settings.public_playback)


def _is_written(ports: Ports, recording: Recording, edits: Edits, replaces: str | None) -> bool:
    try:
        ports.store.put(recording.prefix + EDITS, render_edits(edits).encode(), _JSON, replaces)
    except StoreConflict:
        return False
    return True


def _require_there(recording: Recording, edits: Edits) -> None:
    if edits.is_withdrawn or recording.status is RecordingStatus.TERMINATED:
        raise WrongState(f"this recording is deleted ({RecordingStatus.TERMINATED}); restore it first")


def _read(ports: Ports, recording: Recording) -> tuple[Edited, str | None]:
    """The edits first: a cut never names a segment that the line, read later, does not have."""
    edits, version = read_edits(ports.store, recording.prefix)
    source = ports.store.get(recording.prefix + SOURCE_PLAYLIST)
    if source is None:
        raise _nothing_in(recording)
    text = source_text(source.body)
    return Edited(edits, read_timeline(text), text), version


def _nothing_in(recording: Recording) -> NotFound:
    if recording.status is RecordingStatus.RECORDING:
        return NotFound("nothing of this recording is stored yet; try again in a few seconds")
    return NotFound(f"nothing of this recording was kept; it is {recording.status}")
