"""When to look again at a channel that was not live: each policy watches one channel."""

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

from benchmarks.schedule.channels import Channel, Stream, TrueRate
from mntreamer.domain.monitors.backoff import step_after_miss
from mntreamer.domain.schedule.habit import Habit
from mntreamer.domain.schedule.learning import with_end, with_start
from mntreamer.domain.schedule.next_look import KNOWN_ENOUGH, Expected, wait_by_habit
from mntreamer.domain.schedule.rate import Rate


class Watcher(Protocol):
    def wait_s(self, now_s: float, price_s: float) -> float:
        """After a miss or an end: how long until the next look."""
        ...

    def saw(self, stream: Stream) -> None:
        """A stream that was seen is over. The platform tells when it began."""
        ...


Policy = Callable[[Channel], Watcher]

_TOLD = 16


class _Fixed:
    def __init__(self, wait_s: float) -> None:
        self._wait_s = wait_s

    def wait_s(self, now_s: float, price_s: float) -> float:  # noqa: ARG002 -- whatever these are
        return self._wait_s

    def saw(self, stream: Stream) -> None:
        """It is all the same."""


class _Stepped:
    def __init__(self) -> None:
        self._misses = 0

    def table_wait(self) -> timedelta:
        step = step_after_miss(self._misses)
        self._misses = step.miss_count
        return step.wait

    def wait_s(self, now_s: float, price_s: float) -> float:  # noqa: ARG002 -- whatever these are
        return self.table_wait().total_seconds()

    def saw(self, stream: Stream) -> None:  # noqa: ARG002 -- that it was is enough
        self._misses = 0


class _Learned(_Stepped):
    def __init__(self) -> None:
        super().__init__()
        self._habit = Habit()
        self._rate: Rate | None = None

    def wait_s(self, now_s: float, price_s: float) -> float:
        expected = Expected(self._rate, self._habit.known, now_s) if self._rate else None
        return wait_by_habit(expected, self.table_wait(), price_s).total_seconds()

    def saw(self, stream: Stream) -> None:
        super().saw(stream)
        self._habit = with_end(with_start(self._habit, stream.start_s), stream.end_s)
        self._rate = Rate(self._habit)


class _Knowing(_Stepped):
    """The rule fed with the true rate."""

    def __init__(self, channel: Channel) -> None:
        super().__init__()
        self._rate = TrueRate(channel)

    def wait_s(self, now_s: float, price_s: float) -> float:
        expected = Expected(self._rate, KNOWN_ENOUGH, now_s)
        return wait_by_habit(expected, self.table_wait(), price_s).total_seconds()

    def saw(self, stream: Stream) -> None:
        super().saw(stream)
        self._rate.ended(stream)


def every(wait_s: float) -> Policy:
    return lambda _channel: _Fixed(wait_s)


def stepped(_channel: Channel) -> Watcher:
    return _Stepped()


def learned(_channel: Channel) -> Watcher:
    return _Learned()


def told(channel: Channel) -> Watcher:
    """Learned, where the platform tells of the past when the channel is added: as much as CHZZK's first page."""
    watcher = _Learned()
    for stream in channel.past[-_TOLD:]:
        watcher.saw(stream)
    return watcher


def knowing(channel: Channel) -> Watcher:
    return _Knowing(channel)
