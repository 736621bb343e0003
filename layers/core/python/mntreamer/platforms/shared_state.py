"""A platform's shared state as this process sees it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from mntreamer.domain.monitors.platform_state import PlatformState, PlatformStateChanges
from mntreamer.ports import Clock, PlatformStates

# How late we may learn what another process found out, and how often the store is read.
FRESH = timedelta(seconds=1)

Decide = Callable[[PlatformState, datetime], PlatformStateChanges | None]
Under = Callable[[PlatformState], PlatformStateChanges]


class SharedState:
    """Read at most once in FRESH, and after each write of our own. Threads may share it."""

    def __init__(self, platform: str, states: PlatformStates, clock: Clock) -> None:
        self._platform = platform
        self._states = states
        self._clock = clock
        self._lock = Lock()  # around the store as well: what one thread reads, all know
        self._seen: tuple[PlatformState, datetime] | None = None

    def read(self) -> PlatformState:
        with self._lock:
            return self._recent()

    def change(self, decide: Decide, under: Under) -> PlatformState:
        """Write what `decide` says of the state, if anything; the state then.

        It is written where `under` still holds; after a lost race `decide` is asked again. What it raises is raised.
        """
        with self._lock:
            state = self._recent()
            while changes := decide(state, self._clock()):
                written = self._states.update(self._platform, changes, under(state))
                if written:
                    self._seen = written, self._clock()
                    return written
                state = self._read_anew()
            return state

    def _recent(self) -> PlatformState:
        if self._seen:
            state, seen_at = self._seen
            if timedelta(0) <= self._clock() - seen_at < FRESH:
                return state
        return self._read_anew()

    def _read_anew(self) -> PlatformState:
        asked_at = self._clock()
        state = self._states.get(self._platform)
        self._seen = state, asked_at
        return state
