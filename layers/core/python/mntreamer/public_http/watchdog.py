"""One thread that waits for many moments, nearly all of which are called off before they come."""

from threading import TIMEOUT_MAX, Condition, Thread
from time import monotonic
from typing import Protocol


class Expiring(Protocol):
    @property
    def ends_at_s(self) -> float:
        """When it expires, on the monotonic clock."""

    def expire(self) -> None:
        """Called once and from another thread: must be quick and raise nothing."""


class Watchdog:
    """Expires what it watches and was not told to forget in time.

    Its thread starts with the first and lives as long as the process. It sleeps until the earliest end that it knows,
    so what is forgotten in time costs neither a thread nor a waking.
    """

    def __init__(self) -> None:
        self._watched: set[Expiring] = set()
        self._earlier = Condition()
        self._wakes_at_s = TIMEOUT_MAX
        self._thread: Thread | None = None

    def watch(self, expiring: Expiring) -> None:
        with self._earlier:
            self._watched.add(expiring)
            if expiring.ends_at_s < self._wakes_at_s:
                self._wakes_at_s = expiring.ends_at_s
                self._wake()

    def forget(self, expiring: Expiring) -> None:
        with self._earlier:
            self._watched.discard(expiring)

    def _wake(self) -> None:
        if not self._thread:
            thread = Thread(target=self._run, name="watchdog", daemon=True)
            thread.start()
            self._thread = thread
        self._earlier.notify()

    def _run(self) -> None:
        while True:
            for late in self._next_late():
                late.expire()

    def _next_late(self) -> set[Expiring]:
        with self._earlier:
            while not (late := self._late()):
                self._wakes_at_s = min((expiring.ends_at_s for expiring in self._watched), default=TIMEOUT_MAX)
                self._earlier.wait(self._wakes_at_s - monotonic())
            self._watched -= late
            return late

    def _late(self) -> set[Expiring]:
        now_s = monotonic()
        return {expiring for expiring in self._watched if expiring.ends_at_s <= now_s}
