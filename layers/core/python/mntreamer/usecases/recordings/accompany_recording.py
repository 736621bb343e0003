"""The seat beside a recording's holder is filled: a standby is started, of a holder that leaves the successor."""

import logging

from mntreamer.domain.errors import LaunchFailed
from mntreamer.domain.monitors.streamer import StreamerChanges
from mntreamer.domain.recordings.lease import beside, due_while_held, is_seat_due
from mntreamer.domain.recordings.recording import Recording, RecordingChanges, RecordingStatus
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.close_recording import close_if_orphaned

_logger = logging.getLogger(__name__)


def accompany_recording(ports: Ports, recording: Recording) -> bool | None:
    """Start a standby if one is due, and whether it could be started; None where it is not, or somebody was faster.

    The streamer is due then as its leases have it.
    """
    now = ports.clock()
    if not is_seat_due(recording, now):
        return None
    under = RecordingChanges(
        generation=recording.generation,
        standby=recording.standby,
        standby_until=recording.standby_until,
        status=recording.status,
        stopped_at=recording.stopped_at,
    )
    accompanied = ports.recordings.update(recording.recording_id, beside(recording, now), under)
    if accompanied is None:
        return None
    is_started = _launch(ports, accompanied)
    _make_due(ports, recording)
    close_if_orphaned(ports, accompanied)
    return is_started


def free_seat(ports: Ports, recording: Recording, standby: int) -> bool:
    """The standby of this generation is gone: its seat is free, and the streamer due for it; whether it had one."""
    freed = ports.recordings.update(recording.recording_id, {"standby_until": ports.clock()}, {"standby": standby})
    if freed:
        _make_due(ports, recording)
    return freed is not None


def _launch(ports: Ports, recording: Recording) -> bool:
    standby = recording.standby
    if standby is None:
        return False
    try:
        ports.launcher.launch(recording.recording_id, standby)
    except LaunchFailed as error:
        _logger.error("no standby for %s: %s", recording.channel_name, error)
        ports.recordings.update(recording.recording_id, {"standby_until": ports.clock()}, {"standby": standby})
        return False
    _logger.info("%s: generation %d comes beside %d", recording.channel_name, standby, recording.generation)
    return True


def _make_due(ports: Ports, recording: Recording) -> None:
    current = ports.recordings.get(recording.recording_id)
    if current and current.status is RecordingStatus.RECORDING:
        due = StreamerChanges(check_at=due_while_held(current, ports.clock()))
        ports.monitors.update(recording.streamer_id, due, {"recording_id": recording.recording_id})
