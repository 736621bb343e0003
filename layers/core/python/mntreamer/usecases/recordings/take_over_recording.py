"""A standby becomes the holder of its recording."""

from mntreamer.domain.monitors.streamer import StreamerChanges
from mntreamer.domain.recordings.lease import due_while_held, taken_over
from mntreamer.domain.recordings.recording import Recording, RecordingChanges
from mntreamer.ports import Ports


def take_over_recording(ports: Ports, recording: Recording) -> Recording | None:
    """Under the lease and the seat that were read; the recording then, None where somebody else moved either."""
    now = ports.clock()
    under = RecordingChanges(
        generation=recording.generation,
        lease_until=recording.lease_until,
        standby=recording.standby,
        status=recording.status,
    )
    taken = ports.recordings.update(recording.recording_id, taken_over(recording, now), under)
    if taken:
        due = StreamerChanges(check_at=due_while_held(taken, now))
        ports.monitors.update(recording.streamer_id, due, {"recording_id": recording.recording_id})
    return taken
