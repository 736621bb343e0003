"""A person does not want to wait for a streamer's next check."""

from datetime import datetime, timedelta

from mntreamer.domain.errors import WrongState
from mntreamer.domain.monitors.streamer import Streamer, StreamerChanges, StreamerStatus, may_be_probed_at
from mntreamer.domain.recordings.lease import is_beyond_limit
from mntreamer.domain.recordings.recording import RecordingChanges
from mntreamer.ports import Ports
from mntreamer.usecases.monitors.rewrite_streamer import rewrite_streamer


def check_now(ports: Ports, streamer_id: str) -> Streamer:
    """Make the streamer due at once, but not before its platform's floor; the streamer then.

    One that is being looked at or recorded is due no sooner by it. Recorders that were given up are tried again.
    Raises NotFound, and WrongState for one that nobody looks at.
    """

    def changes(streamer: Streamer, now: datetime) -> StreamerChanges:
        if streamer.recording_id:
            _hope_again(ports, streamer.recording_id)  # before it is due: a tick would give up once more
        return _sooner(streamer, now, ports.platforms[streamer.platform].floor)

    return rewrite_streamer(ports, streamer_id, changes)


def _sooner(streamer: Streamer, now: datetime, floor: timedelta) -> StreamerChanges:
    if streamer.check_at is None or (streamer.paused and not streamer.recording_id):
        raise WrongState(f"{streamer.channel_name} is paused; resume it, which checks it at once")
    wanted = may_be_probed_at(streamer, now, floor)
    if streamer.check_at <= wanted or _is_attended(streamer):
        return StreamerChanges()
    return StreamerChanges(check_at=wanted)


def _is_attended(streamer: Streamer) -> bool:
    """Whether somebody is at it: a tick that looks, or a recorder whose segments arrive."""
    is_being_looked_at = streamer.status is StreamerStatus.PROCESS and not streamer.recording_id
    return is_being_looked_at or streamer.status is StreamerStatus.RECORDING


def _hope_again(ports: Ports, recording_id: str) -> None:
    recording = ports.recordings.get(recording_id)
    if recording and is_beyond_limit(recording):
        under = RecordingChanges(generation=recording.generation, lease_until=recording.lease_until)
        ports.recordings.update(recording_id, {"fruitless_launches": 1}, under)
