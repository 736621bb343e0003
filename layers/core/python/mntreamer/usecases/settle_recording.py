"""A recorder stopped: its streamer becomes due, so that the next tick starts a successor or closes the recording."""

from mntreamer.domain.lease import is_held, relaunch_at
from mntreamer.domain.streamer import Streamer
from mntreamer.ports import Ports
from mntreamer.usecases.close_recording import close_if_orphaned


def settle_recording(ports: Ports, recording_id: str, generation: int) -> Streamer | None:
    """Give back the lease of the generation that stopped; the streamer, with when it is due now.

    None where there is nothing to settle: another generation, a recorder that had left by itself, no such recording.
    """
    now = ports.clock()
    recording = ports.recordings.get(recording_id)
    if recording is None or recording.generation != generation or not is_held(recording, now):
        return None
    left = ports.recordings.update(recording.recording_id, {"lease_until": now}, {"generation": generation})
    if left is None:
        return None
    streamer = ports.monitors.update(
        recording.streamer_id, {"check_at": relaunch_at(recording, now)}, {"recording_id": recording.recording_id}
    )
    if streamer is None:
        close_if_orphaned(ports, left)
    return streamer
