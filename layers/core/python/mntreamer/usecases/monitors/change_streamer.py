"""A person changes how a streamer is watched: paused or not, what of it, how urgent, how tall a picture."""

from datetime import datetime, timedelta

from mntreamer.domain.monitors.streamer import Streamer, StreamerChanges, StreamerStatus, may_be_probed_at
from mntreamer.ports import Ports
from mntreamer.usecases.monitors.rewrite_streamer import rewrite_streamer

LOWEST_PRIORITY, HIGHEST_PRIORITY = -100, 100
FEWEST_RECORDERS, MOST_RECORDERS = 1, 2
LOWEST_MAX_HEIGHT, HIGHEST_MAX_HEIGHT = 144, 4320  # pixels; 8K is the tallest that anybody sends


def change_streamer(ports: Ports, streamer_id: str, wishes: StreamerChanges) -> Streamer:
    """Fulfil the wishes that are named; the streamer then. Raises NotFound.

    They are some of `paused`, `filters`, `schedule`, `priority`, `max_height` and `recorders`.

    Whoever is paused is looked at no more; a recording that is under way is finished all the same. Whoever is
    resumed is due at once, but not before the platform's floor, and so is who is live and gets other filters.
    `max_height` and `recorders` count from the next recording on, `schedule` from the next look on.
    """

    def changes(streamer: Streamer, now: datetime) -> StreamerChanges:
        return wishes | _watching(streamer, now, ports.platforms[streamer.platform].floor, wishes)

    return rewrite_streamer(ports, streamer_id, changes)


def _watching(streamer: Streamer, now: datetime, floor: timedelta, wishes: StreamerChanges) -> StreamerChanges:
    """What pausing or resuming changes beside `paused` itself; nothing while a recording wants to be seen to."""
    paused = wishes.get("paused", streamer.paused)
    if streamer.recording_id:
        return StreamerChanges()
    if paused == streamer.paused:
        is_left_out = "filters" in wishes and streamer.is_streaming and not paused
        return StreamerChanges(check_at=may_be_probed_at(streamer, now, floor)) if is_left_out else StreamerChanges()
    anew = StreamerChanges(miss_count=0, error_count=0, problem=None)
    if paused:
        return anew | StreamerChanges(check_at=None, status=StreamerStatus.IDLE, is_streaming=False)
    return anew | StreamerChanges(check_at=may_be_probed_at(streamer, now, floor), watched_since=now)
