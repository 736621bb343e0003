"""The request rate of a platform: every request of every worker takes a turn."""

from collections import deque
from collections.abc import Callable
from datetime import datetime
from threading import Lock

from mntreamer.domain.monitors.platform_state import (
    PlatformState,
    PlatformStateChanges,
    refuse_while_closed,
    take_turns,
    time_until,
    turn_of,
    turns_taken,
)
from mntreamer.platforms.shared_state import SharedState
from mntreamer.ports import Clock


class Turns:
    """Turns are reserved in the shared state, so that all processes together keep to `rate_per_s`.

    Threads that wait at the same time share one write. No process reserves more than a second's worth ahead: the
    turns of several go round.
    """

    def __init__(self, shared: SharedState, clock: Clock, sleep: Callable[[float], None], rate_per_s: float) -> None:
        self._shared = shared
        self._clock = clock
        self._sleep = sleep
        self._rate_per_s = rate_per_s
        self._counting = Lock()
        self._waiting = 0
        self._reserving = Lock()
        self._reserved: deque[datetime] = deque()
        self._last_reserved: datetime | None = None

    def wait(self) -> None:
        """Until it is the calling thread's turn. Raises PlatformBlocked, and takes none, while nobody may ask."""
        self._sleep_until(self.take())

    def take(self) -> datetime:
        """When it is the calling thread's turn. Raises PlatformBlocked like `wait`."""
        self._count(1)
        with self._reserving:
            try:
                if not self._reserved:
                    self._reserve()
                return self._reserved.popleft()
            finally:
                self._count(-1)

    def _reserve(self) -> None:
        if self._last_reserved:
            self._sleep_until(self._last_reserved)
        wanted = max(1, min(self._waiting, int(self._rate_per_s)))

        def decide(state: PlatformState, now: datetime) -> PlatformStateChanges:
            refuse_while_closed(state, now)
            return take_turns(state, now, wanted, self._rate_per_s)

        state = self._shared.change(decide, turn_of)
        self._reserved.extend(turns_taken(state, wanted, self._rate_per_s))
        self._last_reserved = self._reserved[-1]

    def _sleep_until(self, turn: datetime) -> None:
        wait_s = time_until(turn, self._clock(), self._rate_per_s).total_seconds()
        if wait_s:
            self._sleep(wait_s)

    def _count(self, step: int) -> None:
        with self._counting:
            self._waiting += step
