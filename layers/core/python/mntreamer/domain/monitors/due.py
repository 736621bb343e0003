"""A monitor whose time has come, as the index `due` shows it: enough to take it in order and to claim it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mntreamer.domain.monitors.streamer import Streamer

# Ticks that come once a minute take what is due so much later: it would else be looked at up to a minute late. It is
# less than a minute without the longest look, so that no claim of a minute is taken again while its look lasts.
AHEAD = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Due:
    """The fields of a streamer that the index holds. It may lag behind the table: claim under its `check_at`."""

    streamer_id: str
    platform: str
    priority: int
    miss_count: int
    check_at: datetime
    probed_at: datetime | None = None


def due_of(streamer: Streamer) -> Due | None:
    """The streamer as the index shows it; None for one that nobody looks at."""
    if streamer.check_at is None:
        return None
    return Due(
        streamer_id=streamer.streamer_id,
        platform=streamer.platform,
        priority=streamer.priority,
        miss_count=streamer.miss_count,
        check_at=streamer.check_at,
        probed_at=streamer.probed_at,
    )


def in_order(due: Iterable[Due]) -> list[Due]:
    """Who comes first: the higher priority, then who has been due for longer."""
    return sorted(due, key=lambda monitor: (-monitor.priority, monitor.check_at, monitor.streamer_id))


def is_too_soon(due: Due, now: datetime, floor: timedelta) -> bool:
    """Whether the platform's floor between two probes of one channel has not passed.

    A probe that lies in the future is a wrong clock's, and none.
    """
    return due.probed_at is not None and due.probed_at <= now < due.probed_at + floor
