"""A recorder is told to leave while its stream goes on: it stays until another has taken over."""

from mntreamer.domain.monitors.streamer import StreamerChanges
from mntreamer.domain.recordings.recording import Recording, RecordingChanges, RecordingStatus
from mntreamer.ports import Ports


def hand_over_recording(ports: Ports, recording: Recording, generation: int) -> Recording | None:
    """Say that its holder is to leave, and make its streamer due for the next; None where that was said already.

    None as well where the holder is another.
    """
    under = RecordingChanges(generation=generation, status=RecordingStatus.RECORDING, leaving_at=None)
    now = ports.clock()
    leaving = ports.recordings.update(recording.recording_id, {"leaving_at": now}, under)
    if leaving:
        due = StreamerChanges(check_at=now)
        ports.monitors.update(recording.streamer_id, due, {"recording_id": recording.recording_id})
    return leaving
