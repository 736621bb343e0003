"""A person ends a recording while its stream goes on: it is not taken up again for this live session."""

from mntreamer.domain.recordings.lease import is_held
from mntreamer.domain.recordings.lifecycle import stopped
from mntreamer.domain.recordings.recording import Recording, RecordingChanges, RecordingStatus
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.close_recording import close_recording
from mntreamer.usecases.recordings.find_recording import find_recording
from mntreamer.usecases.refining.rewrite_recording import rewrite_recording


def stop_recording(ports: Ports, recording_id: str) -> Recording:
    """The recording then: closed, or about to be.

    Its recorder sees it when it next renews its lease, stores what it has and closes it; without one it is closed
    here. Raises NotFound and WrongState.
    """
    recording = rewrite_recording(ports, recording_id, stopped)
    if recording.status is not RecordingStatus.RECORDING or is_held(recording, ports.clock()):
        return recording
    close_recording(ports, recording)
    return find_recording(ports, recording_id)


def leave_stopped(ports: Ports, recording: Recording, progress: RecordingChanges) -> None:
    """Its recorder writes the last progress and closes it; where the lease is another's already, nothing."""
    changes = progress | RecordingChanges(ended_at=ports.clock())
    left = ports.recordings.update(recording.recording_id, changes, {"generation": recording.generation})
    if left:
        close_recording(ports, left)
