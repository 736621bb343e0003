"""The ticker: each due monitor has its check in time, whatever the others do."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from threading import Event, Semaphore, Thread

import pytest

from mntreamer.domain.monitors.probe import Offline, Probe
from mntreamer.ports import Ports
from mntreamer_local.serving.ticker import Ticker
from tests.contract.records import NOON, a_streamer
from tests.integration.usecases.conftest import ScriptedPlatform, World, world

__all__ = ["world"]
_WITHIN_S = 10


@dataclass
class SlowPlatform(ScriptedPlatform):
    """Holds the probe of `slow` back until told, and breaks at the one of `broken`."""

    came: Event = field(default_factory=Event)
    may_go: Event = field(default_factory=Event)
    quick: Semaphore = field(default_factory=lambda: Semaphore(0))

    def probe(self, channel_id: str) -> Probe:
        self.probed.append(channel_id)
        if channel_id == "slow":
            self.came.set()
            assert self.may_go.wait(_WITHIN_S)
        if channel_id == "broken":
            raise RuntimeError("https://media.example/x?signature=secret")
        if channel_id == "c1":
            self.quick.release()
        return Offline()


@pytest.fixture
def platform() -> Iterator[SlowPlatform]:
    platform = SlowPlatform()
    yield platform
    platform.may_go.set()


@pytest.fixture
def ports(world: World, platform: SlowPlatform) -> Ports:
    return replace(world.ports, platforms={platform.name: platform})


@pytest.fixture
def ticker(ports: Ports, platform: SlowPlatform) -> Iterator[Ticker]:
    ticker = Ticker(ports, tick_s=0.01)
    yield ticker
    platform.may_go.set()
    ticker.stop()


def _checked_again(world: World, platform: SlowPlatform) -> bool:
    """Whether c1 is checked each time it comes due; by the second time the first tick is over."""
    for _ in range(3):
        if not platform.quick.acquire(timeout=_WITHIN_S):
            return False
        world.later(minutes=10)
    return True


def test_a_slow_channel_delays_no_other_and_is_not_asked_twice(
    world: World, ports: Ports, platform: SlowPlatform, ticker: Ticker
) -> None:
    ports.monitors.add(a_streamer("slow", check_at=NOON))

    ticker.start()

    assert platform.came.wait(_WITHIN_S)
    assert _checked_again(world, platform)
    assert platform.probed.count("slow") == 1


def test_what_looks_came_to_is_counted_each_minute(world: World, platform: SlowPlatform, ticker: Ticker) -> None:
    ticker.start()
    assert _checked_again(world, platform)
    ticker.stop()

    assert 1 <= platform.spending().spent <= len(platform.probed)


def test_a_failing_check_harms_no_other_and_tells_no_secret(
    world: World, ports: Ports, platform: SlowPlatform, ticker: Ticker, caplog: pytest.LogCaptureFixture
) -> None:
    ports.monitors.add(a_streamer("broken", check_at=NOON))

    ticker.start()

    assert _checked_again(world, platform)
    ticker.stop()
    assert platform.probed.count("broken") > 1
    assert "checking chzzk:broken broke off" in caplog.text
    assert "RuntimeError at check_monitor.py:" in caplog.text
    assert "secret" not in caplog.text


def test_a_tick_that_fails_is_not_the_last_one(
    world: World,
    ports: Ports,
    platform: SlowPlatform,
    ticker: Ticker,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    due = ports.monitors.due
    answers = iter([OSError("secret")])

    def fail_once(*arguments: object) -> object:
        for error in answers:
            raise error
        return due(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(ports.monitors, "due", fail_once)
    ticker.start()

    assert _checked_again(world, platform)
    assert "a tick failed; the next one tries again: OSError at " in caplog.text
    assert "secret" not in caplog.text


def test_stopping_waits_for_what_runs_and_begins_nothing_more(
    world: World, ports: Ports, platform: SlowPlatform, ticker: Ticker
) -> None:
    ports.monitors.add(a_streamer("slow", check_at=NOON))
    ticker.start()
    assert platform.came.wait(_WITHIN_S)

    stopping = Thread(target=ticker.stop)
    stopping.start()
    while ticker._thread.is_alive():
        ticker._thread.join(_WITHIN_S)
    assert stopping.is_alive()
    platform.may_go.set()
    stopping.join(_WITHIN_S)

    assert not stopping.is_alive()
    slow = ports.monitors.get("chzzk:slow")
    assert slow
    assert slow.miss_count == 1
    world.later(minutes=10)
    assert ports.monitors.due(world.now[0], 10)


def test_one_that_was_never_started_can_be_stopped(ticker: Ticker) -> None:
    ticker.stop()
