"""A recording is deleted: out of every list and every playlist at once, its objects after a grace time."""

import logging
from datetime import timedelta

from mntreamer.domain.errors import SourceError
from mntreamer.domain.recordings.lifecycle import deleted
from mntreamer.domain.recordings.recording import Recording, RecordingStatus
from mntreamer.domain.refining.edits import Clip
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.close_recording import close_recording
from mntreamer.usecases.recordings.find_recording import find_recording
from mntreamer.usecases.refining.follow_deletion import follow_deletion, withdraw
from mntreamer.usecases.refining.read_edits import read_edits
from mntreamer.usecases.refining.rewrite_recording import write_as_read

_logger = logging.getLogger(__name__)


def delete_recording(ports: Ports, recording_id: str, *, at_once: bool = False) -> Recording:
    """The recording, which is TERMINATED; `at_once`: its objects are not kept for the grace time.

    One that is being made is stopped first. It is withdrawn before its row says so: what breaks off in between is
    still in the lists, to be deleted again, or restored. Raises NotFound.
    """
    grace = timedelta(0) if at_once else ports.settings.deletion_grace
    while True:
        recording = _ended(ports, recording_id)
        if recording.status is not RecordingStatus.TERMINATED:
            withdraw(ports, recording.prefix, is_withdrawn=True)
        if written := write_as_read(ports, recording, deleted(recording, ports.clock(), grace)):
            return follow_deletion(ports, written)


def clips_in(ports: Ports, recording: Recording) -> tuple[Clip, ...]:
    """The clips that are deleted with it, as far as its edits can be read."""
    try:
        edits, _ = read_edits(ports.store, recording.prefix)
    except SourceError as error:
        _logger.warning("%s: %s", recording.prefix, error)
        return ()
    return edits.clips


def _ended(ports: Ports, recording_id: str) -> Recording:
    """The recording without a recorder: closing raises the generation, so that nothing more gets listed."""
    while (recording := find_recording(ports, recording_id)).status is RecordingStatus.RECORDING:
        stopped_at = recording.stopped_at or ports.clock()
        if stopped := write_as_read(ports, recording, {"stopped_at": stopped_at}):
            close_recording(ports, stopped)
    return recording
