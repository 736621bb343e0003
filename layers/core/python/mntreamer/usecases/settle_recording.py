"""A recorder stopped: its streamer becomes due, so that the next tick starts a successor or closes the recording."""

from mntreamer.domain.lease import is_held, relaunch_at
from mntreamer.domain.streamer import Streamer
from mntreamer.ports import Ports


def settle_recording(ports: Ports, recording_id: str, generation: int) -> Streamer | None:
    """Give back the lease of the generation that stopped; the streamer, with when it is due now.

    None where there is nothing to settle: another generation, a recorder that had left by itself, no such recording.
    """
    now = ports.clock()
    recording = ports.recordings.get(recording_id)
    if recording is None or recording.generation != generation or not is_held(recording, now):
        return None
    if not ports.recordings.update(recording.recording_id, {"lease_until": now}, {"generation": generation}):
        return None
    due = {"check_at": relaunch_at(recording, now)}
    return ports.monitors.update(recording.streamer_id, {"check_at": due["check_at"]}, {"recording_id": recording_id})
