"""Checks at once: each platform has a lane of its own, so that a slow one holds up no other."""

import math
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

from mntreamer.domain.monitors.check import Check, Outcome
from mntreamer.domain.monitors.due import Due
from mntreamer.ports import Ports
from mntreamer.usecases.monitors.check_monitor import check_safely

_WIDEST = 128
# What is claimed waits for its platform's turn: no more of it than two seconds' worth.
_CLAIMED_AHEAD_S = 2.0


class Lanes:
    """Threads that check, made as they are needed. What is given to a lane is begun in that order."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._lanes: dict[str, ThreadPoolExecutor] = {}

    def width(self, platform: str) -> int:
        """How many of this platform's monitors are checked at once."""
        known = self._ports.platforms.get(platform)
        return width_of_lane(known.rate_per_s) if known else 1

    def check(self, due: Due, until: datetime | None = None) -> "Future[Check]":
        """Have it checked; it is left as it is where its turn comes after `until`."""
        if due.platform not in self._lanes:
            width = self.width(due.platform)
            self._lanes[due.platform] = ThreadPoolExecutor(width, thread_name_prefix=f"check-{due.platform}")
        return self._lanes[due.platform].submit(self._check, due, until)

    def close(self) -> None:
        """Begin nothing more and wait for what is under way. What was not begun stays due."""
        for lane in self._lanes.values():
            lane.shutdown(cancel_futures=True)

    def _check(self, due: Due, until: datetime | None) -> Check:
        if until and self._ports.clock() >= until:
            return Check(due.platform, Outcome.LEFT)
        return check_safely(self._ports, due)


def width_of_lane(rate_per_s: float | None) -> int:
    """As many threads as a platform's request rate keeps busy; None for no limit."""
    return _WIDEST if rate_per_s is None else min(max(math.ceil(rate_per_s * _CLAIMED_AHEAD_S), 1), _WIDEST)
