"""A deleted recording comes back, as long as none of its objects is gone."""

from datetime import datetime

from mntreamer.domain.recordings.lifecycle import restored
from mntreamer.domain.recordings.recording import Recording, RecordingChanges
from mntreamer.ports import Ports
from mntreamer.usecases.refining.follow_deletion import follow_deletion
from mntreamer.usecases.refining.read_edits import read_edits
from mntreamer.usecases.refining.rewrite_recording import rewrite_recording


def restore_recording(ports: Ports, recording_id: str) -> Recording:
    """The recording in the state that it was deleted in. Raises NotFound and WrongState.

    Cuts that were given up before it was deleted may not be purged yet: that goes on.
    """

    def change(recording: Recording, now: datetime) -> RecordingChanges:
        changes = restored(recording, now)
        return changes | RecordingChanges(purge_at=now) if changes and _gives_up_cuts(ports, recording) else changes

    return follow_deletion(ports, rewrite_recording(ports, recording_id, change))


def _gives_up_cuts(ports: Ports, recording: Recording) -> bool:
    edits, _ = read_edits(ports.store, recording.prefix)
    return any(cut.is_purged for cut in edits.cuts)
