from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Thread, current_thread
from time import monotonic

import pytest

from mntreamer.public_http.watchdog import Watchdog

PAST_S = 0.0
HOUR_S = 3600.0
LONG_S = 10.0


@dataclass(eq=False)
class Candle:
    ends_at_s: float
    is_out: Event = field(default_factory=Event)
    snuffed_by: list[Thread] = field(default_factory=list)

    def expire(self) -> None:
        self.snuffed_by.append(current_thread())
        self.is_out.set()


@pytest.fixture
def watchdog() -> Watchdog:
    return Watchdog()


@pytest.fixture
def expired(watchdog: Watchdog) -> Callable[[float], Candle]:
    """A candle that the watchdog has put out, and with it all that it saw to be late before."""

    def wait_for(ends_at_s: float) -> Candle:
        candle = Candle(ends_at_s)
        watchdog.watch(candle)
        assert candle.is_out.wait(LONG_S)
        return candle

    return wait_for


def test_what_is_late_expires(expired: Callable[[float], Candle]) -> None:
    for ends_at_s in (PAST_S, monotonic() + 0.01):
        expired(ends_at_s)
        assert monotonic() >= ends_at_s


def test_what_ends_sooner_does_not_wait_for_what_ends_later(
    watchdog: Watchdog, expired: Callable[[float], Candle]
) -> None:
    later = Candle(monotonic() + HOUR_S)
    watchdog.watch(later)
    expired(monotonic() + 0.01)
    assert not later.is_out.is_set()


def test_what_ends_later_is_not_lost_behind_what_ended_sooner(
    watchdog: Watchdog, expired: Callable[[float], Candle]
) -> None:
    later = Candle(monotonic() + 0.05)
    watchdog.watch(later)
    expired(PAST_S)
    assert later.is_out.wait(LONG_S)


def test_what_is_forgotten_does_not_expire(watchdog: Watchdog, expired: Callable[[float], Candle]) -> None:
    forgotten = Candle(monotonic() + 0.01)
    watchdog.watch(forgotten)
    watchdog.forget(forgotten)
    expired(monotonic() + 0.02)
    assert not forgotten.is_out.is_set()


def test_forgetting_what_has_expired_is_no_error(watchdog: Watchdog, expired: Callable[[float], Candle]) -> None:
    watchdog.forget(expired(PAST_S))
    expired(PAST_S)


def test_one_thread_expires_all_and_each_once(expired: Callable[[float], Candle]) -> None:
    candles = [expired(PAST_S) for _ in range(10)]
    expired(PAST_S)
    by = [thread for candle in candles for thread in candle.snuffed_by]
    assert len(by) == len(candles)
    assert len(set(by)) == 1
    assert by[0].daemon
