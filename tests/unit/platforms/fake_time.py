"""A clock that moves when it is told to, or when somebody sleeps. Threads may share it."""

from datetime import UTC, datetime, timedelta
from threading import Lock

START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class FakeTime:
    def __init__(self) -> None:
        self.now = START
        self.slept_s: list[float] = []
        self._lock = Lock()

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept_s.append(seconds)
            self.passes(seconds)

    def passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
