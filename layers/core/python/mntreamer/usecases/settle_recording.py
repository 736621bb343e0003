"""A recorder stopped: its streamer becomes due, so that the next tick starts a successor or closes the recording."""

from datetime import datetime

from mntreamer.domain.lease import is_held, relaunch_at
from mntreamer.domain.recording import Recording, RecordingChanges, RecordingStatus
from mntreamer.domain.streamer import Streamer, StreamerChanges
from mntreamer.ports import Ports
from mntreamer.usecases.close_recording import close_if_orphaned


def settle_recording(ports: Ports, recording_id: str, generation: int) -> Streamer | None:
    """Give back the lease of the generation that stopped; the streamer, with when it is due now.

    None where there is nothing to settle: another generation, a recorder that had left by itself, no such recording.
    """
    recording = ports.recordings.get(recording_id)
    if recording is None or (recording.generation, recording.status) != (generation, RecordingStatus.RECORDING):
        return None
    now = ports.clock()
    streamer = _give_back(ports, recording, now) if is_held(recording, now) else None
    if streamer is None and (current := ports.recordings.get(recording_id)):
        close_if_orphaned(ports, current)
    return streamer


def _give_back(ports: Ports, recording: Recording, now: datetime) -> Streamer | None:
    under = RecordingChanges(generation=recording.generation)
    if not ports.recordings.update(recording.recording_id, {"lease_until": now}, under):
        return None
    due = StreamerChanges(check_at=relaunch_at(recording, now))
    return ports.monitors.update(recording.streamer_id, due, {"recording_id": recording.recording_id})
