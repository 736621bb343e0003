"""A person changes how a streamer is watched: paused or not, how urgent, how tall a picture."""

from datetime import datetime, timedelta

from mntreamer.domain.monitors.streamer import Streamer, StreamerChanges, StreamerStatus, may_be_probed_at
from mntreamer.ports import Ports
from mntreamer.usecases.monitors.rewrite_streamer import rewrite_streamer

LOWEST_PRIORITY, HIGHEST_PRIORITY = -100, 100
LOWEST_MAX_HEIGHT, HIGHEST_MAX_HEIGHT = 144, 4320  # pixels; 8K is the tallest that anybody sends


def change_streamer(ports: Ports, streamer_id: str, wishes: StreamerChanges) -> Streamer:
    """Fulfil the wishes, which may name `paused`, `priority` and `max_height`; the streamer then. Raises NotFound.

    Whoever is paused is looked at no more; a recording that is under way is finished all the same. Whoever is
    resumed is due at once, but not before the platform's floor. `max_height` counts from the next recording on.
    """

    def changes(streamer: Streamer, now: datetime) -> StreamerChanges:
        return wishes | _watching(streamer, now, ports.platforms[streamer.platform].floor, wishes)

    return rewrite_streamer(ports, streamer_id, changes)


def _watching(streamer: Streamer, now: datetime, floor: timedelta, wishes: StreamerChanges) -> StreamerChanges:
    """What pausing or resuming changes beside `paused` itself; nothing while a recording wants to be seen to."""
    paused = wishes.get("paused", streamer.paused)
    if paused == streamer.paused or streamer.recording_id:
        return StreamerChanges()
    anew = StreamerChanges(miss_count=0, error_count=0, problem=None)
    if paused:
        return anew | StreamerChanges(check_at=None, status=StreamerStatus.IDLE, is_streaming=False)
    return anew | StreamerChanges(check_at=may_be_probed_at(streamer, now, floor), watched_since=now)
