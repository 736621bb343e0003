"""A recorder shows that it makes progress, and holds its recording, or the seat beside its holder, a while longer."""

from mntreamer.domain.errors import LeaseLost
from mntreamer.domain.monitors.streamer import StreamerChanges, StreamerStatus
from mntreamer.domain.recordings.lease import LEASE, due_while_held
from mntreamer.domain.recordings.recording import Recording, RecordingChanges, RecordingStatus
from mntreamer.ports import Ports


def renew_lease(ports: Ports, recording: Recording, progress: RecordingChanges) -> Recording:
    """Write the progress under the recording's generation and move the lease's end; the recording then.

    The streamer counts as recording once this generation has stored a segment, and says why while it has not; it is
    due when the lease ends, or earlier for the seat beside it. An end that was seen is taken back, unless the
    progress says otherwise. Raises LeaseLost.
    """
    now = ports.clock()
    renewed = ports.recordings.update(
        recording.recording_id,
        RecordingChanges(lease_until=now + LEASE, ended_at=None) | progress,
        {"generation": recording.generation, "status": RecordingStatus.RECORDING},
    )
    if renewed is None:
        raise LeaseLost(f"{recording.recording_id} is no longer held by generation {recording.generation}")
    changes = StreamerChanges(check_at=due_while_held(renewed, now), is_streaming=True)
    if renewed.fruitless_launches == 0:
        changes |= StreamerChanges(status=StreamerStatus.RECORDING, problem=None, unrecordable_since=None)
    elif renewed.problem:
        changes |= StreamerChanges(problem=renewed.problem)
    ports.monitors.update(recording.streamer_id, changes, {"recording_id": recording.recording_id})
    return renewed


def renew_seat(ports: Ports, recording: Recording, standby: int) -> Recording:
    """The recording then, whose standby has this generation. Raises LeaseLost."""
    renewed = ports.recordings.update(
        recording.recording_id,
        {"standby_until": ports.clock() + LEASE},
        {"standby": standby, "status": RecordingStatus.RECORDING},
    )
    if renewed is None:
        raise LeaseLost(f"{recording.recording_id} has another standby than generation {standby}")
    return renewed
