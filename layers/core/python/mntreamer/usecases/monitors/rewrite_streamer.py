"""A streamer is changed by what it is: read, decided, written if it still is so, or else read again."""

from collections.abc import Callable
from datetime import datetime

from mntreamer.domain.errors import NotFound
from mntreamer.domain.monitors.streamer import Streamer, StreamerChanges
from mntreamer.ports import Ports


def rewrite_streamer(
    ports: Ports, streamer_id: str, changes: Callable[[Streamer, datetime], StreamerChanges]
) -> Streamer:
    """Write what follows from the streamer as it is read, and read again where a tick was faster.

    The streamer then. Raises NotFound.
    """
    while streamer := ports.monitors.get(streamer_id):
        wanted = changes(streamer, ports.clock())
        as_read = StreamerChanges(
            check_at=streamer.check_at, recording_id=streamer.recording_id, paused=streamer.paused
        )
        changed = ports.monitors.update(streamer_id, wanted, as_read) if wanted else streamer
        if changed:
            return changed
    raise NotFound(f"there is no streamer {streamer_id}; add it first")
