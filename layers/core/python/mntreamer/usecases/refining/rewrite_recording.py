"""A recording is changed by what it is: read, decided, written if it still is so, or else read again."""

import logging
from collections.abc import Callable
from datetime import datetime

from mntreamer.domain.recordings.recording import Recording, RecordingChanges
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.find_recording import find_recording

_logger = logging.getLogger(__name__)


def rewrite_recording(
    ports: Ports, recording_id: str, changes: Callable[[Recording, datetime], RecordingChanges]
) -> Recording:
    """Write what follows from the recording as it is read, and read again where somebody else was faster.

    The recording then. Raises NotFound, and what `changes` raises.
    """
    while True:
        recording = find_recording(ports, recording_id)
        wanted = changes(recording, ports.clock())
        if changed := write_as_read(ports, recording, wanted):
            if wanted:
                _logger.info("%s is changed by a person: %s", changed.channel_name, ", ".join(wanted))
            return changed


def write_as_read(ports: Ports, recording: Recording, changes: RecordingChanges) -> Recording | None:
    """The recording with the changes, which may be none; None where it is in another state than it was read in."""
    as_read = RecordingChanges(
        status=recording.status,
        generation=recording.generation,
        stopped_at=recording.stopped_at,
        purge_at=recording.purge_at,
        purge_began_at=recording.purge_began_at,
        restored_at=recording.restored_at,  # deleted and restored meanwhile, it is otherwise as it was
    )
    return ports.recordings.update(recording.recording_id, changes, as_read) if changes else recording
