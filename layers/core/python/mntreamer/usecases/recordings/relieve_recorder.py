"""A recorder is about to be stopped and still at work: the next one is started beside it."""

from mntreamer.correlation import correlate
from mntreamer.domain.monitors.check import Check, Outcome
from mntreamer.domain.recordings.lease import has_standby
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.accompany_recording import accompany_recording, free_seat
from mntreamer.usecases.recordings.hand_over_recording import hand_over_recording
from mntreamer.usecases.recordings.open_part import newest_part


def relieve_recorder(ports: Ports, recording_id: str, generation: int) -> Check | None:
    """What came of starting the next one; None where none was to be started here.

    One is there already, nobody is to go on, or it has left meanwhile and is settled by its end.

    Nobody asks the platform: the holder is at work, and sees itself when the stream is over.
    """
    recording = newest_part(ports, recording_id)
    if recording is None:
        return None
    correlate(recording.prefix)
    if generation == recording.standby and has_standby(recording):
        free_seat(ports, recording, generation)
    else:
        hand_over_recording(ports, recording, generation)
    current = ports.recordings.get(recording.recording_id)
    is_started = accompany_recording(ports, current) if current else None
    if is_started is None:
        return None
    return Check(recording.platform, Outcome.RELAUNCHED, launch_failed=not is_started)
