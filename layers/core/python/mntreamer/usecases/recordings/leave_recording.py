"""A recorder leaves its recording: the stream is over, or the recorder was told to stop."""

from datetime import datetime

from mntreamer.domain.monitors.checking import NOT_RECORDABLE_CHECK, reconnect_check_at
from mntreamer.domain.monitors.streamer import StreamerChanges, StreamerStatus
from mntreamer.domain.reason import Reason
from mntreamer.domain.recordings.lease import newest_generation
from mntreamer.domain.recordings.recording import Recording, RecordingChanges
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.close_recording import close_if_orphaned


def leave_recording(
    ports: Ports,
    recording: Recording,
    progress: RecordingChanges,
    ended_at: datetime | None,
    problem: Reason | None = None,
) -> None:
    """Write the last progress and give the lease back.

    With `ended_at` the stream is over and the streamer is due to see whether it comes back. A `problem` says why it
    cannot be recorded: it is looked at again as rarely as what may not be. Else it is due at once for the next
    recorder. Where the lease is another's already, nothing is written.
    """
    now = ports.clock()
    left = ports.recordings.update(
        recording.recording_id,
        progress | RecordingChanges(lease_until=now, ended_at=ended_at),
        {"generation": recording.generation},
    )
    if left is None:
        return
    changes = StreamerChanges(status=StreamerStatus.PROCESS, check_at=now)
    if ended_at:
        check_at = reconnect_check_at(ended_at, now, ports.settings.reconnect_window)
        changes |= StreamerChanges(is_streaming=False, check_at=check_at)
    elif problem:
        later = now + NOT_RECORDABLE_CHECK
        changes |= StreamerChanges(problem=problem, unrecordable_since=left.opened_at, check_at=later)
    if not ports.monitors.update(recording.streamer_id, changes, {"recording_id": recording.recording_id}):
        close_if_orphaned(ports, left)


def leave_unwanted(ports: Ports, recording: Recording, progress: RecordingChanges) -> None:
    """It is not to be recorded any more although its stream goes on: `leave_recording`, and no standby takes over.

    The generation is raised first: who stands by finds that it has no seat any more.
    """
    while (current := ports.recordings.get(recording.recording_id)) and current.generation == recording.generation:
        under = RecordingChanges(generation=current.generation, standby=current.standby)
        raised = RecordingChanges(generation=newest_generation(current) + 1)
        if alone := ports.recordings.update(current.recording_id, raised, under):
            leave_recording(ports, alone, progress, ports.clock())
            return
