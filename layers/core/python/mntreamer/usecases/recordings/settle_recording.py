"""A recorder stopped: its streamer becomes due, so that the next tick starts a successor or closes the recording."""

from datetime import datetime

from mntreamer.correlation import correlate
from mntreamer.domain.monitors.streamer import Streamer, StreamerChanges
from mntreamer.domain.reason import Reason
from mntreamer.domain.recordings.lease import has_standby, relaunch_at, why_nothing_is_stored
from mntreamer.domain.recordings.recording import Recording, RecordingChanges, RecordingStatus
from mntreamer.ports import Ports
from mntreamer.usecases.recordings.accompany_recording import free_seat
from mntreamer.usecases.recordings.close_recording import close_if_orphaned
from mntreamer.usecases.recordings.open_part import newest_part


def settle_recording(
    ports: Ports, recording_id: str, generation: int, problem: Reason | None = None
) -> Streamer | None:
    """Give back the lease of the generation that stopped; the streamer, with when it is due now.

    `problem` is why it stopped, in words, where it did not mean to; a recorder's own last words come before it.
    It may have gone on in a next part of the recording that it was launched for. None where there is nothing to
    settle: another generation, a recording that is closed, no such recording.
    """
    recording = newest_part(ports, recording_id)
    if recording is None or recording.status is not RecordingStatus.RECORDING:
        return None
    if generation == recording.standby and has_standby(recording):
        correlate(recording.prefix)
        free_seat(ports, recording, generation)
        return _its(ports, recording)
    if generation != recording.generation:
        return None
    correlate(recording.prefix)
    return _settled(ports, recording, problem)


def _settled(ports: Ports, recording: Recording, problem: Reason | None) -> Streamer | None:
    now = ports.clock()
    is_holding = now < recording.lease_until
    streamer = _give_back(ports, recording, now, problem) if is_holding else _its(ports, recording)
    if streamer is None and (current := ports.recordings.get(recording.recording_id)):
        close_if_orphaned(ports, current)
    return streamer


def _its(ports: Ports, recording: Recording) -> Streamer | None:
    """The streamer of a recording whose lease was given back, or had ended."""
    streamer = ports.monitors.get(recording.streamer_id)
    return streamer if streamer and streamer.recording_id == recording.recording_id else None


def _give_back(ports: Ports, recording: Recording, now: datetime, problem: Reason | None) -> Streamer | None:
    under = RecordingChanges(generation=recording.generation)
    changes = RecordingChanges(lease_until=now, problem=recording.problem or problem)
    given_back = ports.recordings.update(recording.recording_id, changes, under)
    if given_back is None:
        return None
    due = StreamerChanges(check_at=relaunch_at(given_back, now))
    if hopeless := why_nothing_is_stored(given_back):
        due |= StreamerChanges(problem=hopeless)
    return ports.monitors.update(recording.streamer_id, due, {"recording_id": recording.recording_id})
